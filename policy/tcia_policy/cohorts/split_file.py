"""A cohort file apart into several of its own format, by lines or rows: headings and all columns stay as they are.

Lines, and rows of tables, go where the worst of their entries goes. A file of which a part would not list exactly what
it should is not taken apart at all.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tcia_policy.cohorts.cohort import Cohort
from tcia_policy.cohorts.cohort_file import CohortFile, open_cohort_file
from tcia_policy.cohorts.detect import read_cohort
from tcia_policy.cohorts.formats import (
    json_records,
    parquet,
    plain_list,
    s5cmd_manifest,
    table,
    tcia_manifest,
    workbook,
)
from tcia_policy.cohorts.split_tables import is_row_without_entry, split_parquet, split_workbook
from tcia_policy.cohorts.uids import UUID_PATTERN, unwrap
from tcia_policy.errors import InputError
from tcia_policy.files.packing import Packing

# Formats of which each line stands alone, with the end of their files' names.
SUFFIXES: Mapping[str, str] = {
    tcia_manifest.NAME: ".tcia",
    s5cmd_manifest.NAME: ".s5cmd",
    plain_list.NAME: ".txt",
    table.NAME: ".csv",
    table.NAME_OF_LOOSE: ".csv",
    json_records.NAME_OF_LINES: ".jsonl",
}
_TOKEN = re.compile(rf"[0-9]+(?:\.[0-9]+)+|{UUID_PATTERN}")
_BETWEEN = re.compile(r"[\t;,|]")
_BEGINS_LIST = re.compile(r"[ \t\"']*ListOfSeriesToDownload[ \t]*=", re.IGNORECASE)


@dataclass
class Parts:
    """The parts of a file as they are written: by class, the file of each, to which lines are added."""

    header: str
    place: Callable[[str], Path]
    paths: dict[str, Path] = field(default_factory=dict)

    def add(self, name: str, lines: str) -> None:
        """Add lines to the part of a class."""
        if name not in self.paths:
            self.paths[name] = self.place(name)
            self.paths[name].write_text(self.header, encoding="utf-8", newline="")
        with self.paths[name].open("a", encoding="utf-8", newline="") as stream:
            stream.write(lines)


@dataclass(frozen=True)
class Sorting:
    """What is known of each entry of a file: its class, and the class of what has none that is known (`rest`).

    A row of a table whose cells are empty or NA has no entry, and is in the class `empty`.
    """

    classes: Mapping[str, str]
    worst: Callable[[Iterable[str]], str]
    rest: str
    empty: str

    def of_cells(self, cells: Sequence[str]) -> str:
        """Return the class of a row of cells."""
        return self.of("\t".join(cells))

    def of(self, lines: str) -> str:
        """Return the class of a line or row."""
        words = [*_TOKEN.findall(lines), *(unwrap(cell) for cell in _BETWEEN.split(lines)), unwrap(lines)]
        found = [self.classes[word] for word in (*words, *map(str.lower, words)) if word in self.classes]
        return self.worst(found) if found else self.rest


def split_file(path: Path, sorting: Sorting, place: Callable[[str], Path]) -> dict[str, Path] | None:
    """Write the parts of a cohort file, each to where `place` says, and return them by class.

    Return `None`, with nothing left behind, for a file of a format that is not made of lines, and for one of which a
    part, when it is read again, does not list exactly the entries of its class.
    """
    file = open_cohort_file(path)
    whole = read_cohort(path, large=file.size + 1)
    parts = _written(file, whole, sorting, place)
    if parts is None or _are_exact(whole, parts, sorting):
        return parts
    for each in parts.values():
        each.unlink(missing_ok=True)
    return None


def _written(file: CohortFile, whole: Cohort, sorting: Sorting, place: Callable[[str], Path]) -> dict[str, Path] | None:
    """Write the parts; `None` for a format of which a part cannot be written."""
    if whole.format_name == workbook.NAME and file.packing is Packing.NONE:
        return split_workbook(file, sorting.of_cells, sorting.empty, place)
    if whole.format_name == parquet.NAME:
        return split_parquet(file, sorting.of_cells, sorting.empty, place)
    if whole.format_name not in SUFFIXES:
        return None
    header, records = _records(file, whole, lists_above=any(line.text in sorting.classes for line in whole.above))
    parts = Parts(header, place)
    waiting: dict[str, list[str]] = {}
    class_of = _class_of_row(file, whole, sorting)
    for number, record in enumerate(records, start=1):
        waiting.setdefault(class_of(record), []).append(record)
        if number % 10_000 == 0:
            _flush(parts, waiting)
    _flush(parts, waiting)
    return parts.paths


def _class_of_row(file: CohortFile, whole: Cohort, sorting: Sorting) -> Callable[[str], str]:
    """Return what says the class of a line, or of a row of a table, which may have no entry."""
    layout = table.layout_of(file) if whole.format_name == table.NAME else None
    if layout is None:
        return sorting.of

    def class_of(record: str) -> str:
        found = sorting.of(record)
        cells = next(csv.reader([record], delimiter=layout.delimiter, skipinitialspace=layout.spaced), [])
        return sorting.empty if found == sorting.rest and is_row_without_entry(cells, layout.columns) else found

    return class_of


def _flush(parts: Parts, waiting: dict[str, list[str]]) -> None:
    for name, records in waiting.items():
        parts.add(name, "".join(records))
    waiting.clear()


def _records(file: CohortFile, whole: Cohort, *, lists_above: bool) -> tuple[str, Iterator[str]]:
    """Return what stands before the first entry and belongs to every part, and the lines or rows below it."""
    lines: Iterator[str] = (f"{line}\n" for line in file.lines())
    header: list[str] = []
    if whole.format_name == tcia_manifest.NAME:
        for line in lines:
            begins = _BEGINS_LIST.match(line)
            header.append(line if begins is None else f"{begins.group()}\n")
            if begins is not None:
                lines = _chained(line[begins.end() :], lines)
                break
    elif whole.format_name == table.NAME:
        layout = table.layout_of(file)
        for _number, line in zip(range(0 if layout is None else layout.header), lines, strict=False):
            header.append(line)
        if lists_above:
            header = header[-1:]
    else:
        for line in lines:
            if not _is_comment(line):
                lines = _chained(line, lines)
                break
            header.append(line)
    rows = _rows(lines) if whole.format_name in (table.NAME, table.NAME_OF_LOOSE) else lines
    return "".join(header), (each for each in rows if each.strip())


def _is_comment(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _rows(lines: Iterator[str]) -> Iterator[str]:
    """Yield the rows of a table: a quoted cell may have several lines."""
    row = ""
    for line in lines:
        row += line
        if row.count('"') % 2 == 0:
            yield row
            row = ""
    if row:
        yield row


def _are_exact(whole: Cohort, parts: Mapping[str, Path], sorting: Sorting) -> bool:
    """Return whether the parts, read again, list together what the whole lists, and each only what is of its class."""
    wanted = set(_entries(whole))
    seen: set[tuple[str, str]] = set()
    for name, path in parts.items():
        if name in (sorting.rest, sorting.empty):
            continue
        try:
            part = read_cohort(path, large=path.stat().st_size + 1)
        except InputError:
            return False
        listed = set(_entries(part))
        if part.unread.count or not listed <= wanted:
            return False
        if any(sorting.worst((name, sorting.classes.get(entry, sorting.rest))) != name for _kind, entry in listed):
            return False
        seen |= listed
    return seen == wanted


def _entries(cohort: Cohort) -> Iterator[tuple[str, str]]:
    """Yield all that a cohort file lists; of names, those that nobody understands are told elsewhere."""
    for kind, entries in cohort.listed.items():
        yield from ((kind.value, entry) for entry in entries)
