"""Versions of IDC's index, found by what a project says: a version, or a day."""

from datetime import date

import pytest

from tcia_policy.registry.idc_releases import load_idc_releases, releases_named, releases_of


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
