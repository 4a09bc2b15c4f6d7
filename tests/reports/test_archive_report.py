"""The report to an archive: claims, days and links of each difference, and what would settle it."""

import pytest

from tcia_policy.registry import Registry
from tcia_policy.registry.conflicts import conflicts_in
from tcia_policy.registry.conflicts_for import Addressee, for_archive
from tcia_policy.reports.archive_report import archive_report


def report(addressee: Addressee, *names: str) -> str:
    """Return the report on some datasets of the shipped registry."""
    registry = Registry.load()
    found = list(conflicts_in(map(registry.get, names), registry.registered))
    return archive_report(for_archive(addressee, found), registry)


def test_a_difference_has_its_claims_days_links_and_what_would_settle_it() -> None:
    text = report(Addressee.TCIA, "Phantom FDA")
    for line in (
        "# Licenses that differ: for TCIA (the Collection Manager)",
        "Differences of which a statement of yours is part: 1, of these 1 stated at the same time and 0 at different"
        " times. Statements of yours that do not count, since another one does: 0.",
        "What was read, each on its day; what a source says since is not known here:",
        "- TCIA Collection Manager, 2026-08-21 (<https://cancerimagingarchive.net/api/v1/>)",
        "<https://doi.org/10.7937/k9/tcia.2015.orbjkmux>"
        " (page: <https://www.cancerimagingarchive.net/collection/phantom-fda/>)",
        "Parts: Images (43115).",
        "| CC BY 3.0 | TCIA Collection Manager (label) | 2025-11-11 to 2026-08-21 | CC BY 3.0 |",
        "- idc-index-data 22.1.5 to 23.10.1: CC BY 3.0",
        "What would settle it: a statement which of these holds for these parts, and since when: CC BY 3.0 or CC BY-NC"
        " 3.0.",
        "- If it is CC BY-NC 3.0, correct what is stated by: TCIA Collection Manager (label) and IDC v25 index (long"
        " name, a copy of TCIA's label).",
    ):
        assert f"\n{line}\n" in text
    assert "listed these data as not permitted for commercial applications" in text


def test_statements_of_different_times_stand_apart_with_what_was_said_between() -> None:
    text = report(Addressee.NBIA, "NRG-1308")
    same, _, different = text.partition("## Stated at different times")
    assert same.rstrip().endswith("## Stated at the same time\n\nNone.")
    assert "### NRG-1308" in different
    assert "before: TCIA Limited" in different


def test_statements_that_do_not_count_are_a_list_of_their_own() -> None:
    text = report(Addressee.NBIA, "A091105")
    assert (
        "| [A091105](<https://doi.org/10.7937/0wf5-sj50>) | 43619 | NCTN Data Archive License |"
        " 2025-01-04 to 2025-04-10 | NIH Controlled Data Access Policy | 2026-07-09 |"
    ) in text
    assert "###" not in text


@pytest.mark.parametrize("addressee", Addressee)
def test_an_archive_of_which_nothing_is_wrong_gets_a_report_that_says_so(addressee: Addressee) -> None:
    assert report(addressee, "LIDC-IDRI").count("\nNone.\n") == 3
