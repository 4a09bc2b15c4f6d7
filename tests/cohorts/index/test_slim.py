"""The index that ships with the program says of IDC's series what idc-index-data says."""

from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tcia_policy.cohorts.index.slim import SlimIndex, Statement, slim_index
from tcia_policy.cohorts.index.slim_table import MANY, UNKNOWN
from tcia_policy.errors import InputError
from tcia_policy.files.shipped import shipped
from tcia_policy.registry.series_layout import FILE
from tests.cohorts import idc
from tests.cohorts.index.rows import row_of_series, row_of_uuid


@cache
def sample(query: str) -> list[tuple[Any, ...]]:
    files = {"index": idc.file("idc_index"), "prior": idc.file("prior_versions_index")}
    wanted = {name: path for name, path in files.items() if f"${name}" in query}
    return duckdb.execute(query, wanted).fetchall()


def test_series_have_the_statement_and_the_size_that_the_index_has() -> None:
    index = slim_index()
    found = sample(
        "select SeriesInstanceUID, lower(source_DOI), license_short_name, collection_id,"
        " round(series_size_MB * 1000000)::bigint, crdc_series_uuid"
        " from read_parquet($index) where hash(SeriesInstanceUID) % 997 = 0"
    )
    assert len(found) > 1000
    for uid, doi, license_, collection, size, uuid in found:
        row = row_of_series(index, uid)
        assert row is not None
        assert row_of_uuid(index, uuid) == row_of_uuid(index, uuid.upper()) == row
        assert index.statement_of(index.codes[row]) == Statement(doi, license_, collection)
        assert index.sizes[row] == size
        assert row_of_series(index, uid + "1") is row_of_uuid(index, uuid[:-1] + "g") is None


@pytest.mark.parametrize("column", ["StudyInstanceUID", "PatientID"])
def test_studies_and_patients_have_the_series_that_the_index_has(column: str) -> None:
    index = slim_index()
    found = sample(
        f"select {column}, list(SeriesInstanceUID) from read_parquet($index)"  # noqa: S608
        f" where hash({column}) % 997 = 0 group by 1"
    )
    assert len(found) > 50
    for name, uids in found:
        rows = index.rows_of_study(name) if column == "StudyInstanceUID" else index.rows_of_patient(name)
        current = {row for row in rows if index.statement_of(index.codes[row]).is_current}
        assert current == {row_of_series(index, uid) for uid in uids}


def test_series_of_earlier_versions_are_known_by_the_uuids_that_they_had() -> None:
    index = slim_index()
    found = sample(
        "select crdc_series_uuid, SeriesInstanceUID, collection_id from read_parquet($prior)"
        " where hash(crdc_series_uuid) % 997 = 0"
    )
    assert len(found) > 50
    for uuid, uid, collection in found:
        row = row_of_uuid(index, uuid)
        assert row is not None
        assert row == row_of_series(index, uid)
        statement = index.statement_of(index.codes[row])
        assert statement.is_current or statement.collection == collection


def test_the_index_that_ships_is_whole_and_of_the_version_that_the_registry_names() -> None:
    slim_index().verify()
    assert f'"idc_index_data": "{slim_index().version}"' in (shipped("data") / "index.json").read_text("utf-8")
    assert slim_index().rows > 1_050_000


def test_a_phantom_has_the_history_of_its_license() -> None:
    index = slim_index()
    uid = idc.uids_of("10.7937/k9/tcia.2015.orbjkmux", 1)[0]
    row = row_of_series(index, uid)
    assert row is not None
    labels = [state and state.license for _, state in index.history_of(index.codes[row])]
    assert labels[0] == labels[-1] == "CC BY-NC 3.0"
    assert "CC BY 3.0" in labels


def test_a_damaged_index_answers_with_an_error(tmp_path: Path) -> None:
    content = bytearray((shipped("data") / FILE).read_bytes())
    uid = idc.uids_of(idc.LIDC, 1)[0]
    row = row_of_series(SlimIndex(shipped("data") / FILE), uid)
    assert row is not None
    codes = SlimIndex(shipped("data") / FILE)._file.section("codes").start
    content[codes + row * 2] ^= 1
    (tmp_path / FILE).write_bytes(content)
    index = SlimIndex(tmp_path / FILE)
    assert row_of_series(index, uid) == row
    with pytest.raises(InputError, match="is damaged\n  install tcia-policy anew"):
        index.codes[row]


def test_many_names_at_once_are_found_as_each_alone() -> None:
    index = slim_index()
    found = sample(
        "select SeriesInstanceUID, crdc_series_uuid, round(series_size_MB * 1000000)::bigint"
        " from read_parquet($index) where hash(SeriesInstanceUID) % 211 = 1"
    )
    assert len(found) > MANY
    uids, uuids, sizes = zip(*found, strict=True)
    mixed = [name for uid in uids for name in (uid, f"{uid}.7")]
    rows = list(index.rows_of_series(mixed))
    assert rows[1::2] == [UNKNOWN] * len(uids)
    assert rows[::2] == list(index.rows_of_uuids(uuids))
    assert rows[::200] == [row for name in mixed[::200] for row in index.rows_of_series([name])]
    assert list(map(index.sizes.getter(len(rows)), rows[::2])) == list(sizes)
    assert list(map(index.codes.getter(len(rows)), rows[:50:2])) == [index.codes[row] for row in rows[:50:2]]
