"""XML from outside."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.xml import parse_xml


def test_a_document_is_read_without_comments_and_instructions() -> None:
    root = parse_xml(b"<a><!-- no --><?no?><b>x</b></a>")
    assert [child.tag for child in root] == ["b"]


@pytest.mark.parametrize("content", [b"", b"<a>", b"text", b"<a></b>", b"<x>" * 5_000, b"\xff\xfe<"])
def test_what_is_not_well_formed_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="is not well-formed XML"):
        parse_xml(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_expanded_wherever_they_stand(encoding: str) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    for root in ("<d>&e9;</d>", '<d a="&e9;"/>'):
        laughs = f'<!DOCTYPE d [<!ENTITY e0 "ha">{levels}]>{root}'
        with pytest.raises(InputError):
            parse_xml(laughs.encode(encoding))


def test_no_file_outside_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("LIDC-IDRI")
    for declared in (f'[<!ENTITY x SYSTEM "file://{tmp_path}/secret">]', f'SYSTEM "file://{tmp_path}/secret"'):
        with pytest.raises(InputError, match="has a document type"):
            parse_xml(f"<!DOCTYPE d {declared}><d/>".encode())


def test_the_number_of_tags_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "XML_TAGS", 2)
    assert parse_xml(b"<a></a>").tag == "a"
    with pytest.raises(InputError, match="has more than 2 tags"):
        parse_xml(b"<a><b/></a>")


@given(st.binary(max_size=200) | st.text("<>/&;!ab\"'= ", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(InputError):
        parse_xml(content)
