"""A small idc-index-data, made up: series of two collections, one that IDC removed, and some of earlier versions."""

import csv
import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from tcia_policy.cohorts.index.sources import Sources

SHORT, LONG = "1.2", "1.3.6.1.4.1.14519.5.2.1.77"  # roots of UIDs: all real ones are long


def uid(number: int) -> str:
    """Return a made-up UID. They are sorted as texts."""
    return f"{SHORT}.{number}"


class Series(NamedTuple):
    """A series of the index; its study and patient are named after it."""

    uid: str
    uuid: str
    doi: str | None
    license: str | None
    collection: str
    size_mb: float
    study: str = "1.2.9"
    patient: str = "P1"


UUID = "00000000-0000-4000-8000-{:012d}"
CURRENT = (
    Series(uid(1), UUID.format(1), "10.7937/A", "CC BY 3.0", "a", 1.5),
    Series(uid(2), UUID.format(2), "10.7937/A", "CC BY 3.0", "a", 2.25),
    Series(
        uid(10),
        UUID.format(10),
        "10.7937/b",
        "CC BY 4.0",
        "b",
        4.000001,
        uid(99),
        "P2",
    ),
    Series(uid(11), UUID.format(11), None, None, "b", 0.5, uid(99), "P2"),
)
EARLIER = (
    (uid(1), UUID.format(101), "a", uid(9), "P1"),  # has another UUID now
    (uid(20), UUID.format(20), "c", uid(9), "P1"),  # is removed
    (uid(30), UUID.format(30), "d", uid(96), "P3"),
    (uid(30), UUID.format(31), "e", uid(96), "P3"),
)
REMOVED = ((uid(20), "23.1.0", "10.7937/C", "CC BY-NC 3.0", "c"),)


def write_sources(folder: Path, *, version: str = "25.0.0", root: str = SHORT) -> Sources:
    """Write the files of such an index, with UIDs of this root, into a folder, and return them."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = Sources(folder / "idc.parquet", folder / "prior.parquet", folder / "removed.csv.gz", version)
    with duckdb.connect() as connection:
        connection.execute(
            "create table current (SeriesInstanceUID varchar, crdc_series_uuid varchar, source_DOI varchar,"
            " license_short_name varchar, collection_id varchar, series_size_MB double, StudyInstanceUID varchar,"
            " PatientID varchar)"
        )
        connection.executemany(
            "insert into current values (?, ?, ?, ?, ?, ?, ?, ?)", [_with_root(row, root) for row in CURRENT]
        )
        connection.execute("copy current to $path (format parquet)", {"path": str(sources.current)})
        connection.execute(
            "create table prior (SeriesInstanceUID varchar, crdc_series_uuid varchar, collection_id varchar,"
            " StudyInstanceUID varchar, PatientID varchar)"
        )
        connection.executemany("insert into prior values (?, ?, ?, ?, ?)", [_with_root(row, root) for row in EARLIER])
        connection.execute("copy prior to $path (format parquet)", {"path": str(sources.prior)})
    with gzip.open(sources.removed, "wt", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            (("SeriesInstanceUID", "last_version", "source_doi", "license", "collection_id"), *REMOVED)
        )
    return sources


def _with_root(row: Sequence[object], root: str) -> list[object]:
    return [
        f"{root}{each[len(SHORT) :]}" if isinstance(each, str) and each.startswith(f"{SHORT}.") else each
        for each in row
    ]
