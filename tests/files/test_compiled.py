"""`compiled`: what is kept is what would be made, and what cannot be trusted is made anew."""

import errno
import hashlib
import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tcia_policy.documents.model import TextBlock
from tcia_policy.errors import InputError
from tcia_policy.evidence.mentions.mentions import NameFinder
from tcia_policy.files import compiled as module
from tcia_policy.files.compiled import _Place, compiled
from tcia_policy.files.shipped import shipped
from tcia_policy.registry import Registry, load_licenses
from tcia_policy.rules import rulebook


class Making:
    """A function that makes a value of a file, and how often it did."""

    def __init__(self, path: Path) -> None:
        self.path, self.times = path, 0

    def __call__(self) -> str:
        self.times += 1
        return f"made of {self.path.read_text(encoding='utf-8')}"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.yaml"
    path.write_text("one", encoding="utf-8")
    return path


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file in which things are kept, as if beside the package; files of this moment count as old."""
    path = tmp_path / "cache" / "kept.compiled"
    monkeypatch.setattr(module, "_places", lambda name: (_Place(path, in_user_cache=False),))
    monkeypatch.setattr(module, "SETTLED", -(10**9))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return path


def test_what_is_kept_is_not_made_again(source: Path, kept: Path) -> None:
    make = Making(source)
    assert [compiled("x", [source], make) for _ in range(3)] == ["made of one"] * 3
    assert make.times == 1
    assert kept.is_file()


def test_models_come_back_as_they_were(source: Path, kept: Path) -> None:
    licenses = dict(load_licenses())
    assert compiled("x", [source], lambda: licenses) == licenses
    assert compiled("x", [source], never) == licenses


def never() -> Any:
    raise AssertionError("it is kept, and need not be made")


def test_another_text_of_the_same_length_and_time_is_made_anew(source: Path, kept: Path) -> None:
    make = Making(source)
    compiled("x", [source], make)
    before = source.stat()
    source.write_text("two", encoding="utf-8")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert compiled("x", [source], make) == "made of two"


def test_a_file_that_was_only_touched_is_not_made_again(source: Path, kept: Path) -> None:
    make = Making(source)
    compiled("x", [source], make)
    before = kept.read_bytes()
    os.utime(source, ns=(1, 1))
    assert compiled("x", [source], make) == "made of one"
    assert make.times == 1
    assert kept.read_bytes() != before  # so that the next start need not look into the source


@pytest.mark.parametrize("change", [lambda new: new.write_text("x"), lambda new: new.mkdir() or (new / "y").touch()])
def test_a_file_that_is_new_in_a_folder_counts(
    tmp_path: Path, source: Path, kept: Path, change: Callable[[Path], object]
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a").touch()
    make = Making(source)
    compiled("x", [folder], make)
    change(folder / "new")
    compiled("x", [folder], make)
    assert make.times == 2


def test_a_folder_that_shipped_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    look = module._looked_at

    def counted(path: str) -> Any:
        looked_at.append(path)
        return look(path)

    module._shipped_states.cache_clear()
    monkeypatch.setattr(module, "_looked_at", counted)
    once = module._touched([shipped("rules")])
    again = module._touched([shipped("rules"), shipped("rules") / "reference"])
    assert once is not None
    assert again is not None
    assert len(again) > len(once)
    assert len(looked_at) == len(set(looked_at))


def test_a_mistake_is_told_each_time_and_nothing_is_kept(source: Path, kept: Path) -> None:
    def fail() -> str:
        raise InputError("is wrong", file=source, line=3)

    for _ in range(2):
        with pytest.raises(InputError, match="is wrong") as caught:
            compiled("x", [source], fail)
        assert caught.value.line == 3
    assert not kept.exists()


def test_a_mistake_in_a_shipped_rule_is_told_with_its_line_each_time(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "x.yaml").write_text("rules:\n  - {id: x}\n", encoding="utf-8")
    monkeypatch.setattr(rulebook, "shipped", lambda _: tmp_path / "rules")
    told = []
    for _ in range(2):
        with pytest.raises(InputError) as caught:
            rulebook._shipped_rules.__wrapped__(examples=False)
        told.append((caught.value.line, caught.value.field, str(caught.value)))
    assert told[0] == told[1]
    assert told[0][:2] == (1, "policy")


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content[:-3] + b"xyz",
        lambda content: content[:100],
        lambda content: b"\n\n\n",
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: b"\xff" * 300,
    ],
)
def test_what_is_damaged_is_made_anew_and_whole_again(
    source: Path, kept: Path, damage: Callable[[bytes], bytes]
) -> None:
    make = Making(source)
    compiled("x", [source], make)
    whole = kept.read_bytes()
    kept.write_bytes(damage(whole))
    assert compiled("x", [source], make) == "made of one"
    assert make.times == 2
    assert kept.read_bytes() == whole


class Runs:
    """An object whose pickle runs a command when it is loaded."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.mark),)


def test_a_pickle_that_runs_something_is_not_loaded(tmp_path: Path, source: Path, kept: Path) -> None:
    make = Making(source)
    compiled("x", [source], make)
    by_time, by_content, *_ = kept.read_bytes().split(b"\n", 3)
    evil = pickle.dumps(Runs(tmp_path / "ran"))
    digest = hashlib.sha256(evil).hexdigest().encode()
    kept.write_bytes(b"\n".join((by_time, by_content, digest, evil)))
    assert compiled("x", [source], make) == "made of one"
    assert not (tmp_path / "ran").exists()


def test_what_another_program_made_does_not_count(source: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Making(source)
    compiled("x", [source], make)
    monkeypatch.setattr(module, "__version__", "another")
    compiled("x", [source], make)
    assert make.times == 2


def test_a_module_that_changed_counts(source: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Making(source)
    compiled("x", [source], make)
    monkeypatch.setattr(module, "_code", lambda: ((str(source), 1, 1, 1, 1),))
    monkeypatch.setattr(module, "_code_by_time", module._code_by_time.__wrapped__)
    compiled("x", [source], make)
    assert make.times == 2


def test_every_room_whose_code_counts_is_seen() -> None:
    files = [state[0] for state in module._code()]
    assert len(files) > 50
    assert {Path(each).suffix for each in files} == {".py"}
    for room in module.ROOMS:
        assert any(f"tcia_policy{os.sep}{room}" in each for each in files)


def test_a_file_that_was_just_changed_is_not_kept(source: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SETTLED", 10**12)
    assert compiled("x", [source], Making(source)) == "made of one"
    assert not kept.exists()


def test_a_source_that_is_not_there_is_no_matter(tmp_path: Path, source: Path, kept: Path) -> None:
    assert compiled("x", [tmp_path / "none"], Making(source)) == "made of one"
    assert not kept.exists()


def test_without_a_place_to_keep_it_all_is_made(source: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.parent.write_text("a file where the folder should be", encoding="utf-8")
    make = Making(source)
    assert [compiled("x", [source], make) for _ in range(2)] == ["made of one"] * 2


def test_a_full_disk_leaves_nothing_behind(source: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert compiled("x", [source], Making(source)) == "made of one"
    assert list(kept.parent.iterdir()) == []


def test_the_user_cache_takes_what_may_not_be_written_beside_the_package(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SETTLED", -(10**9))
    monkeypatch.setattr(module, "user_cache", lambda: tmp_path / "cache")
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "byte code"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    make = Making(source)
    assert [compiled("x", [source], make) for _ in range(2)] == ["made of one"] * 2
    assert make.times == 1
    assert not (tmp_path / "byte code").exists()
    assert [path.name for path in (tmp_path / "cache").rglob("*.compiled")] == ["x.compiled"]
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    compiled("x", [source], make)
    assert [path.name for path in (tmp_path / "byte code").rglob("*.compiled")] == [
        f"x.{sys.implementation.cache_tag}.compiled"
    ]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows has no such modes")
def test_what_others_could_write_in_the_user_cache_does_not_count(
    source: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_places", lambda name: (_Place(kept, in_user_cache=True),))
    make = Making(source)
    compiled("x", [source], make)
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.chmod(0o622)
    compiled("x", [source], make)
    assert make.times == 2
    other = kept.with_name("other")
    kept.rename(other)
    kept.symlink_to(other)
    compiled("x", [source], make)
    assert make.times == 3


def test_what_finds_names_in_texts_finds_the_same_when_it_is_kept(source: Path, kept: Path) -> None:
    registry = Registry.load()
    finder = NameFinder(registry.entries)
    assert compiled("x", [source], lambda: finder) is finder
    again = compiled("x", [source], never)
    assert again is not finder
    text = " ".join(f"We used {entry.id} and {entry.title}." for entry in registry.entries)
    prose = TextBlock("paper.md", text)
    assert again.find(prose) == finder.find(prose) != []
