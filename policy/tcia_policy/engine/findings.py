"""Findings: one for all activities on which a rule says the same about a data item."""

from collections.abc import Sequence, Set

from tcia_policy.engine.answers import snippet
from tcia_policy.engine.evaluate import Judgment
from tcia_policy.engine.finding_places import told_places
from tcia_policy.engine.ids import told_apart
from tcia_policy.engine.matter_ids import id_of_finding, ids_of_hits, without_lines
from tcia_policy.engine.outcome import Outcome
from tcia_policy.engine.rule_hits import Read, RuleHit
from tcia_policy.model import Activity, CellVerdict, Finding, Holding, HoldingKind, HoldingTerms, Verdict
from tcia_policy.rules.rule_text import fill
from tcia_policy.rules.rulebook import Rule


def hits_that_count(hits: Sequence[RuleHit]) -> list[RuleHit]:
    """Return the hits that become findings: verdicts, notes that apply, and undecided duties if no verdict is."""
    verdicts = [item for item in hits if item.rule.verdict is not None and item.judgment.outcome is not Outcome.LIFTED]
    objecting = [item for item in verdicts if item.rule.verdict in (Verdict.UNDETERMINED, Verdict.PROHIBITED)]
    open_already = {(item.holding, item.activity) for item in objecting if item.judgment.outcome is Outcome.SPEAKS}
    left_open = open_already | {
        (item.holding, item.activity) for item in verdicts if item.judgment.outcome is Outcome.UNKNOWN
    }
    return [item for item in hits if _is_finding(item, open_already, left_open)]


def _is_finding(
    item: RuleHit,
    open_already: Set[tuple[Holding | None, Activity]],
    left_open: Set[tuple[Holding | None, Activity]],
) -> bool:
    """Return whether a hit becomes a finding. Data that were not resolved get one finding, not one from each rule."""
    undecided = item.judgment.outcome is Outcome.UNKNOWN
    cell = (item.holding, item.activity)
    if item.rule.verdict is not None:
        unresolved = item.holding is not None and item.holding.kind not in (HoldingKind.DATASET, HoldingKind.OTHER)
        return not (undecided and unresolved and cell in open_already)
    if item.rule.text.note:
        return item.judgment.outcome is Outcome.SPEAKS
    return undecided and cell not in left_open


def findings_of(items: Sequence[RuleHit]) -> tuple[Finding, ...]:
    """Return one finding for the hits of a rule that says the same about a holding for several activities."""
    merged: dict[tuple[object, ...], list[RuleHit]] = {}
    for item in items:
        holding = None if item.holding is None else item.holding.id
        told = "" if item.holding is not None else fill(item.rule.text.because, item.values)
        merged.setdefault((item.rule.id, holding, item.judgment, item.lifted_by, item.about, told), []).append(item)
    return tuple(_finding(group) for group in merged.values())


def verdict_of(hit: RuleHit) -> Verdict | None:
    """Return what the rule says of its data item and activity: `undetermined` if it could not be decided."""
    return Verdict.UNDETERMINED if hit.judgment.outcome is Outcome.UNKNOWN else hit.rule.verdict


def _finding(group: Sequence[RuleHit]) -> Finding:
    first = group[0]
    text = first.rule.text
    return Finding(
        id=id_of_finding(first),
        rule=first.rule.id,
        title=text.title,
        verdict=verdict_of(first),
        holding=None if first.holding is None else first.holding.id,
        activities=tuple(item.activity for item in group),
        because=fill(text.because, first.values) + (f" This concerns: {first.about}." if first.about else ""),
        remedy=_remedy(group),
        references=tuple(dict.fromkeys(source for item in group for source in item.references)),
        in_force=text.in_force,
        missing=first.judgment.missing,
        readings=first.judgment.readings,
        lifted_by=first.lifted_by,
        line=first.line,
        at=told_places(group),
        matters=ids_of_hits(group),
    )


def _remedy(group: Sequence[RuleHit]) -> str | None:
    """Return what to do; where somebody's reply would settle it, also how to record that reply."""
    first = group[0]
    remedy = None if first.rule.text.remedy is None else fill(first.rule.text.remedy, first.values)
    is_open = first.judgment.outcome is Outcome.SPEAKS and first.lifted_by is None
    if not first.rule.text.answered_by or not is_open:
        return remedy
    data = "..." if first.holding is None else first.holding.name
    how = snippet(first.rule, data, [item.activity for item in group])
    return how if remedy is None else f"{remedy} {how}"


def that_bind_cells(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that decide verdicts on data items, without those that concern only the study as a whole."""
    return [
        finding
        for finding in findings
        if finding.verdict is not None
        and finding.lifted_by is None
        and (finding.holding is not None or finding.verdict is Verdict.PROHIBITED)
    ]


def undecided(rule: Rule, verdicts: Sequence[CellVerdict], readings: Read) -> list[RuleHit]:
    """Return a hit of the fallback `rule` for each cell of which no rule granted or refused the activity."""
    by_id = {holding.id: (holding, facts) for holding, facts in readings}
    return [
        RuleHit(
            rule,
            by_id[cell.holding][0],
            cell.activity,
            Judgment(Outcome.SPEAKS),
            {"holding.name": by_id[cell.holding][0].name},
            references=rule.references,
            situations=by_id[cell.holding][1],
            concerned=tuple(reading for reading, _ in by_id[cell.holding][1]),
        )
        for cell in verdicts
        if cell.rules == (rule.id,)
    ]


def worst_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    def order(finding: Finding) -> int:
        return 1 if finding.verdict is None or finding.lifted_by is not None else -finding.verdict.severity

    return tuple(sorted(findings, key=order))


def with_ids_apart(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings; those with the same id are told apart by their activities, then by their reason."""
    ids = told_apart(
        [
            (finding.id, "+".join(sorted(finding.activities)), without_lines(finding.because), str(finding.lifted_by))
            for finding in findings
        ]
    )
    return tuple(
        finding if finding.id == id_ else finding.model_copy(update={"id": id_})
        for finding, id_ in zip(findings, ids, strict=True)
    )


def with_lines(findings: Sequence[Finding], terms: Sequence[HoldingTerms]) -> tuple[Finding, ...]:
    """Return the findings, each on a data item with the line of the first item of the project that this came from."""
    lines = {each.holding: next((item.line for item in each.items), None) for each in terms}
    return tuple(
        finding if finding.holding is None else finding.model_copy(update={"line": lines[finding.holding]})
        for finding in findings
    )
