"""Whether a decision is of a kind that what it decides can have."""

from collections.abc import Callable, Mapping

from tcia_policy.engine.decisions.standing import Fault
from tcia_policy.engine.decisions.subjects import Subject
from tcia_policy.engine.recorded_evidence import POSITION
from tcia_policy.model.decision import Decision
from tcia_policy.model.decision_kinds import DecisionKind, DecisionStatus
from tcia_policy.model.matter import MatterKind
from tcia_policy.model.question import QuestionKind

TO_LIFT = (
    "a prohibition is lifted by a permission, an agreement or an answer that the project records, or mended; "
    "a `waive` counts where its evidence is the document of one of these"
)


def misfit_of(decision: Decision, subject: Subject) -> Fault | None:
    """Return what is wrong with deciding a matter by a decision of this kind; `None` if nothing is."""
    fits, right = _FITTING.get(decision.kind, (_always, ""))
    if fits(subject):
        return None
    is_prohibited = subject.matter.kind is MatterKind.PROHIBITION
    what = "prohibited" if is_prohibited else _what(subject)
    why = f"{subject.matter.id} is {what}, and no `{decision.kind.value}` settles it"
    return Fault(DecisionStatus.UNFOUNDED, why, TO_LIFT if is_prohibited else right)


def _what(subject: Subject) -> str:
    if subject.matter.kind is MatterKind.DUTY:
        return "a duty"
    return "open" if subject.own is None else f"a question of the kind `{subject.own.kind.value}`"


def _always(_: Subject) -> bool:
    return True


def _is_on_license(subject: Subject) -> bool:
    return subject.own is not None and subject.own.kind is QuestionKind.LICENSE


def _is_on_position(subject: Subject) -> bool:
    return subject.own is not None and subject.own.field == POSITION


def _asks_for_reply(subject: Subject) -> bool:
    if subject.own is not None:
        return subject.own.kind is QuestionKind.EVIDENCE
    return subject.matter.kind is MatterKind.QUESTION


def _is_left_open(subject: Subject) -> bool:
    return subject.matter.kind is not MatterKind.PROHIBITION


_FITTING: Mapping[DecisionKind, tuple[Callable[[Subject], bool], str]] = {
    DecisionKind.CONCLUDE: (_is_on_license, "conclude on a question that asks which license is right"),
    DecisionKind.POSITION: (_is_on_position, f"take a position on the question `{POSITION}`"),
    DecisionKind.ANSWER: (_asks_for_reply, "record answers to questions that ask for somebody's reply"),
    DecisionKind.ACCEPT: (_is_left_open, TO_LIFT),
    DecisionKind.APPROVE_WITH_CONDITIONS: (_is_left_open, TO_LIFT),
    DecisionKind.WAIVE: (_is_left_open, TO_LIFT),
}
