"""The text of one part of a Word document as it is printed, and the codes behind it.

WordprocessingML: ECMA-376 part 1, chapter 17. Deleted, hidden and struck-out text, comments and field codes are not
evidence: a reader does not see the former, and is told to pass over what is struck out.
"""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import field

from lxml import etree

from tcia_policy.documents.docx.elements import MATH, RELATIONS, attribute, child, local_name, outline_level
from tcia_policy.documents.docx.fields import is_bibliography, is_bibliography_tag
from tcia_policy.documents.docx.package import Target
from tcia_policy.documents.docx.unprinted import is_unprinted
from tcia_policy.documents.docx.word_styles import Styles
from tcia_policy.files import limits
from tcia_policy.lazy import dataclass
from tcia_policy.text.typography import plain_characters

_NO_CHARACTERS = range(0xD800, 0xF900)  # surrogates, and symbols that only a font knows
_STANDS_FOR = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LINK = re.compile(r'\s*HYPERLINK\s+(?:\\[a-z]\s+)*"(?P<target>[^"]{1,2000})"')
_WEB = re.compile(r"(?:https?://|doi:|www\.)\S{1,2000}\Z", re.IGNORECASE)


@dataclass
class Paragraph:
    """A paragraph. `level` is that of a heading; `inside` says that it stands in a table or a text box; `managed`, that
    a citation manager or Word keeps it as part of the list of references.
    """

    number: int
    level: int | None = None
    inside: bool = False
    managed: bool = False
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text as it is printed."""
        return plain_characters("".join(self.pieces)).strip()


@dataclass(frozen=True)
class FieldCode:
    """What stands behind printed text: the code of a field or the tag of a content control, and the data attached."""

    code: str
    data: str
    paragraph: int


@dataclass(frozen=True)
class NoteMark:
    """Where a footnote or an endnote is referred to."""

    kind: str
    id: str
    paragraph: int


@dataclass
class _Field:
    paragraph: int
    printed: bool
    in_result: bool = False
    code: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    start: int = 0
    is_bibliography: bool = False


class WordText:
    """Reads the text below one element. `paragraphs`, `codes` and `notes` are in the order of the document.

    Paragraphs are numbered from 1 in the order of the file, empty ones and those in tables included. Those in a text
    box have the number of the paragraph that it is anchored to; with `number`, all have that one (a footnote's).
    `cut_at` is the number of the first paragraph that was too much to read, with all that follows.
    """

    def __init__(
        self,
        links: Mapping[str, Target],
        styles: Styles,
        bookmarks: Mapping[str, str],
        number: int | None = None,
    ) -> None:
        """`links` are the relationships of the part; `bookmarks` the codes that are kept under a bookmark's name."""
        self.paragraphs: list[Paragraph] = []
        self.codes: list[FieldCode] = []
        self.notes: list[NoteMark] = []
        self.cut_at: int | None = None
        self._links, self._styles, self._bookmarks, self._number = links, styles, bookmarks, number
        self._count = 0
        self._characters = 0
        self._open: list[Paragraph] = []
        self._fields: list[_Field] = []
        self._tables = 0
        self._boxes = 0
        self._managed = 0
        self._managed_bookmarks: dict[str, int] = {}
        self._paragraph_styles: list[str | None] = []
        self._hiding_runs: list[bool] = []
        self._too_deep = 0
        self._link_starts: list[tuple[str, int]] = []
        self._starts: dict[str, Callable[[etree._Element], None]] = {
            "p": self._start_paragraph,
            "r": self._start_run,
            "t": self._text,
            "sym": self._symbol,
            "instrText": self._instruction,
            "fldChar": self._field_character,
            "fldSimple": self._start_simple_field,
            "fldData": self._field_data,
            "hyperlink": self._start_link,
            "sdt": self._start_control,
            "tbl": self._start_table,
            "txbxContent": self._start_box,
            "bookmarkStart": self._start_bookmark,
            "bookmarkEnd": self._end_bookmark,
            "footnoteReference": self._note,
            "endnoteReference": self._note,
        }
        self._ends: dict[str, Callable[[etree._Element], None]] = {
            "p": self._end_paragraph,
            "r": self._end_run,
            "fldSimple": self._end_simple_field,
            "hyperlink": self._end_link,
            "sdt": self._end_control,
            "tbl": self._end_table,
            "txbxContent": self._end_box,
        }

    def read(self, root: etree._Element) -> "WordText":
        """Read everything below `root`, and return oneself."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = local_name(element)
            if event == "end":
                if name in self._ends:
                    self._ends[name](element)
            elif is_unprinted(element):
                walk.skip_subtree()
            elif name == "p" and self._is_full:
                self.cut_at = self._count + 1
                break
            elif name in self._starts:
                self._starts[name](element)
            elif name in _STANDS_FOR:
                self._print(_STANDS_FOR[name])
            elif name is None and local_name(element, of=MATH) == "t":
                self._text(element)
        self._forget_unfinished_lists()
        return self

    @property
    def _is_full(self) -> bool:
        return len(self.paragraphs) >= limits.WORD_PARAGRAPHS or self._characters > limits.WORD_CHARACTERS

    def _print(self, text: str) -> None:
        if self._hidden or not self._open:
            return
        self._characters += len(text)
        for inner in reversed(self._fields):
            if not inner.in_result:
                inner.code.append(text)
                return
        self._open[-1].pieces.append(text)
        if self._managed and text.strip():
            self._open[-1].managed = True

    def _start_paragraph(self, element: etree._Element) -> None:
        if self._number is None and not self._boxes:
            self._count += 1
        number = self._count if self._number is None else self._number
        paragraph = Paragraph(number, self._level(element), inside=self._tables > 0 or self._boxes > 0)
        self.paragraphs.append(paragraph)
        self._open.append(paragraph)
        style = child(element, "pPr", "pStyle")
        self._paragraph_styles.append(None if style is None else attribute(style, "val"))

    def _end_paragraph(self, _element: etree._Element) -> None:
        self._open.pop()
        self._paragraph_styles.pop()

    def _level(self, element: etree._Element) -> int | None:
        properties = child(element, "pPr")
        if properties is None:
            return None
        outline, style = child(properties, "outlineLvl"), child(properties, "pStyle")
        if outline is not None:
            return outline_level(outline)
        return None if style is None else self._styles.levels.get(attribute(style, "val") or "")

    def _start_run(self, element: etree._Element) -> None:
        style = self._paragraph_styles[-1] if self._paragraph_styles else None
        self._hiding_runs.append(self._styles.takes_out(child(element, "rPr"), style))

    def _end_run(self, _element: etree._Element) -> None:
        self._hiding_runs.pop()

    @property
    def _hidden(self) -> bool:
        return True in self._hiding_runs

    def _text(self, element: etree._Element) -> None:
        self._print(element.text or "")

    def _symbol(self, element: etree._Element) -> None:
        try:
            code = int(attribute(element, "char") or "", 16)
        except ValueError:
            return
        is_character = 0 <= code <= sys.maxunicode and code not in _NO_CHARACTERS
        self._print(chr(code) if is_character else " ")

    def _instruction(self, element: etree._Element) -> None:
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].code.append(element.text or "")

    def _field_character(self, element: etree._Element) -> None:
        kind = attribute(element, "fldCharType")
        if kind == "begin" and len(self._fields) >= limits.WORD_FIELD_DEPTH:
            self._too_deep += 1
        elif kind == "begin":
            self._fields.append(_Field(self._paragraph, not self._hidden, start=self._printed))
        elif kind == "end" and self._too_deep:
            self._too_deep -= 1
        elif kind == "separate" and self._fields:
            self._begin_result(self._fields[-1])
        elif kind == "end" and self._fields:
            self._end_field(self._fields.pop())

    def _start_simple_field(self, element: etree._Element) -> None:
        begun = _Field(self._paragraph, printed=True, code=[attribute(element, "instr") or ""], start=self._printed)
        self._fields.append(begun)
        self._begin_result(begun)

    def _end_simple_field(self, _element: etree._Element) -> None:
        if self._fields:
            self._end_field(self._fields.pop())

    def _field_data(self, element: etree._Element) -> None:
        if self._fields:
            self._fields[-1].data.append(element.text or "")

    def _begin_result(self, begun: _Field) -> None:
        if begun.in_result:
            return
        begun.in_result = True
        begun.start = self._printed
        begun.is_bibliography = is_bibliography("".join(begun.code))
        self._managed += begun.is_bibliography

    def _end_field(self, ended: _Field) -> None:
        self._managed -= ended.is_bibliography
        code = "".join(ended.code)
        if ended.printed and (self._fields or self._shows_something(ended)):
            self.codes.append(FieldCode(code, "".join(ended.data), ended.paragraph))
        if match := _LINK.match(code):
            self._append_target(match["target"], ended.start)

    def _shows_something(self, ended: _Field) -> bool:
        """Return whether its result has any letter."""
        if self._paragraph != ended.paragraph or not self._open:
            return True
        return bool("".join(self._open[-1].pieces[ended.start :]).strip())

    def _start_link(self, element: etree._Element) -> None:
        target = self._links.get(attribute(element, "id", of=RELATIONS) or "")
        self._link_starts.append((target.target if target is not None and target.external else "", self._printed))

    def _end_link(self, _element: etree._Element) -> None:
        target, start = self._link_starts.pop()
        self._append_target(target, start)

    def _append_target(self, target: str, start: int) -> None:
        """Print what a link points to, in parentheses after its words, unless it points nowhere or they say it."""
        if not self._open or not _WEB.match(target):
            return
        words = "".join(self._open[-1].pieces[start:])
        bare = target.partition("://")[2] or target
        if words.strip() and bare.rstrip("/").casefold() not in "".join(words.split()).casefold():
            self._print(f" ({target})")

    def _start_control(self, element: etree._Element) -> None:
        tag = child(element, "sdtPr", "tag")
        code = "" if tag is None else attribute(tag, "val") or ""
        if code:
            self.codes.append(FieldCode(code, "", self._paragraph))
        self._managed += self._holds_references(element, code)

    def _end_control(self, element: etree._Element) -> None:
        tag = child(element, "sdtPr", "tag")
        self._managed -= self._holds_references(element, "" if tag is None else attribute(tag, "val") or "")

    def _holds_references(self, control: etree._Element, tag: str) -> bool:
        gallery = child(control, "sdtPr", "docPartObj", "docPartGallery")
        named = gallery is not None and attribute(gallery, "val") == "Bibliographies"
        return named or is_bibliography_tag(tag) or child(control, "sdtPr", "bibliography") is not None

    def _start_bookmark(self, element: etree._Element) -> None:
        name = attribute(element, "name") or ""
        code = self._bookmarks.get(name, name if "CSL_CITATION" in name else "")
        if not code or self._hidden:
            return
        self.codes.append(FieldCode(code, "", self._paragraph))
        if is_bibliography(code):
            self._managed += 1
            self._managed_bookmarks[attribute(element, "id") or ""] = self._paragraph

    def _end_bookmark(self, element: etree._Element) -> None:
        if self._managed_bookmarks.pop(attribute(element, "id") or "", None) is not None:
            self._managed -= 1

    def _start_table(self, _element: etree._Element) -> None:
        self._tables += 1

    def _end_table(self, _element: etree._Element) -> None:
        self._tables -= 1

    def _start_box(self, _element: etree._Element) -> None:
        self._boxes += 1

    def _end_box(self, _element: etree._Element) -> None:
        self._boxes -= 1

    def _note(self, element: etree._Element) -> None:
        if not self._hidden and all(inner.in_result for inner in self._fields):
            self.notes.append(NoteMark(local_name(element) or "", attribute(element, "id") or "", self._paragraph))

    @property
    def _paragraph(self) -> int:
        """Return the number of the paragraph that is being read, or of the next one between paragraphs."""
        if self._number is not None:
            return self._number
        return self._open[0].number if self._open else self._count + 1

    @property
    def _printed(self) -> int:
        return len(self._open[-1].pieces) if self._open else 0

    def _forget_unfinished_lists(self) -> None:
        """Take back lists of references that never end: what follows such a damaged field would pass for references."""
        begun = [inner.paragraph for inner in self._fields if inner.is_bibliography]
        begun += self._managed_bookmarks.values()
        for paragraph in self.paragraphs:
            paragraph.managed = paragraph.managed and not (begun and paragraph.number >= min(begun))
