"""Tables as text, as people really write them."""

import gzip

import pytest

from tcia_policy.cohorts import Line, read_cohort
from tests.cohorts.conftest import Write
from tests.cohorts.records.made_up import DOI, P1, P2, S1, S2, S3, T1, listed, listed_in

SERIES = {"SeriesInstanceUID": [S1, S2]}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Cohort of 2024\n\nPatient;Series UID\nA;{S1}\nB;{S2}\n", id="titles above"),
        pytest.param(f"Table S1. Series, by patient\nPatient,Series UID\nA,{S1}\nB,{S2}\n", id="a title with a comma"),
        pytest.param(f"# made by us\n#SeriesInstanceUID\tnote\n{S1}\ta\n{S2}\tb\n", id="a heading behind a sign"),
        pytest.param(f"series_uid|x\n{S1}|1\n\n# a remark\n{S2}|2\n", id="blank lines and remarks"),
        pytest.param(f"Series UID,x\n{S1},1\nSeries UID,x\n{S2},2\n", id="the headings again"),
        pytest.param(f"SeriesInstanceUID,age\nUID,years\n{S1},50\n{S2},60\n", id="a row of types"),
        pytest.param(f"age;SeriesInstanceUID\n50,5;{S1}\n60,25;{S2}\n", id="decimal commas"),
        pytest.param(f'x, "Series UID"\n"a, b", "{S1}"\n"c", "{S2}"\n', id="blanks before quotes"),
        pytest.param(f"| SeriesInstanceUID | x |\n| --- | --- |\n| {S1} | 1 |\n| {S2} | 2 |\n", id="Markdown"),
        pytest.param(f"\ufeffSeriesInstanceUID\r{S1}\r{S2}\r", id="a mark of the byte order and old ends of lines"),
        pytest.param(f"SeriesInstanceUID  Collection\n{S1}  LIDC-IDRI\n{S2}  NLST\n", id="blanks between columns"),
        pytest.param(f"case,series_uids\n1,\"['{S1}', '{S2}']\"\n", id="a Python list in a cell"),
        pytest.param(f'case,series_uids\n1,"[""{S1}"", ""{S2}""]"\n', id="JSON in a cell"),
        pytest.param(f"case,series_uids\n1,{S1};{S2}\n", id="several in a cell"),
        pytest.param(f"seriesuid,coordX,coordY,diameter_mm\n{S1},-128.6,175.3,5.6\n{S2},1.5,2.5,3\n", id="LUNA16"),
    ],
)
def test_a_table_is_read_as_people_write_it(write: Write, text: str) -> None:
    assert listed_in(write("x", text)) == SERIES


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_any_usual_encoding(write: Write, encoding: str) -> None:
    assert listed_in(write("x", f"Patient\tSeries UID\nMüller\t{S1}\nB\t{S2}\n".encode(encoding))) == SERIES


def test_gzip_and_zstd(write: Write) -> None:
    zstd = pytest.importorskip("backports.zstd")
    text = f"SeriesInstanceUID\n{S1}\n{S2}\n".encode()
    assert listed_in(write("x.csv.gz", gzip.compress(text))) == SERIES
    assert listed_in(write("x.csv.zst", zstd.compress(text))) == SERIES


def test_columns_without_headings_are_known_by_their_cells(write: Write) -> None:
    cohort = read_cohort(write("x.csv", f"a,1,{S1}\nb,2,{S2}\nc,3,{S3}\n"))
    assert cohort.format_name == "table without headings"
    assert listed(cohort) == {"UID": [S1, S2, S3]}


def test_headings_that_mean_nothing_stand_above_uids(write: Write) -> None:
    cohort = read_cohort(write("x.csv", f"scan,label\n{S1},1\n{S2},0\n"))
    assert listed(cohort) == {"UID": [S1, S2]}
    assert not cohort.unread.count


def test_coordinates_are_no_series(write: Write) -> None:
    for name, line in (("boxes.csv", "{0}.5,{0}.25,{0}.75,1.0\n"), ("boxes.txt", "{0}.5\n")):
        cohort = read_cohort(write(name, "".join(line.format(number) for number in range(48))))
        assert listed(cohort) == {}
    cohort = read_cohort(write("series.csv", f"SeriesInstanceUID,x\n{S1},1\n3.5,2\n"))
    assert cohort.unread.examples == (Line(3, "3.5"),)


def test_metadata_of_nbia(write: Write) -> None:
    head = (
        "Series UID,Collection,3rd Party Analysis,Data Description URI,Subject ID,Study UID,License Name,File Location"
    )
    row = f"{S1},LIDC-IDRI,,https://doi.org/{DOI},{P1},{T1},CC BY 3.0"
    cohort = read_cohort(write("metadata.csv", f"{head}\n{row}\n"))
    assert listed(cohort) == {"SeriesInstanceUID": [S1]}
    assert cohort.beside[1].datasets == (f"https://doi.org/{DOI}", "LIDC-IDRI")
    assert cohort.beside[1].license == "CC BY 3.0"


def test_a_table_of_patients_alone(write: Write) -> None:
    assert listed_in(write("x.csv", f"Subject ID,Sex\n{P1},M\n{P2},F\n")) == {"PatientID": [P1, P2]}


def test_a_row_that_says_nothing_is_told_with_all_its_cells(write: Write) -> None:
    cohort = read_cohort(write("x.csv", f"url,PatientID\nhttps://example.org/a,7\nx,{P1}\n"))
    assert cohort.unread.examples == (Line(2, "https://example.org/a | 7"),)


def test_a_readme_with_such_a_word_is_no_table(write: Write) -> None:
    cohort = read_cohort(write("x.txt", f"We used these.\nCollection\n{S1}\n"))
    assert cohort.format_name == "list"


def test_a_table_so_wide_that_its_beginning_has_one_row(write: Write) -> None:
    features = 3_000
    rows = [f"{patient},{','.join(['0.123456789'] * features)}" for patient in (P1, P2)]
    path = write("features.csv", "\n".join(["id," + ",".join(f"feature_{n:05d}" for n in range(features)), *rows]))
    assert listed_in(path) == {"PatientID": [P1, P2]}


def test_a_page_of_markdown_with_a_table_in_it_is_none(write: Write) -> None:
    prose = "# Use\n\nEvery table has columns.\n\n"
    columns = "| Column | Collection |\n|---|---|\n| `index` | one a series |\n\n"
    path = write("SKILL.md", prose + columns + f"Run it:\n\n    idc download {S1}\n\nThat is all.\nSee there.\n")
    assert listed(read_cohort(path)) == {"UID": [S1]}


def test_a_web_page_is_no_table(write: Write) -> None:
    path = write("page.html", f"<!DOCTYPE html>\n<td>a,Series UID,b</td>\n<td>1,{S1},2</td>\n")
    assert read_cohort(path).format_name != "table"


def test_features_of_images_make_rows_of_any_length(write: Write) -> None:
    features = [f"original_glcm_{number}" for number in range(5_000)]
    rows = [[P1, *map(str, range(5_000))], [P2, *map(str, range(5_000))]]
    for heading in ("PatientID", "ID"):
        text = "\n".join(";".join(row) for row in [[heading, *features], *rows])
        assert listed_in(write("features.csv", text)) == {"PatientID": [P1, P2]}
