"""Tables that are left in their files, by their columns."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tcia_policy.cohorts.cohort import Beside, Entries, EntryKind, StoredTable, TableForm
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.records.columns import Columns, remark_on
from tcia_policy.cohorts.records.roles import Role, meaning_of

NOT_IN_TEXT = "\x1f"  # DuckDB wants a delimiter; what has this one is read by Python
MOST_KEYS = 60  # of an object that DuckDB reads by one regular expression
_PLAIN_KEY = re.compile(r"[A-Za-z0-9 _.,()-]{1,80}")
_STRING = r"(?:[^\"\\\x00-\x1f]|\\/)*"  # no escape but that of a slash, which pandas writes
_NO_TEXT = r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,2})?|true|false|null"
_SCALAR = rf'"{_STRING}"|{_NO_TEXT}'
_SCALAR_NO_REMARK = rf'"(?:(?:[^\"#\\\x00-\x1f]|\\/){_STRING})?"|{_NO_TEXT}'  # Python judges rows that begin so
KINDS: Mapping[Role, EntryKind] = {Role.SERIES: EntryKind.SERIES, Role.SERIES_UUID: EntryKind.SERIES_UUID}


@dataclass(frozen=True)
class _WhatIsBeside:
    """What rows say beside their entries, by the cells of the columns `at`."""

    columns: Columns
    at: tuple[int, ...]

    def __call__(self, cells: Sequence[str]) -> Beside:
        row = [""] * len(self.columns.headings)
        for index, cell in zip(self.at, cells, strict=True):
            row[index] = cell
        return self.columns.beside_of(row)


def stored_table(file: CohortFile, form: TableForm, columns: Columns, name: str) -> StoredTable | None:
    """Return a table for DuckDB to read, or `None` where its most exact columns are of no kind that DuckDB looks up."""
    best = columns.levels[0] if columns.levels else ()
    kinds = {KINDS.get(column.role) for column in best}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is None or columns.with_images_of_pathdb:  # images of PathDB stand beside series, and count too
        return None
    beside = tuple(sorted({*(column.at for column in columns.datasets), *columns.licenses}))
    return StoredTable(
        path=file.path,
        format_name=name,
        form=form,
        columns=columns.headings,
        kind=kind,
        entries=tuple(column.at for column in best),
        add_row=columns.add_row,
        beside=beside,
        beside_of=_WhatIsBeside(columns, beside),
        alone=len(columns.levels) == 1 and not beside and all(column.sure for column in best),
        remark_of=remark_on,
        aside=tuple(each.heading for each in columns.aside if not each.of_images),
        packing=file.packing,
    )


def stored_json_lines(
    file: CohortFile, columns: Columns, name: str, add_row: Callable[[Entries, int, Sequence[str]], None]
) -> StoredTable | None:
    """Return a table of objects of JSON, one a line, with these columns; `None` where Python must read it.

    The first line of the file shows which of their values are texts. `add_row` notes what a line lists that is not such
    an object, or has another cell in a column of entries.
    """
    keys = columns.headings
    table = stored_table(file, TableForm.DELIMITED, columns, name)
    if table is None or len(keys) > MOST_KEYS or not all(_PLAIN_KEY.fullmatch(key) for key in keys):
        return None
    if any(meaning_of(keys[at]) is None for at in table.entries):  # then it depends on the cell whether it counts
        return None
    parts = tuple(sorted({*table.entries, *table.beside}))
    others = (_SCALAR if at else _SCALAR_NO_REMARK for at in range(len(keys)))
    values = (rf'"({_STRING})"|null' if at in parts else other for at, other in enumerate(others))
    pairs = (rf'"{re.escape(key)}" ?: ?(?:{value})' for key, value in zip(keys, values, strict=True))
    return replace(
        table,
        columns=(*keys, "line"),
        add_row=add_row,
        delimiter=NOT_IN_TEXT,
        quote="",
        shape=rf"^ *\{{ ?{' ?, ?'.join(pairs)} ?\}} *$",
        parts=parts,
        texts=_texts(file.head_lines[0], keys),
    )


def _texts(line: str, keys: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the keys whose values are texts in a line of JSON; none where it has others."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(values, dict) or list(values) != list(keys):
        return ()
    return tuple(at for at, value in enumerate(values.values()) if isinstance(value, str) or value is None)
