"""An audit: every group of a table that was counted is judged as a study of its series, by the rules of `check`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from tcia_policy.cohorts.audit.counted import Counted, GroupCount
from tcia_policy.cohorts.audit.resolution import resolution_of
from tcia_policy.cohorts.resolve import Resolution
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.clearance import BARRING
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError, Mistakes
from tcia_policy.files.progress import progress
from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment, DataItem, Duty, DutyKind, DutyStatus, Holding, Project, Verdict
from tcia_policy.model.audit import (
    Audited,
    AuditedGroup,
    AuditedItem,
    Barrier,
    ItemInAll,
    SeriesCount,
    Standing,
)
from tcia_policy.model.project import SOURCE_LISTS
from tcia_policy.registry import Registry
from tcia_policy.text.english import count, joined

BY_EXIT_CODE = (0, 3, 1)
"""The exit codes of `check`, from the best to the worst."""
SEVERITY: Mapping[Standing, int] = {"prohibited": 3, "open": 2, "undetermined": 1, "clear": 0}


@dataclass(frozen=True)
class Plan:
    """What is done with the data: what a project file says of it, and what options say in its place.

    `settings` replace what the project states. Of it count the use, positions, licenses, agreements, permissions and
    answers; its data, its manuscript and what reviewers decided do not, since they are of other data. `item` says where
    the copy is from.
    """

    item: DataItem
    options: CaseOptions
    project: Path | None = None
    settings: tuple[str, ...] = ()


@dataclass
class _Judging:
    """Judges groups, those that are alike in everything but numbers once."""

    plan: Plan
    study: Study
    library: Library
    registry: Registry
    counted: Counted
    found: dict[tuple[Holding, ...], Assessment] = field(default_factory=dict)

    def resolution(self, group: GroupCount) -> Resolution:
        return resolution_of(
            group, self.plan.item, self.counted.version, self.registry, may_list_more=self.counted.may_list_more
        )

    def assessment(self, resolution: Resolution) -> Assessment:
        key = tuple(map(_without_numbers, resolution.holdings))
        if key not in self.found:
            study = replace(self.study, counted=resolution)
            self.found[key] = assess(Case.open(study, self.plan.options, self.library), asking=False)
        return self.found[key]


def audit(counted: Counted, plan: Plan, library: Library) -> Audited:
    """Judge every group. Raise `InputError` for a project that cannot be read, or that names data of its own."""
    registry = library.registry or Registry.load()
    study = _study(plan, registry)
    judging = _Judging(plan, study, library, registry, counted)
    groups, assessment = [], None
    for group in progress(counted.groups, "Groups judged", len(counted.groups)):
        resolution = judging.resolution(group)
        assessment = judging.assessment(resolution)
        groups.append(_audited(group, resolution.holdings, assessment))
    if assessment is None:
        raise InputError("has no rows", file=counted.table)
    groups.sort(key=_worst_first)
    return Audited(
        summary=_in_short(counted, groups),
        exit_code=max((each.exit_code for each in groups), key=BY_EXIT_CODE.index),
        as_of=assessment.as_of,
        versions=assessment.versions.model_copy(update={"idc_index_data": counted.version}),
        table=counted.table,
        by=counted.by,
        engine=counted.engine,
        purpose=assessment.project.use.purpose,
        activities=assessment.activities,
        activities_stated=assessment.activities_stated,
        verdict=max((each.verdict for each in groups), key=lambda verdict: verdict.severity),
        stands=max((each.stands for each in groups), key=SEVERITY.__getitem__),
        counted=_series(counted.total),
        each_series_once=not counted.total_is_sum,
        judged=len(judging.found),
        groups=tuple(groups),
        items=_in_all(groups, judging.resolution(counted.total).holdings),
    )


def _study(plan: Plan, registry: Registry) -> Study:
    """Return the study with the table as its data. Raise `InputError` as `audit` does."""
    if plan.project is None:
        return Study(Project(data=(plan.item,)))
    study = Study.load(plan.project, plan.settings)
    _refuse_names_of_own(study, registry)
    use, outputs = study.project.use, study.project.use.outputs
    if outputs is not None:  # what comes from which data is said of the project's own data
        anything = dict.fromkeys(SOURCE_LISTS)
        use = use.model_copy(update={"outputs": tuple(each.model_copy(update=anything) for each in outputs)})
    of_other_data = {"manuscript": None, "release": None, "not_used": (), "gate": None}
    return replace(study, project=study.project.model_copy(update={"data": (plan.item,), "use": use, **of_other_data}))


def _refuse_names_of_own(study: Study, registry: Registry) -> None:
    """Raise `InputError` for evidence that names a data item of the project and no dataset: who knows what it is of."""
    project, mistakes = study.project, Mistakes()
    named = [
        *((f"permissions[{index}].dataset", each.dataset) for index, each in enumerate(project.permissions)),
        *((f"agreements[{index}].dataset", each.dataset) for index, each in enumerate(project.agreements)),
        *((f"answers[{index}].data", each.data) for index, each in enumerate(project.answers)),
    ]
    for place, name in named:
        if name is not None and not registry.knows(name):
            hint = "name the dataset, or keep a project file for the audit without it"
            mistakes.note(study.locate(InputError(f"{name!r} is no dataset of the registry", field=place, hint=hint)))
    mistakes.tell()


def _without_numbers(holding: Holding) -> Holding:
    """Return what a data item is, without what no rule looks at: how many series it has, and which."""
    name = holding.name if holding.dataset is not None else holding.kind.value
    return holding.model_copy(update={"name": name, "series": None, "examples": (), "collections": ()})


def _audited(group: GroupCount, holdings: Sequence[Holding], assessment: Assessment) -> AuditedGroup:
    return AuditedGroup(
        group=group.name,
        counted=_series(group),
        verdict=assessment.verdict,
        stands=_stands(assessment),
        exit_code=assessment.exit_code,
        barriers=tuple(_barriers(assessment)),
        owed=dict(Counter(duty.kind.value for duty in assessment.duties if _is_owed(duty))),
        items=tuple(_item(each, assessment) for each in holdings),
    )


def _series(group: GroupCount) -> SeriesCount:
    return SeriesCount(
        rows=group.rows,
        rows_without_series=group.rows_without,
        series=group.known_series,
        unknown_series=group.unknown.series,
        unknown_is_exact=group.unknown.is_exact,
        example=group.unknown.example,
    )


def _stands(assessment: Assessment) -> Standing:
    if assessment.verdict is Verdict.PROHIBITED:
        return "prohibited"
    if assessment.exit_code == 1:
        return "open"
    return "undetermined" if assessment.exit_code or assessment.verdict is Verdict.UNDETERMINED else "clear"


def _is_owed(duty: Duty) -> bool:
    return duty.required and duty.kind is not DutyKind.REFRAIN and duty.status is not DutyStatus.MET


def _barriers(assessment: Assessment) -> Iterable[Barrier]:
    """Yield each rule that keeps the group from being clear with all that it speaks of, then the duties that are open.

    Findings come worst first, as in the assessment.
    """
    alike: dict[tuple[Verdict, str, str], Barrier] = {}
    for each in assessment.findings:
        if each.verdict not in BARRING or each.lifted_by is not None:
            continue
        key = (each.verdict, each.rule, each.title)
        told = alike.get(key) or Barrier(rule=each.rule, title=each.title, verdict=each.verdict, items=())
        items = told.items if each.holding is None else (*told.items, each.holding)
        missing = (*told.missing, *(fact.name or fact.fact for fact in each.missing))
        alike[key] = told.model_copy(
            update={"items": tuple(dict.fromkeys(items)), "missing": tuple(dict.fromkeys(missing))}
        )
    yield from alike.values()
    for duty in assessment.duties:
        if duty.required and duty.status is DutyStatus.OPEN:
            yield Barrier(rule=duty.rule, title=duty.title or duty.text, verdict=None, items=duty.holdings)


def _item(holding: Holding, assessment: Assessment) -> AuditedItem:
    verdicts = {cell.activity: cell.verdict for cell in assessment.verdicts if cell.holding == holding.id}
    return AuditedItem(
        id=holding.id,
        name=holding.name,
        dataset=holding.dataset,
        doi=holding.doi,
        licenses=holding.claimed_licenses,
        series=holding.series,
        verdict=max(verdicts.values(), key=lambda verdict: verdict.severity, default=Verdict.UNDETERMINED),
        verdicts=verdicts,
    )


def _worst_first(group: AuditedGroup) -> tuple[int, int, bool, str]:
    return -SEVERITY[group.stands], -group.verdict.severity, group.group is None, group.group or ""


def _in_all(groups: Sequence[AuditedGroup], holdings: Sequence[Holding]) -> tuple[ItemInAll, ...]:
    """Return the data items of all groups together, the worst first."""
    by_id: dict[str, list[AuditedItem]] = {}
    for group in groups:
        for item in group.items:
            by_id.setdefault(item.id, []).append(item)
    found = [
        ItemInAll(
            id=each.id,
            name=each.name,
            dataset=each.dataset,
            groups=len(by_id.get(each.id, ())),
            series=each.series,
            verdict=max(
                (item.verdict for item in by_id.get(each.id, ())),
                key=lambda verdict: verdict.severity,
                default=Verdict.UNDETERMINED,
            ),
        )
        for each in holdings
    ]
    return tuple(sorted(found, key=lambda item: (-item.verdict.severity, -(item.series or 0), item.id)))


def _in_short(counted: Counted, groups: Sequence[AuditedGroup]) -> str:
    """Return `1 of 3 groups is prohibited, 1 is undetermined, 1 is clear; 12,345 rows, 1,018 series`."""
    stand = Counter(each.stands for each in groups)
    parts = [f"{stand[word]} {word}" for word in SEVERITY if stand[word]]
    total = counted.total
    about = "" if total.unknown.is_exact else "about "
    lost = f", {about}{total.unknown.series:,} not found" if total.unknown.rows else ""
    series = f"{count(total.rows, 'row')}, {count(total.known_series, 'series', 'series')}{lost}"
    return f"{count(len(groups), 'group')} by {counted.by}: {joined(parts)}; {series}"
