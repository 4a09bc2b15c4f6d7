"""The verdict of every activity on every holding, from what rules said and what is owed."""

from collections.abc import Sequence

from tcia_policy.model import Activity, CellVerdict, Duty, DutyKind, DutyStatus, Finding, Holding, Verdict


def cells(
    holdings: Sequence[Holding],
    activities: Sequence[Activity],
    findings: Sequence[Finding],
    duties: Sequence[Duty],
    fallback: str,
) -> tuple[CellVerdict, ...]:
    """Return one verdict for each holding and activity, in their order.

    Each finding has a verdict that counts; one without a holding counts for every holding. The worst verdict wins.
    If no rule says anything about an activity, the rule `fallback` decides: it is undetermined.
    """
    of_all = [finding for finding in findings if finding.holding is None]
    by_holding: dict[str, list[Finding]] = {holding.id: list(of_all) for holding in holdings}
    for finding in findings:
        if finding.holding is not None:
            by_holding[finding.holding].append(finding)
    owed: dict[str, list[Duty]] = {holding.id: [] for holding in holdings}
    for duty in duties:
        for id_ in duty.holdings if _holds_back(duty) else ():
            owed[id_].append(duty)
    return tuple(
        _cell(holding.id, activity, by_holding[holding.id], owed[holding.id], fallback)
        for holding in holdings
        for activity in activities
    )


def _cell(
    holding: str, activity: Activity, findings: Sequence[Finding], duties: Sequence[Duty], fallback: str
) -> CellVerdict:
    judged = [
        (finding.verdict, finding.rule)
        for finding in findings
        if activity in finding.activities and finding.verdict is not None
    ]
    if not judged:
        return CellVerdict(holding=holding, activity=activity, verdict=Verdict.UNDETERMINED, rules=(fallback,))
    worst = max((verdict for verdict, _ in judged), key=lambda verdict: verdict.severity)
    pending = tuple(dict.fromkeys(duty.rule for duty in duties if activity in duty.activities))
    if worst is Verdict.PERMITTED and pending:
        return CellVerdict(holding=holding, activity=activity, verdict=Verdict.CONDITIONAL, rules=pending)
    deciding = tuple(dict.fromkeys(rule for verdict, rule in judged if verdict is worst))
    return CellVerdict(holding=holding, activity=activity, verdict=worst, rules=deciding)


def _holds_back(duty: Duty) -> bool:
    """Return whether a permission depends on this duty. Refraining from something cannot be done beforehand."""
    return duty.required and duty.kind is not DutyKind.REFRAIN and duty.status is not DutyStatus.MET


def overall(
    holdings: Sequence[Holding],
    verdicts: Sequence[CellVerdict],
    findings: Sequence[Finding],
    *,
    activities_stated: bool,
) -> Verdict:
    """Return the verdict on the study: the worst of all.

    If no activities are stated, it is prohibited only if some data item may not be used at all, else undetermined.
    Of a study without data (its manuscript names none), only what concerns the whole study counts; it is never better
    than undetermined, since nothing was judged.
    """
    of_project = [item.verdict for item in findings if item.verdict is not None and item.holding is None]
    if not holdings:
        return max(of_project, key=lambda verdict: verdict.severity, default=Verdict.UNDETERMINED)
    if activities_stated or Verdict.PROHIBITED in of_project:
        return max((*(cell.verdict for cell in verdicts), *of_project), key=lambda verdict: verdict.severity)
    by_holding: dict[str, list[Verdict]] = {}
    for cell in verdicts:
        by_holding.setdefault(cell.holding, []).append(cell.verdict)
    hopeless = any(set(own) == {Verdict.PROHIBITED} for own in by_holding.values())
    return Verdict.PROHIBITED if hopeless else Verdict.UNDETERMINED
