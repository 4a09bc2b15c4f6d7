from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.reports.memo.document import BREAK, Paragraph, Preformatted, Section, Span
from tcia_policy.reports.typeset.printable import (
    LONGEST_WORD,
    is_long,
    parts_of,
    pieces,
    printable,
    says_address,
    texts_of,
    with_letters,
)
from tests.reports.documents import DIGEST, DOCUMENT, LICENSE, row


@given(st.text())
def test_pieces_are_the_whole_text(text: str) -> None:
    assert "".join(pieces(text)) == text


def test_words_stay_whole_unless_they_are_very_long() -> None:
    assert pieces("An interpretation of non-commercial-use") == ["An interpretation of non-commercial-use"]
    assert pieces(f"see {LICENSE}")[0] == "see "
    assert all(len(piece) <= LONGEST_WORD for piece in pieces(f"{LICENSE} {DIGEST}"))


def test_texts_are_cleaned_and_keep_the_spaces_between_them() -> None:
    spans = (Span("a\x1b[31m "), Span(" b\u202e\nc"), BREAK)
    section = Section("S", "s", (Paragraph(spans), Preformatted("x\x00: 1\n\ty\u202e\r\nz ")))
    clean = printable(replace(DOCUMENT, sections=(section,)))
    paragraph, lines = clean.sections[0].blocks
    assert paragraph == Paragraph((Span("a\ufffd[31m "), Span(" b c"), BREAK))
    assert lines == Preformatted("x\ufffd: 1\n    y\ufffd\nz")


def test_links_lead_somewhere_or_are_text() -> None:
    spans = [part for part in parts_of(printable(DOCUMENT)) if isinstance(part, Span)]
    assert [span.to for span in spans if span.text in ("row 3", "nobody")] == ["row-3", None]
    assert [(span.text, span.url) for span in spans if span.text.startswith("no address")] == [
        ("no address (javascript:alert(1))", None)
    ]


def test_every_text_is_told_and_can_be_changed() -> None:
    texts = list(texts_of(DOCUMENT))
    for text in ("Question", "apples", "[x]", "Digest", DIGEST, "What each item says", "train", "Item 89", "Signed"):
        assert text in texts
    assert "sha256" not in "".join(texts)
    assert "row-3" not in texts
    changed = with_letters(DOCUMENT, {ord("α"): "[U+03B1]"})
    assert changed.title == "Data use of Segmentations: [U+03B1]βγ Kołodziej"
    assert with_letters(DOCUMENT, {}) == DOCUMENT
    assert "[U+0066]low</text>" in str(with_letters(DOCUMENT, {ord("f"): "[U+0066]"}))


def test_a_link_says_its_address_or_not() -> None:
    assert says_address(Span("creativecommons.org/licenses/by/4.0", url=LICENSE))
    assert says_address(Span("doi 10.7937/K9/X", url="https://doi.org/10.7937/k9/x"))
    assert not says_address(Span("its license", url=LICENSE))


def test_only_a_long_row_may_be_divided() -> None:
    short = row(1)
    assert not is_long(short)
    assert is_long(replace(short, cells=(*short.cells, (Span("word " * 400),))))
