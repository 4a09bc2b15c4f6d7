"""From a project file to an assessment: the one way through all floors, for the command line and for notebooks."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from tcia_policy.engine.assess import Registered, assess
from tcia_policy.engine.copies import load_copies
from tcia_policy.engine.evidence import gather
from tcia_policy.engine.papers import load_papers
from tcia_policy.engine.rulebook import RuleBook, load_rules
from tcia_policy.model import Assessment, DataItem, Dataset, Holding, InputError, Project, Versions, located_yaml
from tcia_policy.model.located_yaml import LocatedYaml
from tcia_policy.registry import Registry
from tcia_policy.selection.resolve import resolve
from tcia_policy.version import __version__

PROJECT_FILE = "tcia-policy.yaml"


@dataclass(frozen=True)
class Study:
    """A project and where its relative paths start. `source` is its file, for messages with a line."""

    project: Project
    base: Path
    source: LocatedYaml | None = None

    @classmethod
    def load(cls, path: Path) -> "Study":
        """Read a project file, or the `tcia-policy.yaml` of a folder. Raises `InputError` with file, line and field."""
        if path.is_dir():
            if not (path / PROJECT_FILE).is_file():
                raise InputError(f"no {PROJECT_FILE} in this folder", file=path, hint="`tcia-policy init` writes one")
            path = path / PROJECT_FILE
        source = located_yaml.read(path)
        return cls(source.parse(Project), path.parent, source)

    @classmethod
    def of(cls, items: Sequence[DataItem], base: Path) -> "Study":
        """A study of which only the data are known."""
        return cls(Project(data=tuple(items)), base)


def assess_study(
    study: Study, registry: Registry | None = None, rules: RuleBook | None = None, as_of: date | None = None
) -> Assessment:
    """Resolve the study's data and judge its use.

    `as_of` is the day whose rules and agreements count: by default that of `SOURCE_DATE_EPOCH`, else today.
    Raises `InputError` for data, permissions or agreements that cannot be read or name something unknown.
    """
    registry = registry or Registry.load()
    rules = rules or load_rules()
    as_of = as_of or default_day()
    try:
        resolution = resolve(study.project.data, study.base, registry)
        evidence = gather(study.project, as_of, registry.find)
    except InputError as error:
        raise _located(error, study.source) from None
    papers = load_papers()
    return assess(
        project=study.project,
        holdings=resolution.holdings,
        rules=rules,
        registered=Registered(
            datasets=_datasets(resolution.holdings, registry),
            licenses=registry.licenses,
            sources={**registry.sources, **{source.id: source for source in papers.content.sources}},
            papers=papers,
            copies=load_copies(),
        ),
        evidence=evidence,
        as_of=as_of,
        versions=Versions(
            program=__version__,
            rules=rules.version,
            registry=registry.version,
            idc_index_data=resolution.idc_index_data,
        ),
    )


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


def _datasets(holdings: Sequence[Holding], registry: Registry) -> dict[str, Dataset]:
    """The datasets held, and those they were made from."""
    held = [registry.get(holding.dataset) for holding in holdings if holding.dataset is not None]
    sources = [item.dataset for dataset in held for item in dataset.derived_from if item.dataset is not None]
    return {dataset.id: dataset for dataset in (*held, *(registry.get(name) for name in sources))}


def _located(error: InputError, source: LocatedYaml | None) -> InputError:
    """The error with the project file and line it comes from, where only the field is known."""
    if source is None or error.file is not None or error.field is None:
        return error
    line = next((line for place, line in source.lines.items() if located_yaml.spell(place) == error.field), None)
    return InputError(error.problem, file=source.path, line=line, field=error.field, hint=error.hint)
