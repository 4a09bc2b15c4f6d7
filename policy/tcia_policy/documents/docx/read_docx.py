"""Word documents (.docx, .docm): what they print, what their citations refer to, and what they list."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.docx.body import FieldCode, NoteMark, Paragraph, WordText
from tcia_policy.documents.docx.elements import BIBLIOGRAPHY, RELATIONS, WORD, attribute, child, is_on, local_name
from tcia_policy.documents.docx.fields import BrokenCitationError, CitedItem, cited_items, is_bibliography, word_source
from tcia_policy.documents.docx.package import WordPackage
from tcia_policy.documents.docx.word_styles import Styles, read_styles
from tcia_policy.documents.model import CitationKeyUse, Entry, Heading, Manuscript, Problem, SourceLocation, TextBlock
from tcia_policy.documents.reference_sections import Line, begins_list, parts_by_list, reference_lists
from tcia_policy.documents.section_headings import Sections, sure_levels
from tcia_policy.errors import InputError
from tcia_policy.files import limits

_BETWEEN = "\n\n"  # paragraphs
_CHUNK = re.compile(r"(?P<name>.+)_(?P<number>\d{1,6})")
_CAPTION = re.compile(
    r"(?:supplementary\s+|extended\s+data\s+)?(?:table|figure|fig\.|algorithm|listing)\s*[A-Z]?\d{1,3}\b", re.IGNORECASE
)


def read_document(document: DocumentFile) -> Manuscript:
    """Return what a Word document holds, as `read_word` does."""
    return read_word(document.content(), document.shown)


def read_word(content: bytes, shown: str) -> Manuscript:
    """Return what a Word document holds. Paragraphs count from 1, with empty ones and those in tables.

    A footnote, an endnote and a text box have the number of the paragraph that they belong to; headers and footers
    have that of the first. Inserted text counts and deleted text does not, as if all changes were accepted; hidden and
    struck-out text does not count either. What a link points to follows its words in parentheses. A citation of Zotero,
    Mendeley, EndNote, Citavi or Word itself gives its entries (keys such as `zotero:ABCD1234`, `word:Arm15`) and their
    uses; what it prints stays in the text.
    Nothing is raised: what cannot be read is a `Problem`.
    """
    try:
        return _Reader(WordPackage(content), shown).manuscript()
    except InputError as error:
        return Manuscript(problems=(Problem(SourceLocation(shown), error.problem, error.hint),))


class _Reader:
    def __init__(self, package: WordPackage, shown: str) -> None:
        self._package, self._shown = package, shown
        self._problems: list[Problem] = []
        self._entries: dict[tuple[str | None, str], Entry] = {}
        self._uses: dict[CitationKeyUse, None] = {}

    def manuscript(self) -> Manuscript:
        """Return all of it. Raise `InputError` where the body cannot be read."""
        root = self._package.xml(self._package.main)
        if local_name(root) != "document":
            raise InputError("is an Office file, but not a Word document", hint="save it as .docx and name that file")
        styles = self._optional(self._of_kind("styles"))
        self._styles = Styles() if styles is None else read_styles(styles)
        self._bookmarks = self._read_bookmarks()
        body = self._text(root, self._package.main)
        footnotes, endnotes = (list(self._notes(body.notes, kind)) for kind in ("footnote", "endnote"))
        others = [*footnotes, *endnotes, *self._headers(root)]
        listed = {id(text) for text in endnotes} if _ends_in_list_heading(body.paragraphs) else set()
        self._tell_unread(root, body)
        sources = self._word_sources()
        for text in (body, *others):
            for code in text.codes:
                self._cite(code, sources)
        for source in sources.values():
            self._add_entry(source, self._place(None))
        prose = list(self._body_prose(body.paragraphs))
        sections = _SectionsOf(prose)
        return Manuscript(
            files=(self._shown,),
            prose=(
                *prose,
                *(
                    self._prose(shown, sections.at(shown[0][0].number), is_references=id(text) in listed)
                    for text in others
                    if (shown := _shown(text.paragraphs))
                ),
            ),
            entries=tuple(self._entries.values()),
            citations=tuple(self._uses),
            problems=self._told(),
        )

    def _text(self, element: etree._Element, part: str, number: int | None = None) -> WordText:
        links = self._package.relationships(part)
        return WordText(links, self._styles, self._bookmarks, number).read(element)

    def _optional(self, part: str | None) -> etree._Element | None:
        """Return a part that the text can do without, or `None` where it is not there; note what is wrong with it."""
        if part is None or not self._package.has(part):
            return None
        try:
            return self._package.xml(part)
        except InputError as error:
            self._problems.append(Problem(SourceLocation(self._shown), error.problem, error.hint))
            return None

    def _of_kind(self, kind: str) -> str | None:
        return next(
            (found.target for found in self._package.relationships(self._package.main).values() if found.kind == kind),
            None,
        )

    def _notes(self, marks: Sequence[NoteMark], kind: str) -> Iterator[WordText]:
        """Give the notes that are referred to, each once, in the order of the text."""
        part = self._of_kind(f"{kind}s")
        root = self._optional(part)
        if root is None or part is None:
            return
        notes = {attribute(note, "id"): note for note in root if local_name(note) == kind}
        for mark in marks:
            if mark.kind == f"{kind}Reference" and mark.id in notes:
                yield self._text(notes.pop(mark.id), part, mark.paragraph)

    def _tell_unread(self, root: etree._Element, body: WordText) -> None:
        """Note documents within the document, and what was too much to read."""
        parts = (f"{{{space}}}{kind}" for space in WORD for kind in ("altChunk", "subDoc"))
        if next(root.iter(*parts), None) is not None:
            problem = "other documents are put into this one; their text was not read"
            hint = "open it in Word and save it again, or name them too"
            self._problems.append(Problem(SourceLocation(self._shown), problem, hint))
        if body.cut_at is not None:
            problem = "too much to read: this paragraph and all that follow"
            self._problems.append(Problem(self._place(body.cut_at), problem, "name its chapters as files of their own"))

    def _headers(self, root: etree._Element) -> Iterator[WordText]:
        """Return those that a section of the document refers to and prints, each once."""
        settings = self._optional(self._of_kind("settings"))
        even = settings is not None and is_on(child(settings, "evenAndOddHeaders"))
        sections = root.iter(*(f"{{{space}}}sectPr" for space in WORD))
        used = {id_ for section in sections for id_ in _headers_of(section, even=even)}
        for id_, target in self._package.relationships(self._package.main).items():
            part = self._optional(target.target) if id_ in used and target.kind in ("header", "footer") else None
            if part is not None:
                yield self._text(part, target.target, 1)

    def _read_bookmarks(self) -> Mapping[str, str]:
        """Return the codes that Zotero and Mendeley keep in the properties, in pieces, by a bookmark's name."""
        root = self._optional("docProps/custom.xml")
        chunks: dict[str, list[tuple[int, str]]] = {}
        for element in () if root is None else root:
            match = _CHUNK.fullmatch(element.get("name") or "")
            if match is not None:
                chunks.setdefault(match["name"], []).append((int(match["number"]), "".join(element.itertext())))
        codes = {name: "".join(text for _number, text in sorted(pieces)) for name, pieces in chunks.items()}
        return {name: code for name, code in codes.items() if "CSL_CITATION" in code or is_bibliography(code)}

    def _word_sources(self) -> dict[str, CitedItem]:
        """Return what Word's own citations can name, by key."""
        items = self._package.parts_below("customXml/item")
        parts = [name for name in items if name.endswith(".xml") and "Props" not in name]
        found: dict[str, CitedItem] = {}
        for part in parts[: limits.WORD_SOURCE_PARTS]:
            root = self._optional(part)
            if root is None or local_name(root, of=BIBLIOGRAPHY) != "Sources":
                continue
            for source in filter(None, map(_word_source, root)):
                found.setdefault(source.key, source)
        return found

    def _cite(self, code: FieldCode, sources: Mapping[str, CitedItem]) -> None:
        place = self._place(code.paragraph)
        try:
            items = cited_items(code.code, code.data)
        except BrokenCitationError as error:
            problem = f"a citation by {error} whose data cannot be read; only what it prints was looked at"
            self._problems.append(
                Problem(place, problem, f"insert it again with {error}, or add what it cites as a .bib file")
            )
            return
        for item in items:
            known = sources.get(item.key, item)
            self._uses[CitationKeyUse(item.key, place)] = None
            if known.text:
                self._add_entry(known, place)
            elif not item.key.startswith("word:"):
                problem = "a citation whose data are not kept in the document, so that what it cites is not known"
                self._problems.append(
                    Problem(place, problem, "have them kept (Zotero: document preferences), or add a .bib file")
                )

    def _add_entry(self, item: CitedItem, place: SourceLocation) -> None:
        entry = Entry(item.key, item.text, place, item.title, item.year, doi=item.doi)
        self._entries.setdefault((entry.key, entry.text), entry)

    def _place(self, paragraph: int | None) -> SourceLocation:
        return SourceLocation(self._shown, paragraph, "paragraph")

    def _body_prose(self, paragraphs: list[Paragraph]) -> Iterator[TextBlock]:
        """Give the runs of paragraphs that are, and that are not, a list of references."""
        shown = _shown(paragraphs)
        lines = [Line(text, paragraph.level, cannot_head=paragraph.inside) for paragraph, text in shown]
        listed = {index for index, (paragraph, text) in enumerate(shown) if paragraph.managed} | {
            index for span in reference_lists(lines) for index in _until_captions(shown, span)
        }
        levels, sections = sure_levels(lines), Sections()
        for span, is_references in parts_by_list(len(shown), [listed]):
            part = shown[span.start : span.stop]
            texts = (text for _, text in part)
            headings = sections.of_block(zip(texts, levels[span.start : span.stop], strict=True), len(_BETWEEN))
            yield self._prose(part, headings, is_references=is_references)

    def _prose(
        self, shown: Sequence[tuple[Paragraph, str]], headings: tuple[Heading, ...], *, is_references: bool
    ) -> TextBlock:
        pieces = ((text, paragraph.number) for paragraph, text in shown)
        block = TextBlock.of_pieces(self._shown, pieces, _BETWEEN, "paragraph", is_references)
        return replace(block, headings=headings)

    def _told(self) -> tuple[Problem, ...]:
        told = tuple(dict.fromkeys(self._problems))
        if len(told) <= limits.WORD_PROBLEMS:
            return told
        more = Problem(
            SourceLocation(self._shown),
            f"has {len(told) - limits.WORD_PROBLEMS} more citations or parts that cannot be read",
        )
        return (*told[: limits.WORD_PROBLEMS], more)


def _word_source(element: etree._Element) -> CitedItem | None:
    fields = {local_name(field, of=BIBLIOGRAPHY) or "": "".join(field.itertext()).strip() for field in element}
    return word_source(fields, [leaf.text or "" for leaf in element.iter() if len(leaf) == 0])


def _headers_of(section: etree._Element, *, even: bool) -> Iterator[str]:
    """Give the ids of the headers and footers that a section prints: a first or an even one only where it is on."""
    first = is_on(child(section, "titlePg"))
    for mark in section:
        if local_name(mark) in ("headerReference", "footerReference"):
            kind = attribute(mark, "type")
            if (kind != "first" or first) and (kind != "even" or even):
                yield attribute(mark, "id", of=RELATIONS) or ""


class _SectionsOf:
    """Tells in which sections each paragraph of the text stands: for the notes that it refers to."""

    def __init__(self, prose: Sequence[TextBlock]) -> None:
        self._paragraphs: list[int] = []
        self._open: list[tuple[Heading, ...]] = [()]
        for block in prose:
            for heading in block.headings:
                self._paragraphs.append(block.place(heading.offset).number or 0)
                outer = tuple(each for each in self._open[-1] if each.level < heading.level)
                self._open.append((*outer, replace(heading, offset=0)))

    def at(self, paragraph: int) -> tuple[Heading, ...]:
        """Return the titles around a paragraph, the outermost first."""
        return self._open[bisect_right(self._paragraphs, paragraph)]


def _shown(paragraphs: Sequence[Paragraph]) -> list[tuple[Paragraph, str]]:
    """Return those that print something, and what."""
    return [(paragraph, text) for paragraph in paragraphs if (text := paragraph.text)]


def _ends_in_list_heading(paragraphs: Sequence[Paragraph]) -> bool:
    """Return whether the endnotes, which are printed after the text, are its list of references."""
    last = next((text for paragraph in reversed(paragraphs) if (text := paragraph.text)), "")
    return begins_list(last)


def _until_captions(shown: Sequence[tuple[Paragraph, str]], span: range) -> Iterator[int]:
    """Give the paragraphs of a list that its heading alone marks; tables, and figures after it, are not in it."""
    for index in span:
        paragraph, text = shown[index]
        if _CAPTION.match(text):
            return
        if not paragraph.inside:
            yield index
