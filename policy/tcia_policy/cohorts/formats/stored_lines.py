"""Long lists and manifests that are left in their files: nearly every line is an entry and nothing else."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tcia_policy.cohorts.cohort import Cohort, Entries, EntryKind, Origin, StoredTable, TableForm
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.records.stored import NOT_IN_TEXT
from tcia_policy.cohorts.uids import UUID_PATTERN

SAMPLE = 50  # lines by which it is seen whether DuckDB is quicker
FRAMES = 4  # IDC has some three buckets
_UUID = re.compile(UUID_PATTERN)


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
    plain = [line for line in first if re.fullmatch(lines.plain, line)]
    if file.text is None or file.text.encoding != "utf-8":
        return None
    if len(plain) * 2 <= len(first):
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
        frames=_frames_of(plain) if lines.in_address else (),
        packing=file.packing,
        delimiter=NOT_IN_TEXT,
        quote="",
        skip=lines.skip,
    )
    return Cohort(path=file.path, format_name=lines.name, origin=lines.origin, table=table)


def _frames_of(lines: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return what stands before and after the UUIDs of lines: the first few that differ."""
    frames = ((line[: found.start()], line[found.end() :]) for line in lines for found in _UUID.finditer(line))
    return tuple(dict.fromkeys(frames))[:FRAMES]


@dataclass(frozen=True)
class _AddRow:
    """Notes what a line lists that is neither blank nor a comment."""

    add_line: Callable[[Entries, int, str], None]

    def __call__(self, entries: Entries, number: int, cells: Sequence[str]) -> None:
        line = cells[0].strip()
        if line and not line.startswith("#"):
            self.add_line(entries, number, line)
