"""Files of sections: what is damaged or cut ends in an error, never in other bytes."""

from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files.sections import BLOCK, Sections, packed

FACTS = {"versions": ["1.0.0"], "names": ["é", None]}
PARTS = {"a": bytes(range(256)) * 9, "b": b"", "c": b"xyz"}


def opened(path: Path) -> Sections:
    return Sections(path, "make it anew")


def written(folder: Path, content: bytes) -> Path:
    path = folder / "some.bin"
    path.write_bytes(content)
    return path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = opened(written(tmp_path, packed(FACTS, PARTS)))
    assert file.facts == FACTS
    assert [file.section(name).length for name in PARTS] == [2304, 0, 3]
    assert file.section("a").read(0, 2304) == PARTS["a"]
    assert file.section("a").read(1020, 1030) == PARTS["a"][1020:1030]
    assert file.section("c").read(0, 3) == b"xyz"
    file.verify()


def test_the_same_content_makes_the_same_bytes_and_another_another_digest(tmp_path: Path) -> None:
    assert packed(FACTS, PARTS) == packed(FACTS, PARTS)
    first = opened(written(tmp_path, packed(FACTS, PARTS))).digest
    assert opened(written(tmp_path, packed(FACTS, PARTS | {"c": b"xyZ"}))).digest != first


def test_long_facts_take_as_much_room_as_they_need(tmp_path: Path) -> None:
    facts = {"long": "x" * (5 * BLOCK)}
    file = opened(written(tmp_path, packed(facts, PARTS)))
    assert file.facts == facts
    assert file.section("c").read(0, 3) == b"xyz"


def test_no_changed_byte_is_ever_read_as_if_it_were_right(tmp_path: Path) -> None:
    whole = packed(FACTS, PARTS)
    header_ends = 52 + int.from_bytes(whole[16:20], "little")
    for at in (*range(0, header_ends, 7), *range(BLOCK, len(whole), 101), len(whole) - 1):
        path = written(tmp_path, whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(InputError, match=r"some\.bin: is .*\n  make it anew"):
            read_all(opened(path))


def test_a_file_that_is_cut_at_any_place_is_an_error(tmp_path: Path) -> None:
    whole = packed(FACTS, PARTS)
    for length in (0, 10, 51, 60, BLOCK, BLOCK + 5, len(whole) - 4, len(whole) - 1):
        with pytest.raises(InputError, match=r"cut off|damaged"):
            opened(written(tmp_path, whole[:length]))
    with pytest.raises(InputError, match="cut off"):
        opened(written(tmp_path, whole + b"more"))


def test_bytes_beyond_a_section_are_an_error(tmp_path: Path) -> None:
    file = opened(written(tmp_path, packed(FACTS, PARTS)))
    for start, stop in ((0, 4), (-1, 2), (3, 4), (2, 2)):
        with pytest.raises(InputError):
            file.section("c").read(start, stop)
    with pytest.raises(InputError, match="has no section 'd'"):
        file.section("d")


def test_verifying_finds_a_change_that_is_not_read(tmp_path: Path) -> None:
    whole = bytearray(packed(FACTS, PARTS))
    whole[BLOCK] ^= 1
    file = opened(written(tmp_path, bytes(whole)))
    assert file.section("c").read(0, 3) == b"xyz"
    with pytest.raises(InputError, match="is damaged in its section 'a'"):
        file.verify()


def test_another_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is of another form"):
        opened(written(tmp_path, b"PAR1" * 100))
    with pytest.raises(InputError, match="no such file"):
        opened(tmp_path / "nothing.bin")


def read_all(file: Sections) -> None:
    for name, content in PARTS.items():
        section = file.section(name)
        if section.length:
            assert section.read(0, section.length) == content
    file.verify()
