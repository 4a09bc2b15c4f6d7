"""`registry diff`, `changes`, `watch` and `show --history`: what changed, and whether it concerns a study."""

import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tcia_policy.model import Contact, Dataset
from tests.cli.run import DAY, is_one_clear_error, run
from tests.registry.generations import put
from tests.registry.histories import BY4, JULY, MARCH, NC4, THERE_AND_BACK, changed, claim, images, past
from tests.registry.small_registry import dataset, write_registry

PROJECT = """\
use: {purpose: noncommercial, activities: [analyze]}
data: [{dataset: One}, {own: {name: Our CT}}]
"""
NOW = changed(images(claim(NC4, JULY, JULY), before=(past(BY4, MARCH, date(2026, 6, 20)),)))
THEN = changed(images(claim(BY4, MARCH)))
DESK = Contact(name="Desk", email="desk@example.org", source="tcia")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "tcia-policy.yaml").write_text(PROJECT, encoding="utf-8")
    return folder


def folder_of(folder: Path, *datasets: Dataset) -> Path:
    return write_registry(folder, datasets)


@pytest.fixture
def updated(tmp_path: Path) -> Path:
    """Return the folder of a registry that was updated twice: the license of its dataset is another since."""
    root = tmp_path / "root"
    put(root, THEN, day=date(2099, 1, 1))
    put(root, NOW, day=date(2099, 1, 2))
    return root


def test_two_folders_are_compared(tmp_path: Path) -> None:
    old, new = folder_of(tmp_path / "old", THEN), folder_of(tmp_path / "new", NOW, dataset("Two", "10.1234/2"))
    ran = run("registry", "diff", old, new)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("CHANGED  Registry of 2026-08-21 against that of 2026-08-21: 2 datasets: ")
    assert "  license of part Images (1): stricter\n    was: CC BY 4.0, last seen on 2026-06-20\n" in ran.out
    assert "Two\n  the dataset: is new\n" in ran.out
    found = json.loads(run("registry", "diff", old, new, "--format", "json").out)
    assert (found["changes"][0]["kind"], found["changes"][0]["meaning"]) == ("license", "stricter")
    assert run("registry", "diff", new, new).out.startswith("THE SAME  ")


def test_a_root_is_compared_by_its_generation_in_force_and_words_name_the_others(updated: Path) -> None:
    ran = run("registry", "diff", "before", "--registry", updated)
    assert "license of part Images (1): stricter" in ran.out
    assert run("registry", "diff", updated, "current", "--registry", updated).out.startswith("THE SAME")
    assert (
        "LIDC-IDRI\n  the dataset: is not in the registry any more\n" in run("registry", "diff", "bundled", updated).out
    )
    is_one_clear_error(run("registry", "diff", "bundled", updated.parent), f"{updated.parent}: NEW: has no registry")
    is_one_clear_error(run("registry", "diff", "nowhere"), "OLD: 'nowhere' is no folder with a registry", "bundled")


def test_without_a_lock_a_study_is_compared_with_the_registry_before_the_update(study: Path, updated: Path) -> None:
    ran = run("registry", "watch", study, "--registry", updated)
    assert ran.code == 1
    assert ran.out.startswith("CHANGED  The data of this study, against the registry of 2026-08-21, before the")
    assert "license of part Images (1): stricter" in ran.out
    assert "Not in the registry, so not watched: Our CT\n" in ran.out
    assert "states of" not in ran.out


def test_where_nothing_is_before_it_says_what_to_name(study: Path, tmp_path: Path) -> None:
    plain = folder_of(tmp_path / "plain", NOW)
    is_one_clear_error(run("registry", "watch", study, "--registry", plain), "nothing to compare with", "--since")
    assert run("registry", "watch", study, "--registry", plain, "--since", "2026-07-02").code == 0
    assert run("registry", "watch", study, "--registry", plain, "--since", "2026-07-01").code == 1
    is_one_clear_error(run("registry", "watch", study, "--since", "July"), "--since: 'July' is not a day")


def test_a_lock_knows_what_was_on_record_whatever_the_registry_kept(study: Path, tmp_path: Path) -> None:
    then = folder_of(tmp_path / "then", THEN.model_copy(update={"contacts": (DESK,)}))
    assert run("lock", study, "--as-of", DAY, "--registry", then).code == 0
    same = run("registry", "watch", study, "--registry", then)
    assert (same.code, "The lock was made with this very registry." in same.out) == (0, True)
    forgot = folder_of(tmp_path / "forgot", changed(images(claim(NC4, JULY))))
    lock = study / "tcia-policy.lock"
    (study / "alone.lock").write_bytes(lock.read_bytes())
    for named in (study, lock, study / "alone.lock"):
        ran = run("registry", "watch", named, "--registry", forgot)
        assert ran.code == 1
        assert "license of part Images (1): stricter" in ran.out
        assert "contact: gone\n    was: Desk, desk@example.org" in ran.out
        assert "this very registry" not in ran.out
    assert (
        "One, contact/Desk: Desk, desk@example.org -> not there"
        in run("check", study, "--locked", "-q", "--as-of", DAY, "--registry", forgot).err
    )
    ran = run("registry", "watch", lock, "--registry", folder_of(tmp_path / "gone", dataset("Two", "10.1234/2")))
    assert (ran.code, "the dataset: is not in the registry any more" in ran.out) == (1, True)


def test_a_lock_of_an_older_program_is_compared_by_the_day_of_its_registry(study: Path, tmp_path: Path) -> None:
    then, now = folder_of(tmp_path / "then", THEN), folder_of(tmp_path / "now", NOW)
    run("lock", study, "--as-of", DAY, "--registry", then)
    lock = study / "tcia-policy.lock"
    content = json.loads(lock.read_text(encoding="utf-8"))
    del content["datasets"]
    content["versions"]["registry"] = "2026-07-01"
    lock.write_text(json.dumps(content), encoding="utf-8")
    for named in (study, lock):
        assert "license of part Images (1): stricter" in run("registry", "watch", named, "--registry", now).out
    content["versions"]["registry"] = "2026-07-02"
    lock.write_text(json.dumps(content), encoding="utf-8")
    assert run("registry", "watch", lock, "--registry", now).code == 0


def test_a_lock_that_is_newer_than_the_registry_proves_nothing(study: Path, updated: Path, tmp_path: Path) -> None:
    run("lock", study, "--as-of", DAY, "--registry", updated)
    lock = study / "tcia-policy.lock"
    lock.write_text(lock.read_text(encoding="utf-8").replace("2026-08-21", "2099-01-02"), encoding="utf-8")
    ran = run("registry", "watch", study, "--registry", folder_of(tmp_path / "old", THEN))
    says = f"{lock}: was made with the registry of 2099-01-02, and this one is of 2026-08-21"
    is_one_clear_error(ran, says, "registry update")
    damaged = json.loads(lock.read_text(encoding="utf-8"))
    damaged["datasets"][0]["facts"]["weather/1"] = "fair"
    lock.write_text(json.dumps(damaged), encoding="utf-8")
    is_one_clear_error(run("registry", "watch", lock, "--registry", updated), f"{lock}: datasets", "lock --update")


def test_what_changed_since_a_day_is_a_feed_a_page_and_json(tmp_path: Path) -> None:
    plain = ("--registry", folder_of(tmp_path / "plain", changed(THERE_AND_BACK)))
    arguments = ("registry", "changes", "--since", "2026-02-01", *plain)
    feed = ElementTree.fromstring(run(*arguments, "--format", "atom").out)  # noqa: S314 - what the program wrote
    space = {"a": "http://www.w3.org/2005/Atom"}
    entries = feed.findall("a:entry", space)
    titles = [each.findtext("a:title", "", space) for each in entries]
    assert titles[-2:] == [
        "One: license of part Images (1): stricter",
        "One: what TCIA states of part Images (1): stricter",
    ]
    assert entries[0].findtext("a:updated", "", space) == "2026-07-01T00:00:00Z"
    assert len({each.findtext("a:id", "", space) for each in entries}) == len(entries)
    assert run(*arguments, "--format", "atom").out == run(*arguments, "--format", "atom").out
    assert "- license of part Images (1): less strict\n" in run(*arguments, "--format", "md").out
    found = json.loads(run(*arguments, "--format", "json").out)
    assert {each["since"] for each in found["changes"]} == {"2026-03-01", "2026-07-01"}
    later = run("registry", "changes", "--since", "2026-07-02", "--format", "atom", *plain)
    assert ElementTree.fromstring(later.out).findall("a:entry", space) == []  # noqa: S314


def test_what_its_archive_has_no_longer_or_hides_is_shown_so(tmp_path: Path) -> None:
    gone = images(claim(BY4, JULY), withdrawn=JULY)
    hidden = images(claim(BY4, JULY), listed=False).model_copy(update={"id": "2"})
    plain = folder_of(tmp_path / "plain", changed(gone, hidden))
    for options in ((), ("-v",)):
        ran = run("show", "One", "--registry", plain, *options)
        assert ", withdrawn: not there on 2026-07-01\n" in ran.out
        assert ", not listed on its page\n" in ran.out
    whole = folder_of(tmp_path / "whole", changed(images(claim(BY4, JULY)), withdrawn=JULY))
    shown = " ".join(run("show", "One", "--registry", whole).out.split())
    assert "withdrawn: its archive was first seen without it on 2026-07-01" in shown
    checked = run("check", "One", "--activity", "analyze", "--purpose", "noncommercial", "--registry", whole, "-q")
    assert "One: its archive was first seen without it on 2026-07-01" in checked.err


def test_the_history_of_a_dataset_is_told_by_day(tmp_path: Path) -> None:
    plain = ("--registry", folder_of(tmp_path / "plain", changed(THERE_AND_BACK)))
    ran = run("show", "One", "--history", *plain)
    assert "  2026-03-01  license of part Images (1): stricter\n              was: CC BY 4.0, last seen on" in ran.out
    assert "  2026-07-01  license of part Images (1): less strict\n" in ran.out
    assert "IDC's index, by version\n" in run("show", "LIDC-IDRI", "--history").out
    history = json.loads(run("show", "One", "--history", "--format", "json", *plain).out)["history"]
    assert [each["since"] for each in history[0] if each["kind"] == "license"] == [
        "2026-01-01",
        "2026-03-01",
        "2026-07-01",
    ]
    assert json.loads(run("show", "One", "--format", "json", *plain).out)["history"] == []


def test_nothing_is_taken_for_unchanged_since_a_day_that_the_registry_does_not_know(
    study: Path, tmp_path: Path
) -> None:
    plain = folder_of(tmp_path / "plain", NOW)
    ran = run("registry", "watch", study, "--registry", plain, "--since", "2026-08-22")
    is_one_clear_error(ran, "what changed since 2026-08-22 is not known", "registry update")
    ran = run("registry", "changes", "--registry", plain, "--since", "2026-08-22")
    assert ran.code == 0
    assert ran.out.startswith("NOT KNOWN  Registry of 2026-08-21, since 2026-08-22: nothing on record; what")
