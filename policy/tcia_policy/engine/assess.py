"""The assessment of a case: every verdict, finding, duty and reference."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tcia_policy.engine.case import Case
from tcia_policy.engine.clearance import Judged, clearance_of
from tcia_policy.engine.data_terms import origins_of, terms_of
from tcia_policy.engine.facts import KnownData
from tcia_policy.engine.fail_on import with_gate
from tcia_policy.engine.finding_places import with_places
from tcia_policy.engine.findings import (
    findings_of,
    hits_that_count,
    that_bind_cells,
    undecided,
    verdict_of,
    with_ids_apart,
    with_lines,
    worst_first,
)
from tcia_policy.engine.items_used import ItemsByLabel
from tcia_policy.engine.matters import Undecided, matters_of, with_matters
from tcia_policy.engine.owed import activities_judged, owed_by, planned
from tcia_policy.engine.rule_hits import Read, RuleHit, rule_hits
from tcia_policy.engine.verdicts import cells, overall
from tcia_policy.model import Assessment, DutyKind, Holding, HoldingTerms, License, Verdict
from tcia_policy.model.owed import Owed

if TYPE_CHECKING:
    from tcia_policy.model.question import Question


def assess(case: Case, *, asking: bool = True) -> Assessment:
    """Judge every activity of the case's project on each data item that it is done with, by the rules of `case.as_of`.

    If the project states no activities, all are judged, and the verdict on the study is at best `undetermined`.
    Without `asking`, the assessment has no questions: for those who judge many cases and look at the verdicts alone.
    What reviewers settled counts, and what they let pass is told; no verdict changes by the latter.
    """
    case = settled(case)
    found = _judged(case, asking=asking)
    if case.decided is not None:
        from tcia_policy.engine.decisions.passing import with_what_passes  # noqa: PLC0415 - few cases have decisions

        found = with_what_passes(found, case.decided)
    return with_gate(found)


def references_owed(case: Case) -> Owed:
    """Return what `assess` says of references, by the rules that ask for them alone.

    A rule that asks for a reference says nothing else, and what it says depends on no other rule.
    """
    case = settled(case)
    citing = case.rules.of_day(case.as_of).asking_for(DutyKind.CITE)
    return owed_by(rule_hits(case, activities_judged(case), case.readings(), citing), case)


def settled(case: Case) -> Case:
    """Return the case with what reviewers settled in its review file; the case itself where there is none."""
    if case.review is None or case.decided is not None:
        return case
    from tcia_policy.engine.decisions.settle import settle  # noqa: PLC0415 - few cases have decisions

    return settle(case, lambda each: _judged(each, asking=True))


def _judged(case: Case, *, asking: bool) -> Assessment:
    """Return the assessment of a case as it stands."""
    activities = activities_judged(case)
    done = case.activities_on(planned(case))
    readings = case.readings()
    hits = rule_hits(case, activities, readings, case.rules.of_day(case.as_of))
    owed = owed_by(hits, case)
    duties = with_matters(owed.duties)
    counting = hits_that_count(hits)
    findings = findings_of(counting)
    of_all = cells(case.holdings, activities, that_bind_cells(findings), duties, case.rules.fallback.id)
    verdicts = tuple(cell for cell in of_all if cell.activity in done[cell.holding])
    not_granted = undecided(case.rules.fallback, verdicts, readings)
    findings = with_ids_apart((*findings, *findings_of(not_granted)))
    stated = case.project.use.activities is not None
    judged = Judged(
        activities=activities,
        activities_stated=stated,
        verdict=overall(case.holdings, verdicts, findings, activities_stated=stated),
        verdicts=verdicts,
        findings=worst_first(findings),
        duties=duties,
    )
    items = ItemsByLabel.of(case.project.data, case.lines)
    terms = terms_of(case.holdings, items, case.known, case.evidence, judged)
    questions = _questions(case, readings, (*counting, *not_granted), judged) if asking else ()
    return Assessment(
        as_of=case.as_of,
        fact_days=case.fact_days,
        versions=case.versions,
        project_file=case.project_file,
        project=case.project,
        remarks=case.remarks,
        verdict=judged.verdict,
        activities=activities,
        activities_stated=stated,
        holdings=case.holdings,
        verdicts=verdicts,
        findings=with_places(with_lines(judged.findings, terms), _files_read(case)),
        questions=questions,
        matters=matters_of(case, readings, Undecided((*counting, *not_granted), questions, duties)) if asking else (),
        duties=duties,
        citations=owed.citations,
        terms=terms,
        origins=origins_of(case.holdings, case.known),
        clearance=clearance_of(judged, case.project.use.outputs or (), case.holdings),
        evidence=case.evidence.seen,
        manuscript=None if case.manuscript is None else case.manuscript.read,
        release=None if case.release is None else case.release.verifier.read,
        datasets=owed.datasets,
        licenses=_licenses_of(case.known, case.holdings, terms),
        sources=tuple(case.known.sources[name] for name in sorted(case.known.sources)),
    )


def _questions(case: Case, readings: Read, hits: Sequence[RuleHit], judged: Judged) -> tuple["Question", ...]:
    """Return what is asked; where no rule leaves anything open, nothing is."""
    if not any(verdict_of(hit) is Verdict.UNDETERMINED for hit in hits):
        return ()
    from tcia_policy.engine.questions import ask  # noqa: PLC0415 - loads what supposes answers: 10 ms

    return ask(case, readings, hits, judged)


def _files_read(case: Case) -> frozenset[str]:
    """Return the files of the manuscript and the release, as they are shown."""
    paper = () if case.manuscript is None else case.manuscript.read.files
    release = () if case.release is None else (file.file for file in case.release.verifier.read.files)
    return frozenset((*paper, *release))


def _licenses_of(known: KnownData, holdings: Sequence[Holding], terms: Sequence[HoldingTerms]) -> tuple[License, ...]:
    """Return the licenses that the sources state today, that came with a copy, or that were on record for it."""
    named = {
        claim.license for dataset in known.datasets.values() for part in dataset.distributions for claim in part.claims
    }
    named |= {license_id for holding in holdings for license_id in holding.claimed_licenses}
    named |= {claim.license for holding in holdings for claim in holding.copy_claims}
    named |= {holding.license for holding in holdings if holding.license is not None}
    named |= {stated.license for each in terms for part in each.parts for stated in part.stated}
    named |= set(known.described)
    return tuple(known.licenses[name] for name in sorted(named & set(known.licenses)))
