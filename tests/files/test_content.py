"""The content of a file, bounded and of regular files only."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files.content import is_folder, read_content, read_end, read_start, regular_size

READERS: tuple[Callable[[Path], object], ...] = (
    regular_size,
    lambda path: read_content(path, 10),
    lambda path: read_start(path, 10),
    lambda path: read_end(path, 10),
)


def test_a_file_is_read_up_to_its_bound(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "link").symlink_to("a")
    for path in (tmp_path / "a", tmp_path / "link"):
        assert regular_size(path) == 5
        assert read_content(path, 5) == b"12345"
        assert read_start(path, 2) == b"12"
        assert read_end(path, 2) == b"45"
        assert read_end(path, 9) == b"12345"


def test_a_larger_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    with pytest.raises(InputError, match="larger than 4 bytes; this is not a citation style"):
        read_content(tmp_path / "a", 4, "a citation style")


@pytest.mark.parametrize("read", READERS)
def test_what_is_no_regular_file_is_refused_and_not_waited_for(read: Callable[[Path], object], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for path, problem in (
        (tmp_path, "is a directory, not a file"),
        (tmp_path / "fifo", "is not a regular file"),
        (tmp_path / "none", "no such file"),
        (tmp_path / "a\0b", "is not a possible file name"),
        (tmp_path / ("a" * 300), "cannot be read: File name too long"),
    ):
        with pytest.raises(InputError) as raised:
            read(path)
        assert raised.value.problem == problem


def test_an_endless_device_is_refused() -> None:
    with pytest.raises(InputError, match="is not a regular file"):
        read_content(Path("/dev/zero"), 10)


def test_a_folder_is_one_only_where_it_can_be_seen(tmp_path: Path) -> None:
    assert is_folder(tmp_path)
    assert not any(is_folder(tmp_path / name) for name in ("none", "a\0b", "a" * 300))
