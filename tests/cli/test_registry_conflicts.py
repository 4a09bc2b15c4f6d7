"""`registry conflicts --for` as a user runs it."""

import json

from tests.cli.run import is_one_clear_error, run


def test_a_report_for_an_archive_is_markdown() -> None:
    ran = run("registry", "conflicts", "--for", "idc")
    assert (ran.code, ran.err) == (0, "")
    assert "\n# Licenses that differ: for IDC (Imaging Data Commons)\n" in ran.out
    assert "\n### Phantom FDA\n" in ran.out


def test_json_has_the_differences_of_that_archive_alone() -> None:
    found = json.loads(run("registry", "conflicts", "--for", "idc", "--format", "json").out)
    assert [(each["dataset"], each["one_time"]) for each in found["conflicts"]] == [
        ("Pediatric-CT-SEG", True),
        ("Phantom FDA", True),
    ]


def test_the_list_says_which_are_of_one_time() -> None:
    printed = run("registry", "conflicts").out
    assert "Phantom FDA (43115), stated at the same time\n" in printed
    assert "NRG-1308 (42941), stated at different times\n" in printed


def test_another_archive_is_one_clear_error() -> None:
    is_one_clear_error(run("registry", "conflicts", "--for", "datacite"), "'datacite'")
