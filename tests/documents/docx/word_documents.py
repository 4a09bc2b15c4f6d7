"""Word documents for tests, written part by part, so that what citation managers leave in them can be put there."""

import base64
import json
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_TYPES = "application/vnd.openxmlformats-"
_STYLES = (
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Custom"><w:name w:val="My heading"/><w:basedOn w:val="Heading1"/></w:style>'
    '<w:style w:type="character" w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Spirit"><w:name w:val="Spirit"/><w:basedOn w:val="Ghost"/></w:style>'
)


def run(text: str, properties: str = "") -> str:
    """Return a run of text; `properties` is the inside of its `w:rPr`."""
    style = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str | None = None) -> str:
    """Return a paragraph; what is no XML becomes a run."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(item if item.startswith('<') else run(item) for item in runs)}</w:p>"


def heading(text: str, level: int = 1) -> str:
    """Return a paragraph in the style of a heading."""
    return paragraph(text, style=f"Heading{level}")


def field(code: str, result: str = "(1)", *, data: str = "", pieces: int = 1, properties: str = "") -> str:
    """Return a complex field whose code is spread over some runs. `result` may be XML."""
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    length = max(1, -(-len(code) // pieces))
    codes = "".join(
        f'<w:r>{properties}<w:instrText xml:space="preserve">{escape(code[start : start + length])}</w:instrText></w:r>'
        for start in range(0, len(code), length)
    )
    attached = f"<w:fldData>{data}</w:fldData>" if data else ""
    shown = result if result.startswith("<") or not result else run(result)
    return (
        f'<w:r>{properties}<w:fldChar w:fldCharType="begin">{attached}</w:fldChar></w:r>{codes}'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def csl_item(doi: str | None, title: str, *, year: int = 2015, **more: Any) -> dict[str, Any]:
    """Return a dataset as CSL JSON."""
    item = {
        "id": 17,
        "type": "dataset",
        "title": title,
        "author": [{"family": "Armato III", "given": "Samuel G."}, {"literal": "The Cancer Imaging Archive"}],
        "issued": {"date-parts": [[year]]},
    }
    return {**item, **({} if doi is None else {"DOI": doi}), **more}


def csl_citation(*items: dict[str, Any], uris: Sequence[str] = ()) -> str:
    """Return the JSON of a citation of some items, with the URI of each."""
    cited = [
        {"id": item.get("id"), "itemData": item, **({"uris": [uri]} if uri else {})}
        for item, uri in zip(items, [*uris, *[""] * len(items)], strict=False)
    ]
    return json.dumps({"citationID": "x1", "properties": {"noteIndex": 0}, "citationItems": cited})


def zotero(doi: str | None, key: str = "ABCD1234", *, title: str = "Data From LIDC-IDRI", pieces: int = 1) -> str:
    """Return a citation as Zotero writes it."""
    uri = f"http://zotero.org/users/123/items/{key}"
    citation = csl_citation(csl_item(doi, title), uris=[uri])
    return field(f" ADDIN ZOTERO_ITEM CSL_CITATION {citation} ", "(Armato III, 2015)", pieces=pieces)


def mendeley_cite(*items: dict[str, Any]) -> str:
    """Return a citation as Mendeley Cite writes it."""
    packed = base64.b64encode(csl_citation(*items).encode()).decode()
    return control(f"MENDELEY_CITATION_v3_{packed}", run("(1)"))


def control(tag: str, inside: str, properties: str = "") -> str:
    """Return a content control."""
    return (
        f"<w:sdt><w:sdtPr><w:tag w:val={quoteattr(tag)}/>{properties}</w:sdtPr>"
        f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )


def endnote_xml(doi: str) -> str:
    """Return a citation as EndNote writes it, with the record of its travelling library."""
    return (
        "<EndNote><Cite><Author>Armato</Author><Year>2015</Year><RecNum>7</RecNum><DisplayText>[1]</DisplayText><record>"
        '<rec-number>7</rec-number><foreign-keys><key app="EN" db-id="db5x">7</key></foreign-keys>'
        '<ref-type name="Dataset">59</ref-type><contributors><authors><author>'
        '<style face="normal" font="default" size="100%">Armato III, S. G.</style></author></authors></contributors>'
        '<titles><title><style face="normal" font="default" size="100%">Data From </style>'
        '<style face="italic" font="default" size="100%">LIDC-IDRI</style></title></titles>'
        f"<dates><year>2015</year></dates><electronic-resource-num>{doi}</electronic-resource-num></record></Cite></EndNote>"
    )


def link(id_: str, words: str) -> str:
    """Return a hyperlink by the id of a relationship."""
    return f'<w:hyperlink r:id="{id_}">{run(words)}</w:hyperlink>'


def docx(
    *body: str,
    links: Mapping[str, str] | None = None,
    footnotes: Mapping[int, str] | None = None,
    endnotes: Mapping[int, str] | None = None,
    header: str | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    main: str = "word/document.xml",
) -> bytes:
    """Return a whole document of this body. `footnotes` and the like are the insides of their paragraphs; `parts` are
    put into the archive as they are, in place of what would be there.
    """
    relations = {"rStyles": ("styles", "styles.xml", "")}
    relations |= {id_: ("hyperlink", target, 'TargetMode="External"') for id_, target in (links or {}).items()}
    written: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/{main}" ContentType="{_TYPES}officedocument.wordprocessingml.document.main+xml"/>'
            f'<Default Extension="rels" ContentType="{_TYPES}package.relationships+xml"/></Types>'
        ),
        "_rels/.rels": _relationships({"rId1": ("officeDocument", main, "")}),
        "word/styles.xml": f"<w:styles {_NAMESPACES}>{_STYLES}</w:styles>",
    }
    section = ""
    for name, kind, notes in (("footnotes", "footnote", footnotes), ("endnotes", "endnote", endnotes)):
        if notes is not None:
            relations[f"r{name}"] = (name, f"{name}.xml", "")
            inside = "".join(f'<w:{kind} w:id="{id_}">{paragraph(text)}</w:{kind}>' for id_, text in notes.items())
            written[f"word/{name}.xml"] = f"<w:{name} {_NAMESPACES}>{inside}</w:{name}>"
    if header is not None:
        relations["rHead"] = ("header", "header1.xml", "")
        written["word/header1.xml"] = f"<w:hdr {_NAMESPACES}>{paragraph(header)}</w:hdr>"
        section = '<w:sectPr><w:headerReference w:type="default" r:id="rHead"/></w:sectPr>'
    written["word/_rels/document.xml.rels"] = _relationships(relations)
    written[main] = f"<w:document {_NAMESPACES}><w:body>{''.join(body)}{section}</w:body></w:document>"
    return zipped({**written, **(parts or {})})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive of these files."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _relationships(relations: Mapping[str, tuple[str, str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{id_}" Type="{R}/{kind}" Target={quoteattr(target)} {mode}/>'
        for id_, (kind, target, mode) in relations.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}relationships">{inside}</Relationships>'
