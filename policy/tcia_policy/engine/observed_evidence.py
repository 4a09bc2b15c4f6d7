"""What the evidence that a project records shows of itself: what counts for nothing, is in doubt, or falls short."""

from collections.abc import Sequence

from tcia_policy.engine.agreements import Evidence
from tcia_policy.engine.grants import uncovered
from tcia_policy.engine.recorded_evidence import POSITION
from tcia_policy.evidence.observations import EvidenceObserved, EvidenceRemark
from tcia_policy.model import Activity, EvidenceSeen, Project

TO_SIGN = "state who took the position, when, and in which document: {value: ..., by: ..., on: ..., evidence: ...}"
TO_COVER = "if the grant covers it, say so in its entry; if not, ask for a further grant"


def observed_evidence(project: Project, evidence: Evidence, activities: Sequence[Activity]) -> EvidenceObserved:
    """Return what is to be said of each piece of evidence, for the activities that are judged."""
    return EvidenceObserved(
        unusable=tuple(_remark(seen, seen.problem) for seen in evidence.seen if seen.problem is not None),
        doubtful=tuple(_remark(seen, seen.doubt) for seen in evidence.seen if seen.doubt is not None),
        short=_short(project, evidence, activities),
        unsigned=_unsigned(project, evidence),
    )


def _remark(seen: EvidenceSeen, problem: str, right: str | None = None) -> EvidenceRemark:
    place = seen.field if seen.line is None else f"{seen.field}, line {seen.line} of the project file"
    return EvidenceRemark(seen.text, place, problem, right or seen.right or "")


def _short(project: Project, evidence: Evidence, activities: Sequence[Activity]) -> tuple[EvidenceRemark, ...]:
    counted = {item for item, _ in evidence.permissions}
    found = []
    for index, item in enumerate(project.permissions):
        seen = next((each for each in evidence.seen if each.field == f"permissions[{index}]"), None)
        missing = uncovered(item, activities, project.use)
        if seen is not None and item in counted and missing:
            found.append(_remark(seen, missing, TO_COVER))
    return tuple(found)


def _unsigned(project: Project, evidence: Evidence) -> tuple[EvidenceRemark, ...]:
    stated = project.positions.model_is_adaptation
    if stated is None or (stated.by is not None and stated.evidence is not None):
        return ()
    problem = "nobody signed it" if stated.by is None else "it names no document"
    seen = next((each for each in evidence.seen if each.field == POSITION), None)
    return () if seen is None else (_remark(seen, problem, TO_SIGN),)
