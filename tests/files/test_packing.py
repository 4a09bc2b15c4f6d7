"""Files that are packed with gzip or zstd."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files.packing import Packing, blocks, packing_of, start_unpacked, unpacked

zstd = pytest.importorskip("backports.zstd")

CONTENT = b"SeriesInstanceUID\n" + b"1.2.3\n" * 50_000
PACKERS: dict[Packing, Callable[[bytes], bytes]] = {
    Packing.NONE: lambda content: content,
    Packing.GZIP: gzip.compress,
    Packing.ZSTD: zstd.compress,
}
each_packing = pytest.mark.parametrize("packing", PACKERS)
each_real_one = pytest.mark.parametrize("packing", [Packing.GZIP, Packing.ZSTD])


def packed(folder: Path, packing: Packing) -> Path:
    path = folder / "x"
    path.write_bytes(PACKERS[packing](CONTENT))
    return path


@each_packing
def test_a_packed_file_is_read_as_if_it_were_not(tmp_path: Path, packing: Packing) -> None:
    path = packed(tmp_path, packing)
    assert packing_of(path.read_bytes()[:10]) is packing
    with unpacked(path, packing) as stream:
        assert stream.read() == CONTENT
    assert start_unpacked(path, packing, 18) == CONTENT[:18]


@each_real_one
def test_members_one_after_the_other_are_one_file(tmp_path: Path, packing: Packing) -> None:
    path = tmp_path / "x"
    path.write_bytes(PACKERS[packing](b"a\n") + PACKERS[packing](b"b\n"))
    with unpacked(path, packing) as stream:
        assert stream.read() == b"a\nb\n"


@each_real_one
def test_one_that_ends_too_early_is_told(tmp_path: Path, packing: Packing) -> None:
    path = packed(tmp_path, packing)
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(InputError, match=r"ends too early|is a broken"), unpacked(path, packing) as stream:
        stream.read()


@each_real_one
def test_one_that_is_broken_is_told(tmp_path: Path, packing: Packing) -> None:
    path = packed(tmp_path, packing)
    path.write_bytes(path.read_bytes()[:8] + b"\xff" * 100)
    with pytest.raises(InputError, match=f"{packing} file"), unpacked(path, packing) as stream:
        stream.read()


@each_packing
def test_no_more_is_read_than_allowed(tmp_path: Path, packing: Packing) -> None:
    path = packed(tmp_path, packing)
    with unpacked(path, packing) as stream:
        assert b"".join(blocks(stream, path, len(CONTENT))) == CONTENT
    with pytest.raises(InputError, match="holds more than 1,000 bytes"), unpacked(path, packing) as stream:
        list(blocks(stream, path, 1_000))


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"), unpacked(tmp_path / "x", Packing.GZIP):
        pass
