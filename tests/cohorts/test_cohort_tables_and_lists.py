"""CSV, TSV and plain lists."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcia_policy.cohorts import Line, items, read_cohort, resolve
from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.cohorts.index.bulk import BulkIndex
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.model import DataItem, Route
from tcia_policy.registry import Registry
from tests.cohorts.conftest import Write

UIDS = ["1.3.6.1.4.1.14519.5.2.1.1", "1.3.6.1.4.1.14519.5.2.1.2", "2.25.329800735698586629295641978511506172918"]
UUIDS = ["28621ba9-1aca-4aab-a2a1-f6d2c3e2ab19", "f0b76401-c6d1-4b61-a5fd-3fa596e6cc41"]


@pytest.mark.parametrize(
    "heading",
    [
        "SeriesInstanceUID",
        "Series Instance UID",
        "series_instance_uid",
        "SERIESINSTANCEUID",
        "Series UID",
        "SeriesUID",
        "series_uid",
        "Series ID",
        "0020000E",
        "0020000e",
        '"(0020,000E)"',
        '"Series Instance UID"',
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_series_column_is_found_under_any_usual_heading(write: Write, heading: str, delimiter: str) -> None:
    rows = [["Patient", heading, "Note"], *(["P1", f'"{uid}"', '"a, b"'] for uid in UIDS)]
    cohort = read_cohort(write("cohort.dat", "\n".join(delimiter.join(row) for row in rows)))
    assert cohort.format_name == "table"
    assert cohort.series == tuple(UIDS)
    assert not cohort.unread.count


def test_a_table_of_one_column_is_a_table(write: Write) -> None:
    assert read_cohort(write("x", "(0020,000E)\n" + "\n".join(UIDS))).series == tuple(UIDS)


def test_excel_exports_with_a_separator_line_crlf_and_utf_16_are_read(write: Write) -> None:
    text = "sep=;\r\nSubject;Series Instance UID\r\n" + "".join(f'é;="{uid}"\r\n' for uid in UIDS)
    assert read_cohort(write("x.csv", text.encode("utf-16"))).series == tuple(UIDS)


def test_latin_1_is_read_as_far_as_it_matters(write: Write) -> None:
    text = "Patient,SeriesInstanceUID\n" + "".join(f"Müller,{uid}\n" for uid in UIDS)
    assert read_cohort(write("x.csv", text.encode("latin-1"))).series == tuple(UIDS)


def test_the_series_column_comes_before_others_that_would_do(write: Write) -> None:
    text = f"collection_id,crdc_series_uuid,series_id,SeriesInstanceUID\nlidc_idri,{UUIDS[0]},7,{UIDS[0]}\n"
    cohort = read_cohort(write("x.csv", text))
    assert cohort.series == (UIDS[0],)
    assert not cohort.names
    assert cohort.from_idc


@pytest.mark.parametrize(
    ("heading", "cell"), [("crdc_series_uuid", "{}"), ("series_aws_url", "s3://idc-open-data/{}/*")]
)
def test_exports_of_idc_are_read_by_uuid_and_by_address(write: Write, heading: str, cell: str) -> None:
    text = f"PatientID,{heading}\n" + "".join(f"P,{cell.format(uuid.upper())}\n" for uuid in UUIDS)
    cohort = read_cohort(write("x.csv", text))
    assert cohort.uuids == tuple(UUIDS)
    assert cohort.from_idc


def test_a_table_without_series_gives_its_datasets(write: Write) -> None:
    text = "collection_id,source_DOI\nlidc_idri,10.7937/k9/tcia.2015.lo9ql9sx\nlidc_idri,\n,\n"
    cohort = read_cohort(write("x.csv", text))
    assert cohort.names == (Line(2, "10.7937/k9/tcia.2015.lo9ql9sx"), Line(3, "lidc_idri"))
    assert not cohort.unread.count


def test_rows_without_a_series_are_kept_by_line_and_blank_ones_are_not(write: Write) -> None:
    text = f'Note,Series UID\n"two\nlines",{UIDS[0]}\nP2,\nP3\n\n,\nP4,1.2.x\n# remark\nNote,Series UID\nP5,0\n'
    cohort = read_cohort(write("x.csv", text))
    assert cohort.series == (UIDS[0],)
    assert cohort.empty == 2
    assert cohort.unread.count == 2
    assert cohort.unread.examples == (Line(8, "1.2.x"), Line(11, "0"))


def test_an_unclosed_quote_is_one_error(write: Write) -> None:
    with pytest.raises(InputError, match="is not a table: field larger than field limit"):
        read_cohort(write("x.csv", 'SeriesInstanceUID\n"1.2.3\n' + "4.5.6\n" * 100_000))


def test_a_list_has_series_uuids_dois_and_names(write: Write) -> None:
    lines = ["# my data", UIDS[0], f"'{UIDS[1]}',", UUIDS[0], "LIDC-IDRI  # the old one", "doi:10.7937/x1"]
    cohort = read_cohort(write("x", "\n".join([*lines, f"{UIDS[0]} {UIDS[2]}"])))
    assert cohort.format_name == "list"
    assert tuple(cohort.listed[EntryKind.UID]) == tuple(UIDS)
    assert cohort.uuids == (UUIDS[0],)
    assert cohort.names == (Line(5, "LIDC-IDRI"), Line(6, "doi:10.7937/x1"))


def test_a_large_table_is_left_to_duckdb_and_comes_out_the_same(write: Write) -> None:
    path = write("x.csv", "PatientID,SeriesInstanceUID\r\n" + "".join(f'"P, 1",{uid}\r\n' for uid in UIDS))
    cohort = read_cohort(path, large=1)
    assert not cohort.series
    assert cohort.table is not None
    with BulkIndex() as index:
        assert index.enter_table(0, cohort.table) is not None
        assert sum(each.number for each in index.look_up().unknown) == len(UIDS)


CELLS = st.one_of(
    st.sampled_from(UIDS),
    st.sampled_from(["", " ", "x", '"', '""', "#", "1.2.x", "SeriesInstanceUID", f" {UIDS[0]}", "a\nb", "'"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=3), min_size=1, max_size=6),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoted=st.booleans(),
)
def test_duckdb_reads_a_table_as_python_does_or_not_at_all(
    tmp_path: Path, rows: list[list[str]], end: str, quoted: bool
) -> None:
    """Whatever is in the table, DuckDB never finds other series than Python, nor drops a row that Python reports."""

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if quoted else text

    path = tmp_path / "x.csv"
    lines = ["Patient,SeriesInstanceUID", f"P,{UIDS[0]}", *(",".join(map(cell, row)) for row in rows)]
    path.write_text(end.join(lines), encoding="utf-8", newline="")
    table = read_cohort(path, large=1).table
    assert table is not None
    with BulkIndex() as index:
        read = index.enter_table(0, table)
        found = index.look_up()
    if read is not None:
        by_python = read_cohort(path, large=limits.COHORT_FILE + 1)
        assert {each.number for each in found.unknown} == {len(by_python.series)}
        assert read.rest.unread == by_python.unread
        assert read.rest.empty == by_python.empty


def test_bad_values_in_a_large_table_are_reported_by_line(
    write: Write, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("x.csv", "SeriesInstanceUID\n" + "\n".join([*UIDS, "1.2.x", "n/a", UIDS[0], "unknown", "none"]))
    monkeypatch.setattr(items, "read_cohort", lambda path, large=1: read_cohort(path, large))
    missing, unread = resolve([DataItem(manifest=str(path))], path.parent, registry).holdings
    assert missing.series == len(UIDS)
    assert unread.name == f"2 entries of {path} not understood"
    assert unread.examples == ("line 5: 1.2.x", "line 8: unknown")


def test_a_path_with_wildcards_is_that_one_file(write: Write) -> None:
    path = write("*.csv", "SeriesInstanceUID\n1.2.3\n")
    write("other.csv", "SeriesInstanceUID\n1.2.4\n")
    table = read_cohort(path, large=1).table
    assert table is not None
    with BulkIndex() as index:
        assert index.enter_table(0, table) is not None
        assert [each.examples for each in index.look_up().unknown] == [("1.2.3",)]


def test_addresses_of_the_commons_are_not_idcs(write: Write) -> None:
    address = f"drs://nci-crdc.datacommons.io/dg.4DFC/{UUIDS[0]}"
    cohort = read_cohort(write("x", f"{address}\n"))
    assert cohort.uuids == (UUIDS[0],)
    assert cohort.origin is not None
    assert cohort.origin.route is Route.GENERAL_COMMONS
    assert read_cohort(write("y", f"drs://dg.4DFC:{UUIDS[0]}\n")).from_idc


VALID = [
    "1.3.6.1.4.1.14519.5.2.1.6279.6001.179049373636438705059720603192",
    "2.25.329800735698586629295641978511506172918",
    "1.2.840.113619.2.476.77439313676229131511937330958690852377",
    "61.7.167248355135476067044532759811631626828",
]
JUNK = ["n/a?", "1.2.3", "10.0.0.1", "1..2", "1.5", "x", "box 1.5 2.5 3.5", "1." + "2" * 64, "$$$", "a\tb"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.sampled_from([*VALID, *JUNK, "", "  ", "# remark"]), min_size=1, max_size=12),
    ends=st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=12, max_size=12),
)
def test_valid_uids_and_junk_in_any_mix_come_out_exactly(tmp_path: Path, lines: list[str], ends: list[str]) -> None:
    path = tmp_path / "list"
    text = "".join(line + end for line, end in zip([VALID[0], "word", *lines], ends, strict=False))
    path.write_text(text, encoding="utf-8", newline="")
    cohort = read_cohort(path)
    kept = [line for line in [VALID[0], "word", *lines][:12] if line.strip() and not line.startswith("#")]
    assert list(cohort.listed.get(EntryKind.UID, {})) == list(dict.fromkeys(line for line in kept if line in VALID))
    assert [name.text for name in cohort.names] == list(dict.fromkeys(line for line in kept if line not in VALID))


def test_a_card_of_hugging_face_gives_its_sources(write: Write, registry: Registry) -> None:
    header = "---\nlicense: cc-by-4.0\nsource_datasets:\n- extended|lidc-idri\n---\n"
    text = f"{header}# Nodules\nSee [NLST](https://doi.org/10.7937/tcia.hmq8-j677).\n"
    path = write("README.md", text)
    holdings = resolve([DataItem(manifest=path.name)], path.parent, registry).holdings
    assert {holding.dataset for holding in holdings} == {"LIDC-IDRI", "NLST", None}
