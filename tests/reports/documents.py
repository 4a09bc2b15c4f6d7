"""A document with every kind of block, built by hand, and what is wrong to write in one."""

from dataclasses import replace

from tcia_policy.reports.memo.document import (
    BREAK,
    Bullets,
    Document,
    Fields,
    Paragraph,
    Picture,
    Preformatted,
    Quote,
    Row,
    Section,
    Signature,
    Span,
    Style,
    Table,
    Tone,
)

DIGEST = "0123456789abcdef" * 4
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
DOI = "https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100">'
    '<rect width="50" height="50" fill="#336"/><text x="100" y="50" font-size="20">flow</text></svg>'
)
EVIL = '#eval("1+1") #read("/etc/passwd") $x$ *b* _i_ `c` @a <l> \\u{41} // /* = = & \' " ]] ]]>'


def row(number: int) -> Row:
    cells = (
        (Span(f"Item {number}"),),
        (Span("no", tone=Tone.BAD),),
        (Span(f"Since rule {number}"), BREAK, Span("says so.")),
    )
    return Row(cells, f"row-{number}")


DOCUMENT = Document(
    title="Data use of Segmentations: αβγ Kołodziej",
    id=f"sha256:{DIGEST}",
    day="2026-11-29",
    answer="PROHIBITED: TCGA-GBM is blocked",
    tone=Tone.BAD,
    sections=(
        Section(
            "Question",
            "question",
            (
                Paragraph(
                    (
                        Span("May we? "),
                        Span("yes", Style.STRONG, tone=Tone.GOOD),
                        Span(" as "),
                        Span("row 3", to="row-3"),
                        Span(" and "),
                        Span("nobody", to="nowhere"),
                        Span(" say, by "),
                        Span("its license", url=LICENSE),
                        Span(" and "),
                        Span("it again", Style.QUIET, url=LICENSE),
                        Span(" and "),
                        Span(DOI, url=DOI),
                        Span(" and "),
                        Span("no address", url="javascript:alert(1)"),
                    )
                ),
                Bullets(((Span("apples"),), (Span("pears"),))),
                Bullets(((Span("done"),), (Span("not done"),)), ("[x]", "[ ]")),
                Fields((("Digest", (Span(DIGEST, Style.MONO),)), ("Evil", (Span(EVIL),)))),
            ),
            (
                Section(
                    "Letter",
                    "letter",
                    (
                        Quote("What is quoted\nin two lines"),
                        Preformatted("data:\n  - id: lidc  # a comment\n\tafter a tab"),
                        Picture(PICTURE, "From LIDC-IDRI to the model, under CC BY"),
                    ),
                    is_folded=True,
                ),
            ),
        ),
        Section(
            "Items",
            "items",
            (Table("What each item says", ("Item", "train", "Why"), tuple(row(number) for number in range(90))),),
            new_page=True,
        ),
        Section("Signed", "signed", (Signature(("Name", "Day and place")),)),
    ),
    footer="Segmentations · 2026-11-29",
)


def titled(title: str) -> Document:
    return replace(DOCUMENT, title=title)
