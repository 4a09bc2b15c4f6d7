"""`resolve -o` and `resolve --split`: the table of all series, and cohort files apart by what may be done with them."""

import csv
import json
import sys
from pathlib import Path

import duckdb
import openpyxl
import pytest

from tcia_policy.cohorts import read_cohort
from tests.cli.run import is_one_clear_error, run
from tests.cohorts import idc
from tests.cohorts.conftest import manifest_of

NSCLC = "10.7937/k9/tcia.2015.pf0m9rei"  # CC BY-NC 3.0
UNKNOWN = ["1.3.6.1.4.1.14519.5.2.1.999.1", "1.3.6.1.4.1.14519.5.2.1.999.2"]
COMMERCIAL = ("--purpose", "commercial", "--activity", "train-model")


@pytest.fixture
def uids() -> dict[str, list[str]]:
    """Two series that may be used in a product, two that may not, and two that nobody knows."""
    return {"open": idc.uids_of(idc.LIDC, 2), "nc": idc.uids_of(NSCLC, 2), "unknown": UNKNOWN}


def mixed(uids: dict[str, list[str]]) -> list[str]:
    return [uid for three in zip(*uids.values(), strict=True) for uid in three]


def listed(path: Path) -> set[str]:
    return set(read_cohort(path).series)


class TestTable:
    def test_each_series_has_a_row_with_what_was_found(self, tmp_path: Path, uids: dict[str, list[str]]) -> None:
        (tmp_path / "m.tcia").write_text(manifest_of(mixed(uids)), encoding="utf-8")
        ran = run("resolve", "m.tcia", "-o", "found.csv", cwd=tmp_path)
        assert (ran.code, "wrote found.csv: 6 rows" in ran.err) == (0, True)
        with (tmp_path / "found.csv").open(encoding="utf-8", newline="") as stream:
            rows = {row["SeriesInstanceUID"]: row for row in csv.DictReader(stream)}
        lidc = rows[uids["open"][0]]
        assert (lidc["status"], lidc["dataset"], lidc["doi"]) == ("found", "LIDC-IDRI", idc.LIDC)
        assert (lidc["access"], lidc["collection"], lidc["series"]) == ("open", "lidc_idri", "1")
        assert (lidc["origin"], lidc["item"], lidc["data_item"]) == ("", "m.tcia", "LIDC-IDRI")
        assert "CC-BY-NC-3.0" in rows[uids["nc"][0]]["license"]
        lost = rows[UNKNOWN[0]]
        assert (lost["status"], lost["dataset"], lost["license"]) == ("not found", "", "")

    @pytest.mark.parametrize("name", ["found.csv", "found.json", "found.parquet"])
    def test_the_table_is_a_cohort_file_of_the_same_series(
        self, tmp_path: Path, uids: dict[str, list[str]], name: str
    ) -> None:
        (tmp_path / "m.tcia").write_text(manifest_of(mixed(uids)), encoding="utf-8")
        assert run("resolve", "m.tcia", "-o", name, cwd=tmp_path).code == 0
        again = json.loads(run("resolve", name, "--format", "json", cwd=tmp_path).out)
        assert [each["series"] for each in again["holdings"]] == [2, 2, 2]
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(("m.tcia", name))

    def test_the_origin_is_what_the_file_or_the_project_says(self, tmp_path: Path, uids: dict[str, list[str]]) -> None:
        (tmp_path / "m.tcia").write_text(manifest_of(uids["open"]), encoding="utf-8")
        (tmp_path / "i.csv").write_text(f"SeriesInstanceUID,idc_version\n{uids['open'][0]},22\n", encoding="utf-8")
        stated = "data: [{manifest: m.tcia, obtained_from: tcia}, {manifest: i.csv}]\n"
        (tmp_path / "tcia-policy.yaml").write_text(stated, encoding="utf-8")
        assert run("resolve", ".", "-o", "found.json", cwd=tmp_path).code == 0
        rows = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
        assert {(row["item"], row["origin"]) for row in rows} == {("m.tcia", "tcia"), ("i.csv", "idc")}

    def test_studies_and_patients_have_a_row_for_each_dataset(self, tmp_path: Path) -> None:
        (tmp_path / "p.csv").write_text("PatientID\nLIDC-IDRI-0001\nNOBODY-0001\n", encoding="utf-8")
        assert run("resolve", "p.csv", "-o", "found.json", cwd=tmp_path).code == 0
        rows = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
        found = [(row["PatientID"], row["status"], row["dataset"]) for row in rows]
        assert ("LIDC-IDRI-0001", "found", "LIDC-IDRI") in found
        assert ("NOBODY-0001", "not found", "") in found

    def test_nothing_is_overwritten_and_the_end_of_the_name_says_the_format(
        self, tmp_path: Path, uids: dict[str, list[str]]
    ) -> None:
        (tmp_path / "m.tcia").write_text(manifest_of(mixed(uids)), encoding="utf-8")
        (tmp_path / "found.csv").write_text("mine", encoding="utf-8")
        is_one_clear_error(run("resolve", "m.tcia", "-o", "found.csv", cwd=tmp_path), "exists already")
        is_one_clear_error(run("resolve", "m.tcia", "-o", "found.xml", cwd=tmp_path), ".csv, .json, .parquet")
        assert (tmp_path / "found.csv").read_text(encoding="utf-8") == "mine"
        assert run("resolve", "m.tcia", "-o", "found.csv", "--overwrite", cwd=tmp_path).code == 0

    def test_without_duckdb_parquet_is_one_clear_error(
        self, tmp_path: Path, uids: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "duckdb", None)
        (tmp_path / "m.tcia").write_text(manifest_of(mixed(uids)), encoding="utf-8")
        ran = run("resolve", "m.tcia", "-o", "found.parquet", cwd=tmp_path)
        is_one_clear_error(ran, "error: Parquet is written by DuckDB, which is not installed")
        assert "pip install 'tcia-policy[bulk]'" in ran.err
        assert [path.name for path in tmp_path.iterdir()] == ["m.tcia"]


class TestSplit:
    def test_a_manifest_goes_apart_by_what_may_be_done_with_its_series(
        self, tmp_path: Path, uids: dict[str, list[str]]
    ) -> None:
        (tmp_path / "m.tcia").write_text(manifest_of(mixed(uids)), encoding="utf-8")
        assert run("resolve", "m.tcia", "--split", "parts", *COMMERCIAL, cwd=tmp_path).code == 0
        parts = {path.name: listed(path) for path in (tmp_path / "parts").iterdir()}
        assert parts == {
            "conditional.tcia": set(uids["open"]),
            "prohibited.tcia": set(uids["nc"]),
            "not-found.tcia": set(UNKNOWN),
        }
        text = (tmp_path / "parts" / "prohibited.tcia").read_text(encoding="utf-8")
        assert text == manifest_of(uids["nc"])
        checked = run("check", "parts/prohibited.tcia", *COMMERCIAL, "--format", "json", cwd=tmp_path)
        assert json.loads(checked.out)["verdict"] == "prohibited"

    def test_a_table_keeps_its_heading_and_columns_and_a_row_goes_where_its_worst_series_goes(
        self, tmp_path: Path, uids: dict[str, list[str]]
    ) -> None:
        rows = [
            f'{uids["open"][0]},"one, with a comma",',
            f'{uids["open"][1]},"two\nlines",{uids["nc"][0]}',
            f"{UNKNOWN[0]},three,",
            f"NA,four,{uids['nc'][1]}",
        ]
        text = "\n".join(["SeriesInstanceUID,note,SEG_SeriesInstanceUID", *rows]) + "\n"
        (tmp_path / "t.csv").write_text(text, encoding="utf-8")
        assert run("resolve", "t.csv", "--split", "parts", *COMMERCIAL, cwd=tmp_path).code == 0
        made = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "parts").iterdir()}
        head = "SeriesInstanceUID,note,SEG_SeriesInstanceUID\n"
        assert made == {
            "conditional.csv": f"{head}{rows[0]}\n",
            "prohibited.csv": f"{head}{rows[1]}\n{rows[3]}\n",
            "not-found.csv": f"{head}{rows[2]}\n",
        }

    def test_without_a_use_the_parts_are_those_of_a_license(self, tmp_path: Path, uids: dict[str, list[str]]) -> None:
        (tmp_path / "m.txt").write_text("".join(f"{uid}\n" for uid in mixed(uids)), encoding="utf-8")
        assert run("resolve", "m.txt", "--split", "parts", cwd=tmp_path).code == 0
        assert {path.name for path in (tmp_path / "parts").iterdir()} == {
            "cc-by-3.0.txt",
            "cc-by-nc-3.0.txt",
            "not-found.txt",
        }

    def test_a_manifest_of_idc_stays_one_and_what_is_not_understood_has_a_file_of_its_own(self, tmp_path: Path) -> None:
        series = idc.series_of(idc.LIDC, 2)
        lines = [f"cp s3://idc-open-data/{each.uuid}/* .\n" for each in series]
        (tmp_path / "m.s5cmd").write_text(
            "".join(["# a comment\n", lines[0], "cp nothing\n", lines[1]]), encoding="utf-8"
        )
        assert run("resolve", "m.s5cmd", "--split", "parts", *COMMERCIAL, cwd=tmp_path).code == 0
        made = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "parts").iterdir()}
        assert made == {
            "conditional.s5cmd": "".join(["# a comment\n", *lines]),
            "not-understood.s5cmd": "# a comment\ncp nothing\n",
        }

    def test_names_of_datasets_go_apart_too(self, tmp_path: Path) -> None:
        (tmp_path / "names.txt").write_text("LIDC-IDRI\nNSCLC-Radiomics\nNo such thing\n", encoding="utf-8")
        assert run("resolve", "names.txt", "--split", "parts", *COMMERCIAL, cwd=tmp_path).code == 0
        made = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "parts").iterdir()}
        assert made["prohibited.txt"] == "NSCLC-Radiomics\n"
        assert made["not-understood.txt"] == "No such thing\n"

    def test_what_is_not_made_of_lines_goes_apart_into_tables(self, tmp_path: Path, uids: dict[str, list[str]]) -> None:
        (tmp_path / "m.json").write_text(json.dumps([{"SeriesInstanceUID": uid} for uid in mixed(uids)], indent=1))
        ran = run("resolve", "m.json", "--split", "parts", *COMMERCIAL, cwd=tmp_path)
        assert "m.json: its parts are CSV tables" in ran.err
        parts = {path.name: listed(path) for path in (tmp_path / "parts").iterdir()}
        assert parts == {
            "conditional.csv": set(uids["open"]),
            "prohibited.csv": set(uids["nc"]),
            "not-found.csv": set(UNKNOWN),
        }

    def test_rows_without_an_entry_have_a_part_of_their_own(self, tmp_path: Path, uids: dict[str, list[str]]) -> None:
        rows = [f"{uids['open'][0]},1", "NA,2", ",3", "nonsense,4"]
        (tmp_path / "t.csv").write_text("\n".join(["SeriesInstanceUID,n", *rows]) + "\n", encoding="utf-8")
        assert run("resolve", "t.csv", "--split", "parts", *COMMERCIAL, cwd=tmp_path).code == 0
        made = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "parts").iterdir()}
        head = "SeriesInstanceUID,n\n"
        assert made == {
            "conditional.csv": f"{head}{rows[0]}\n",
            "without-entry.csv": f"{head}{rows[1]}\n{rows[2]}\n",
            "not-understood.csv": f"{head}{rows[3]}\n",
        }

    def test_a_workbook_stays_one(self, tmp_path: Path, uids: dict[str, list[str]]) -> None:
        book = openpyxl.Workbook()
        for row in (["Our cohort"], ["SeriesInstanceUID", "n"], [uids["open"][0], 1], [uids["nc"][0], 2], ["NA", 3]):
            book.active.append(row)
        book.create_sheet("Notes").append(["nothing here"])
        book.save(tmp_path / "t.xlsx")
        assert run("resolve", "t.xlsx", "--split", "parts", *COMMERCIAL, cwd=tmp_path).code == 0
        made = {
            path.name: [row for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows(values_only=True)]
            for path in (tmp_path / "parts").iterdir()
        }
        above = [("Our cohort", None), ("SeriesInstanceUID", "n")]
        assert made == {
            "conditional.xlsx": [*above, (uids["open"][0], 1)],
            "prohibited.xlsx": [*above, (uids["nc"][0], 2)],
            "without-entry.xlsx": [*above, ("NA", 3)],
        }

    def test_a_parquet_table_stays_one(self, tmp_path: Path, uids: dict[str, list[str]]) -> None:
        rows = ", ".join(f"('{uid}', {n}.5)" for n, uid in enumerate(mixed(uids)))
        duckdb.execute(f"copy (select * from (values {rows}) t(series_uid, n)) to '{tmp_path}/t.parquet'")  # noqa: S608
        assert run("resolve", "t.parquet", "--split", "parts", *COMMERCIAL, cwd=tmp_path).code == 0
        made = {
            path.name: duckdb.execute(f"select * from '{path}'").fetchall()  # noqa: S608
            for path in (tmp_path / "parts").iterdir()
        }
        assert set(made) == {"conditional.parquet", "prohibited.parquet", "not-found.parquet"}
        assert [uid for uid, _n in made["prohibited.parquet"]] == uids["nc"]

    def test_a_name_has_no_file_and_so_a_table(self, tmp_path: Path) -> None:
        ran = run("resolve", "LIDC-IDRI", "--split", "parts", *COMMERCIAL, cwd=tmp_path)
        assert "LIDC-IDRI: it is a name and no file, so its part is a CSV table" in ran.err
        assert len(list((tmp_path / "parts").iterdir())) == 1

    def test_a_dataset_above_the_headings_stands_in_its_own_part_alone(
        self, tmp_path: Path, uids: dict[str, list[str]]
    ) -> None:
        text = f"NSCLC-Radiomics\nSeriesInstanceUID,n\n{uids['open'][0]},1\n"
        (tmp_path / "t.csv").write_text(text, encoding="utf-8")
        assert run("resolve", "t.csv", "--split", "parts", *COMMERCIAL, cwd=tmp_path).code == 0
        made = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "parts").iterdir()}
        assert made["conditional.csv"] == f"SeriesInstanceUID,n\n{uids['open'][0]},1\n"

    def test_no_part_takes_the_place_of_a_file(self, tmp_path: Path, uids: dict[str, list[str]]) -> None:
        (tmp_path / "m.tcia").write_text(manifest_of(uids["open"]), encoding="utf-8")
        (tmp_path / "conditional.tcia").write_text("mine", encoding="utf-8")
        ran = run("resolve", "m.tcia", "--split", ".", *COMMERCIAL, cwd=tmp_path)
        is_one_clear_error(ran, "exists already")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["conditional.tcia", "m.tcia"]


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path, uids: dict[str, list[str]]) -> None:
    (tmp_path / "m.tcia").write_text(manifest_of(uids["open"]), encoding="utf-8")
    ran = run("resolve", "m.tcia", "--split", "m.tcia/parts", cwd=tmp_path)
    is_one_clear_error(ran, "m.tcia/parts: cannot be written: Not a directory")
