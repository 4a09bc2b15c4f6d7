"""A small idc-index-data, made up: series of two collections, one that IDC removed, and some of earlier versions."""

import csv
import gzip
from pathlib import Path
from typing import NamedTuple

import duckdb

from tcia_policy.cohorts.index.sources import Sources


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
    Series("1.2.1", UUID.format(1), "10.7937/A", "CC BY 3.0", "a", 1.5),
    Series("1.2.2", UUID.format(2), "10.7937/A", "CC BY 3.0", "a", 2.25),
    Series("1.2.10", UUID.format(10), "10.7937/b", "CC BY 4.0", "b", 4.000001, "1.2.99", "P2"),
    Series("1.2.11", UUID.format(11), None, None, "b", 0.5, "1.2.99", "P2"),
)
EARLIER = (
    ("1.2.1", UUID.format(101), "a", "1.2.9", "P1"),  # has another UUID now
    ("1.2.20", UUID.format(20), "c", "1.2.9", "P1"),  # is removed
    ("1.2.30", UUID.format(30), "d", "1.2.96", "P3"),
    ("1.2.30", UUID.format(31), "e", "1.2.96", "P3"),
)
REMOVED = (("1.2.20", "23.1.0", "10.7937/C", "CC BY-NC 3.0", "c"),)


def write_sources(folder: Path, *, version: str = "25.0.0") -> Sources:
    """Write the files of such an index into a folder, and return them."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = Sources(folder / "idc.parquet", folder / "prior.parquet", folder / "removed.csv.gz", version)
    with duckdb.connect() as connection:
        connection.execute(
            "create table current (SeriesInstanceUID varchar, crdc_series_uuid varchar, source_DOI varchar,"
            " license_short_name varchar, collection_id varchar, series_size_MB double, StudyInstanceUID varchar,"
            " PatientID varchar)"
        )
        connection.executemany("insert into current values (?, ?, ?, ?, ?, ?, ?, ?)", CURRENT)
        connection.execute("copy current to $path (format parquet)", {"path": str(sources.current)})
        connection.execute(
            "create table prior (SeriesInstanceUID varchar, crdc_series_uuid varchar, collection_id varchar,"
            " StudyInstanceUID varchar, PatientID varchar)"
        )
        connection.executemany("insert into prior values (?, ?, ?, ?, ?)", EARLIER)
        connection.execute("copy prior to $path (format parquet)", {"path": str(sources.prior)})
    with gzip.open(sources.removed, "wt", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            (("SeriesInstanceUID", "last_version", "source_doi", "license", "collection_id"), *REMOVED)
        )
    return sources
