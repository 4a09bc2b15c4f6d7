"""What a study owes: its duties, and the references behind those to cite."""

from collections.abc import Sequence

from tcia_policy.engine.case import Case
from tcia_policy.engine.duties import DutyInstance, citations_owed, merge_duties, open_ones_first
from tcia_policy.engine.outcome import Outcome
from tcia_policy.engine.rule_hits import RuleHit
from tcia_policy.model import Activity, CitationOwed, Duty
from tcia_policy.model.owed import Owed


def planned(case: Case) -> tuple[Activity, ...]:
    """Return the activities of the project, each once; all where it states none."""
    return tuple(dict.fromkeys(case.project.use.activities or Activity))


def activities_judged(case: Case) -> tuple[Activity, ...]:
    """Return the activities that are planned, and those that are done with some data item besides."""
    done = case.activities_on(planned(case))
    return tuple(dict.fromkeys((*planned(case), *(activity for each in done.values() for activity in each))))


def owed_by(hits: Sequence[RuleHit], case: Case) -> Owed:
    """Return what is owed by what rules said of a case, with what the manuscript and the release show of it."""
    duties = merge_duties([_owed(hit) for hit in hits if _is_owed(hit)], case.known.datasets)
    citations = citations_owed(duties, case.known.datasets, case.known.papers)
    if case.manuscript is not None:
        keys = case.manuscript.keys(duties, citations, case.known.datasets)
        citations = tuple(each.model_copy(update={"key": keys.get(each.citation.doi)}) for each in citations)
    datasets = tuple(case.known.datasets[name] for name in sorted(case.known.datasets))
    return Owed(case.holdings, datasets, _verified(case, duties, citations), citations)


def _verified(case: Case, duties: tuple[Duty, ...], citations: Sequence[CitationOwed]) -> tuple[Duty, ...]:
    """Return the duties, each with what the manuscript and the release show of it; open ones first."""
    if case.manuscript is None and case.release is None:
        return duties
    paper = None if case.manuscript is None else case.manuscript.verify(duties, citations, case.known.datasets)
    if case.release is None:
        return open_ones_first(paper or duties)
    from tcia_policy.engine.release_duties import shown_by_both  # noqa: PLC0415 - compiles patterns: 30 ms
    from tcia_policy.evidence.release.verify_release import Owed as Asked  # noqa: PLC0415

    asked = Asked(citations, case.holdings, case.known.datasets, case.known.licenses)
    return open_ones_first(shown_by_both(duties, paper, case.release.verifier.verify(duties, asked)))


def _is_owed(hit: RuleHit) -> bool:
    return hit.rule.text.duty is not None and hit.judgment.outcome in (Outcome.SPEAKS, Outcome.LIFTED)


def _owed(hit: RuleHit) -> DutyInstance:
    return DutyInstance(
        rule=hit.rule,
        holding=hit.holding,
        activity=hit.activity,
        values=hit.values,
        met_by=hit.lifted_by,
        references=hit.references,
        agreements=hit.agreements,
        accessions=hit.accessions,
    )
