"""Records within records, as JSON and YAML nest them: each becomes a row that also has what stands around it.

Read are lists of objects or of UIDs, objects of lists and the other layouts that pandas writes (columns, index, split,
records, table), objects by UID, and DICOM JSON (PS3.18 annex F).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from tcia_policy.cohorts.cohort import EXAMPLES, Entries, Origin
from tcia_policy.cohorts.found_in_text import found_in
from tcia_policy.cohorts.patients.patient_ids import known_patients_in, of_patient
from tcia_policy.cohorts.records.columns import SAMPLE, Column, Columns, columns_by_values, columns_of
from tcia_policy.cohorts.records.grid import as_text
from tcia_policy.cohorts.records.roles import Role, is_of_images, meaning_of
from tcia_policy.cohorts.uids import looks_like_uid
from tcia_policy.files import limits

Cells = Mapping[str, str]
KEY = "uid"  # the heading of keys that are UIDs
MOST_AROUND = 30  # headings of one record that also count for those within it
MOST_LOOKED_FOR = 1_000  # texts that do not stand in the order of the file
LIST = ""  # the heading of the members of a list that stands alone
_OF_DICOM = re.compile(r"[0-9A-Fa-f]{8}")


@dataclass(frozen=True)
class Record:
    """What one record says, its own and what stands around it; `line` is 0 where it is not known."""

    cells: Cells
    line: int = 0


class TooDeepError(ValueError):
    """What is nested deeper than any cohort is."""


def records_in(data: object, line: int = 0) -> Iterator[Record]:
    """Yield the records of nested data, in their order. Raise `TooDeepError` for what is nested too deep."""
    for cells in _of(data, LIST, {}, 0):
        yield Record(cells, line)


def _of(data: object, heading: str, around: Cells, depth: int) -> Iterator[Cells]:
    if depth > limits.YAML_DEPTH:
        raise TooDeepError
    if isinstance(data, Mapping):
        yield from _of_mapping(data, heading, around, depth)
    elif isinstance(data, list):
        of_entries = _is_of_entries(data)
        for member in data:
            if of_entries and isinstance(member, str) and member.strip():
                yield {**around, heading: member}  # also what is not understood among entries
            else:
                yield from _of(member, heading, around, depth + 1)
    elif _may_list(data, heading, depth):
        yield {**around, heading: as_text(data)}


def _is_of_entries(data: Sequence[object]) -> bool:
    """Return whether half of a list are UIDs or patients: the lines in a cell of a notebook are no list of entries."""
    texts = [member for member in data if isinstance(member, str) and member.strip()]
    return bool(texts) and sum(_is_entry(text.strip()) for text in texts) * 2 >= len(texts)


def _of_mapping(data: Mapping[str, object], heading: str, around: Cells, depth: int) -> Iterator[Cells]:
    is_flat = not any(isinstance(value, (dict, list)) for value in data.values())
    rows = None if is_flat else _rows_of(data)
    if rows is not None:
        for row in rows:
            yield {**around, **row}
        return
    values = {str(key): _value(key, value) for key, value in data.items()}
    own = {**around, **{key: as_text(value) for key, value in values.items() if not isinstance(value, (dict, list))}}
    telling = {} if is_flat and not any(map(_is_uid, values)) else _telling(own)
    listed = False
    for key, value in values.items():
        if _is_uid(key) and not is_of_images(heading):
            for cells in _of_uid(key, value, heading, telling, depth):
                listed = True
                yield cells
        elif isinstance(value, (dict, list)):
            for cells in _of(value, heading if _is_number(key) else key, telling, depth + 1):
                listed = True
                yield cells
    if not listed and any(map(_is_telling, own.items())):
        yield own


def _of_uid(key: str, value: object, heading: str, around: Cells, depth: int) -> Iterator[Cells]:
    """Yield what stands under a UID, or the UID alone."""
    under = {name: text for name, text in around.items() if not _is_uid(name)}
    under[heading if meaning_of(heading) is not None else KEY] = key
    within = list(_of(value, LIST, under, depth + 1)) if isinstance(value, (dict, list)) else []
    yield from within or [under]


def _value(key: object, value: object) -> object:
    """Return a value; that of an attribute of DICOM JSON stands in its `Value`."""
    if isinstance(value, dict) and "vr" in value and _OF_DICOM.fullmatch(str(key)):
        values = value.get("Value", [])
        is_one = isinstance(values, list) and len(values) == 1 and not isinstance(values[0], (dict, list))
        return values[0] if is_one else values
    return value


def _rows_of(data: Mapping[str, object]) -> Iterable[Cells] | None:
    """Return the rows of a table that is stored by columns, or `None` where it is none."""
    columns, rows = data.get("columns"), data.get("data")
    if isinstance(columns, list) and isinstance(rows, list) and all(isinstance(row, list) for row in rows):
        headings = [as_text(column) for column in columns]
        return (_row(zip(headings, row, strict=False)) for row in rows)
    lists = {str(key): _in_list(value) for key, value in data.items()}
    lengths = {len(cells) for cells in lists.values() if cells is not None}
    meant = [meaning_of(key) for key, cells in lists.items() if cells is not None]
    if len(lists) < 2 or None in lists.values() or len(lengths) != 1 or not any(meant):  # noqa: PLR2004 - a column alone
        return None
    return (_row(zip(lists, row, strict=True)) for row in zip(*(cells or () for cells in lists.values()), strict=True))


def _row(cells: Iterable[tuple[str, object]]) -> Cells:
    return {heading: as_text(value) for heading, value in cells}


def _in_list(value: object) -> Sequence[object] | None:
    """Return a column of scalars: a list, or pandas' mapping from the numbers of rows."""
    if isinstance(value, dict) and value and all(map(_is_number, value)):
        value = list(value.values())
    if isinstance(value, list) and not any(isinstance(cell, (dict, list)) for cell in value):
        return value
    return None


@lru_cache(maxsize=10_000)
def _is_uid(key: str) -> bool:
    """Return whether a key is the UID, the path with one, or the id of a patient, that what stands under it is of."""
    return _is_entry(key) or bool(found_in(key))


def _is_entry(text: str) -> bool:
    return looks_like_uid(text) or known_patients_in(text) == [of_patient(text)]


def _is_number(key: object) -> bool:
    return str(key).isdigit()


def _may_list(value: object, heading: str, depth: int) -> bool:
    if value is None or value == "":
        return False
    return meaning_of(heading) is not None or (isinstance(value, str) and (depth <= 1 or _has_ids(value)))


def _telling(own: Cells) -> Cells:
    """Return what of a record also stands around those within it."""
    return dict(islice(filter(_is_telling, own.items()), MOST_AROUND))


def _is_telling(cell: tuple[str, str]) -> bool:
    heading, text = cell
    return meaning_of(heading) is not None or _has_ids(text)


def _has_ids(text: str) -> bool:
    return bool(found_in(text) or known_patients_in(text))


@dataclass
class Tables:
    """Notes records; those with the same headings are one table. `first` are records by which columns are known."""

    entries: Entries
    first: Iterable[Record]
    origin: Origin | None = None
    _columns: dict[tuple[str, ...], Columns | None] = field(default_factory=dict)
    _samples: dict[tuple[str, ...], list[list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take samples of each table."""
        for record in self.first:
            sample = self._samples.setdefault(tuple(record.cells), [])
            if len(sample) < SAMPLE:
                sample.append(list(record.cells.values()))

    def add(self, record: Record) -> None:
        """Note what a record lists, if any of its headings or values means anything to us."""
        columns = self.columns_for(record)
        if columns is not None:
            self.origin = self.origin or columns.origin
            columns.add_row(self.entries, record.line, list(record.cells.values()))

    def columns_for(self, record: Record) -> Columns | None:
        """Return the columns of the table that a record is a row of; `None` where nothing in it means anything."""
        headings = tuple(record.cells)
        if headings not in self._columns:
            sample = self._samples.get(headings) or [list(record.cells.values())]
            self._columns[headings] = _columns(headings, sample)
        return self._columns[headings]


def _columns(headings: tuple[str, ...], sample: list[list[str]]) -> Columns | None:
    if headings == (LIST,):
        return Columns(headings, levels=((Column(Role.ANY, 0, 0, sure=False),),), datasets=(_NAMES,))
    return columns_of(headings, sample) or columns_by_values(headings, sample)


_NAMES = Column(Role.DATASET, 0, 0, sure=False)


@dataclass
class LocatedEntries(Entries):
    """Entries of a text whose records have no lines: what is shown of it is looked for in the text."""

    text: str = ""
    _at: int = 0
    _line: int = 1
    _looked_for: int = 0

    def add_unread(self, line: int, text: str) -> None:
        """Note what was not understood; where the line is 0, the first examples are looked for."""
        super().add_unread(line or (self._line_of(text) if self.unread_count < EXAMPLES else 0), text)

    def add_name(self, line: int, text: str, others: Sequence[str] = ()) -> None:
        """Note what may be the name of a dataset; where the line is 0, it is looked for."""
        super().add_name(line or (self._line_of(text) if text not in self.names else 0), text, others)

    def _line_of(self, shown: str) -> int:
        """Return the line of the next place that has a text, else of the first; 1 where it has none."""
        at = self.text.find(shown, self._at)
        if at < 0 and self._looked_for < MOST_LOOKED_FOR:
            self._looked_for += 1
            at = self.text.find(shown)
        if at < 0:
            return 1
        if at < self._at:
            return self.text.count("\n", 0, at) + 1
        self._line += self.text.count("\n", self._at, at)
        self._at = at
        return self._line
