"""Parquet tables."""

import gzip
import sys
from pathlib import Path

import duckdb
import pytest

from tcia_policy.cohorts import Line, read_cohort
from tcia_policy.cohorts.cohort import Beside
from tcia_policy.errors import InputError
from tests.cohorts.records.made_up import P1, S1, S2, U1, beside, listed


def parquet_of(path: Path, select: str) -> Path:
    """Write the rows of a query."""
    written = str(path).replace("'", "''")
    duckdb.execute(f"copy ({select}) to '{written}' (format parquet)")
    return path


def test_the_columns_of_a_parquet_table(tmp_path: Path) -> None:
    rows = f"(values ('{S1}', 'LIDC-IDRI', 1.5), ('{S2}', null, 2), (null, 'NLST', null), ('x', null, null))"
    select = f'from {rows} t("Series Instance UID", collection_id, "a ""b""")'
    path = parquet_of(tmp_path / "a*b'[1].parquet", select)
    cohort = read_cohort(path)
    assert cohort.format_name == "Parquet table"
    assert beside(cohort) == {S1: Beside(("LIDC-IDRI",)), S2: Beside()}
    assert cohort.names == (Line(3, "NLST"),)
    assert cohort.unread.examples == (Line(4, "x"),)
    assert cohort.empty == 1


def test_lists_in_cells_and_idcs_own_columns(tmp_path: Path) -> None:
    select = f"select ['{S1}', '{S2}'] as series_uids, '{U1}' as crdc_series_uuid, '{P1}' as PatientID"
    cohort = read_cohort(parquet_of(tmp_path / "x", select))
    assert listed(cohort) == {"SeriesInstanceUID": [S1, S2]}
    assert cohort.from_idc


def test_one_that_is_packed(tmp_path: Path) -> None:
    path = parquet_of(tmp_path / "x", f"select '{S1}' as SeriesInstanceUID")
    (tmp_path / "x.gz").write_bytes(gzip.compress(path.read_bytes()))
    assert read_cohort(tmp_path / "x.gz").series == (S1,)


def test_without_columns_of_ours_or_broken_it_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="without a column of series"):
        read_cohort(parquet_of(tmp_path / "x", "select 1 as a"))
    (tmp_path / "y").write_bytes(b"PAR1" + bytes(100))
    with pytest.raises(InputError, match="is a broken Parquet table"):
        read_cohort(tmp_path / "y")


def test_without_duckdb_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = parquet_of(tmp_path / "x", f"select '{S1}' as SeriesInstanceUID")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(InputError, match="is read by DuckDB\n  pip install 'tcia-policy\\[bulk\\]'"):
        read_cohort(path)
