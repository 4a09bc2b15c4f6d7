"""Long lists and manifests that are left in their files: nearly every line is an entry and nothing else."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tcia_policy.cohorts.cohort import Cohort, Entries, EntryKind, Origin, StoredTable, TableForm
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.records.stored import NOT_IN_TEXT

SAMPLE = 50  # lines by which it is seen whether DuckDB is quicker


@dataclass(frozen=True)
class LongList:
    """How the lines of a list are read: `add_line` notes what a line lists, without the blanks around it.

    Below the first `skip` lines nearly all match `plain`, a regular expression. They are entries of `kind` as they
    stand, or have them as the third part between slashes (`in_address`).
    """

    name: str
    kind: EntryKind
    add_line: Callable[[Entries, int, str], None]
    plain: str
    skip: int = 0
    in_address: bool = False
    origin: Origin | None = None


def stored_lines(file: CohortFile, lines: LongList) -> Cohort | None:
    """Return a cohort whose entries are left in their lines, or `None` where Python is to read them."""
    first = file.head_lines[lines.skip : lines.skip + SAMPLE]
    is_plain = re.compile(lines.plain)
    if file.text is None or file.text.encoding != "utf-8":
        return None
    if sum(is_plain.fullmatch(line) is not None for line in first) * 2 <= len(first):
        return None
    table = StoredTable(
        path=file.path,
        format_name=lines.name,
        form=TableForm.DELIMITED,
        columns=("line",),
        kind=lines.kind,
        entries=(0,),
        add_row=_AddRow(lines.add_line),
        pattern=lines.plain if lines.in_address else None,
        packing=file.packing,
        delimiter=NOT_IN_TEXT,
        quote="",
        skip=lines.skip,
    )
    return Cohort(path=file.path, format_name=lines.name, origin=lines.origin, table=table)


@dataclass(frozen=True)
class _AddRow:
    """Notes what a line lists that is neither blank nor a comment."""

    add_line: Callable[[Entries, int, str], None]

    def __call__(self, entries: Entries, number: int, cells: Sequence[str]) -> None:
        line = cells[0].strip()
        if line and not line.startswith("#"):
            self.add_line(entries, number, line)
