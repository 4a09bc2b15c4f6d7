"""What decisions settle: licenses, a legal position, and answers. The case that has them is judged as any other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from tcia_policy.engine.case import Case
from tcia_policy.engine.decisions.answering import Reply, replies_of
from tcia_policy.engine.decisions.concluding import conclusions_of
from tcia_policy.engine.decisions.standing import Fault
from tcia_policy.engine.decisions.subjects import Subject
from tcia_policy.engine.evidence_of import evidence_of
from tcia_policy.engine.recorded_evidence import Surroundings, examine
from tcia_policy.lazy import dataclass
from tcia_policy.model import ConcludedLicense, OutputKind, Positions, Project, StatedPosition
from tcia_policy.model.decision import Conclude, Decision, RecordAnswer, TakePosition
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.model.matter import Matter


@dataclass(frozen=True)
class Settling:
    """A decision that settles something, with the matters for which it counts as far as is known.

    `left_out` are the open questions that it does not decide, of those on the same rule, data item and activity.
    """

    decision: Decision
    subjects: tuple[Subject, ...]
    left_out: tuple[Matter, ...] = ()


@dataclass(frozen=True)
class Settled:
    """The case with what is settled, and what is wrong with decisions that settle nothing, by their names."""

    case: Case
    faults: Mapping[str, Fault] = field(default_factory=dict)


def with_what_is_settled(case: Case, settling: Sequence[Settling]) -> Settled:
    """Return the case with licenses as concluded, with the position that was taken, and with answers recorded."""
    faults: dict[str, Fault] = {}
    case = _with_conclusions(case, settling, faults)
    case = _with_position(case, settling, faults)
    return Settled(_with_answers(case, settling, faults), faults)


def _with_conclusions(case: Case, settling: Sequence[Settling], faults: dict[str, Fault]) -> Case:
    found: dict[str, list[ConcludedLicense]] = {}
    for each in settling:
        if not isinstance(each.decision, Conclude):
            continue
        concluded = conclusions_of(each.decision, each.subjects, case)
        if isinstance(concluded, Fault):
            faults[each.decision.name] = concluded
            continue
        for holding, license_ in concluded.items():
            found.setdefault(holding, []).append(license_)
    holdings = tuple(
        holding.model_copy(update={"concluded": tuple(found[holding.id])}) if holding.id in found else holding
        for holding in case.holdings
    )
    return replace(case, holdings=holdings) if found else case


def _with_position(case: Case, settling: Sequence[Settling], faults: dict[str, Fault]) -> Case:
    for each in settling:
        decision = each.decision
        if not isinstance(decision, TakePosition):
            continue
        fault = fault_of_position(decision, case.project)
        if fault is not None:
            faults[decision.name] = fault
            continue
        position = StatedPosition(
            value=decision.value,
            by=f"{decision.by} ({decision.role})",
            on=decision.on,
            evidence=decision.evidence,
        )
        if case.project.positions.model_is_adaptation is None:
            positions = Positions(model_is_adaptation=position)
            case = replace(case, project=case.project.model_copy(update={"positions": positions}))
    return case


def fault_of_position(decision: TakePosition, project: Project) -> Fault | None:
    """Return why a position does not count for a project; `None` if it does."""

    def wrong(why: str, right: str) -> Fault:
        return Fault(DecisionStatus.UNFOUNDED, why, right)

    if decision.outputs is not None and OutputKind.MODEL not in decision.outputs:
        why = f"it is for {', '.join(decision.outputs)}, and the question is on models"
        return wrong(why, "name `model` among its `outputs`")
    country = project.use.country
    if country is None:
        return wrong(
            "the project does not state in which country the work is done, and a position holds in some",
            "state `use.country` in the project file",
        )
    if decision.jurisdiction is not None and country not in decision.jurisdiction:
        why = f"it is for {', '.join(decision.jurisdiction)}, and the work is done in {country}"
        return wrong(why, f"ask counsel for a position in {country}")
    return None


def _with_answers(case: Case, settling: Sequence[Settling], faults: dict[str, Fault]) -> Case:
    around = case.around
    if around is None:
        return case
    replies: list[Reply] = []
    for each in settling:
        if isinstance(each.decision, RecordAnswer):
            found = replies_of(each.decision, each.subjects, each.left_out, case)
            if isinstance(found, Fault):
                faults[each.decision.name] = found
            else:
                replies += found
    fit = _that_count(case, around, replies, faults)
    return _recorded(case, around, fit) if fit else case


def _that_count(case: Case, around: Surroundings, replies: Sequence[Reply], faults: dict[str, Fault]) -> list[Reply]:
    """Return the replies of which nothing is wrong, if all of a decision are so; note in `faults` what is."""
    if not replies:
        return []
    before = len(case.project.answers)
    seen = {each.field: each for each in examine(_with_recorded(case, replies), around)}
    for number, reply in enumerate(replies, start=before):
        found = seen[f"answers[{number}]"]
        if found.problem is not None:
            right = found.right or "record the reply of somebody who may answer"
            faults.setdefault(reply.decision, Fault(DecisionStatus.UNFOUNDED, found.problem, right))
    return [reply for reply in replies if reply.decision not in faults]


def _with_recorded(case: Case, replies: Sequence[Reply]) -> Project:
    answers = (*case.project.answers, *(reply.answer for reply in replies))
    return case.project.model_copy(update={"answers": answers})


def _recorded(case: Case, around: Surroundings, replies: Sequence[Reply]) -> Case:
    """Return the case in which the replies are recorded, each for its data item alone."""
    project = _with_recorded(case, replies)
    found = evidence_of(project, around, case.evidence.resolve)
    own = set(case.project.answers)
    new = [reply for reply in replies if reply.answer not in own]
    evidence = replace(
        found,
        only_for={reply.answer: frozenset(_items(reply, new)) for reply in new if reply.holding is not None},
        lines={
            **found.lines,
            **{each.answer: f"{found.lines[each.answer]}; decision {each.decision}" for each in new},
        },
    )
    return replace(case, project=project, evidence=evidence)


def _items(reply: Reply, replies: Sequence[Reply]) -> Iterator[str]:
    """Yield the data items of all replies that read the same."""
    return (each.holding for each in replies if each.answer == reply.answer and each.holding is not None)
