"""Zips from outside: bounded by what they inflate to."""

import os
import struct
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.zip import BoundedZip, ZipBounds, is_relative, why_not_a_file
from tests.files.zips import zipped

BOUNDS = ZipBounds(members=10, member_bytes=50_000_000, bytes_in_all=60_000_000, ratio=200)


def test_members_are_read_from_a_file_and_from_bytes(tmp_path: Path) -> None:
    content = zipped({"a": b"one", "b": b"two"})
    (tmp_path / "x.zip").write_bytes(content)
    for source in (content, tmp_path / "x.zip"):
        opened = BoundedZip(source, BOUNDS)
        assert [opened.read(member) for member in opened.members] == [b"one", b"two"]
        assert opened.read("b") == b"two"
        with pytest.raises(InputError, match="is missing"):
            opened.read("c")


def test_a_bomb_stops_inflating_whatever_its_headers_say() -> None:
    content = bytearray(zipped({"bomb": b"0" * 40_000_000, "main": b"main"}))
    place = content.index(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<I", 10)
    for bomb in (bytes(content), zipped({"bomb": b"0" * 40_000_000, "main": b"main"})):
        tracemalloc.start()
        opened = BoundedZip(bomb, BOUNDS)
        with pytest.raises(InputError, match=r"as a zip bomb does|is damaged"):
            opened.read("bomb")
        _now, most_bytes = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most_bytes < 25_000_000
        assert opened.read("main") == b"main"


def test_sizes_and_counts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped({"a": os.urandom(5000), "b": b"b"})
    with pytest.raises(InputError, match="inflates to more than 4,999 bytes"):
        BoundedZip(content, ZipBounds(2, 4999, 10_000)).read("a")
    opened = BoundedZip(content, ZipBounds(2, 5000, 5000))
    opened.read("a")
    with pytest.raises(InputError, match="more than 5,000 bytes were inflated before it"):
        opened.read("b")
    with pytest.raises(InputError, match="more than 1 members"):
        BoundedZip(content, ZipBounds(1, 5000, 5000))
    monkeypatch.setattr(limits, "ZIP_DIRECTORY", 10)
    with pytest.raises(InputError, match="more than 10 members"):
        BoundedZip(content, BOUNDS)


def test_an_encrypted_member_is_told_as_such() -> None:
    content = bytearray(zipped({"a": b"a"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    opened = BoundedZip(bytes(content), BOUNDS)
    with pytest.raises(InputError, match="is encrypted"):
        opened.read("a")
    assert why_not_a_file(opened.members[0]) == "are encrypted"


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 10])
def test_what_is_no_zip_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="is not a zip"):
        BoundedZip(content, BOUNDS)


@pytest.mark.parametrize(
    "name", ["../x", "/etc/x", "a/../../x", "..\\x", "C:\\x", "c:x", "\\\\host\\x", "a/../b", ".", ""]
)
def test_a_member_that_leads_out_is_never_a_file(name: str) -> None:
    assert why_not_a_file(zipfile.ZipInfo(name)) == "lead out of the zip"


def test_a_relative_name_may_have_a_colon_that_is_no_drive() -> None:
    assert is_relative("fig:1.tex")
    assert is_relative("1:x")
    assert not is_relative("a\0b")


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, 200), st.binary(max_size=8))
def test_no_damage_escapes_as_anything_but_an_input_error(content: bytes, place: int, noise: bytes) -> None:
    good = zipped({"a": content, "b": b"b"})
    with suppress(InputError):
        opened = BoundedZip(good[:place] + noise + good[place + len(noise) :], BOUNDS)
        for member in opened.members:
            opened.read(member)
