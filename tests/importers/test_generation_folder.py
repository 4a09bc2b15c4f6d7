"""Putting a generation into force: whole or not at all, by one program at a time, wherever it is stopped."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers.generation_folder import LOCK, alone_in, put_in_force
from tcia_policy.registry.generations import SEAL, current_name, digest_of, is_intact, read_generation
from tests.registry.generations import made, put
from tests.registry.small_registry import dataset

ONE, TWO, THREE = (dataset(f"Set-{number}", f"10.1234/{number}") for number in (1, 2, 3))
TOUCHES = ("open", "os.", "shutil.", "fcntl.")
STOPPED = 9


def names_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()} - {"current", LOCK}


def stopped_at(step: int, change: Callable[[], object]) -> bool:
    """Make a change in a process that ends without a word before it touches files for the n-th time.

    Return whether it was stopped, and had not ended before.
    """
    child = os.fork()
    if child == 0:
        left = [step]

        def count(event: str, _arguments: object) -> None:
            if event.startswith(TOUCHES):
                left[0] -= 1
                if left[0] == 0:
                    os._exit(STOPPED)

        sys.addaudithook(count)
        change()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == STOPPED


def test_the_one_before_stays_and_the_others_go(tmp_path: Path) -> None:
    first, second, third = (put(tmp_path, each) for each in (ONE, TWO, THREE))
    assert [each.seal.before for each in (first, second, third)] == [None, first.name, second.name]
    assert current_name(tmp_path) == third.name
    assert names_in(tmp_path) == {second.name, third.name}


def test_the_same_again_changes_no_byte(tmp_path: Path) -> None:
    first = put(tmp_path, ONE)
    put(tmp_path, TWO)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    put(tmp_path, TWO)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    again = put(tmp_path, ONE)
    assert (again.name, again.seal.before) == (first.name, read_generation(tmp_path, again.seal.before or "").name)


def test_what_does_not_pass_leaves_no_trace(tmp_path: Path) -> None:
    first = put(tmp_path, ONE)

    def refuse(folder: Path) -> None:
        assert (folder / "index.json").is_file()
        raise InputError("one fact is wrong", file=folder / "index.json")

    with pytest.raises(InputError, match="one fact is wrong"):
        put(tmp_path, TWO, check=refuse)
    assert current_name(tmp_path) == first.name
    assert names_in(tmp_path) == {first.name}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not copied there")
def test_wherever_it_is_stopped_the_old_or_the_new_one_is_in_force(tmp_path: Path) -> None:
    before, old = (put(tmp_path, each).name for each in (ONE, TWO))
    seen, step = set(), 0
    while stopped_at(step := step + 1, lambda: put(tmp_path, THREE)):
        name = current_name(tmp_path)
        assert name is not None
        found = read_generation(tmp_path, name)
        assert is_intact(found, digest_of(found.folder)), f"stopped at {step}"
        seen.add(name == old)
        if name != old:
            assert found.seal.before == old
            put(tmp_path, ONE)
            put(tmp_path, TWO)
    assert seen == {True, False}
    assert step > 20
    put(tmp_path, THREE)
    assert len(names_in(tmp_path)) == 2
    assert before not in names_in(tmp_path)


def test_a_damaged_one_is_replaced_and_is_nobodys_before(tmp_path: Path) -> None:
    damaged = put(tmp_path, ONE)
    (damaged.folder / "index.json").write_text("{}", encoding="utf-8")
    again = put(tmp_path, ONE)
    assert (again.name, again.seal.before) == (damaged.name, None)
    assert is_intact(again, digest_of(again.folder))


def test_the_same_facts_with_another_version_of_the_program_are_sealed_again(tmp_path: Path) -> None:
    first = put(tmp_path, ONE)
    of_another = first.seal.model_copy(update={"shipped": "0" * 64})
    (first.folder / SEAL).write_text(of_another.model_dump_json(), encoding="utf-8")
    again = put(tmp_path, ONE)
    assert (again.name, again.seal) == (first.name, first.seal)
    assert is_intact(again, digest_of(again.folder))


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    root = tmp_path / "registry"
    with alone_in(root), pytest.raises(InputError, match="is being updated by another program"):
        put(root, ONE)
    put(root, ONE)


@pytest.mark.parametrize("file", ["index.json", "paper.tex", "datasets/0.yaml"])
def test_nobodys_files_are_written_beside(tmp_path: Path, file: str) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="has files that are not of an updated registry"):
        put(tmp_path, ONE)
    assert [path.name for path in tmp_path.iterdir()] == [Path(file).parts[0]]


@pytest.mark.parametrize("call", ["write_bytes", "mkdir", "rename", "replace"])
@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EROFS])
def test_a_full_disk_leaves_the_old_one(
    tmp_path: Path, call: str, reason: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(reason, os.strerror(reason))

    old, new = put(tmp_path, ONE), made(TWO)
    with alone_in(tmp_path), monkeypatch.context() as patched:
        patched.setattr(Path, call, fail)
        with pytest.raises(InputError, match=f"cannot be written: {os.strerror(reason)}"):
            put_in_force(new, tmp_path, lambda _folder: None)
    assert current_name(tmp_path) == old.name
    assert is_intact(old, digest_of(old.folder))
    put(tmp_path, TWO)
    assert len(names_in(tmp_path)) == 2


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written") as wrong:
        put(tmp_path / "file" / "registry", ONE)
    assert wrong.value.hint == "name another folder with --registry"
