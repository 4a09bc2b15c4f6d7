"""What a cohort file says, and what a format of cohort files is."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.text import TextFile
from tcia_policy.text.sanitize import shortened

EXAMPLES = 3
LONGEST_EXAMPLE = 80


class Line(NamedTuple):
    """A line of a file by its 1-based number, as in `line 4: study_manifest_cp_command`."""

    number: int
    text: str

    def __str__(self) -> str:
        return f"line {self.number}: {printable(self.text)}"


@dataclass(frozen=True)
class Unread:
    """The lines that were not understood: how many, and the first three."""

    count: int = 0
    examples: tuple[Line, ...] = ()

    def __add__(self, other: "Unread") -> "Unread":
        return Unread(self.count + other.count, tuple(sorted((*self.examples, *other.examples))[:EXAMPLES]))


NOTHING_UNREAD = Unread()


@dataclass(frozen=True)
class UidColumn:
    """The column of a large table that DuckDB reads in our stead: the `index`-th of `width`, after `skip` lines."""

    delimiter: str
    index: int
    width: int
    skip: int
    uuids: bool


@dataclass(frozen=True)
class Cohort:
    """The distinct entries of one cohort file, in the order of the file.

    `series` are SeriesInstanceUIDs, `uuids` are IDC's `crdc_series_uuid`s, `names` are what may be names and DOIs of
    datasets, each with the first line it stands on.
    `from_idc` says that only IDC writes such a file. Where `column` is given, the entries are still in the file.
    """

    path: Path
    format_name: str
    series: tuple[str, ...] = ()
    uuids: tuple[str, ...] = ()
    names: tuple[Line, ...] = ()
    unread: Unread = NOTHING_UNREAD
    from_idc: bool = False
    column: UidColumn | None = None


@dataclass(frozen=True)
class CohortFormat:
    """One format of cohort files: how a file of it is recognized, and how it is read.

    `name` stands in messages (`is a table that lists no series`), `help` in lists of the formats. `recognizes` looks at
    the beginning of the file only. `read` returns what the file lists, and raises `InputError` where it is not usable.
    `read_large`, if given, reads files from `detect.LARGE` bytes on; it may leave UIDs in the file (`Cohort.column`).
    """

    name: str
    help: str
    recognizes: Callable[[TextFile], bool]
    read: Callable[[TextFile], Cohort]
    read_large: Callable[[TextFile], Cohort] | None = None


@dataclass
class Entries:
    """What a reader finds in one file: each entry once, and the count of lines that it does not understand.

    Its methods raise `InputError` where a file has more of either than any cohort does.
    """

    path: Path
    series: dict[str, None] = field(default_factory=dict)
    uuids: dict[str, None] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    unread_count: int = 0
    unread_examples: list[Line] = field(default_factory=list)

    def add_series(self, uid: str) -> None:
        """Note a SeriesInstanceUID."""
        self.series[uid] = None
        if len(self.series) > limits.COHORT_SERIES:
            raise InputError(f"lists more than {limits.COHORT_SERIES:,} series; split it", file=self.path)

    def add_uuid(self, uuid: str) -> None:
        """Note a `crdc_series_uuid`."""
        self.uuids[uuid.lower()] = None
        if len(self.uuids) > limits.COHORT_SERIES:
            raise InputError(f"lists more than {limits.COHORT_SERIES:,} series; split it", file=self.path)

    def add_name(self, line: int, text: str) -> None:
        """Note what may be the name or the DOI of a dataset."""
        self.names.setdefault(text, line)
        if len(self.names) > limits.COHORT_NAMES:
            others = f"more than {limits.COHORT_NAMES:,} lines are neither series nor names of datasets"
            raise InputError(f"{others}; this is not a cohort file", file=self.path, line=line)

    def add_unread(self, line: int, text: str) -> None:
        """Note a line that was not understood."""
        self.unread_count += 1
        if self.unread_count <= EXAMPLES:
            self.unread_examples.append(Line(line, text[:LONGEST_EXAMPLE]))
        found = self.series or self.uuids or self.names
        if self.unread_count > (limits.COHORT_UNREAD if found else limits.COHORT_UNREAD_AT_FIRST):
            raise InputError(
                f"more than {self.unread_count - 1:,} lines are not understood; this is not a cohort file",
                file=self.path,
                line=line,
            )

    def cohort(self, format_name: str, from_idc: bool = False) -> Cohort:
        """Return all that was found."""
        return Cohort(
            path=self.path,
            format_name=format_name,
            series=tuple(self.series),
            uuids=tuple(self.uuids),
            names=tuple(Line(line, text) for text, line in self.names.items()),
            unread=Unread(self.unread_count, tuple(self.unread_examples)),
            from_idc=from_idc or bool(self.uuids),
        )


def numbered(lines: Iterable[str], path: Path) -> Iterator[tuple[int, str]]:
    """Yield lines with their 1-based numbers, without blank ones and comments (`# ...`).

    Raise `InputError` for more lines than any manifest or list has.
    """
    for number, line in enumerate(lines, start=1):
        if number > limits.COHORT_LINES:
            raise InputError(f"has more than {limits.COHORT_LINES:,} lines; split it", file=path)
        text = line.strip()
        if text and not text.startswith("#"):
            yield number, text


def printable(text: str) -> str:
    """Return the beginning of `text` for a message, on one line and without control characters."""
    return shortened(text, LONGEST_EXAMPLE) or "(nothing)"
