"""What `tcia-policy resolve` writes into files: the table of all series, and cohort files apart."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tcia_policy.cli.resolve_written import Written
from tcia_policy.cli.terminal import remark
from tcia_policy.cli.words import word_of
from tcia_policy.cohorts.entry_rows import EntryRow, entry_rows
from tcia_policy.cohorts.items import Selected
from tcia_policy.cohorts.split_file import SUFFIXES, Sorting, split_file
from tcia_policy.engine.apart import NOT_UNDERSTOOD, WITHOUT_ENTRY, Apart, ClassesOfEntries, by_license, by_verdict
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library, resolve_study
from tcia_policy.engine.entry_table import table_rows
from tcia_policy.engine.selections import study_or_project_of
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError, unwritable
from tcia_policy.files import magic
from tcia_policy.files.atomic import ANOTHER_FOLDER, refuse_inputs
from tcia_policy.files.content import read_start
from tcia_policy.files.progress import progress
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, Assessment, Purpose, Use
from tcia_policy.registry import Registry
from tcia_policy.reports.entry_table import write_csv, write_entry_table
from tcia_policy.text import english


@dataclass(frozen=True)
class _Resolved:
    """What is selected, and what was judged of it."""

    selected: Sequence[Selected]
    assessment: Assessment
    registry: Registry
    inputs: tuple[Path, ...]

    def rows(self) -> Iterator[EntryRow]:
        """Yield a row for each entry and dataset."""
        return progress(entry_rows(self.selected, self.assessment.holdings, self.registry), "Entries")


def write_files(selection: Sequence[str], written: Written, registry: Registry) -> None:
    """Write what the options ask for. Raise `InputError` for what cannot be read or written, or an unknown word."""
    use = Use(
        purpose=None if written.purpose is None else word_of(Purpose, written.purpose, "--purpose"),
        activities=tuple(word_of(Activity, each, "--activity") for each in written.activities or ()) or None,
    )
    named = study_or_project_of(selection, registry)
    study = Study.load(named) if isinstance(named, Path) else named
    case = Case.open(named, CaseOptions(said=use), Library(registry))
    found = _Resolved(resolve_study(study, registry).selected, assess(case, asking=False), registry, case.inputs)
    if written.output is not None:
        rows = table_rows(found.rows(), found.selected, found.assessment)
        number = write_entry_table(rows, written.output, overwrite=written.overwrite, keep=found.inputs)
        remark(f"wrote {written.output}: {english.count(number, 'row')}")
    if written.split is not None:
        stated = case.project.use.purpose is not None or bool(case.project.use.activities)
        try:
            _split(found, by_verdict(found.assessment) if stated else by_license(found.assessment), written)
        except OSError as error:
            raise unwritable(error, written.split) from None


def _split(found: _Resolved, apart: Apart, written: Written) -> None:
    """Write each cohort file apart; the images of folders, and what is not made of lines, as tables."""
    folder = written.split or Path()
    classes = [ClassesOfEntries(apart) for _each in found.selected]
    for row in found.rows():
        classes[row.selected].add(row)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".tcia-policy.") as name:
        made = Path(name)
        for number, each in enumerate(found.selected):
            prefix = _prefix(number, found.selected)
            _split_one(each, number, _Into(found, classes[number], made, prefix))
        files = sorted(path.name for path in made.iterdir())
        targets = [folder / each for each in files]
        refuse_inputs(targets, found.inputs)
        there = next((target for target in targets if target.exists()), None)
        if there is not None and not written.overwrite:
            raise InputError("exists already", file=there, hint=ANOTHER_FOLDER)
        for file in files:
            (made / file).replace(folder / file)
    remark(f"wrote {', '.join(map(str, targets))}" if targets else "nothing is listed, and nothing was written")


@dataclass(frozen=True)
class _Into:
    """Where the parts of one cohort go, and the class of each of its entries."""

    found: _Resolved
    classes: ClassesOfEntries
    folder: Path
    prefix: str

    def path(self, class_: str, suffix: str) -> Path:
        """Return the path of a part."""
        return self.folder / f"{self.prefix}{class_}{suffix}"


def _split_one(each: Selected, number: int, into: _Into) -> None:
    if each.path is not None:
        suffix = _suffix(each.path)
        by_name = {text: into.classes.found[id_] for text, id_ in _names(each, into)}
        sorting = Sorting({**into.classes.found, **by_name}, into.classes.apart.worst, NOT_UNDERSTOOD, WITHOUT_ENTRY)
        parts = split_file(each.path, sorting, lambda class_: into.path(class_, suffix))
        if parts is not None:
            return
    if not into.classes.found:
        return
    rows: dict[str, list[EntryRow]] = {}
    for row in entry_rows([each], into.found.assessment.holdings, into.found.registry):
        rows.setdefault(into.classes.found[row.entry], []).append(row)
    for class_, alike in rows.items():
        write_csv(table_rows(iter(alike), [each], into.found.assessment), into.path(class_, ".csv"))
    if each.path is not None or each.listed:
        remark(f"{each.label}: its parts are CSV tables of its entries")
    elif each.datasets:
        remark(f"{each.label}: it is a name and no file, so its part is a CSV table")


def _names(each: Selected, into: _Into) -> Iterator[tuple[str, str]]:
    """Yield the names of datasets as they may stand in the file, each with the id of its dataset."""
    for id_ in (*each.datasets, *each.named_above):
        if id_ in into.classes.found:
            yield id_, id_
            yield from ((name, id_) for name in into.found.registry.get(id_).dois)


def _suffix(path: Path) -> str:
    """Return the end of the name of a part: as that of the file, without how it is packed."""
    name = path.name.lower().removesuffix(".gz").removesuffix(".zst")
    suffix = Path(name).suffix
    start = read_start(path, len(magic.PARQUET))
    if start == magic.PARQUET or magic.is_zip(start):
        return ".parquet" if start == magic.PARQUET else ".xlsx"
    return suffix if suffix in (*SUFFIXES.values(), ".tsv", ".ndjson", ".lst", ".manifest") else ".txt"


def _prefix(number: int, selected: Sequence[Selected]) -> str:
    """Return what stands before the class in a part's name: nothing where only one thing is taken apart."""
    several = [each for each in selected if each.has_entries or each.datasets]
    if len(several) < 2:  # noqa: PLR2004 - one alone
        return ""
    stem = Path(selected[number].label).name.split(".")[0] or "data"
    return f"{number + 1}-{stem}-"
