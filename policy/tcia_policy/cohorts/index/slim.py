"""IDC's series in the file that ships with the program (`registry/series_layout.py`), by the standard library alone.

The file is mapped, and what is read of it is checked. So a few look-ups take a few milliseconds, and a damaged file
ends in an error.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tcia_policy.cohorts.index.slim_table import Column, Keys
from tcia_policy.files.sections import Sections
from tcia_policy.files.shipped import shipped
from tcia_policy.registry.series_layout import (
    ANEW,
    CODE,
    FILE,
    PATIENTS,
    SERIES,
    STUDIES,
    TABLES,
    UUIDS,
    State,
    last_with_them,
)

NO_LICENSE = "no license stated"


class Statement(NamedTuple):
    """What IDC's index says of a series today; of one that IDC removed, what the last version with it said.

    `doi` is the source DOI in lower case, `license` IDC's own label; each is empty where it is not known. Of series
    that are not `on_record` only is known that earlier versions had them in this collection.
    """

    doi: str
    license: str
    collection: str
    removed_after: str | None = None
    on_record: bool = True

    @property
    def is_current(self) -> bool:
        """Return whether IDC has the series today."""
        return self.on_record and self.removed_after is None


class SlimIndex:
    """Series by their rows. Opening it raises `InputError` where the file is not there, or is damaged.

    A row is the number of a series, from 0 on. By row, `codes` has the code of what is said of the series, and `sizes`
    the size in bytes, 0 for a series that IDC has no more.
    """

    def __init__(self, path: Path) -> None:
        self._file = Sections(path, ANEW)
        self.codes = Column(self._file, ("codes",), (CODE,))
        self.sizes = Column(self._file, ("sizes.low", "sizes.middle", "sizes.high"), (2, 2, 1))
        self._keys = {table: Keys(self._file, table) for table in TABLES}
        self._histories: list[list[int | None]] = self._file.facts["histories"]
        self._states: list[list[str]] = self._file.facts["states"]

    @property
    def version(self) -> str:
        """Return the version of idc-index-data whose answers these are."""
        return self.versions[-1]

    @property
    def versions(self) -> tuple[str, ...]:
        """Return the versions of which the histories tell, oldest first."""
        return tuple(self._file.facts["versions"])

    @property
    def digest(self) -> str:
        """Return a SHA-256 that differs for two files of different content."""
        return self._file.digest

    @property
    def rows(self) -> int:
        """Return how many series there are."""
        return self.codes.length

    def rows_of_series(self, uids: Collection[str]) -> Iterator[int]:
        """Yield the row of each SeriesInstanceUID; `UNKNOWN` for one that IDC never had, as far as is known."""
        return self._keys[SERIES].first_rows_of(uids)

    def rows_of_uuids(self, uuids: Collection[str]) -> Iterator[int]:
        """Yield the row of each `crdc_series_uuid`, of today or of an earlier version of the series; or `UNKNOWN`."""
        return self._keys[UUIDS].first_rows_of([uuid.lower() for uuid in uuids])

    def rows_of_study(self, uid: str) -> Sequence[int]:
        """Return the rows of a StudyInstanceUID; none where it is not known."""
        return self._keys[STUDIES].rows_of(uid)

    def rows_of_patient(self, name: str) -> Sequence[int]:
        """Return the rows of a PatientID, which may be in several collections; none where it is not known."""
        return self._keys[PATIENTS].rows_of(name)

    def statement_of(self, code: int) -> Statement:
        """Return what is said of series with this code."""
        if code >= len(self._histories):
            return Statement("", "", self._earlier(code), on_record=False)
        history = self._histories[code]
        last = last_with_them(history)
        state = State(*self._states[history[last] or 0])
        if last + 1 == len(history):
            return Statement(state.doi, state.license or NO_LICENSE, state.collection)
        return Statement(state.doi, state.license, state.collection, self.versions[last])

    def history_of(self, code: int) -> tuple[tuple[str, State | None], ...]:
        """Return what each version said of series with this code; `None` where it did not have them."""
        if code >= len(self._histories):
            return tuple((version, None) for version in self.versions)
        states = (None if state is None else State(*self._states[state]) for state in self._histories[code])
        return tuple(zip(self.versions, states, strict=True))

    def verify(self) -> None:
        """Raise `InputError` where one byte of the file is not as it was written."""
        self._file.verify()

    def _earlier(self, code: int) -> str:
        earlier: list[str] = self._file.facts["earlier"]
        if code - len(self._histories) >= len(earlier):
            raise self._file.wrong("is damaged")
        return earlier[code - len(self._histories)]


@cache
def slim_index() -> SlimIndex:
    """Return the index that came with the program."""
    return SlimIndex(shipped("data") / FILE)
