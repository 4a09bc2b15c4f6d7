"""How `data/idc-series.bin` has every series that IDC's index has or had, so that a few are found at once.

The series are numbered from 0 on, in the order of collection, patient and study: those of a study or a patient are
consecutive rows. The sections (`files/sections.py`) are columns of little-endian numbers:

| section | has |
| --- | --- |
| `codes` | by row: the code of its history, 2 bytes |
| `sizes.low`, `sizes.middle`, `sizes.high` | by row: its size in bytes, 2 + 2 + 1 bytes; 0 where IDC has it no more |
| `TABLE.buckets` | for each beginning of a key: the first position of keys that begin so, 4 bytes, and the end |
| `TABLE.keys` | the rest of each key, sorted |
| `TABLE.rows.low`, `TABLE.rows.high` | by position: the (first) row of it, 2 + 1 bytes |
| `TABLE.counts` | by position: how many rows it is, 2 bytes; only of studies and patients |

A key is the beginning of the BLAKE2b (8 bytes) of a name. The names themselves are not in the file. So a name that is
none of them is taken for one with a chance of its table's number of keys in 2 to the power of the bits of a key.

The facts of the file: the `versions` of idc-index-data, oldest first; the different `states` of series, as source DOI,
license label and collection; the `histories`: for each version, the position of the state in `states`, or null where
that version does not have the series; `earlier`: the collections of series of which only is known that a version before
the first had them. Codes are positions in `histories`, and after these in `earlier`.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

FILE = "idc-series.bin"
ANEW = "install tcia-policy anew"  # what helps where the file is damaged
LONGEST_KEY = 8
CODE = 2  # bytes of one


class Table(NamedTuple):
    """A table of keys: `bucket` bytes of the `key` bytes of each are not kept, since they are the number of a bucket.

    `of_several` says that a key is that of several rows.
    """

    name: str
    bucket: int
    key: int
    of_several: bool = False

    @property
    def rest(self) -> int:
        """Return how many bytes of a key are kept."""
        return self.key - self.bucket


SERIES = Table("series", bucket=2, key=8)
UUIDS = Table("uuids", bucket=2, key=6)
STUDIES = Table("studies", bucket=1, key=7, of_several=True)
PATIENTS = Table("patients", bucket=1, key=7, of_several=True)
TABLES = (SERIES, UUIDS, STUDIES, PATIENTS)


class State(NamedTuple):
    """What a version of IDC's index says of a series: source DOI in lower case, license label, collection.

    Each is empty where the version does not state it.
    """

    doi: str
    license: str
    collection: str


def key_of(name: str, table: Table) -> bytes:
    """Return the key of a SeriesInstanceUID, StudyInstanceUID, PatientID, or `crdc_series_uuid` in lower case."""
    return blake2b(name.encode("utf-8", errors="backslashreplace"), digest_size=LONGEST_KEY).digest()[: table.key]


def last_with_them(history: Sequence[int | None]) -> int:
    """Return the position of the last version that had the series with this history."""
    return max(position for position, state in enumerate(history) if state is not None)
