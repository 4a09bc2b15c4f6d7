"""The columns of one table, and what its rows list by them.

A row is judged by its most exact columns that list anything: series before studies, studies before patients, patients
before datasets. What is less exact stands beside its entries (`Beside`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, takewhile
from typing import NamedTuple

from tcia_policy.cohorts.cohort import NOTHING_BESIDE, Beside, Entries, EntryKind, Origin
from tcia_policy.cohorts.records.by_cells import Aside, has_other_series, role_of_cell, shown_by_cells, uids_aside
from tcia_policy.cohorts.records.cells import AS_NUMBER, Cell, fits, is_empty, names_in, read_cell
from tcia_policy.cohorts.records.origins import is_address_of_idc, is_column_of_idc, origin_of
from tcia_policy.cohorts.records.roles import Meaning, Role, meaning_of
from tcia_policy.cohorts.uids import unwrap
from tcia_policy.files import limits
from tcia_policy.model import Route

SAMPLE = 50  # rows by which columns are recognized
MOST_TRIED = 5  # of them, whether they are of headings
OF_DATASETS = (Role.DOI, Role.DATASET)
HEADS_OF_COLUMNS = frozenset(("string", "text", "uid", "ui", "varchar", "object", "str", "lo", "sh"))
SPREADSHEET = "a spreadsheet has turned UIDs into numbers such as 1.36E+55: export that column as text"
_ALIKE = {Role.PATH: Role.UID, Role.KNOWN_PATIENT: Role.PATIENT}
_BEGINS_ROW = re.compile(r"#\s?[0-9]+|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)", re.IGNORECASE)
_DATA = re.compile(r"(?<![0-9])[0-9]+(?:\.[0-9]+){4}")


class Column(NamedTuple):
    """One column, `at` its index from 0. What is not understood in it counts where it is `sure`."""

    role: Role
    rank: int
    at: int
    sure: bool


@dataclass(frozen=True)
class Columns:
    """The columns that matter. `levels` are those that list entries, alike in exactness, the most exact first.

    `of_idc` are the indexes of those that only IDC's tables have. By those `aside` no row is judged.
    """

    headings: tuple[str, ...]
    levels: tuple[tuple[Column, ...], ...] = ()
    datasets: tuple[Column, ...] = ()
    licenses: tuple[int, ...] = ()
    of_idc: tuple[int, ...] = ()
    origin: Origin | None = None
    aside: tuple[Aside, ...] = ()

    @property
    def best(self) -> Role:
        """Return the role of the most exact columns."""
        return self.levels[0][0].role if self.levels else self.datasets[0].role

    @cached_property
    def with_images_of_pathdb(self) -> bool:
        """Return whether a column has images that only TCIA's portal has."""
        return any(level[0].role is Role.PATHDB for level in self.levels)

    @property
    def number(self) -> int:
        """Return how many columns matter."""
        return sum(map(len, self.levels)) + len(self.datasets) + len(self.licenses)

    @property
    def indexes(self) -> tuple[int, ...]:
        """Return the indexes of the columns that matter, in their order."""
        entries = [column.at for level in self.levels for column in level]
        return tuple(sorted((*entries, *(column.at for column in self.datasets), *self.licenses)))

    @property
    def sure(self) -> int:
        """Return how many of them are known by their headings alone."""
        return sum(column.sure for column in (*(each for level in self.levels for each in level), *self.datasets))

    def add_row(self, entries: Entries, number: int, cells: Sequence[str]) -> None:
        """Note what a row lists; `number` is its line. Cells that are missing at its end are empty."""
        if not any(cells) or self._is_comment(cells):
            return
        row = _Row(self, entries, number, cells)
        for level in self.levels:
            if row.has_image_of_pathdb(level) or row.add_level(level):
                break
        if not row.listed:
            row.add_names()
        elif self.with_images_of_pathdb:
            row.add_images_of_pathdb()
        for aside in self.aside:
            row.note_aside(aside)
        if not row.lists_series and self.origin is not None and self.origin.route is Route.IDC:
            entries.origin_unsure = entries.origin_unsure or not self._shows_idc(cells)

    def _is_comment(self, cells: Sequence[str]) -> bool:
        """Return whether a row is none of the table, as its first sign says.

        It is one all the same where that is a number (`#12`) or what a spreadsheet writes for an error (`#REF!`), and
        where the first column means nothing and another lists entries.
        """
        if not cells[0].startswith("#"):
            return False
        if _BEGINS_ROW.fullmatch(cells[0].strip()) is not None:
            return False
        columns = [column for level in self.levels for column in level]
        if any(column.at == 0 for column in (*columns, *self.datasets)):
            return True
        return not any(read_cell(column.role, _cell(cells, column.at)).entries for column in columns)

    def _shows_idc(self, cells: Sequence[str]) -> bool:
        """Return whether a row itself shows that its files are from IDC."""
        return not all(is_empty(_cell(cells, at)) for at in self.of_idc) or any(map(is_address_of_idc, cells))

    def beside_of(self, cells: Sequence[str]) -> Beside:
        """Return what a row says beside its entries."""
        if not (self.datasets or self.licenses):
            return NOTHING_BESIDE
        names = [name for column in self.datasets for name in names_in(column.role, _cell(cells, column.at))]
        licenses = [cell.strip() for at in self.licenses if not is_empty(cell := _cell(cells, at))]
        if not (names or licenses):
            return NOTHING_BESIDE
        short = (name[: limits.DATASET_NAME] for name in dict.fromkeys(names))
        label, *more = (each[: limits.DATASET_NAME] for each in dict.fromkeys(licenses or [""]))
        return Beside(tuple(short), label, tuple(more))


@dataclass
class _Row:
    columns: Columns
    entries: Entries
    number: int
    cells: Sequence[str]
    listed: bool = False
    lists_series: bool = False
    lists: EntryKind | None = None
    told: bool = False
    is_empty: bool = False
    is_left: bool = False

    def has_image_of_pathdb(self, level: Sequence[Column]) -> bool:
        """Return whether the row is of an image that only TCIA's portal has: its dataset counts, no series."""
        if level[0].role is not Role.PATHDB or not self.columns.datasets:
            return False
        return bool(self._images_of_pathdb(level))

    def add_images_of_pathdb(self) -> None:
        """Note the images that only TCIA's portal has and that stand beside series: they are of the row's dataset."""
        levels = (level for level in self.columns.levels if level[0].role is Role.PATHDB)
        images = [image for level in levels for image in self._images_of_pathdb(level)]
        if not images:
            return
        names = self._names()
        if names:
            self.entries.add_name(self.number, names[0], tuple(names[1:]))
        else:
            self.entries.add_unread(self.number, images[0])

    def _images_of_pathdb(self, level: Sequence[Column]) -> list[str]:
        cells = [_cell(self.cells, column.at) for column in level]
        return [cell for cell in cells if not is_empty(cell) and not read_cell(Role.PATHDB, cell).entries]

    def _names(self) -> list[str]:
        columns = self.columns.datasets
        return [name for column in columns for name in names_in(column.role, _cell(self.cells, column.at))]

    def add_level(self, level: Sequence[Column]) -> bool:
        """Note the entries of these columns, and return whether there are any."""
        for column in level:
            cell = _cell(self.cells, column.at)
            if is_empty(cell):
                self.entries.add_empty()
                self.is_empty = True
                continue
            if column.role is Role.PATIENT and _is_heading(cell):
                continue
            read = read_cell(column.role, cell)
            for found in read.entries:
                self.entries.add(found.kind, found.entry, self.columns.beside_of(self.cells))
                self.listed = True
                self.lists = found.kind
                self.lists_series = self.lists_series or found.kind in (EntryKind.SERIES, EntryKind.SERIES_UUID)
            if self._is_told(column, read) and not (_is_heading(cell) or _is_ruled(self.cells)):
                self.entries.add_unread(self.number, cell.strip())
                self.told = True
            self.is_left = self.is_left or read.rest
        return self.listed

    def _is_told(self, column: Column, read: Cell) -> bool:
        """Return whether what was not understood in a cell counts. A number of a patient does where nothing else is."""
        return read.rest and column.sure and (column.role is not Role.PATIENT or bool(read.entries))

    def add_names(self) -> None:
        """Note the datasets that the row names, or else that it was not understood."""
        columns = self.columns.datasets
        if any(_is_heading(_cell(self.cells, column.at)) for column in columns):
            return
        names = self._names()
        if names and len(names[0]) <= limits.DATASET_NAME:
            self.entries.add_name(self.number, names[0], tuple(names[1:]))
        elif columns and not self.columns.levels and all(is_empty(_cell(self.cells, each.at)) for each in columns):
            self.entries.add_empty()
        elif (
            (self.is_left or not self.is_empty)
            and not self.told
            and not _is_ruled(self.cells)
            and not self._is_heading_again()
        ):
            self.entries.add_unread(self.number, " | ".join(filter(None, map(str.strip, self.cells))))

    def note_aside(self, aside: Aside) -> None:
        """Note a UID by which the row is not judged: of an image, where a whole study or patient counts for it."""
        uids = () if is_empty(_cell(self.cells, aside.at)) else uids_aside(aside.at, self.cells)
        if aside.of_images and self.lists not in (EntryKind.STUDY, EntryKind.PATIENT):
            return
        for _uid in uids:
            self.entries.add_aside(aside.heading, self.lists if aside.of_images else None)

    def _is_heading_again(self) -> bool:
        of_entries = [_cell(self.cells, column.at) for level in self.columns.levels for column in level]
        return any(map(_is_heading, of_entries))


def columns_of(headings: Sequence[str], sample: Sequence[Sequence[str]]) -> Columns | None:
    """Return the columns of a table by its headings, and by its first rows what these do not say.

    `None` where no heading means anything to us.
    """
    meanings = [meaning_of(heading) for heading in headings]
    found = [
        Column(meaning.role, meaning.rank, index, meaning.sure)
        for index, meaning in enumerate(meanings)
        if meaning is not None and (meaning.sure or _fits(meaning, index, sample))
    ]
    if not found:
        return None
    taken = {column.at for column in found}
    shown = shown_by_cells([index for index in range(len(headings)) if index not in taken], headings, sample)
    with_series = any(column.role in (Role.SERIES, Role.SERIES_UUID) and column.sure for column in found)
    with_study = any(column.role is Role.STUDY for column in found)
    aside = [each for each in shown.aside if not with_series]
    for index, role in shown.roles.items():
        if role is Role.SERIES or not (with_series or (with_study and role is Role.UID)):
            found.append(Column(role, 0, index, sure=False))
        elif role is Role.UID or (role is Role.PATH and has_other_series(index, sample)):
            aside.append(Aside(index, headings[index], of_images=False))
    columns = _in_order(headings, found, sample)
    return None if columns is None else replace(columns, aside=tuple(aside))


def columns_by_values(headings: Sequence[str], sample: Sequence[Sequence[str]]) -> Columns | None:
    """Return the columns of a table whose headings mean nothing to us, or are empty."""
    roles = shown_by_cells(range(len(headings)), headings, sample).roles
    found = [Column(role, 0, index, sure=False) for index, role in roles.items()]
    return _in_order(headings, found, sample)


def find_columns(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, Columns] | None:
    """Return the line of the row of headings, and the columns by it: titles may stand above, data may not.

    `rows` are the first rows that are not blank, with their lines. `None` where none of them has a heading of ours.
    """
    rows_above_data = list(takewhile(lambda row: not any(map(_DATA.search, row[1])), rows[:SAMPLE]))
    likely = sorted(range(len(rows_above_data)), key=lambda at: _likeness(rows_above_data[at][1], at))
    for position in likely[:MOST_TRIED]:
        number, cells = rows_above_data[position]
        below = [cells for _number, cells in rows[position + 1 : position + 1 + SAMPLE]]
        columns = columns_of(_as_headings(cells), below)
        if columns is not None and (position == 0 or _is_heading_below_titles(cells, columns)):
            return number, columns
    return None


def _likeness(cells: Sequence[str], position: int) -> tuple[int, int, int]:
    """Return by what rows are sorted so that the likeliest to have the headings come first."""
    meanings = [meaning for cell in _as_headings(cells) if (meaning := meaning_of(cell)) is not None]
    best = min((meaning.role for meaning in meanings), default=Role.LICENSE)
    return best, -len(meanings), position


def find_columns_by_values(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, Columns] | None:
    """Return the columns by their cells, and the line of the last row above the first that lists anything, or 0."""
    width = max((len(cells) for _number, cells in rows), default=0)
    data = next((at for at, (_number, cells) in enumerate(rows) if any(map(role_of_cell, cells))), len(rows))
    header, headings = rows[data - 1] if data else (0, [""] * width)
    columns = columns_by_values([*headings, *[""] * (width - len(headings))], [cells for _number, cells in rows[data:]])
    return None if columns is None else (header, columns)


def remark_on(entries: Entries) -> str | None:
    """Return what is to be known of a table in which a spreadsheet has spoilt UIDs."""
    texts = (line.text.rsplit(": ", 1)[-1] for line in entries.unread_examples)
    return SPREADSHEET if any(AS_NUMBER.fullmatch(unwrap(text)) for text in texts) else None


def _in_order(headings: Sequence[str], found: Iterable[Column], sample: Sequence[Sequence[str]]) -> Columns | None:
    ordered = sorted(found)
    entries = [column for column in ordered if column.role < Role.DOI]
    datasets = tuple(column for column in ordered if column.role in OF_DATASETS)
    if not (entries or datasets):
        return None
    return Columns(
        headings=tuple(headings),
        levels=tuple(tuple(alike) for _level, alike in groupby(entries, key=_level_of)),
        datasets=datasets,
        licenses=tuple(column.at for column in ordered if column.role is Role.LICENSE),
        of_idc=tuple(at for at, heading in enumerate(headings) if is_column_of_idc(heading)),
        origin=origin_of(headings, [(column.role, column.at) for column in ordered], sample),
    )


def _level_of(column: Column) -> Role:
    return _ALIKE.get(column.role, column.role)


def _as_headings(cells: Sequence[str]) -> list[str]:
    first, *others = cells or [""]
    return [first.lstrip("#").strip(), *others]


def _is_heading_below_titles(cells: Sequence[str], columns: Columns) -> bool:
    """Return whether a row is one of headings although others stand above it."""
    return sum(map(bool, cells)) > 1 or (columns.best <= Role.STUDY and columns.sure > 0)


def _fits(meaning: Meaning, index: int, sample: Sequence[Sequence[str]]) -> bool:
    """Return whether the first cells are what a heading may mean, or are not there."""
    cells = [cell for row in sample if not is_empty(cell := _cell(row, index))]
    return not cells or any(fits(meaning.role, cell) for cell in cells)


def _cell(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def _is_heading(cell: str) -> bool:
    """Return whether a cell is a heading once more, or says of which type its column is."""
    return bool(cell) and (meaning_of(cell) is not None or unwrap(cell).lower() in HEADS_OF_COLUMNS)


def _is_ruled(cells: Sequence[str]) -> bool:
    """Return whether a row is the line below the headings of a table in Markdown or from a database."""
    return not "".join(cells).strip(" -:=+|")
