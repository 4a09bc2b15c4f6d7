"""What a cohort file says, and what a format of cohort files is."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.packing import Packing
from tcia_policy.lazy import dataclass
from tcia_policy.model import Route
from tcia_policy.text.sanitize import shortened

EXAMPLES = 3
LONGEST_EXAMPLE = 80
MORE = "split it; or make it a CSV table of any size, and run `pip install 'tcia-policy[bulk]'`"


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


def unread_of(lines: Sequence["Line"]) -> Unread:
    """Return lines as such that were not understood, with the first three, each as long as an example is."""
    first = (Line(line.number, line.text[:LONGEST_EXAMPLE]) for line in lines[:EXAMPLES])
    return Unread(len(lines), tuple(first))


class EntryKind(StrEnum):
    """What an entry of a cohort file names. A UID is a series or a study, which only the index can say."""

    SERIES = "SeriesInstanceUID"
    SERIES_UUID = "crdc_series_uuid"
    STUDY = "StudyInstanceUID"
    PATIENT = "PatientID"
    UID = "UID"


class Beside(NamedTuple):
    """What a row says beside its entry: the names or DOIs of datasets, the most exact first, and a license label.

    `more_licenses` are what further columns say of the license, such as its address. `others` is what further rows say
    of the same entry, if that is something else.
    """

    datasets: tuple[str, ...] = ()
    license: str = ""
    more_licenses: tuple[str, ...] = ()
    others: tuple["Beside", ...] = ()

    @property
    def rows(self) -> tuple["Beside", ...]:
        """Return what each of the rows says that differ."""
        return self._replace(others=()), *self.others

    def and_of(self, besides: Iterable["Beside"]) -> "Beside":
        """Return what this says and what others say of the same entry, each once."""
        first, *others = dict.fromkeys(row for each in (self, *besides) for row in each.rows if row != NOTHING_BESIDE)
        return first._replace(others=tuple(others))


NOTHING_BESIDE = Beside()


class Origin(NamedTuple):
    """The place that files came from, as a cohort file shows it, and what in it shows that: `its column gcs_url`."""

    route: Route
    because: str


class NeedsWholeFileError(Exception):
    """A row of a stored table is understood only by who reads the file from its beginning."""


class TableForm(StrEnum):
    """How rows lie in a file."""

    DELIMITED = "delimited"
    PARQUET = "Parquet"


@dataclass(frozen=True)
class StoredTable:
    """The columns of a table in a file that has a series in nearly every row.

    `columns` are the headings of all columns, in their order; other columns are meant by their place among these.
    `entries` are the columns of `kind`: `SERIES`, `SERIES_UUID` or `UID`; a cell of them that is a UID or UUID as it
    stands, with nothing around it, is an entry. `pattern`, if given, is a regular expression for a whole cell that has
    the entry as its third part between slashes: `cp s3://bucket/.../\\* .`. `frames` are what stands before and after
    the entry in some of the cells that match it. `beside` are the columns that say more of an entry, and `beside_of`
    makes of their cells what they say.

    Every row with another cell in one of `entries` is given to `add_row`, with its line and all its cells, as the
    reader of the format would do it; what is not there is an empty text. So what counts as junk or as empty, and what
    else such a row may list, is for the format alone to say. It raises `NeedsWholeFileError` where it cannot.

    `aside` are the headings of columns of UIDs that do not count.

    `alone` says that no other column counts where these list nothing, so that a cell without a UID in it is junk.

    Of a delimited file the first `skip` lines are passed over. A `quote` that is empty says that no sign is one.

    `shape`, if given, is a regular expression for a line that is an object of JSON. Its groups are the columns `parts`,
    in which a slash may be written as JSON may have it; the last of `columns` is then the line itself, and the others
    are empty. `texts` are the columns of such objects whose values stand in quotes, if all objects may be alike.
    """

    path: Path
    format_name: str
    form: TableForm
    columns: tuple[str, ...]
    kind: EntryKind
    entries: tuple[int, ...]
    add_row: Callable[["Entries", int, Sequence[str]], None]
    beside: tuple[int, ...] = ()
    beside_of: Callable[[Sequence[str]], Beside] | None = None
    pattern: str | None = None
    frames: tuple[tuple[str, str], ...] = ()
    alone: bool = False
    remark_of: Callable[["Entries"], str | None] | None = None
    aside: tuple[str, ...] = ()
    packing: Packing = Packing.NONE
    delimiter: str = ","
    quote: str = '"'
    skip: int = 0
    shape: str | None = None
    parts: tuple[int, ...] = ()
    texts: tuple[int, ...] = ()


Listed = Mapping[EntryKind, Mapping[str, int]]


@dataclass(frozen=True)
class Cohort:
    """The distinct entries of one cohort file, in the order of the file.

    `listed` has the entries of each kind, each with the index into `beside` of what its row says beside it (0 for
    nothing). `names` are what may be names and DOIs of datasets, each with the first line it stands on; `other_names`
    are what its rows name less exactly, which count where it is none. `empty` counts
    the cells and values that are empty or NA where an entry could be. `origin` says where the files came from, if the
    content says so; `origin_unsure` that some of its rows show nothing of it. `remark` says what is to be known of such
    a file, such as which portal can tell what is in it. `aside` counts its UIDs that are no entries, by their heading
    and by the kind of what counts for them; 0 is a number that is not known. `above` is what may be names
    of datasets above the headings of a table, `sentences` are lines of prose, and `headings` those of lists: which of
    them name a dataset is for the registry to say. `sheets_without` are the names of sheets that have no column of
    ours beside one that has.
    Where `table` is given, the entries are still in the file.
    """

    path: Path
    format_name: str
    listed: Listed = field(default_factory=dict)
    beside: tuple[Beside, ...] = (NOTHING_BESIDE,)
    names: tuple[Line, ...] = ()
    other_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unread: Unread = NOTHING_UNREAD
    empty: int = 0
    origin: Origin | None = None
    origin_unsure: bool = False
    remark: str | None = None
    aside: Mapping[tuple[str, EntryKind | None], int] = field(default_factory=dict)
    above: tuple[Line, ...] = ()
    sentences: tuple[Line, ...] = ()
    headings: tuple[Line, ...] = ()
    sheets_without: tuple[str, ...] = ()
    table: StoredTable | None = None

    @property
    def series(self) -> tuple[str, ...]:
        """Return the SeriesInstanceUIDs that it lists."""
        return tuple(self.listed.get(EntryKind.SERIES, ()))

    @property
    def uuids(self) -> tuple[str, ...]:
        """Return the `crdc_series_uuid`s that it lists."""
        return tuple(self.listed.get(EntryKind.SERIES_UUID, ()))

    @property
    def from_idc(self) -> bool:
        """Return whether its content says that the files came from IDC."""
        return self.origin is not None and self.origin.route is Route.IDC

    @property
    def lists_entries(self) -> bool:
        """Return whether there is anything to look up in an index."""
        return self.table is not None or any(self.listed.values())

    @property
    def is_told(self) -> bool:
        """Return whether a remark says what its lines are, although none of them was understood."""
        return self.remark is not None and self.unread.count > 0


@dataclass(frozen=True)
class CohortFormat:
    """One format of cohort files: how a file of it is recognized, and how it is read.

    `name` stands in messages (`is a table that lists no series`), `help` in lists of the formats. `recognizes` looks at
    the beginning of the file only. `read` returns what the file lists, and raises `InputError` where it is not usable.
    `read_large`, if given, reads files from `detect.LARGE` bytes on; it may leave UIDs in the file (`Cohort.table`).
    """

    name: str
    help: str
    recognizes: Callable[[CohortFile], bool]
    read: Callable[[CohortFile], Cohort]
    read_large: Callable[[CohortFile], Cohort] | None = None


@dataclass
class Entries:
    """What a reader finds in one file: each entry once, and the count of lines that it does not understand.

    `where` is said before the texts of these lines, such as the sheet that is being read. `lists_more` says that the
    file has entries that are not here. `origin_unsure` says that a row which lists no series shows nothing of where the
    file is from. `in_several_rows` has the entries whose rows say different things. `aside` counts UIDs that are no
    entries, by their heading and by the kind of what counts for them. `above` is what stands above headings,
    `prose` are lines that are none.

    Its methods raise `InputError` where a file has more of either than any cohort does.
    """

    path: Path
    listed: dict[EntryKind, dict[str, int]] = field(default_factory=lambda: {kind: {} for kind in EntryKind})
    beside: dict[Beside, int] = field(default_factory=lambda: {NOTHING_BESIDE: 0})
    names: dict[str, int] = field(default_factory=dict)
    other_names: dict[str, dict[str, None]] = field(default_factory=dict)
    unread_count: int = 0
    unread_examples: list[Line] = field(default_factory=list)
    empty: int = 0
    where: str = ""
    lists_more: bool = False
    origin_unsure: bool = False
    in_several_rows: dict[EntryKind, dict[str, dict[int, None]]] = field(default_factory=dict)
    aside: dict[tuple[str, EntryKind | None], int] = field(default_factory=dict)
    above: list[Line] = field(default_factory=list)
    sentences: list[Line] = field(default_factory=list)
    headings: list[Line] = field(default_factory=list)

    def add(self, kind: EntryKind, entry: str, beside: Beside = NOTHING_BESIDE) -> None:
        """Note an entry, and what its row says beside it: of an entry in several rows, all that they say."""
        entries = self.listed[kind]
        at = entries.setdefault(entry, 0)
        if beside is not NOTHING_BESIDE:
            number = self._number_of(beside)
            if not at:
                entries[entry] = number
            elif number not in (at, 0):
                self.in_several_rows.setdefault(kind, {}).setdefault(entry, {at: None})[number] = None
        if len(entries) > limits.COHORT_SERIES:
            raise InputError(f"lists more than {limits.COHORT_SERIES:,} entries", file=self.path, hint=MORE)

    def add_series(self, uid: str, beside: Beside = NOTHING_BESIDE) -> None:
        """Note a SeriesInstanceUID."""
        self.add(EntryKind.SERIES, uid, beside)

    def add_uuid(self, uuid: str, beside: Beside = NOTHING_BESIDE) -> None:
        """Note a `crdc_series_uuid`."""
        self.add(EntryKind.SERIES_UUID, uuid.lower(), beside)

    def add_name(self, line: int, text: str, others: Sequence[str] = ()) -> None:
        """Note what may be the name or the DOI of a dataset, and what else its row names, less exactly."""
        self.names.setdefault(text, line)
        if others:
            self.other_names.setdefault(text, {}).update(dict.fromkeys(others))
        if len(self.names) > limits.COHORT_NAMES:
            others = f"more than {limits.COHORT_NAMES:,} lines are neither series nor names of datasets"
            raise InputError(f"{others}; this is not a cohort file", file=self.path, line=line)

    def add_unread(self, line: int, text: str) -> None:
        """Note a line that was not understood."""
        self.unread_count += 1
        if self.unread_count <= EXAMPLES:
            self.unread_examples.append(Line(line, (self.where + text)[:LONGEST_EXAMPLE]))
        found = self.lists_more or self.names or any(self.listed.values())
        if self.unread_count > (limits.COHORT_UNREAD if found else limits.COHORT_UNREAD_AT_FIRST):
            raise InputError(
                f"more than {self.unread_count - 1:,} lines are not understood; this is not a cohort file",
                file=self.path,
                line=line,
            )

    def add_empty(self) -> None:
        """Note a cell or value that is empty, or says that there is none."""
        self.empty += 1

    def add_prose(self, line: int, text: str) -> None:
        """Note a line that is no entry, unless it names a dataset. What is too much to look at is not understood."""
        self._add_beside(self.sentences, line, text)

    def add_heading(self, line: int, text: str) -> None:
        """Note a line that heads a list, unless it names a dataset. What is too much to look at is not understood."""
        self._add_beside(self.headings, line, text)

    def _add_beside(self, lines: list[Line], line: int, text: str) -> None:
        if len(lines) < limits.COHORT_SENTENCES and len(text) <= limits.COHORT_SENTENCE:
            lines.append(Line(line, text))
        else:
            self.add_unread(line, text)

    def add_aside(self, heading: str, whole: EntryKind | None) -> None:
        """Note a UID that is no entry; `whole` says whether its whole study or patient counts for it."""
        self.aside[heading, whole] = self.aside.get((heading, whole), 0) + 1

    def cohort(self, format_name: str, origin: Origin | None = None, remark: str | None = None) -> Cohort:
        """Return all that was found. Who lists `crdc_series_uuid`s has files of IDC, unless `origin` says otherwise."""
        uuids = self.listed[EntryKind.SERIES_UUID]
        by_uuids = origin is None and bool(self.names or self.listed[EntryKind.PATIENT])
        self._bring_rows_together()
        return Cohort(
            path=self.path,
            format_name=format_name,
            listed={kind: entries for kind, entries in self.listed.items() if entries},
            beside=tuple(self.beside),
            names=tuple(Line(line, text) for text, line in self.names.items()),
            other_names={text: tuple(others) for text, others in self.other_names.items()},
            unread=Unread(self.unread_count, tuple(self.unread_examples)),
            empty=self.empty,
            origin=origin or (Origin(Route.IDC, "it lists series by IDC's own UUIDs") if uuids else None),
            origin_unsure=self.origin_unsure or by_uuids,
            remark=remark,
            aside=self.aside,
            above=tuple(self.above),
            sentences=tuple(self.sentences),
            headings=tuple(self.headings),
        )

    def _bring_rows_together(self) -> None:
        """Give the entries whose rows say different things the number of all that these say."""
        besides = list(self.beside)
        for kind, entries in self.in_several_rows.items():
            for entry, numbers in entries.items():
                first, *others = (besides[number] for number in numbers)
                self.listed[kind][entry] = self._number_of(first.and_of(others))
        self.in_several_rows.clear()

    def _number_of(self, beside: Beside) -> int:
        number = self.beside.setdefault(beside, len(self.beside))
        if number > limits.COHORT_BESIDE:
            raise InputError(f"names more than {limits.COHORT_BESIDE:,} datasets and licenses", file=self.path)
        return number


def numbered(lines: Iterable[str], path: Path) -> Iterator[tuple[int, str]]:
    """Yield lines with their 1-based numbers, without blank ones and comments (`# ...`).

    Raise `InputError` for more lines than any manifest or list has.
    """
    for number, line in enumerate(lines, start=1):
        if number > limits.COHORT_LINES:
            raise InputError(f"has more than {limits.COHORT_LINES:,} lines", file=path, hint=MORE)
        text = line.strip()
        if text and not text.startswith("#"):
            yield number, text


def printable(text: str) -> str:
    """Return the beginning of `text` for a message, on one line and without control characters but tabs."""
    return shortened(text, LONGEST_EXAMPLE, keep="\t") or "(nothing)"
