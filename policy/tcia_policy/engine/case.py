"""From a project file to an assessment: the one way through all floors, for the command line and for notebooks."""

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tcia_policy.cohorts.resolve import Resolution, resolve
from tcia_policy.engine.agreements import Evidence, gather
from tcia_policy.engine.assess import assess
from tcia_policy.engine.facts import KnownData, situations
from tcia_policy.engine.license_readings import PartReading
from tcia_policy.engine.output_licenses import in_activity, releases_of
from tcia_policy.engine.use_facts import use_facts
from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.files.located_yaml import LocatedYaml
from tcia_policy.model import (
    Activity,
    Assessment,
    DataItem,
    Dataset,
    Holding,
    Permission,
    Project,
    Versions,
)
from tcia_policy.registry import Registry
from tcia_policy.registry.papers import load_papers
from tcia_policy.registry.repository_terms import load_copies, with_terms_of_copy
from tcia_policy.rules.rulebook import RuleBook, load_rules
from tcia_policy.rules.vocabulary import Facts
from tcia_policy.version import __version__

if TYPE_CHECKING:
    from tcia_policy.evidence.verify_duties import ManuscriptLook

PROJECT_FILE = "tcia-policy.yaml"
MOST_ITEMS = 10_000
MAY_BE_SUPPOSED = ("use", "positions", "cptac")
SETTING_DEPTH = 2
WHAT_IS_NEEDED = "a project file has keys, `data:` at least; `tcia-policy init` writes one"


@dataclass(frozen=True)
class Study:
    """A project and where its relative paths start. `source` is its file, for messages with a line.

    `look` is what was seen in a manuscript, where it was looked into already (see `looking_into`).
    """

    project: Project
    base: Path
    source: LocatedYaml | None = None
    look: "ManuscriptLook | None" = None

    @classmethod
    def load(cls, path: Path, settings: Sequence[str] = ()) -> "Study":
        """Read a project file, or the `tcia-policy.yaml` of a folder. Raises `InputError` with file, line and field.

        `settings`, such as `use.purpose=commercial`, are supposed in place of what the file states.
        """
        mode = _mode(path)
        if stat.S_ISDIR(mode):
            if not os.path.lexists(path / PROJECT_FILE):
                hint = "`tcia-policy init` writes one; a manuscript is named with `check --manuscript`"
                raise InputError(f"no {PROJECT_FILE} in this folder", file=path, hint=hint)
            path = path / PROJECT_FILE
            mode = _mode(path)
        if not stat.S_ISREG(mode):
            raise InputError("is not a regular file", file=path)
        source = located_yaml.read(path)
        if not isinstance(source.data, dict):
            raise InputError("is not a project file", file=path, hint=WHAT_IS_NEEDED)
        for setting in settings:
            source = _supposing(source, setting)
        project = source.parse(Project)
        if len(project.data) > MOST_ITEMS:
            raise InputError(
                f"has {len(project.data):,} items, more than {MOST_ITEMS:,}",
                file=path,
                line=source.line(("data",)),
                field="data",
                hint="list series in a cohort file and name that as one item, `manifest:`",
            )
        return cls(project, path.parent, source)

    @classmethod
    def of(cls, items: Sequence[DataItem], base: Path) -> "Study":
        """A study of which only the data are known."""
        return cls(Project(data=tuple(items)), base)


def looking_into(study: Study, registry: Registry, manuscript: Sequence[str] = ()) -> Study:
    """The study with what its manuscript shows: the files that the project names, or `manuscript` in their stead.

    Paths of a project are relative to it, those in `manuscript` to the working directory. Raises `InputError` for a
    path that is not there.
    """
    stated = study.project.manuscript or ()
    if not manuscript and not stated and not any(item.license_file for item in study.project.use.outputs or ()):
        return study
    from tcia_policy.evidence.open_manuscript import look_into

    paths, base = (manuscript, Path()) if manuscript else (stated, study.base)
    try:
        look = look_into(paths, base, study.project, study.base, registry)
    except InputError as error:
        is_of_command_line = bool(manuscript) and error.field is None
        raise error if is_of_command_line else _located(error, study.source) from None
    return replace(study, look=look)


def study_of_manuscript(manuscript: Sequence[str], registry: Registry) -> Study:
    """A study of which only the manuscript is known: its data are the datasets that the text cites or names.

    Raises `InputError` where it cites and names none.
    """
    from tcia_policy.evidence.open_manuscript import look_into

    look = look_into(manuscript, Path(), None, Path(), registry)
    if not look.selection():
        read = ", ".join(look.read.files) or "; ".join(look.read.problems[:3]) or "nothing could be read"
        raise InputError(
            f"no dataset of the registry is cited or named in the manuscript ({read})",
            hint="write a project file that names the data, `tcia-policy init`",
        )
    items = tuple(DataItem(dataset=name) for name in look.selection())
    return Study(Project(data=items, manuscript=tuple(manuscript)), Path(), look=look)


@dataclass(frozen=True)
class Case:
    """A study with all that is needed to judge it."""

    project: Project
    holdings: tuple[Holding, ...]
    rules: RuleBook
    registered: KnownData
    evidence: Evidence
    as_of: date
    versions: Versions
    look: "ManuscriptLook | None" = None

    def situations(self, holding: Holding, activity: Activity) -> list[tuple[PartReading, Facts]]:
        """The readings of a holding, each with all facts that hold under it when the activity is judged."""
        use = use_facts(self.project, self.as_of)
        held = [(item, situations(item, self.registered, self.evidence, use)) for item in self.holdings]
        read = [(item, [reading for reading, _ in facts]) for item, facts in held]
        releases = releases_of(self.project, read, self.registered.licenses, self.registered.charts)
        facts = next(facts for item, facts in held if item.id == holding.id)
        return in_activity(activity, holding, facts, releases)


def assess_study(
    study: Study, registry: Registry | None = None, rules: RuleBook | None = None, as_of: date | None = None
) -> Assessment:
    """Resolve the study's data and judge its use; parameters and errors are those of `open_case`."""
    return assess_case(open_case(study, registry, rules, as_of))


def assess_case(case: Case, activities: Sequence[Activity] | None = None) -> Assessment:
    """Judge the activities that the project states, or those given in their stead."""
    project = case.project
    if activities is not None:
        use = project.use.model_copy(update={"activities": tuple(activities)})
        project = project.model_copy(update={"use": use})
    return assess(
        project, case.holdings, case.rules, case.registered, case.evidence, case.as_of, case.versions, case.look
    )


def assess_each(case: Case) -> Assessment:
    """Every activity, as it would be judged beside those that the project states."""
    every = assess_case(case, activities=tuple(Activity))
    stated = case.project.use.activities
    if not stated or not case.project.use.outputs:
        return every
    beside = {activity: assess_case(case, activities=(*stated, activity)) for activity in Activity}
    verdicts = [cell for activity, seen in beside.items() for cell in seen.verdicts if cell.activity is activity]
    return every.model_copy(update={"verdicts": tuple(verdicts)})


def open_case(
    study: Study, registry: Registry | None = None, rules: RuleBook | None = None, as_of: date | None = None
) -> Case:
    """Resolve the study's data and gather what is known of them.

    `as_of` is the day whose rules and agreements count: by default that of `SOURCE_DATE_EPOCH`, else today.
    Nothing is looked for in a manuscript but where `study.look` says what was seen.
    Raises `InputError` for data, permissions or agreements that cannot be read or name something unknown.
    """
    registry = registry or Registry.load()
    rules = rules or load_rules()
    as_of = as_of or default_day()
    study = replace(study, project=_with_known_licenses(study.project, registry))
    resolution = resolve_study(study, registry)
    try:
        _check_evidence(study.project, registry)
        evidence = gather(study.project, as_of, registry.find)
    except InputError as error:
        raise _located(error, study.source) from None
    papers, copies = load_papers(), load_copies()
    return Case(
        project=study.project,
        holdings=tuple(with_terms_of_copy(holding, copies) for holding in resolution.holdings),
        rules=rules,
        registered=KnownData(
            datasets=_datasets(resolution.holdings, registry),
            licenses=registry.licenses,
            sources={**registry.sources, **{source.id: source for source in papers.content.sources}},
            papers=papers,
            copies=copies,
        ),
        evidence=evidence,
        as_of=as_of,
        versions=Versions(
            program=__version__,
            rules=rules.version,
            registry=registry.version,
            idc_index_data=resolution.idc_index_data,
        ),
        look=study.look,
    )


def _with_known_licenses(project: Project, registry: Registry) -> Project:
    """The project with licenses by their identifiers, where it spells them in lower case or by a label of theirs."""
    spelled = {spelling: id_ for id_, item in registry.licenses.items() for spelling in (*item.labels, item.short_name)}
    spelled |= {id_.lower(): id_ for id_ in registry.licenses}

    def known(license_: str | None) -> str | None:
        return license_ if license_ is None else spelled.get(license_, spelled.get(license_.lower(), license_))

    outputs = project.use.outputs
    if outputs is not None:
        outputs = tuple(item.model_copy(update={"license": known(item.license)}) for item in outputs)
    data = tuple(
        item
        if item.other is None
        else item.model_copy(update={"other": item.other.model_copy(update={"license": known(item.other.license)})})
        for item in project.data
    )
    return project.model_copy(update={"use": project.use.model_copy(update={"outputs": outputs}), "data": data})


def resolve_study(study: Study, registry: Registry) -> Resolution:
    """What the study's data resolve to. Raises `InputError` with the project's file and line, where there is one."""
    try:
        return resolve(study.project.data, study.base, registry)
    except InputError as error:
        raise _located(error, study.source) from None


def default_day() -> date:
    """The day of `SOURCE_DATE_EPOCH` (seconds since 1970, UTC) if it is set, else today.

    See https://reproducible-builds.org/specs/source-date-epoch/. Raises `InputError` where it is no number.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(tz=UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), tz=UTC).date()
    except (ValueError, OverflowError, OSError):
        raise InputError(f"SOURCE_DATE_EPOCH is {epoch!r}", hint="it is a number of seconds since 1970") from None


def _supposing(source: LocatedYaml, setting: str) -> LocatedYaml:
    """The file as if it stated `KEY=VALUE`, with the value written as in YAML. Data and evidence cannot be supposed."""
    key, equals, value = setting.partition("=")
    steps = key.split(".")
    if not equals or len(steps) != SETTING_DEPTH or steps[0] not in MAY_BE_SUPPOSED:
        hint = f"write KEY=VALUE, with a KEY such as use.purpose; it begins with {', '.join(MAY_BE_SUPPOSED)}"
        raise InputError(f"{setting!r} cannot be supposed", field="--set", hint=hint)
    assert isinstance(source.data, dict)
    section = source.data.get(steps[0]) or {}
    if not isinstance(section, dict):
        return source
    stated = located_yaml.parse_text(Path("--set"), value).data
    return replace(source, data={**source.data, steps[0]: {**section, steps[1]: stated}})


def _mode(path: Path) -> int:
    """What kind of file it is. Raises `InputError` where that cannot be found out."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        raise InputError("no such file", file=path) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", file=path) from None


def _check_evidence(project: Project, registry: Registry) -> None:
    """Raise `InputError` with its field for a permission or agreement on what is neither registered nor declared.

    Also for what is not evidence on the day in question: a misspelt name would be noticed only when it is needed.
    """
    declared = {item.other.name for item in project.data if item.other is not None}
    for index, item in enumerate(project.permissions):
        _check_parts(f"permissions[{index}].distributions", item, declared, registry)
    named = [(f"permissions[{index}].dataset", item.dataset) for index, item in enumerate(project.permissions)]
    named += [
        (f"agreements[{index}].dataset", item.dataset)
        for index, item in enumerate(project.agreements)
        if item.dataset is not None
    ]
    for field, name in named:
        try:
            if name not in declared:
                registry.find(name)
        except InputError as error:
            raise InputError(error.problem, field=field, hint=error.hint) from None


def _check_parts(field: str, permission: Permission, declared: set[str], registry: Registry) -> None:
    """Raise `InputError` for a part that the dataset of a permission does not have."""
    if permission.distributions is None or permission.dataset in declared or not registry.knows(permission.dataset):
        return
    parts = [part for name in registry.find(permission.dataset) for part in registry.get(name).distributions]
    for wanted in permission.distributions:
        if not any(wanted in (part.id, part.title) for part in parts):
            listed = "; ".join(f"{part.id} {part.title!r}" for part in parts)
            raise InputError(f"{permission.dataset} has no part {wanted!r}", field=field, hint=f"it has: {listed}")


def _datasets(holdings: Sequence[Holding], registry: Registry) -> dict[str, Dataset]:
    """The datasets held, those they were made from, and those that their pages ask to be cited beside them."""
    held = [registry.get(holding.dataset) for holding in holdings if holding.dataset is not None]
    sources = [item.dataset for dataset in held for item in dataset.derived_from if item.dataset is not None]
    dois = [notice.doi for dataset in held for notice in dataset.notices if notice.doi is not None]
    companions = [name for name in map(registry.by_doi, dois) if name is not None]
    return {dataset.id: dataset for dataset in (*held, *(registry.get(name) for name in (*sources, *companions)))}


def _located(error: InputError, source: LocatedYaml | None) -> InputError:
    """The error with the project file and line it comes from. Selections on a command line have neither."""
    if source is None:
        return InputError(error.problem, file=error.file, line=error.line, hint=error.hint)
    line = next((line for place, line in source.lines.items() if located_yaml.spell(place) == error.field), None)
    problem = error.problem
    if error.file is not None:
        problem = f"{error.file}{'' if error.line is None else f':{error.line}'}: {problem}"
    return InputError(problem, file=source.path, line=line, field=error.field, hint=error.hint)
