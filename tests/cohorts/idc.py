"""Real series, drawn from the installed index of IDC at test time."""

import importlib.util
from functools import cache
from pathlib import Path
from typing import NamedTuple

import duckdb

from tcia_policy.files.shipped import shipped

LIDC = "10.7937/k9/tcia.2015.lo9ql9sx"
CPTAC_PDA = "10.7937/k9/tcia.2018.sc20fo18"
CPTAC_SAR = "10.7937/tcia.2019.9bt23r95"
CMB_AML = "10.7937/pcte-6m66"
NODULES = "10.7937/tcia.2018.h7umfurq"  # DICOM-LIDC-IDRI-Nodules, made from LIDC-IDRI
GTEX = "10.5281/zenodo.11099099"  # only IDC has it


class Series(NamedTuple):
    """One series; `size_mb` in 10**6 bytes."""

    uid: str
    uuid: str
    url: str
    size_mb: float


def file(name: str) -> str:
    """Return the path of a Parquet file of idc-index-data."""
    found = importlib.util.find_spec("idc_index_data")
    assert found is not None
    assert found.origin is not None
    return str(Path(found.origin).parent / f"{name}.parquet")


@cache
def series_of(doi: str, count: int) -> tuple[Series, ...]:
    """Return the first so many series of a source DOI, by UID."""
    rows = duckdb.execute(
        "select SeriesInstanceUID, crdc_series_uuid, series_aws_url, series_size_MB from read_parquet($file)"
        " where source_DOI = $doi order by SeriesInstanceUID limit $count",
        {"file": file("idc_index"), "doi": doi, "count": count},
    ).fetchall()
    assert len(rows) == count
    return tuple(Series(*row) for row in rows)


def uids_of(doi: str, count: int) -> list[str]:
    """Their SeriesInstanceUIDs."""
    return [series.uid for series in series_of(doi, count)]


@cache
def revised_series() -> tuple[str, str]:
    """Return the UUID of an earlier version of a series that the index still has, and the series' UID."""
    uuid, uid = _rows(
        "select p.crdc_series_uuid, p.SeriesInstanceUID from read_parquet($prior) p"
        " join read_parquet($index) i using (SeriesInstanceUID) order by all limit 1"
    )[0]
    return uuid, uid


@cache
def withdrawn_series() -> tuple[str, str, str]:
    """UUID, UID and IDC collection of a series that only earlier versions of IDC had."""
    uuid, uid, collection = _rows(
        "select p.crdc_series_uuid, p.SeriesInstanceUID, p.collection_id from read_parquet($prior) p"
        " anti join read_parquet($index) i using (SeriesInstanceUID) order by all limit 1"
    )[0]
    return uuid, uid, collection


def removed() -> Path:
    """Return the list of the series that IDC removed."""
    return shipped("data") / "idc-removed-series.csv.gz"


@cache
def patients_of(doi: str, count: int) -> tuple[str, ...]:
    """Return the first so many patients who have series of a source DOI."""
    rows = duckdb.execute(
        "select distinct PatientID from read_parquet($file) where source_DOI = $doi order by 1 limit $count",
        {"file": file("idc_index"), "doi": doi, "count": count},
    ).fetchall()
    return tuple(patient for (patient,) in rows)


def source_of(uid: str) -> str:
    """Return the source DOI of a series."""
    row: tuple[str] = duckdb.execute(
        "select lower(source_DOI) from read_parquet($file) where SeriesInstanceUID = $uid",
        {"file": file("idc_index"), "uid": uid},
    ).fetchall()[0]
    return row[0]


def all_sources() -> list[str]:
    """Every source DOI of the index."""
    rows: list[tuple[str]] = duckdb.execute(
        "select distinct source_DOI from read_parquet($file)", {"file": file("idc_index")}
    ).fetchall()
    return sorted(doi for (doi,) in rows)


def _rows(sql: str) -> list[tuple[str, ...]]:
    files = {"index": file("idc_index"), "prior": file("prior_versions_index")}
    rows: list[tuple[str, ...]] = duckdb.execute(sql, files).fetchall()
    return rows
