"""Versions of IDC's index, found by what a project says: a version, or a day."""

import csv
import gzip
from datetime import date

import pytest

from tcia_policy.files.shipped import shipped
from tcia_policy.registry.idc_releases import (
    is_version_of_idc,
    last_versions_of_removed,
    load_idc_releases,
    may_have_removed,
    releases_meant,
    releases_named,
    releases_of,
)


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("v22", ["22.0.0", "22.1.5"]),
        ("IDC v22", ["22.0.0", "22.1.5"]),
        (" 22 ", ["22.0.0", "22.1.5"]),
        ("22.1.5", ["22.1.5"]),
        ("22.0.3", ["22.0.0", "22.1.5"]),
        ("v9", []),
        ("latest", []),
    ],
)
def test_a_version_is_known_as_people_write_it(text: str, versions: list[str]) -> None:
    assert [item.version for item in releases_named(text, load_idc_releases())] == versions


@pytest.mark.parametrize(
    ("day", "versions"),
    [
        (date(2023, 1, 1), []),
        (date(2025, 8, 1), ["21.0.0"]),
        (date(2025, 10, 1), ["22.0.0", "22.1.5"]),
        (date(2026, 4, 20), ["23.10.1", "24.0.0"]),
        (date(2026, 11, 1), ["25.0.5"]),
    ],
)
def test_a_day_means_the_versions_that_were_read_before_and_after_it(day: date, versions: list[str]) -> None:
    assert [item.version for item in releases_of(day, load_idc_releases())] == versions


@pytest.mark.parametrize("text", ["22.0", "v22.0", "nonsense", "latest", "", "v0", "0", "-1", "v22.0.0.1", "²²"])
def test_what_is_no_version_is_known_as_none(text: str) -> None:
    assert not is_version_of_idc(text)


@pytest.mark.parametrize(
    ("version", "day", "versions", "may_be_unread"),
    [
        ("v22", None, ["22.0.0", "22.1.5"], False),
        ("v3", None, [], True),
        ("v3", date(2026, 11, 1), [], True),
        ("v99", date(2026, 11, 1), [], True),
        (None, date(2021, 1, 1), [], True),
        ("v22", date(2026, 11, 1), ["22.0.0", "22.1.5"], False),
        ("v22", date(2025, 8, 1), ["21.0.0", "22.0.0", "22.1.5"], False),
        ("v22", date(2021, 1, 1), ["22.0.0", "22.1.5"], True),
    ],
)
def test_a_version_counts_before_the_day_unless_they_do_not_agree(
    version: str | None, day: date | None, versions: list[str], may_be_unread: bool
) -> None:
    meant = releases_meant(version, day, load_idc_releases())
    assert meant is not None
    assert ([item.version for item in meant.releases], meant.may_be_unread) == (versions, may_be_unread)


def test_without_version_and_day_no_release_is_meant() -> None:
    assert releases_meant(None, None, load_idc_releases()) is None


def test_a_release_may_have_series_up_to_the_last_version_that_had_them() -> None:
    known, removed = load_idc_releases(), last_versions_of_removed()
    doi = "10.7937/djg7-gz87"
    assert removed[doi] == "18.2.0"
    for version, may in {"v17": True, "18.2.0": True, "v18": True, "v19": False, "v25": False}.items():
        meant = releases_meant(version, None, known)
        assert meant is not None
        assert may_have_removed(meant, [doi], known, removed) is may
        assert not may_have_removed(meant, ["10.1/other"], known, removed)


def test_the_index_of_series_and_the_list_of_removed_ones_agree_on_the_last_versions() -> None:
    order = [item.version for item in load_idc_releases()]
    listed: dict[str, set[str]] = {}
    with gzip.open(shipped("data") / "idc-removed-series.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            listed.setdefault(row["source_doi"].lower(), set()).add(row["last_version"])
    assert last_versions_of_removed() == {doi: max(found, key=order.index) for doi, found in listed.items()}
