"""The bytes by which files of a kind begin."""

import pytest

from tcia_policy.files.magic import encoding_by_mark, is_dicom, is_zip
from tests.files.zips import zipped


def test_zips_are_known_by_their_beginning() -> None:
    assert is_zip(zipped({"a": b"a"}))
    assert is_zip(zipped({}))
    assert not is_zip(b"PK")


def test_a_dicom_file_is_known_behind_its_preamble() -> None:
    assert is_dicom(b"\0" * 128 + b"DICM")
    assert not is_dicom(b"DICM")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_states_the_encoding(encoding: str) -> None:
    assert encoding_by_mark("x".encode(encoding)) == encoding
    assert encoding_by_mark(b"x") == "utf-8"
