"""Made-up packages of idc-index-data, one after the other, and a recorded history of the first."""

import json
from pathlib import Path
from typing import NamedTuple

import duckdb

UUID = "00000000-0000-4000-8000-{:012d}"


class Row(NamedTuple):
    """A series of `idc_index.parquet`."""

    uid: str
    uuid: int
    doi: str | None
    license: str | None
    collection: str
    patient: str
    study: str
    size_mb: float


class Prior(NamedTuple):
    """A row of `prior_versions_index.parquet`."""

    uid: str
    uuid: int
    collection: str
    patient: str
    study: str
    last: int


FIRST = (
    Row("1.2.1", 1, "10.7937/A", "CC BY-NC 3.0", "a", "P1", "1.9.1", 1.5),
    Row("1.2.2", 2, "10.7937/A", "CC BY 3.0", "a", "P1", "1.9.2", 2.25),
    Row("1.2.3", 3, "10.7937/b", "CC BY 4.0", "b", "P1", "1.9.3", 0.000001),
    Row("1.2.4", 4, "10.7937/b", None, "b", "P2", "1.9.4", 5000.123456),
)
SECOND = (
    FIRST[0]._replace(license="CC BY 3.0", uuid=11),
    FIRST[2],
    FIRST[3]._replace(doi=None),
    Row("1.2.5", 5, "10.7937/b", "CC BY 4.0", "b", "P2", "1.9.4", 3.0),
)
PRIOR = (
    Prior("1.2.1", 1, "a", "P1", "1.9.1", 1),  # has another UUID now
    Prior("1.2.2", 2, "a", "P1", "1.9.2", 1),  # was removed
    Prior("1.2.6", 6, "c", "P3", "1.9.6", 0),  # was in the versions before
    Prior("1.2.6", 7, "d", "P3", "1.9.6", 1),
)


def write_package(folder: Path, version: str, rows: tuple[Row, ...], prior: tuple[Prior, ...] = ()) -> Path:
    """Write the files of a package that the index is made from, and return their folder."""
    folder.mkdir(parents=True)
    (folder / "_version.py").write_text(f"__version__ = version = '{version}'\n", "utf-8")
    with duckdb.connect() as connection:
        connection.execute(
            "create table rows (SeriesInstanceUID varchar, crdc_series_uuid varchar, source_DOI varchar,"
            " license_short_name varchar, collection_id varchar, PatientID varchar, StudyInstanceUID varchar,"
            " series_size_MB double)"
        )
        for row in rows:
            connection.execute("insert into rows values (?, ?, ?, ?, ?, ?, ?, ?)", _with_uuid(row))
        connection.execute(f"copy rows to '{folder / 'idc_index.parquet'}' (format parquet)")
        connection.execute(
            "create table prior (SeriesInstanceUID varchar, crdc_series_uuid varchar, collection_id varchar,"
            " PatientID varchar, StudyInstanceUID varchar, max_idc_version bigint)"
        )
        for each in prior:
            connection.execute("insert into prior values (?, ?, ?, ?, ?, ?)", _with_uuid(each))
        connection.execute(f"copy prior to '{folder / 'prior_versions_index.parquet'}' (format parquet)")
    return folder


def write_history(folder: Path, version: str, rows: tuple[Row, ...]) -> Path:
    """Write the recorded history of one version."""
    folder.mkdir(parents=True)
    states = [f"{row.doi or ''}|{row.license or ''}|{row.collection}" for row in rows]
    names = [f"v{version.replace('.', '_')}"]
    (folder / "idc_series_history_codes.json").write_text(json.dumps([names, *([state] for state in states)]), "utf-8")
    with duckdb.connect() as connection:
        connection.execute("create table history (u varchar, code usmallint)")
        for code, row in enumerate(rows):
            connection.execute("insert into history values (?, ?)", [row.uid, code])
        connection.execute(f"copy history to '{folder / 'idc_series_history.parquet'}' (format parquet)")
    return folder


def _with_uuid(row: Row | Prior) -> list[object]:
    return [UUID.format(value) if name == "uuid" else value for name, value in row._asdict().items()]
