"""Which registry a command uses, and what it says of that."""

import json
from datetime import date
from pathlib import Path

import pytest

from tcia_policy.cli.main import COMMANDS
from tcia_policy.registry.location import own_root
from tests.cli.run import DAY, is_one_clear_error, run
from tests.registry.generations import put
from tests.registry.small_registry import dataset, write_registry

CHECK = ("check", "Plain", "--activity", "analyze", "--purpose", "noncommercial", "--as-of", DAY)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """Return a folder with a registry of one dataset."""
    return write_registry(tmp_path / "plain", [dataset("Plain", "10.1234/3")])


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the user's own registry, in which there is nothing yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    found = own_root()
    assert found is not None
    return found


@pytest.mark.parametrize("command", [each.name for each in COMMANDS])
def test_every_command_can_be_told_which_registry_it_uses(command: str) -> None:
    ran = run(command, "--help") if command not in ("rules", "registry", "review") else run(command, "list", "--help")
    if command == "registry":
        ran = run(command, "status", "--help")
    assert "--registry DIR" in ran.out


def test_a_registry_that_is_named_is_used_once_and_said(plain: Path) -> None:
    ran = run(*CHECK, "--registry", plain)
    assert (ran.code, ran.err) == (0, "")
    words = " ".join(ran.out.split())
    assert "Judged with the registry that was named, of 2026-08-21." in words
    assert "Its licenses here are from TCIA, 2026-08-21 (93 days)." in words
    assert run(*CHECK).code == 2


def test_the_variable_names_one_and_the_option_comes_before_it(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TCIA_POLICY_REGISTRY", str(plain))
    assert run("show", "Plain").code == 0
    monkeypatch.setenv("TCIA_POLICY_REGISTRY", "nowhere")
    assert run("show", "Plain", "--registry", plain).code == 0
    is_one_clear_error(run("show", "Plain"), "nowhere: TCIA_POLICY_REGISTRY: has no registry", "registry update")


def test_json_always_says_which_registry_was_used_and_how_old_each_source_is(plain: Path) -> None:
    named = json.loads(run(*CHECK, "--registry", plain, "--format", "json").out)["fact_days"]
    assert (named["place"], [each["id"] for each in named["sources"]]) == ("named", ["tcia"])
    shipped = json.loads(run("check", "LIDC-IDRI", "--as-of", DAY, "--format", "json").out)["fact_days"]
    assert shipped["place"] == "shipped"
    speaking = {each["id"]: each["age"] for each in shipped["sources"] if each["speaks"]}
    assert speaking["tcia-collection-manager"] == (date.fromisoformat(DAY) - date(2026, 8, 21)).days
    assert len(shipped["sources"]) > len(speaking)


def test_nothing_is_said_of_the_one_that_ships() -> None:
    ran = run("check", "LIDC-IDRI", "--as-of", DAY)
    assert "egistry of 2026" not in ran.out
    assert ran.err == ""


def test_the_users_own_is_used_and_where_it_is_set_aside_a_line_says_so(root: Path) -> None:
    put(root, dataset("Plain", "10.1234/3"))
    ran = run(*CHECK)
    assert (ran.code, ran.err) == (0, "")
    assert "Judged with your own registry, of 2026-08-21." in " ".join(ran.out.split())
    assert "Plain" in run("list").out
    (root / "current").write_text("x", encoding="utf-8")
    for command in (("show", "LIDC-IDRI"), ("list", "lung"), ("check", "LIDC-IDRI", "--as-of", DAY)):
        said = run(*command)
        assert said.err.startswith(f"your registry in {root} is not used, but the one that came with the program: ")
        assert len(said.err.splitlines()) == 1
