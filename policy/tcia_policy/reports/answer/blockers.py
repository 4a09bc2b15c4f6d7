"""What stands in the way, with what to do about it: prohibitions, agreements owed, and what nobody can decide yet."""

from collections.abc import Mapping, Sequence

from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, Assessment, Duty, DutyKind, DutyStatus, Finding, Holding, Verdict
from tcia_policy.reports.alike import ITEM_SLOT, with_slots
from tcia_policy.reports.answer.matrix import STUDY, names_apart
from tcia_policy.reports.answer.project_places import line_of_holding, place_of_line


@dataclass(frozen=True)
class Blocker:
    """Something that stands in the way of some data items and activities, told once for all that it is alike for.

    `place` is the line of the project file with the first item, `None` where there is no file. `names` are the items'
    as they are told apart; none: the study as a whole. `activities` is empty where it is all that are judged there.
    `remedies` say what to do; where they differ between items, each with the item's name before it.
    """

    place: str | None
    names: tuple[str, ...]
    text: str
    rules: tuple[str, ...]
    remedies: tuple[str, ...]
    holdings: tuple[str, ...]
    activities: tuple[Activity, ...] = ()


def prohibitions(assessment: Assessment) -> tuple[Blocker, ...]:
    """Return what prohibits something, alike prohibitions together, those of the study as a whole first."""
    return _blockers(
        [item for item in assessment.findings if item.verdict is Verdict.PROHIBITED and item.lifted_by is None],
        assessment,
    )


def undecided(assessment: Assessment) -> tuple[Blocker, ...]:
    """Return what leaves something undetermined that no question asks about."""
    return _blockers(undecided_findings(assessment), assessment)


def undecided_findings(assessment: Assessment) -> tuple[Finding, ...]:
    """Return the findings that leave something undetermined that no question asks about, for these activities alone."""
    asked = {(cell.holding, cell.activity) for question in assessment.questions for cell in question.cells}
    verdicts = {(cell.holding, cell.activity): cell.verdict for cell in assessment.verdicts}
    left = []
    for finding in assessment.findings:
        if finding.verdict is not Verdict.UNDETERMINED or finding.lifted_by is not None:
            continue
        activities = tuple(
            activity
            for activity in finding.activities
            if (finding.holding, activity) not in asked
            and verdicts.get((finding.holding or "", activity), Verdict.UNDETERMINED) is Verdict.UNDETERMINED
        )
        if activities:
            left.append(finding.model_copy(update={"activities": activities}))
    return tuple(left)


def agreements_owed(assessment: Assessment) -> tuple[Blocker, ...]:
    """Return the agreements that are owed and not recorded, for what is not prohibited anyway."""
    prohibited = {(cell.holding, cell.activity) for cell in assessment.verdicts if cell.verdict is Verdict.PROHIBITED}
    owed = [
        duty
        for duty in assessment.duties
        if duty.kind is DutyKind.AGREE
        and duty.required
        and duty.status is DutyStatus.OPEN
        and any((id_, activity) not in prohibited for id_ in duty.holdings or ("",) for activity in duty.activities)
    ]
    names = names_apart(assessment.holdings)
    return tuple(_owed(duty, assessment, names) for duty in owed)


def _owed(duty: Duty, assessment: Assessment, names: Mapping[str, str]) -> Blocker:
    return Blocker(
        place=place_of_line(line_of_holding(duty.holdings[0], assessment), assessment) if duty.holdings else None,
        names=tuple(names.get(id_, id_) for id_ in duty.holdings),
        text=duty.text,
        rules=(duty.rule,),
        remedies=(duty.evidence,) if duty.evidence else (),
        holdings=duty.holdings,
        activities=_unless_all(duty.activities, duty.holdings, assessment),
    )


def _blockers(findings: Sequence[Finding], assessment: Assessment) -> tuple[Blocker, ...]:
    """Make one of the findings that have one title and are on the same activities."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in sorted(findings, key=lambda item: item.holding is not None):
        groups.setdefault((finding.title, finding.activities, finding.holding is None), []).append(finding)
    names = names_apart(assessment.holdings)
    return tuple(_blocker(group, assessment, names) for group in groups.values())


def _blocker(group: Sequence[Finding], assessment: Assessment, names: Mapping[str, str]) -> Blocker:
    holdings = tuple(dict.fromkeys(item.holding for item in group if item.holding is not None))
    return Blocker(
        place=place_of_line(group[0].line, assessment),
        names=tuple(names.get(id_, id_) for id_ in holdings),
        text=group[0].title,
        rules=tuple(dict.fromkeys(item.rule for item in group)),
        remedies=_remedies(group, names, {holding.id: holding for holding in assessment.holdings}),
        holdings=holdings,
        activities=_unless_all(group[0].activities, holdings, assessment),
    )


def _remedies(group: Sequence[Finding], names: Mapping[str, str], holdings: Mapping[str, Holding]) -> tuple[str, ...]:
    """Return what to do, once where only the name of the item differs, else with the items before it."""
    found: dict[str, list[Finding]] = {}
    for item in group:
        holding = item.holding
        name = None if holding is None else holdings[holding].name if holding in holdings else holding
        found.setdefault(with_slots(item.remedy or item.because, name), []).append(item)
    if len(found) == 1:
        return (group[0].remedy or group[0].because,) if len(group) == 1 else (_for_all(next(iter(found))),)
    return tuple(
        f"{', '.join(names.get(item.holding or '', STUDY) for item in items)}: {_for_all(text)}"
        for text, items in found.items()
    )


def _for_all(remedy: str) -> str:
    return remedy.replace(ITEM_SLOT, "these data")


def _unless_all(
    activities: tuple[Activity, ...], holdings: Sequence[str], assessment: Assessment
) -> tuple[Activity, ...]:
    """Return `activities`; nothing where they are all that are judged on the items."""
    judged = {cell.activity for cell in assessment.verdicts if not holdings or cell.holding in holdings}
    return () if judged <= set(activities) else activities
