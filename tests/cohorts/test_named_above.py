"""Datasets that are named above the headings of a table."""

import io
from pathlib import Path

import openpyxl
import pytest

from tcia_policy.cohorts import resolve
from tcia_policy.cohorts.entry_rows import entry_rows
from tcia_policy.model import DataItem
from tcia_policy.registry import Registry
from tests.cohorts import idc
from tests.cohorts.conftest import Write

ONE, TWO = idc.uids_of(idc.LIDC, 2)


def names(path: Path, registry: Registry) -> list[str]:
    """Return the names of what a file resolves to."""
    return [each.name for each in resolve([DataItem(manifest=path.name)], path.parent, registry).holdings]


@pytest.mark.parametrize(
    "title", ["CPTAC-SAR", "Collection: CPTAC-SAR", f"https://doi.org/{idc.CPTAC_SAR}", "a,CPTAC-SAR"]
)
def test_a_dataset_of_which_nothing_stands_below_counts(write: Write, registry: Registry, title: str) -> None:
    path = write("x.csv", f"{title}\nSeriesInstanceUID,note\n{ONE},1\n")
    assert names(path, registry) == ["CPTAC-SAR", "LIDC-IDRI"]


@pytest.mark.parametrize("title", ["LIDC-IDRI", "DICOM-LIDC-IDRI-Nodules", "Lung nodules: see our paper", ""])
def test_a_title_of_what_stands_below_says_nothing_more(write: Write, registry: Registry, title: str) -> None:
    assert names(write("x.csv", f"{title}\nSeriesInstanceUID,note\n{ONE},1\n"), registry) == ["LIDC-IDRI"]


def test_a_title_says_nothing_more_where_rows_name_the_dataset(write: Write, registry: Registry) -> None:
    path = write("x.csv", "CPTAC-SAR\nSeriesInstanceUID,Collection\n2.25.123456789,CPTAC-SAR\n")
    assert names(path, registry) == ["CPTAC-SAR"]


def test_workbooks_have_titles_too(tmp_path: Path, registry: Registry) -> None:
    workbook = openpyxl.Workbook()
    for row in (["CPTAC-SAR"], [], ["SeriesInstanceUID", "note"], [ONE, "1"]):
        workbook.active.append(row)
    content = io.BytesIO()
    workbook.save(content)
    (tmp_path / "x.xlsx").write_bytes(content.getvalue())
    assert names(tmp_path / "x.xlsx", registry) == ["CPTAC-SAR", "LIDC-IDRI"]


def test_it_is_one_of_the_entries(write: Write, registry: Registry) -> None:
    path = write("x.csv", f"CPTAC-SAR\nSeriesInstanceUID,note\n{ONE},1\n")
    found = resolve([DataItem(manifest=path.name)], path.parent, registry)
    assert [row.entry for row in entry_rows(found.selected, found.holdings, registry)] == ["CPTAC-SAR", ONE]


def test_series_above_headings_are_series(write: Write, registry: Registry) -> None:
    path = write("x.csv", f"{TWO}\nSeriesInstanceUID,note\n{ONE},1\n{ONE},2\n{ONE},3\n")
    (holding,) = resolve([DataItem(manifest=path.name)], path.parent, registry).holdings
    assert holding.series == 2
