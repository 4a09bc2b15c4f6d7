"""What the evidence that a project records shows of itself: what counts for nothing, is in doubt, or falls short."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tcia_policy.engine.agreements import Evidence
from tcia_policy.engine.case import Case
from tcia_policy.engine.data_named import names_of
from tcia_policy.engine.evidence_names import name_of_evidence
from tcia_policy.engine.grants import uncovered
from tcia_policy.engine.recorded_evidence import POSITION
from tcia_policy.evidence.observations import EvidenceObserved, EvidenceRemark
from tcia_policy.model import Activity, EvidenceSeen, Project
from tcia_policy.text.nobody import names_somebody

TO_SIGN = "state who took the position, when, and in which document: {value: ..., by: ..., on: ..., evidence: ...}"
TO_RENEW = "record the one that holds today, if there is one"
TO_COVER = "if the grant covers it, say so in its entry; if not, ask for a further grant"


def observed_evidence(case: Case, activities: Sequence[Activity]) -> EvidenceObserved:
    """Return what is to be said of each piece of evidence, for the activities that are judged."""
    evidence = case.evidence

    def named(remarks: Iterable[EvidenceRemark]) -> tuple[EvidenceRemark, ...]:
        return tuple(replace(each, name=name_of_evidence(each.field, evidence.seen)) for each in remarks)

    return EvidenceObserved(
        unusable=named(_remark(seen, seen.problem) for seen in evidence.seen if seen.problem is not None),
        doubtful=named(_remark(seen, seen.doubt) for seen in evidence.seen if seen.doubt is not None),
        short=named(_short(case, activities)),
        unsigned=named(_unsigned(case.project, evidence)),
        ended=named(_ended(case)),
    )


def _remark(seen: EvidenceSeen, problem: str, right: str | None = None) -> EvidenceRemark:
    place = seen.field if seen.line is None else f"{seen.field}, line {seen.line} of the project file"
    return EvidenceRemark(seen.field, seen.text, place, problem, right or seen.right or "")


def _short(case: Case, activities: Sequence[Activity]) -> tuple[EvidenceRemark, ...]:
    """Return the grants for data that are used which leave out something that is planned with these data."""
    planned = case.activities_on(activities)
    by_field = {seen.field: seen for seen in case.evidence.seen}
    found = []
    for index, permission in enumerate(case.project.permissions):
        names = next((ids for item, ids in case.evidence.permissions if item == permission), frozenset[str]())
        meant = [holding for holding in case.holdings if not names_of(holding).isdisjoint(names)]
        missing = [uncovered(permission, planned[holding.id], case.use_of(holding)) for holding in meant]
        problem = "; ".join(dict.fromkeys(filter(None, missing)))
        if problem:
            found.append(_remark(by_field[f"permissions[{index}]"], problem, TO_COVER))
    return tuple(found)


def _ended(case: Case) -> tuple[EvidenceRemark, ...]:
    """Return the grants and agreements that ended before the day judged."""
    by_field = {seen.field: seen for seen in case.evidence.seen}
    ends = [(f"agreements[{index}]", item.expires_on) for index, item in enumerate(case.project.agreements)]
    ends += [(f"permissions[{index}]", item.until) for index, item in enumerate(case.project.permissions)]
    return tuple(
        _remark(by_field[field], f"it ended on {end.isoformat()}", TO_RENEW)
        for field, end in ends
        if end is not None and end < case.as_of
    )


def _unsigned(project: Project, evidence: Evidence) -> tuple[EvidenceRemark, ...]:
    stated = project.positions.model_is_adaptation
    if stated is None or (names_somebody(stated.by) and stated.evidence is not None):
        return ()
    problem = "nobody signed it" if not names_somebody(stated.by) else "it names no document"
    seen = next((each for each in evidence.seen if each.field == POSITION), None)
    return () if seen is None else (_remark(seen, problem, TO_SIGN),)
