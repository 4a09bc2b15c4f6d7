"""Tables that are left in their files, by their columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tcia_policy.cohorts.cohort import Beside, EntryKind, StoredTable, TableForm
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.records.columns import Columns, remark_on
from tcia_policy.cohorts.records.roles import Role

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
    if kind is None:
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
        packing=file.packing,
    )
