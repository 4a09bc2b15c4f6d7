"""Writing files: whole or not at all."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files.atomic import read_file, replace_file, write_folder, write_new_file

FULL = OSError(28, "No space left on device")


def found(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.iterdir())}


def test_a_new_file_has_the_usual_permissions_and_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a"
    mask = os.umask(0o027)
    try:
        write_new_file(path, "ä\n")
    finally:
        os.umask(mask)
    assert path.read_bytes() == "ä\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    with pytest.raises(InputError, match="exists already"):
        write_new_file(path, "b")
    write_new_file(path, "b", overwrite=True)
    assert found(tmp_path) == {"a": "b"}


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "link").symlink_to("a")
    write_new_file(tmp_path / "link", "new", overwrite=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_text() == "new"


def test_all_files_of_a_folder_are_written_in_subfolders_too(tmp_path: Path) -> None:
    paths = write_folder(tmp_path / "new", {"a": "1", "sub/b": "2"})
    assert paths == (tmp_path / "new" / "a", tmp_path / "new" / "sub" / "b")
    assert [path.read_text() for path in paths] == ["1", "2"]


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(InputError, match="is a directory, not a file"):
        write_folder(tmp_path, {"a": "1", "b": "2"})
    (tmp_path / "b").rmdir()
    (tmp_path / "b").write_text("mine")
    with pytest.raises(InputError, match="exists already"):
        write_folder(tmp_path, {"a": "1", "b": "2"})
    assert found(tmp_path) == {"b": "mine"}


@pytest.mark.parametrize("fails", ["os.fdopen", "Path.chmod", "Path.replace"])
def test_a_disk_that_is_full_leaves_the_old_files_and_nothing_else(fails: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    with patch(f"tcia_policy.files.atomic.{fails}", side_effect=FULL), pytest.raises(InputError) as raised:
        write_folder(tmp_path, {"a": "new", "b": "new"}, overwrite=True)
    assert str(raised.value) == f"{tmp_path}: cannot be written: No space left on device"
    assert found(tmp_path) == {"a": "old"}


def test_a_second_file_that_fails_leaves_no_temporary_file(tmp_path: Path) -> None:
    def succeed_once() -> Iterator[object]:
        yield None
        raise FULL

    with patch("tcia_policy.files.atomic.Path.chmod", side_effect=succeed_once()), pytest.raises(InputError):
        write_folder(tmp_path, {"a": "new", "b": "new"})
    assert found(tmp_path) == {}


def test_an_interrupt_leaves_nothing(tmp_path: Path) -> None:
    with patch("tcia_policy.files.atomic.Path.chmod", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        write_new_file(tmp_path / "a", "new")
    assert found(tmp_path) == {}


def test_a_file_is_replaced_only_if_it_is_still_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert read_file(path, 10) is None
    replace_file(path, b"one", None)
    path.chmod(0o600)
    replace_file(path, b"two", read_file(path, 10))
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("two", 0o600)
    with pytest.raises(InputError, match="was changed by another program meanwhile"):
        replace_file(path, b"three", b"one")
    assert found(tmp_path) == {"a": "two"}


def test_a_file_with_several_names_keeps_them(tmp_path: Path) -> None:
    path, twin = tmp_path / "a", tmp_path / "b"
    path.write_text("old and long")
    twin.hardlink_to(path)
    replace_file(path, b"new", b"old and long")
    assert found(tmp_path) == {"a": "new", "b": "new"}
    assert path.samefile(twin)


def test_where_writing_into_such_a_file_fails_it_has_what_it_had(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    (tmp_path / "b").hardlink_to(path)
    whole = Path.write_bytes

    def fail_once(target: Path, content: bytes) -> int:
        if content == b"new":
            whole(target, content[:1])
            raise FULL
        return whole(target, content)

    with patch("tcia_policy.files.atomic.Path.write_bytes", fail_once), pytest.raises(InputError, match="No space"):
        replace_file(path, b"new", b"old")
    assert found(tmp_path) == {"a": "old", "b": "old"}


def test_what_was_read_is_not_written_over_by_any_name(tmp_path: Path) -> None:
    path = tmp_path / "input"
    path.write_text("mine")
    (tmp_path / "link").symlink_to(path)
    (tmp_path / "twin").hardlink_to(path)
    for name in ("input", "link", "twin"):
        with pytest.raises(InputError, match="was read"):
            write_new_file(tmp_path / name, "new", overwrite=True, keep=[path, tmp_path / "gone"])
    with pytest.raises(InputError, match="was read"):
        write_folder(tmp_path, {"other": "new", "twin": "new"}, overwrite=True, keep=[path])
    assert found(tmp_path) == {"input": "mine", "link": "mine", "twin": "mine"}
    write_new_file(tmp_path / "other", "new", keep=[path, tmp_path / "gone"])
