"""Which registry is used: the one that is named, the user's own, or the one that ships."""

import os
import sys
from datetime import date
from pathlib import Path

import platformdirs
import pytest

from tcia_policy.errors import InputError
from tcia_policy.files.shipped import name_registry, shipped
from tcia_policy.model import RegistryPlace
from tcia_policy.registry import Registry
from tcia_policy.registry.generations import CURRENT, SEAL
from tcia_policy.registry.location import in_folder, located, own_root
from tests.registry.generations import put
from tests.registry.small_registry import dataset, write_registry


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the user's own registry, in which there is nothing yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    found = own_root()
    assert found is not None
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs itself says it")
@pytest.mark.parametrize("stated", ["/data/of/me", "", None])
def test_the_users_own_is_where_platformdirs_says(stated: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if stated is None:
        monkeypatch.delenv("XDG_DATA_HOME")
    else:
        monkeypatch.setenv("XDG_DATA_HOME", stated)
    assert own_root() == platformdirs.user_data_path("tcia-policy", appauthor=False) / "registry"


@pytest.mark.skipif(sys.platform != "linux", reason="there is no such variable")
def test_a_folder_that_depends_on_where_one_stands_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "here")
    assert own_root() is None
    assert located().place is RegistryPlace.SHIPPED


def test_where_the_user_has_none_the_one_that_ships_is_used(root: Path) -> None:
    assert not root.exists()
    found = located()
    assert (found.data, found.place, found.set_aside) == (shipped("data"), RegistryPlace.SHIPPED, None)


def test_the_users_own_comes_before_the_one_that_ships(root: Path) -> None:
    made = put(root)
    registry = Registry.load()
    assert (registry.located.data, registry.located.place) == (made.folder, RegistryPlace.OWN)
    assert [entry.id for entry in registry.entries] == ["One"]
    assert registry.get("One").doi == "10.1234/1"
    assert registry.digest == made.seal.digest


def test_what_was_kept_of_one_is_not_taken_for_another(root: Path) -> None:
    assert Registry.load().find("LIDC-IDRI") == ("LIDC-IDRI",)
    put(root)
    assert Registry.load().find("one") == ("One",)
    put(root, dataset("Two", "10.1234/2"))
    assert Registry.load().find("two") == ("Two",)


def test_the_users_own_is_set_aside_where_it_is_older(root: Path) -> None:
    put(root, day=date(2020, 1, 1))
    found = located()
    assert (found.data, found.place) == (shipped("data"), RegistryPlace.SHIPPED)
    assert "is not used, but the one that came with the program: it is of 2020-01-01, and" in (found.set_aside or "")


def test_the_users_own_is_set_aside_where_the_program_came_with_other_facts_than_it_was_made_from(root: Path) -> None:
    made = put(root)
    (made.folder / SEAL).write_text(
        made.seal.model_copy(update={"shipped": "0" * 64}).model_dump_json(), encoding="utf-8"
    )
    found = located()
    assert found.place is RegistryPlace.SHIPPED
    assert "it was made with another version of the program, and lacks facts" in (found.set_aside or "")


def test_the_users_own_of_the_same_day_is_used(root: Path) -> None:
    day = Registry.load(shipped("data")).day
    assert day is not None
    put(root, day=day)
    assert located().place is RegistryPlace.OWN


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("datasets/0.yaml", "id: One", "is damaged: its files are not those that were written"),
        (SEAL, '{"form": 999}', "was written by another version of this program, in a form that is not read"),
        (SEAL, "", "is no seal of a registry"),
        (f"../{CURRENT}", "hello", "current does not name a generation of a registry"),
        (f"../{CURRENT}", "2099-01-02-000000000000", "no such file"),
    ],
)
def test_the_users_own_is_set_aside_where_it_is_damaged(root: Path, file: str, content: str, says: str) -> None:
    made = put(root)
    (made.folder / file).write_text(content, encoding="utf-8")
    found = located()
    assert (found.data, found.place) == (shipped("data"), RegistryPlace.SHIPPED)
    assert says in (found.set_aside or "")
    assert str(root) in (found.set_aside or "")


def test_a_registry_that_is_named_comes_before_the_users_own(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root)
    plain = write_registry(tmp_path / "plain", [dataset("Plain", "10.1234/3")])
    monkeypatch.setenv("TCIA_POLICY_REGISTRY", str(plain))
    assert [entry.id for entry in Registry.load().entries] == ["Plain"]
    updated = put(tmp_path / "updated", dataset("Old", "10.1234/4"), day=date(2020, 1, 1))
    try:
        name_registry(tmp_path / "updated")
        found = located()
    finally:
        name_registry(None)
    assert (found.data, found.place) == (updated.folder, RegistryPlace.NAMED)


def test_a_program_opens_either_kind_of_folder(tmp_path: Path) -> None:
    made = put(tmp_path / "updated")
    assert Registry.load(tmp_path / "updated").located.data == made.folder
    plain = write_registry(tmp_path / "plain", [dataset("Plain", "10.1234/3")])
    assert Registry.load(plain).located.data == plain


@pytest.mark.parametrize("damage", ["nothing there", "an empty folder", "a damaged one", "a file"])
def test_nothing_takes_the_place_of_one_that_is_named(tmp_path: Path, damage: str) -> None:
    named = tmp_path / "named"
    if damage == "an empty folder":
        named.mkdir()
    elif damage == "a file":
        named.write_text("", encoding="utf-8")
    elif damage == "a damaged one":
        (put(named).folder / "index.json").write_text("{}", encoding="utf-8")
    try:
        name_registry(named)
        with pytest.raises(InputError, match=r"has no registry|is damaged"):
            located()
    finally:
        name_registry(None)


def test_a_registry_may_have_versions_of_idcs_index_that_the_shipped_one_has_not(root: Path, tmp_path: Path) -> None:
    plain = write_registry(tmp_path / "plain", [dataset("Plain", "10.1234/3")])
    assert Registry.load(plain).releases == Registry.load(shipped("data")).releases
    (plain / "idc-releases.yaml").write_text(
        "[{version: 26.0.0, idc: 26, released: 2027-01-01, packaged: 2027-01-02}]", encoding="utf-8"
    )
    assert [each.version for each in Registry.load(plain).registered.releases] == ["26.0.0"]


def test_an_update_is_named_only_where_it_can_make_a_registry(tmp_path: Path) -> None:
    (tmp_path / ".lock").touch()
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError, match="has no registry") as wrong:
            in_folder(folder)
        assert f"registry update --registry {folder}" in (wrong.value.hint or "")
    (tmp_path / "paper.tex").touch()
    for place in (tmp_path, tmp_path / "paper.tex"):
        with pytest.raises(InputError, match="has no registry") as wrong:
            in_folder(place)
        assert "update" not in (wrong.value.hint or "")


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owner here")
@pytest.mark.parametrize("where", ["", "current", "{name}", "{name}/index.json"])
def test_the_users_own_is_set_aside_where_others_may_have_written_it(root: Path, where: str) -> None:
    made = put(root)
    path = root / where.format(name=made.name)
    path.chmod(path.stat().st_mode | 0o002)
    found = located()
    assert found.place is RegistryPlace.SHIPPED
    told = where.format(name=made.name) or "the folder"
    assert f"{told} may have been written by somebody else" in (found.set_aside or "")
