"""Holdings, use and rules in; one `Assessment` out."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from tcia_policy.engine.agreements import Evidence, approved_study, format_agreement, format_permission
from tcia_policy.engine.duties import DutyInstance, citations_owed, merge_duties, open_ones_first
from tcia_policy.engine.evaluate import (
    Judgment,
    Outcome,
    heard_in,
    is_barred_together,
    is_granted_together,
    judge,
)
from tcia_policy.engine.facts import KnownData, situations
from tcia_policy.engine.license_readings import PartReading
from tcia_policy.engine.manuscript_evidence import Look, Occurrences, seen_facts
from tcia_policy.engine.output_licenses import Releases, in_activity, releases_of
from tcia_policy.engine.placeholders import placeholders
from tcia_policy.engine.use_facts import activity_facts, use_facts
from tcia_policy.engine.verdicts import cells
from tcia_policy.model import (
    Activity,
    Assessment,
    CellVerdict,
    Finding,
    Holding,
    HoldingKind,
    License,
    Project,
    Verdict,
    Versions,
)
from tcia_policy.rules.rulebook import Rule, RuleBook, fill
from tcia_policy.rules.vocabulary import Facts


@dataclass(frozen=True)
class RuleHit:
    """A rule that spoke (or could not be decided) on one holding and one activity."""

    rule: Rule
    holding: Holding | None
    activity: Activity
    judgment: Judgment
    values: Mapping[str, str]
    lifted_by: str | None
    about: str = ""


def assess(
    project: Project,
    holdings: Sequence[Holding],
    rules: RuleBook,
    registered: KnownData,
    evidence: Evidence,
    as_of: date,
    versions: Versions,
    look: Look | None = None,
) -> Assessment:
    """Judge every activity of `project` on every holding by the rules in force on `as_of`.

    `look` is what was seen in the manuscript, where there is one: without it no duty is met by what is printed.
    Where the project states no activities all are judged, and the verdict of the whole is at best `undetermined`.
    """
    in_force = rules.in_force(as_of)
    activities = tuple(dict.fromkeys(project.use.activities or Activity))
    use = use_facts(project, as_of)
    held = [(holding, situations(holding, registered, evidence, use)) for holding in holdings]
    read = [(holding, [reading for reading, _ in facts]) for holding, facts in held]
    releases = releases_of(project, read, registered.licenses, registered.charts)
    seen = {} if look is None else look.occurrences(holdings, registered.datasets)
    spoken = [
        *_judge_project(in_force, {**use, **seen_facts(seen)}, activities, seen),
        *(
            item
            for holding, facts in held
            for item in _judge_holding(in_force, holding, facts, registered, evidence, releases, activities)
        ),
    ]
    owed = [_owed(item) for item in spoken if _is_owed(item)]
    duties = merge_duties(owed, registered.datasets)
    citations = citations_owed(duties, registered.datasets, registered.papers)
    if look is not None:
        duties = open_ones_first(look.verify(duties, citations, registered.datasets))
    findings = _merge_findings(_findings_among(spoken))
    stated = project.use.activities is not None
    verdicts = cells(holdings, activities, _that_bind_cells(findings), duties, rules.fallback.id)
    findings = (*findings, *_undecided(rules.fallback, verdicts, holdings))
    return Assessment(
        as_of=as_of,
        versions=versions,
        project=project,
        verdict=_overall(verdicts, findings, activities_stated=stated),
        activities=tuple(activities),
        activities_stated=stated,
        holdings=tuple(holdings),
        verdicts=verdicts,
        findings=_worst_first(findings),
        duties=duties,
        citations=citations,
        manuscript=None if look is None else look.read,
        datasets=tuple(registered.datasets[name] for name in sorted(registered.datasets)),
        licenses=_licenses_of(registered, holdings),
        sources=tuple(registered.sources[name] for name in sorted(registered.sources)),
    )


def _judge_project(
    rules: Sequence[Rule], use: Facts, activities: Sequence[Activity], seen: Occurrences
) -> list[RuleHit]:
    """What rules say of the study as a whole; one on what was seen in a manuscript, once for each thing seen."""
    nowhere = PartReading(None, None, (), {})
    found = []
    for rule in rules:
        if not rule.concerns_project:
            continue
        for activity in activities:
            judgment = judge(rule, [(nowhere, {**use, **activity_facts(activity)})])
            if judgment.outcome is not Outcome.SILENT:
                things = [thing for test in rule.tests for thing in seen.get(test.fact.name, ())]
                found += [RuleHit(rule, None, activity, judgment, values, None) for values in things or [{}]]
    return found


def _judge_holding(
    rules: Sequence[Rule],
    holding: Holding,
    facts: Sequence[tuple[PartReading, Facts]],
    registered: KnownData,
    evidence: Evidence,
    releases: Releases,
    activities: Sequence[Activity],
) -> list[RuleHit]:
    dataset = registered.datasets.get(holding.dataset or "")
    readings = [reading for reading, _ in facts]
    applicable = [rule for rule in rules if not rule.concerns_project and not _never_applies(rule, facts)]
    found = []
    for activity in activities:
        doing = in_activity(activity, holding, facts, releases)
        barred = is_barred_together(applicable, doing)
        granted = is_granted_together(applicable, doing)
        for rule in applicable:
            judgment = judge(rule, doing, barred=barred, granted=granted)
            if judgment.outcome is not Outcome.SILENT:
                lifted_by = _lifting_evidence(rule, holding, readings, evidence, judgment)
                heard = heard_in(rule, doing)
                values = placeholders(holding, dataset, heard, registered.licenses)
                about = _outputs_meant(rule, holding, heard, activity, releases)
                found.append(RuleHit(rule, holding, activity, judgment, values, lifted_by, about))
    return found


def _outputs_meant(
    rule: Rule, holding: Holding, readings: Sequence[PartReading], activity: Activity, releases: Releases
) -> str:
    """The outputs because of whose license a rule speaks."""
    words = {word for test in rule.tests if test.fact.name == "release.ruling" for word in test.values}
    ruled = [item for reading in readings for item in releases.ruled(holding, reading, activity)] if words else []
    return "; ".join(dict.fromkeys(str(item) for item in ruled if item.ruling.value in words))


def _never_applies(rule: Rule, facts: Sequence[tuple[PartReading, Facts]]) -> bool:
    """Whether the rule's `applies_to` is false whatever is done: most rules, most of the time."""
    return all(rule.applies_to.evaluate(known).value == "false" for _, known in facts)


def _lifting_evidence(
    rule: Rule, holding: Holding, readings: Sequence[PartReading], evidence: Evidence, judgment: Judgment
) -> str | None:
    if judgment.outcome is not Outcome.LIFTED:
        return None
    grants = [
        format_permission(item)
        for reading in readings
        for item in evidence.permissions_for(holding, reading.distribution)
        if any(item.grants in test.values for test in rule.unless_tests)
    ]
    asked = {value for test in rule.unless_tests for value in test.values}
    agreements = [
        format_agreement(item)
        for item, _ in evidence.agreements_for(holding)
        if item.id in asked or not asked.isdisjoint(approved_study(item))
    ]
    asks_permission = any(test.fact.name == "permission.grants" for test in rule.unless_tests)
    return "; ".join(dict.fromkeys(grants if asks_permission else agreements)) or None


def _findings_among(spoken: Sequence[RuleHit]) -> list[RuleHit]:
    """Verdicts that say something of their own; notes where they speak; duties left open where no verdict is."""
    said = [item for item in spoken if item.rule.verdict is not None and item.judgment.outcome is not Outcome.LIFTED]
    objecting = [item for item in said if item.rule.verdict in (Verdict.UNDETERMINED, Verdict.PROHIBITED)]
    open_already = {(item.holding, item.activity) for item in objecting if item.judgment.outcome is Outcome.SPEAKS}
    left_open = open_already | {
        (item.holding, item.activity) for item in said if item.judgment.outcome is Outcome.UNKNOWN
    }
    return [item for item in spoken if _is_finding(item, open_already, left_open)]


def _is_finding(
    item: RuleHit,
    open_already: Set[tuple[Holding | None, Activity]],
    left_open: Set[tuple[Holding | None, Activity]],
) -> bool:
    """What did not resolve to data is one finding, and not one for each rule that would need to know what it is."""
    undecided = item.judgment.outcome is Outcome.UNKNOWN
    cell = (item.holding, item.activity)
    if item.rule.verdict is not None:
        unresolved = item.holding is not None and item.holding.kind not in (HoldingKind.DATASET, HoldingKind.OTHER)
        return not (undecided and unresolved and cell in open_already)
    if item.rule.text.note:
        return item.judgment.outcome is Outcome.SPEAKS
    return undecided and cell not in left_open


def _is_owed(item: RuleHit) -> bool:
    return item.rule.text.duty is not None and item.judgment.outcome in (Outcome.SPEAKS, Outcome.LIFTED)


def _owed(item: RuleHit) -> DutyInstance:
    return DutyInstance(item.rule, item.holding, item.activity, item.values, met_by=item.lifted_by)


def _merge_findings(items: Sequence[RuleHit]) -> tuple[Finding, ...]:
    """One finding for all activities on which a rule says the same of a holding."""
    merged: dict[tuple[object, ...], list[RuleHit]] = {}
    for item in items:
        holding = None if item.holding is None else item.holding.id
        told = "" if item.holding is not None else fill(item.rule.text.because, item.values)
        merged.setdefault((item.rule.id, holding, item.judgment, item.lifted_by, item.about, told), []).append(item)
    return tuple(_finding(group) for group in merged.values())


def _finding(group: Sequence[RuleHit]) -> Finding:
    first = group[0]
    text = first.rule.text
    undecided = first.judgment.outcome is Outcome.UNKNOWN
    return Finding(
        rule=first.rule.id,
        title=text.title,
        verdict=Verdict.UNDETERMINED if undecided else first.rule.verdict,
        holding=None if first.holding is None else first.holding.id,
        activities=tuple(item.activity for item in group),
        because=fill(text.because, first.values) + (f" This concerns: {first.about}." if first.about else ""),
        remedy=None if text.remedy is None else fill(text.remedy, first.values),
        references=first.rule.references,
        in_force=text.in_force,
        missing=first.judgment.missing,
        readings=first.judgment.readings,
        lifted_by=first.lifted_by,
    )


def _that_bind_cells(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that decide cells. What only the project leaves open is open for the whole, in no single cell."""
    return [
        finding
        for finding in findings
        if finding.verdict is not None
        and finding.lifted_by is None
        and (finding.holding is not None or finding.verdict is Verdict.PROHIBITED)
    ]


def _undecided(rule: Rule, verdicts: Sequence[CellVerdict], holdings: Sequence[Holding]) -> tuple[Finding, ...]:
    """A finding for every holding on which no rule granted an activity and none objected."""
    by_id = {holding.id: holding for holding in holdings}
    left: dict[str, list[Activity]] = {}
    for cell in verdicts:
        if cell.rules == (rule.id,):
            left.setdefault(cell.holding, []).append(cell.activity)
    return tuple(
        _finding(
            [
                RuleHit(rule, by_id[id_], activity, Judgment(Outcome.SPEAKS), {"holding.name": by_id[id_].name}, None)
                for activity in activities
            ]
        )
        for id_, activities in left.items()
    )


def _overall(verdicts: Sequence[CellVerdict], findings: Sequence[Finding], *, activities_stated: bool) -> Verdict:
    """The worst of all. With no activities stated, a holding is prohibited only if nothing may be done with it."""
    of_project = [item.verdict for item in findings if item.verdict is not None and item.holding is None]
    if activities_stated or Verdict.PROHIBITED in of_project:
        return max((*(cell.verdict for cell in verdicts), *of_project), key=lambda verdict: verdict.severity)
    by_holding: dict[str, list[Verdict]] = {}
    for cell in verdicts:
        by_holding.setdefault(cell.holding, []).append(cell.verdict)
    hopeless = any(set(own) == {Verdict.PROHIBITED} for own in by_holding.values())
    return Verdict.PROHIBITED if hopeless else Verdict.UNDETERMINED


def _worst_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    def order(finding: Finding) -> int:
        return 1 if finding.verdict is None or finding.lifted_by is not None else -finding.verdict.severity

    return tuple(sorted(findings, key=order))


def _licenses_of(registered: KnownData, holdings: Sequence[Holding]) -> tuple[License, ...]:
    named = {
        claim.license
        for dataset in registered.datasets.values()
        for part in dataset.distributions
        for claim in part.claims
    }
    named |= {license_id for holding in holdings for license_id in holding.claimed_licenses}
    named |= {holding.license for holding in holdings if holding.license is not None}
    return tuple(registered.licenses[name] for name in sorted(named & set(registered.licenses)))
