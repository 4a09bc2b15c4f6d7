"""Footnotes of a Word file (ECMA-376 part 1, 17.11), which python-docx does not write."""

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph as WordParagraph

# A Word file with footnotes has the two lines that part them from the text.
_EMPTY = f"""<w:footnotes {nsdecls("w")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""
_HALF_POINTS = "15"


class Footnotes:
    """Collects footnotes, each with a number, and puts them into a document at its end."""

    def __init__(self) -> None:
        self._root = parse_xml(_EMPTY)
        self._count = 0

    def add(self, paragraph: WordParagraph, text: str) -> None:
        """Put the number of a new footnote at the end of `paragraph`, and `text` into the footnote."""
        self._count += 1
        reference = _superscript(OxmlElement("w:footnoteReference", {qn("w:id"): str(self._count)}))
        paragraph._p.append(reference)
        note = OxmlElement("w:footnote", {qn("w:id"): str(self._count)})
        line = OxmlElement("w:p")
        line.append(_superscript(OxmlElement("w:footnoteRef")))
        run = OxmlElement("w:r")
        properties = OxmlElement("w:rPr")
        properties.append(OxmlElement("w:sz", {qn("w:val"): _HALF_POINTS}))
        words = OxmlElement("w:t", {qn("xml:space"): "preserve"})
        words.text = f" {text}"
        run.extend([properties, words])
        line.append(run)
        note.append(line)
        self._root.append(note)

    def put_into(self, part: Part) -> None:
        """Put all footnotes into the document whose main part this is; without any, nothing is put."""
        if self._count:
            blob = serialize_part_xml(self._root)
            notes = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, part.package)
            part.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)


def _superscript(mark: BaseOxmlElement) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    properties.append(OxmlElement("w:vertAlign", {qn("w:val"): "superscript"}))
    run.extend([properties, mark])
    return run
