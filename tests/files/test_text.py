"""Text from bytes, in the encodings that people use."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.errors import InputError
from tcia_policy.files.text import decode_latex, decode_text, read_text

SAID = "Müller, O'Connor: año"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_letters_survive_in_every_usual_encoding(encoding: str) -> None:
    assert decode_text(SAID.encode(encoding), "x.txt") == SAID
    if encoding != "utf-16":  # LaTeX has none
        assert decode_latex(SAID.encode(encoding)) == SAID


def test_the_bytes_that_windows_1252_lacks_are_latin_1_in_latex() -> None:
    assert decode_latex(b"a\x81\xe4") == "a\x81ä"


def test_lines_end_in_one_way() -> None:
    assert decode_text(b"a\r\nb\rc\n", "x.txt") == decode_latex(b"a\r\nb\rc\n") == "a\nb\nc\n"


def test_what_is_binary_or_too_large_is_refused() -> None:
    with pytest.raises(InputError, match=r"x.txt: is a binary file"):
        decode_text(b"a\0b", "x.txt")
    with pytest.raises(InputError, match="is not text"):
        decode_latex("ä".encode("utf-16"))
    with pytest.raises(InputError, match="larger than 2 bytes"):
        decode_text(b"abc", "x.txt", most=2)


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(content: bytes) -> None:
    for decode in (decode_latex, lambda each: decode_text(each, "x.txt")):
        try:
            assert "\r" not in decode(content)
        except InputError:
            assert b"\0" in content


def test_a_file_of_utf_8_is_read_and_another_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "good").write_bytes(b"\xef\xbb\xbfa\xc3\xa4")
    assert read_text(tmp_path / "good", 10) == "aä"
    (tmp_path / "bad").write_bytes(b"a\nb\n\xe4\n")
    with pytest.raises(InputError, match=r"bad:3: is not UTF-8 text"):
        read_text(tmp_path / "bad", 10)
