"""What a decision decides, in a sentence."""

from tcia_policy.model.decision import (
    Accept,
    Approve,
    Conclude,
    Decision,
    RecordAnswer,
    Refer,
    Reject,
    Supersede,
    TakePosition,
    Waive,
)
from tcia_policy.text.english import joined


def in_words(decision: Decision) -> str:
    """Return `accepted by data-steward until 2027-05-01`: what was decided, in which role, and to when."""
    by = f"by {decision.role}"
    if isinstance(decision, (Accept, Waive)):
        what = f"waived ({decision.because_of.value})" if isinstance(decision, Waive) else "accepted"
        by += f" and {decision.second_role}" if isinstance(decision, Waive) else ""
        return f"{what} {by}{_until(decision)}"
    if isinstance(decision, Approve):
        conditions = "; ".join(f"{each.text} (by {each.due})" for each in decision.conditions)
        return f"approved {by}{_until(decision)} on condition: {conditions}"
    return f"{_what(decision)} {by} on {decision.on}"


def _until(decision: Accept | Approve | Waive) -> str:
    return "" if decision.until is None else f" until {decision.until}"


def _scope(decision: TakePosition) -> str:
    """Return ` (outputs: model; where: US)`: for what and where the position was taken, as far as it says so."""
    outputs = "" if decision.outputs is None else f"outputs: {', '.join(decision.outputs)}"
    where = "" if decision.jurisdiction is None else f"where: {', '.join(decision.jurisdiction)}"
    scope = "; ".join(filter(None, (outputs, where)))
    return f" ({scope})" if scope else ""


def _what(decision: Conclude | TakePosition | RecordAnswer | Reject | Refer | Supersede) -> str:
    if isinstance(decision, Conclude):
        parts = "" if decision.parts is None else f" for {joined(list(decision.parts))}"
        return f"license {decision.license} concluded{parts}"
    if isinstance(decision, TakePosition):
        says = f"position that a model is {'' if decision.value else 'not '}an adaptation of its training data"
        return f"{says}{_scope(decision)}, taken"
    if isinstance(decision, RecordAnswer):
        return f"answer: {decision.says}, recorded"
    if isinstance(decision, Refer):
        return f"referred to {decision.to}, asked on {decision.asked_on},"
    if isinstance(decision, Supersede):
        return f"{joined(list(decision.supersedes))} taken back"
    return "rejected"
