"""Tables, lists and manifests that are left in their files: what is in them is what Python reads in them."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcia_policy.cohorts import read_cohort
from tcia_policy.cohorts.cohort import Cohort
from tcia_policy.cohorts.index import bulk_tables
from tcia_policy.cohorts.index.answers import Index, Place
from tcia_policy.cohorts.index.bulk import BulkIndex
from tcia_policy.cohorts.index.sources import Sources
from tcia_policy.cohorts.items import by_beside
from tcia_policy.files import limits
from tests.cohorts.index.small_index import CURRENT, LONG, SHORT, UUID, write_sources

ROOT = "1.3.6.1.4.1.14519.5.2.1.78"
KNOWN = [series.uid.replace(SHORT, LONG, 1) for series in CURRENT]
UNKNOWN = [f"{ROOT}.{number}" for number in range(4)]
JUNK = ["no series here", "series 5", "n0t.a.uid", "1.2.x", "12345"]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return write_sources(tmp_path_factory.mktemp("installed"), root=LONG)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def enter(index: Index, cohort: Cohort) -> None:
    for kind, entries in cohort.listed.items():
        for beside, names in by_beside(entries).items():
            index.enter(Place(0, kind, beside), names)


def told(index: BulkIndex, cohort: Cohort) -> object:
    """Return all that is known of a cohort; what is beside entries by itself, since its numbers may differ."""
    found = index.look_up()
    beside = {place: cohort.beside[place.beside] for place in found.found}
    groups = sorted(
        (
            sorted((place.kind, beside[place]) for place in group.places),
            *group[1:4],
            round(group.size_mb, 6),
            *group[5:],
        )
        for group in found.groups
    )
    unknown = sorted((each.place.kind, beside[each.place], *each[1:]) for each in found.unknown)
    listed = sorted((place.kind, beside[place], count) for place, count in found.found.items())
    return groups, unknown, listed, cohort.unread, cohort.empty, cohort.names, cohort.remark


def by_python(path: Path, sources: Sources, cache: Path) -> object:
    with BulkIndex(sources, cache) as index:
        cohort = read_cohort(path, large=limits.COHORT_FILE + 1)
        assert cohort.table is None
        enter(index, cohort)
        return told(index, cohort)


def by_duckdb(path: Path, sources: Sources, cache: Path) -> object:
    """Return the same; `None` where DuckDB leaves the file to Python."""
    table = read_cohort(path, large=1).table
    assert table is not None, "Python reads it"
    with BulkIndex(sources, cache) as index:
        read = index.enter_table(0, table)
        if read is None:
            return None
        enter(index, read.rest)
        return told(index, read.rest)


Files = Callable[[Path, list[str]], Path]


def csv_file(folder: Path, cells: list[str], end: str = "\n") -> Path:
    path = folder / "x.csv"
    lines = ["SeriesInstanceUID", KNOWN[0], *(cell.replace(",", " ") for cell in cells)]
    path.write_bytes(end.join([*lines, ""]).encode())
    return path


def tsv_file_in_gzip(folder: Path, cells: list[str]) -> Path:
    path = folder / "x"
    rows = ["Patient ID\tSeries UID\tNote", f"P1\t{KNOWN[0]}\t", *(f"P\t{cell}\tnote" for cell in cells)]
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    return path


def wide_csv_file(folder: Path, cells: list[str]) -> Path:
    path = folder / "wide.csv"
    names = ["HNSCC", "", "LIDC-IDRI", "nan"]
    rows = [f"{cell.replace(',', ' ')},{names[len(cell) % 4]},CC BY {len(cell) % 3}.0" for cell in cells]
    path.write_text("\n".join(["series_uid,Collection,License", f"{KNOWN[0]},,", *rows]), encoding="utf-8")
    return path


def two_columns(folder: Path, cells: list[str]) -> Path:
    path = folder / "two.csv"
    rows = [f"{cell.replace(',', ' ')},{UNKNOWN[0]}" for cell in cells]
    path.write_text("\n".join(["CT_SeriesUID,SEG_SeriesUID", f"{KNOWN[0]},{KNOWN[1]}", *rows]), encoding="utf-8")
    return path


def plain_list(folder: Path, cells: list[str]) -> Path:
    path = folder / "list.txt"
    path.write_text("\n".join([*UNKNOWN, *UNKNOWN, *UNKNOWN, *cells]), encoding="utf-8")
    return path


def tcia_manifest(folder: Path, cells: list[str]) -> Path:
    path = folder / "x.tcia"
    header = ["downloadServerUrl=https://nbia.example/x", "databasketId=m.tcia", "ListOfSeriesToDownload="]
    path.write_text("\n".join([*header, *KNOWN, *UNKNOWN, *KNOWN, *cells]), encoding="utf-8")
    return path


def s5cmd_manifest(folder: Path, cells: list[str]) -> Path:
    path = folder / "x.s5cmd"
    uuids = [*(series.uuid for series in CURRENT), UUID.format(101), UUID.format(999)] * 3
    lines = [f"cp s3://idc-open-data/{uuid}/* ." for uuid in uuids]
    path.write_text("\n".join(["# by IDC", *lines, *cells]), encoding="utf-8")
    return path


def numbered_csv_file(folder: Path, cells: list[str]) -> Path:
    path = folder / "numbered.csv"
    firsts = ["#2", "#N/A", "#note", "1"]
    rows = [f"{firsts[len(cell) % 4]},{cell.replace(',', ' ')}" for cell in cells]
    path.write_text("\n".join(["#,SeriesInstanceUID", f"1,{KNOWN[0]}", f"#3,{UNKNOWN[1]}", *rows]), encoding="utf-8")
    return path


def parquet_file(folder: Path, cells: list[str]) -> Path:
    path = folder / "x.parquet"
    path.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute("create table rows (note varchar, series_instance_uid varchar, collection_id varchar)")
        rows = [("a", KNOWN[0], None), *(("b", cell or None, "hnscc") for cell in cells)]
        connection.executemany("insert into rows values (?, ?, ?)", rows)
        connection.execute("copy rows to $path (format parquet)", {"path": str(path)})
    return path


def json_lines_file(folder: Path, cells: list[str]) -> Path:
    path = folder / "x.jsonl"
    names = ["HNSCC", None, "10.7937/tcia.x", "#"]
    rows = [{"n": len(cell), "series_uid": cell or None, "doi": names[len(cell) % 4]} for cell in [*KNOWN[:2], *cells]]
    lines = [json.dumps(row, separators=None if row["doi"] else (",", ":")) for row in rows]
    path.write_text("\n".join(line.replace("/", "\\/") for line in lines), encoding="utf-8")
    return path


FILES: list[Files] = [
    json_lines_file,
    csv_file,
    tsv_file_in_gzip,
    wide_csv_file,
    numbered_csv_file,
    two_columns,
    plain_list,
    tcia_manifest,
    s5cmd_manifest,
    parquet_file,
]
CELLS = st.lists(
    st.one_of(
        st.sampled_from(KNOWN),
        st.sampled_from(UNKNOWN),
        st.sampled_from(JUNK),
        st.sampled_from(
            ["", " ", "nan", "N/A", "#", "# remark", f" {KNOWN[1]} ", f"{KNOWN[0]};{UNKNOWN[1]}", UUID.format(2)]
        ),
    ),
    max_size=12,
)


@pytest.mark.parametrize("write", FILES)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=CELLS)
def test_any_file_of_uids_and_junk_comes_out_as_python_reads_it(
    tmp_path: Path, sources: Sources, cache: Path, write: Files, cells: list[str]
) -> None:
    path = write(tmp_path, cells)
    found = by_duckdb(path, sources, cache)
    assert found in (None, by_python(path, sources, cache))


@pytest.mark.parametrize("write", FILES)
def test_duckdb_does_read_files_of_each_form(tmp_path: Path, sources: Sources, cache: Path, write: Files) -> None:
    path = write(tmp_path, [*KNOWN, *UNKNOWN, "no series here", *KNOWN])
    assert by_duckdb(path, sources, cache) == by_python(path, sources, cache)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=CELLS, end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_the_valid_uids_come_out_and_the_junk_is_counted(
    tmp_path: Path, sources: Sources, cache: Path, cells: list[str], end: str
) -> None:
    valid, junk = {*KNOWN, *UNKNOWN}, set(JUNK)
    only = [cell for cell in cells if cell in valid | junk]
    path = csv_file(tmp_path, only, end)
    table = read_cohort(path, large=1).table
    assert table is not None
    with BulkIndex(sources, cache) as index:
        read = index.enter_table(0, table)
        if read is None:  # line ends that DuckDB does not take
            assert end == "\r"
            return
        found = index.look_up()
    assert sum(group.series for group in found.groups) == len({KNOWN[0], *only} & set(KNOWN))
    assert sum(each.number for each in found.unknown) == len(set(only) & set(UNKNOWN))
    assert read.rest.unread.count == sum(cell in junk for cell in only)
    lines = [(number, cell) for number, cell in enumerate(only, start=3) if cell in junk]
    assert [(line.number, line.text) for line in read.rest.unread.examples] == lines[:3]


def test_much_junk_is_counted_without_python(
    tmp_path: Path, sources: Sources, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = [*KNOWN, "junk 1", "file_2", *UNKNOWN, "nan", "no. 3", "junk 4", f"x {KNOWN[0]}", "SeriesInstanceUID"]
    path = csv_file(tmp_path, cells)
    expected = by_python(path, sources, cache)
    monkeypatch.setattr(bulk_tables, "FEW", 1)
    assert by_duckdb(path, sources, cache) == expected


@pytest.mark.parametrize(
    "line",
    [
        "cp s3://idc-open-data-cr/{}/* .",
        "cp s3://idc-open-data/{}/* ./there",
        "cp s3://idc-open-data/{}x/* .",
        "cp s3://elsewhere/{}/* .",
        "cp s3://idc-open-data/x/{}* .",
        " cp s3://idc-open-data/{}/* .",
    ],
)
@pytest.mark.parametrize("uuid", [CURRENT[1].uuid, CURRENT[1].uuid.upper(), UUID.format(999), "u" * 36])
def test_a_line_of_a_manifest_lists_what_python_reads_in_it(
    tmp_path: Path, sources: Sources, cache: Path, line: str, uuid: str
) -> None:
    path = s5cmd_manifest(tmp_path, [line.format(uuid), f"cp s3://idc-open-data/{uuid}/* ."])
    assert by_duckdb(path, sources, cache) == by_python(path, sources, cache)


ALIKE = f'{{"series_uid": "{KNOWN[0]}", "n": 1}}'


@pytest.mark.parametrize(
    "line",
    [
        f'{{"series_uid": "{KNOWN[1]}", "n": 1}}',
        f'{{"n": 1, "series_uid": "{KNOWN[1]}"}}',  # in another order
        f'{{"series_uid": "{KNOWN[1]}", "n": 1, "study_uid": "{UNKNOWN[1]}"}}',
        f'{{"series_uid": "{KNOWN[1]}", "n": [1]}}',
        f'{{"series_uid": "{KNOWN[1]}", "n": 01}}',  # no JSON
        f'{{"series_uid": "{KNOWN[1]}", "n": NaN}}',
        f'{{"series_uid": "\\u0031{KNOWN[1][1:]}", "n": 1}}',
        f'{{"series_uid": ["{KNOWN[1]}", "{UNKNOWN[1]}"], "n": 1}}',
        f'{{"series_uid": "{KNOWN[1]}", "n": "{UNKNOWN[1]}"}}',
        f'{{"series_uid": "# {KNOWN[1]}", "n": 1}}',
        f'{{"series_uid": "{KNOWN[1]}", "n": 1}} {{"series_uid": "{UNKNOWN[1]}", "n": 1}}',
        f'"{KNOWN[1]}"',
        KNOWN[1],
        '{"series_uid": 12345, "n": 1}',
        '{"series_uid": "", "n": 1}',
        f'# {{"series_uid": "{KNOWN[1]}", "n": 1}}',
        f'{{"series_uid": "{KNOWN[1]}", "n": {"1" * 5000}}}',
        f'{{"crdc_series_uuid": "{UUID.format(2)}"}}',  # says where all of them are from
        "",
    ],
)
def test_a_line_of_json_lists_what_python_reads_in_it(tmp_path: Path, sources: Sources, cache: Path, line: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join([ALIKE, ALIKE, line, ALIKE]), encoding="utf-8")
    assert by_duckdb(path, sources, cache) in (None, by_python(path, sources, cache))


@pytest.mark.parametrize(
    "last",
    [
        {},
        {"n": 10**40},
        {"n": [1]},
        {"n": {"series_uid": UNKNOWN[2]}},
        {"note": {"series_uid": UNKNOWN[2]}},
        {"seg_series_uid": UNKNOWN[2]},
        {"note": None},
        {"note": 'a"b'},
        {"note": "# left out"},
        {"series_uid": "no series"},
        {"n": "7"},
    ],
)
def test_objects_that_are_alike_and_those_that_are_not_are_what_python_reads(
    tmp_path: Path, sources: Sources, cache: Path, last: dict[str, object]
) -> None:
    rows = [{"series_uid": uid, "n": n, "doi": "10.7937/x", "note": "a"} for n, uid in enumerate([*KNOWN, UNKNOWN[0]])]
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(map(json.dumps, [*rows, {**rows[0], **last}])), encoding="utf-8")
    assert by_duckdb(path, sources, cache) in (None, by_python(path, sources, cache))


def test_a_line_of_json_that_begins_as_a_remark_is_what_python_says(
    tmp_path: Path, sources: Sources, cache: Path
) -> None:
    path = tmp_path / "x.jsonl"
    notes = ["", "/", "#", "# left out", " #"]
    rows: list[dict[str, str]] = [{"note": note, "series_uid": f"{ROOT}.{at}"} for at, note in enumerate(notes)]
    rows.append({"note": "# 5", "series_uid": "no series"})
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert by_duckdb(path, sources, cache) == by_python(path, sources, cache)


def test_rows_that_name_two_datasets_for_a_series_are_read_by_python(
    tmp_path: Path, sources: Sources, cache: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"SeriesInstanceUID,Collection\n{UNKNOWN[0]},HNSCC\n{UNKNOWN[0]},LIDC-IDRI\n", encoding="utf-8")
    assert by_duckdb(path, sources, cache) is None


@pytest.mark.parametrize(
    "content",
    [
        f'SeriesInstanceUID,x\n{KNOWN[0]},1\n"{KNOWN[1]}\n',
        f"SeriesInstanceUID,x\n{KNOWN[0]},1\n{KNOWN[1]},2,3,4\n",
        f"SeriesInstanceUID,x\n{KNOWN[0]},é\n".encode("latin-1").decode("latin-1"),
    ],
)
def test_a_table_that_is_not_laid_out_as_one_is_read_by_python_or_the_same(
    tmp_path: Path, sources: Sources, cache: Path, content: str
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content.encode("latin-1"))
    found = by_duckdb(path, sources, cache)
    assert found is None or found == by_python(path, sources, cache)


def test_a_name_with_wildcards_and_quotes_is_that_one_file(tmp_path: Path, sources: Sources, cache: Path) -> None:
    folder = tmp_path / "it's [1]*"
    folder.mkdir()
    (folder / "y.csv").write_text(f"SeriesInstanceUID\n{UNKNOWN[3]}\n", encoding="utf-8")
    path = csv_file(folder, KNOWN)
    assert by_duckdb(path, sources, cache) == by_python(path, sources, cache)


def test_nothing_is_noted_of_a_table_that_python_must_read(tmp_path: Path, sources: Sources, cache: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"SeriesInstanceUID,Collection\n{KNOWN[0]},HNSCC\n{KNOWN[0]},ACRIN\n", encoding="utf-8")
    table = read_cohort(path, large=1).table
    assert table is not None
    with BulkIndex(sources, cache) as index:
        assert index.enter_table(0, table) is None
        found = index.look_up()
    assert (found.groups, found.unknown, found.found) == ((), (), {})
