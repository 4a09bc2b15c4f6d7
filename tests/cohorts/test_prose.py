"""Lines of prose in a list."""

from pathlib import Path

import pytest

from tcia_policy.cohorts import resolve
from tcia_policy.cohorts.prose import is_prose
from tcia_policy.errors import InputError
from tcia_policy.model import DataItem
from tcia_policy.registry import Registry
from tests.cohorts import idc
from tests.cohorts.conftest import Write


@pytest.mark.parametrize(
    "line",
    ["We used LIDC scans for this work.", "first we did this", "The readers were asked again", "and it was left out"],
)
def test_sentences_are_prose(line: str) -> None:
    assert is_prose(line)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "HNSCC",
            "case_0001",
            "Lung CT Segmentation Challenge 2017",
            "ct images of covid patients",
            "tcga gbm, hnscc",
        ),
        *(
            "The Cancer Genome Atlas Glioblastoma Multiforme Collection",
            "A Dataset for Lung Nodules",
            "P01 was used in it",
        ),
        *("the scans", "toor:x:0:0:the superuser", "Data From the Lung Image Database Consortium"),
    ],
)
def test_what_may_be_a_name_or_an_id_is_none(line: str) -> None:
    assert not is_prose(line)


def test_sentences_around_series_are_told_and_are_no_entries(write: Write, registry: Registry) -> None:
    (uid,) = idc.uids_of(idc.LIDC, 1)
    path = write("notes.md", f"# Notes\n\nWe used these scans.\n\n- {uid}\n- some_thing\n")
    found = resolve([DataItem(manifest=path.name)], path.parent, registry)
    assert [each.name for each in found.holdings] == ["LIDC-IDRI", "1 entry of notes.md not understood"]
    assert [each.remarks for each in found.read] == [
        ("1 line of prose without a UID, passed over (line 3: We used these scans.)",)
    ]


def test_sentences_outside_of_the_project_are_not_shown(write: Write, registry: Registry, tmp_path: Path) -> None:
    path = write("notes.md", f"We used these scans:\n{idc.uids_of(idc.LIDC, 1)[0]}\n")
    (tmp_path / "project").mkdir()
    found = resolve([DataItem(manifest=str(path))], tmp_path, registry, shown_within=tmp_path / "project")
    assert "We used" not in str(found)


def test_prose_alone_is_an_error_that_shows_it(write: Write, registry: Registry) -> None:
    path = write("notes.md", "We used these scans, and they were good.\n")
    with pytest.raises(InputError, match=r"nothing in it is a series .*We used these scans"):
        resolve([DataItem(manifest=path.name)], path.parent, registry)


@pytest.mark.parametrize("line", ["We used all of the LIDC-IDRI scans.", "Also LIDC-IDRI was used", "lidc_idri_series"])
def test_a_sentence_or_a_heading_that_names_a_dataset_is_not_passed_over(
    write: Write, registry: Registry, line: str
) -> None:
    path = write("notes.md", f"{line}\n{idc.uids_of(idc.LIDC, 1)[0]}\nsome_scans\n")
    found = resolve([DataItem(manifest=path.name)], path.parent, registry)
    assert [each.name for each in found.holdings] == ["LIDC-IDRI", "1 entry of notes.md not understood"]
