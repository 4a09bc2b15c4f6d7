r"""The inside of a paragraph of Markdown: what is printed of it, and what it cites.

Citations: `@key` and `[@a; @b]` as in https://pandoc.org/MANUAL.html#citation-syntax; MyST's roles and DOI links as in
https://mystmd.org/guide/citations; `\cite` and its kin, which pandoc hands on to LaTeX.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import accumulate

from tcia_policy.documents.markdown.blocks import Paragraph, label
from tcia_policy.documents.model import CitationKeyUse, Entry, SourceLocation

MOST_OPEN_BRACKETS = 100

_STOP = re.compile(r"[\\`<\[\]@*_&${]|!\[|\^\[|://")
_KEY = re.compile(r"@(?:\{([^{}\n]{1,500})\}|((?:\w(?:\w|[:.#$%&+?<>~/-](?=\w)|[:/](?=/))*+)))")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_MATH = re.compile(r"\$\$((?:[^$\\]|\\.)++)\$\$|\$(?![\s$])((?:[^$\\]|\\.)++)(?<!\s)\$(?!\d)", re.DOTALL)
_TICKS = re.compile(r"`+")
_RUN = re.compile(r"\*+|_+")
_URL_REST = re.compile(r"://[^\s<>\"`\[\]{}|\\^]*")
_URL_END = ".,;:!?)*_'"
_AUTOLINK = re.compile(r"<((?:https?|ftp|doi|mailto):[^<>\s]*|[^<>\s@]{1,100}@[^<>\s@]{1,200})>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]{0,30})((?:\s[^<>]{0,2000})?)/?>")
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\s\"'<>]+)", re.IGNORECASE)
_CODE_TAGS = frozenset("code kbd samp tt".split())
_LINK_TARGET = re.compile(
    r"\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*+\))*+))"
    r"(?:\s+(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?\s*\)"
)
_LINK_LABEL = re.compile(r"\[([^\[\]\n]{0,500})\]")
_ATTRIBUTES = re.compile(r"\{(?:[#.=][^{}\n]{0,500}|-|[\w-]+=[^{}\n]{0,500})\}")
_SHORTCODE = re.compile(r"\{\{<[^{}\n]{0,500}>\}\}")
_ROLE = re.compile(r"\{([A-Za-z][\w:+.-]{0,40})\}`([^`]*+)`")
_CITE_ROLE = re.compile(r"(?:foot|full)?cite(?::\w+)?")
_REFERENCE_ROLE = re.compile(r"(?:num)?ref|eq|doc|download|keyref|embed")
_BRACES = re.compile(r"\{[^{}]*\}")
_LATEX_CITE = re.compile(
    r"\\(?!(?:set)?citestyle|citereset|citation\b|citetext)([A-Za-z]{0,20}?[cC]ite[A-Za-z]{0,20})\*?"
    r"(?:[ \t]*\[[^\[\]\n]{0,500}\]){0,2}[ \t]*\{([^{}]{1,5000})\}"
)
_LATEX_REFERENCE = re.compile(
    r"\\(?:@?ref|autoref|eqref|pageref|[cC]ref|label)(?:\([^()\s]{0,200}\)|\{[^{}\n]{0,200}\})"
)
_ESCAPED = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_DOI_LINK = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:)(10\.\d{4,9}/\S+)", re.IGNORECASE)
_RUN_CODE = re.compile(r"(?:\{?(?:r|python|julia|ojs)\}?)\s")
# Quarto's and pandoc-crossref's references to parts of the document itself.
CROSS_REFERENCE = re.compile(
    r"(?:fig|tbl|lst|eq|sec|tip|nte|wrn|imp|cau|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|vid|supfig|suptbl)[-:]",
    re.I,
)


@dataclass
class Citations:
    """What is cited: keys, and entries for DOIs cited by themselves. `targets` and `examples` are the file's."""

    targets: Mapping[str, str]
    examples: Collection[str]
    uses: dict[CitationKeyUse, None] = field(default_factory=dict)
    entries: dict[Entry, None] = field(default_factory=dict)

    def cite(self, key: str, place: SourceLocation, in_text: bool = True) -> None:
        """Note a key. One that is a DOI is its own entry, as in Manubot and MyST."""
        self.uses[CitationKeyUse(key, place, in_text)] = None
        if _DOI_LINK.fullmatch(key) or key.startswith("10."):
            self.entries[Entry(key, key, place)] = None


@dataclass
class Printed:
    """What a paragraph prints: `pieces`, and where in its source each begins. A newline in one is one of the source."""

    pieces: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Bracket:
    piece: int
    end: int
    is_image: bool
    cited: int


def read_inline(paragraph: Paragraph, file: str, citations: Citations) -> tuple[Printed, tuple[int, ...]]:
    """What the paragraph prints, and the offsets at which its lines begin. Its citations are added to `citations`."""
    inline = _Inline(paragraph, file, citations)
    return inline.read(), inline.starts


class _Inline:
    """One pass over a paragraph, linear in its length. A handler is given where it stands, and says where to go on."""

    def __init__(self, paragraph: Paragraph, file: str, citations: Citations) -> None:
        self._text = paragraph.text
        self._numbers = paragraph.numbers
        self._file = file
        self._citations = citations
        self._printed = Printed()
        self._done = 0  # up to here, the text is printed or dropped
        self._brackets: list[_Bracket] = []
        self._last_closed = -1
        self._cited = 0
        self._links: list[str] = []
        self._ticks: dict[int, list[int]] | None = None
        self._unclosed_tags: set[str] = set()
        lengths = [len(line) + 1 for line in self._text.split("\n")]
        self.starts = (0, *accumulate(lengths[:-1]))

    def read(self) -> Printed:
        at = 0
        while match := _STOP.search(self._text, at):
            at = _HANDLERS[match.group()](self, match.start())
        self._put(len(self._text), len(self._text), "")
        return self._printed

    def _put(self, start: int, end: int, printed: str) -> int:
        """Print what comes before `start` as it is, and `printed` for what stands from there to `end`."""
        if start > self._done:
            self._printed.pieces.append(self._text[self._done : start])
            self._printed.origins.append(self._done)
        if printed:
            self._printed.pieces.append(printed.replace("\n", " "))
            self._printed.origins.append(start)
        self._done = end
        return end

    def _place(self, at: int) -> SourceLocation:
        return SourceLocation(self._file, self._numbers[bisect_right(self.starts, at) - 1])

    def _cite(self, key: str, at: int, in_text: bool = True) -> None:
        self._cited += 1
        self._citations.cite(key, self._place(at), in_text)

    def _backslash(self, at: int) -> int:
        following = self._text[at + 1 : at + 2]
        if reference := _LATEX_REFERENCE.match(self._text, at):
            return self._put(at, reference.end(), "")
        if following in _ESCAPED:
            return self._put(at, at + 2, following)
        if following in ("\n", " "):
            return self._put(at, at + 1, "")
        cite = _LATEX_CITE.match(self._text, at)
        if cite is None:
            return at + 1
        line = self.starts[bisect_right(self.starts, at) - 1]
        if not self._text.startswith("%", line):  # a comment of LaTeX
            for key in filter(None, map(str.strip, cite.group(2).split(","))):
                self._cite(key, at, in_text=cite.group(1).casefold() != "nocite")
        return self._put(at, cite.end(), "")

    def _tick(self, at: int) -> int:
        match = _TICKS.match(self._text, at)
        assert match is not None
        size = match.end() - at
        closing = self._closing_ticks(size, match.end())
        if closing < 0:
            return match.end()
        end = closing + size
        code = self._text[match.end() : closing].strip()
        raw = _ATTRIBUTES.match(self._text, end)
        is_printed = not (_RUN_CODE.match(code) or (raw and raw.group().startswith("{=")))
        return self._put(at, raw.end() if raw else end, code if is_printed else "")

    def _closing_ticks(self, size: int, after: int) -> int:
        if self._ticks is None:
            self._ticks = {}
            for match in _TICKS.finditer(self._text):
                self._ticks.setdefault(match.end() - match.start(), []).append(match.start())
        starts = self._ticks.get(size, [])
        position = bisect_left(starts, after)
        return starts[position] if position < len(starts) else -1

    def _less_than(self, at: int) -> int:
        if link := _AUTOLINK.match(self._text, at):
            return self._put(at, link.end(), link.group(1))
        tag = _TAG.match(self._text, at)
        if tag is None:
            return at + 1
        closes, name = bool(tag.group(1)), tag.group(2).lower()
        if name in _CODE_TAGS and not closes:
            return self._code_tag(at, tag.end(), name)
        if name == "a" and closes:
            return self._put(at, tag.end(), f" {self._links.pop()}" if self._links else "")
        if name == "a" and (target := _HREF.search(tag.group(3))):
            self._links.append(unescape(target.group(1)))
        return self._put(at, tag.end(), " " if name == "br" else "")

    def _code_tag(self, at: int, begin: int, name: str) -> int:
        end = -1 if name in self._unclosed_tags else self._text.find(f"</{name}>", begin)
        if end < 0:
            self._unclosed_tags.add(name)
            return self._put(at, begin, "")
        return self._put(at, end + len(name) + 3, self._text[begin:end])

    def _open(self, at: int) -> int:
        begin = self._text[at]
        end = at + (1 if begin == "[" else 2)
        if len(self._brackets) >= MOST_OPEN_BRACKETS:
            return end
        self._put(at, end, "[")
        self._brackets.append(_Bracket(len(self._printed.pieces) - 1, end, begin == "!", self._cited))
        return end

    def _close(self, at: int) -> int:
        if not self._brackets:
            return at + 1
        bracket = self._brackets.pop()
        self._put(at, at, "")
        end = at + 1
        inside = self._text[bracket.end : min(at, bracket.end + 500)]
        target, end = self._target(inside, end)
        attributes = _ATTRIBUTES.match(self._text, end) if self._text.startswith("{", end) else None
        if inside.startswith("^") and target is None:  # a footnote's mark
            self._forget(bracket.piece)
            return self._put(at, end, "")
        if self._cited > bracket.cited and self._last_closed < bracket.piece and self._only_keys(bracket.piece):
            self._forget(bracket.piece)
            return self._put(at, at + 1, "")
        self._last_closed = bracket.piece
        if target is None and attributes is None:
            return self._put(at, at + 1, "]")
        self._printed.pieces[bracket.piece] = ""
        return self._put(at, end, self._link(inside, target or "", bracket, at))

    def _target(self, inside: str, end: int) -> tuple[str | None, int]:
        """What a link leads to, and where it ends; `None` for brackets that are no link."""
        following = self._text[end : end + 1]
        if following == "(" and (match := _LINK_TARGET.match(self._text, end)):
            return match.group(1) or match.group(2) or "", match.end()
        targets = self._citations.targets
        match = _LINK_LABEL.match(self._text, end) if targets and following == "[" else None
        if match and (found := targets.get(label(match.group(1) or inside))):
            return found, match.end()
        return targets.get(label(inside)) if targets else None, end

    def _link(self, words: str, target: str, bracket: _Bracket, at: int) -> str:
        doi = _DOI_LINK.fullmatch(target)
        if doi and not words.strip() and not bracket.is_image:
            self._cite(target, at)
            return ""
        return "" if bracket.is_image or not target or target.startswith("#") or target == words else f" {target}"

    def _only_keys(self, piece: int) -> bool:
        return not any(character.isalnum() for part in self._printed.pieces[piece:] for character in part)

    def _forget(self, piece: int) -> None:
        del self._printed.pieces[piece:]
        del self._printed.origins[piece:]

    def _at_sign(self, at: int) -> int:
        before = self._text[at - 1] if at else " "
        match = None if before.isalnum() or before in "@/" else _KEY.match(self._text, at)
        if match is None:
            return at + 1
        key = match.group(1) or match.group(2)
        if key in self._citations.examples or (key == "ref" and self._text.startswith("(", match.end())):
            return match.end()
        self._cite(key.strip(), at)
        begin = (
            at - 1 if before == "-" and at - 1 >= self._done and self._text[at - 2 : at - 1] in tuple("[ ;\n") else at
        )
        return self._put(begin, match.end(), "")

    def _emphasis(self, at: int) -> int:
        match = _RUN.match(self._text, at)
        assert match is not None
        end = match.end()
        before = self._text[at - 1] if at else " "
        after = self._text[end : end + 1] or " "
        within_a_word = before.isalnum() and after.isalnum() and (match.group() == "*" or "_" in match.group())
        if within_a_word or (before.isspace() and after.isspace()):
            return end
        return self._put(at, end, "")

    def _ampersand(self, at: int) -> int:
        match = _ENTITY.match(self._text, at)
        if match is None:
            return at + 1
        return self._put(at, match.end(), "".join(c if c.isprintable() else " " for c in unescape(match.group())))

    def _dollar(self, at: int) -> int:
        match = _MATH.match(self._text, at)
        if match is None:
            return at + 1
        return self._put(at, match.end(), match.group(1) or match.group(2))

    def _brace(self, at: int) -> int:
        if role := _ROLE.match(self._text, at):
            if _CITE_ROLE.fullmatch(role.group(1)):
                for key in filter(None, map(str.strip, _BRACES.sub("", role.group(2)).split(","))):
                    self._cite(key, at)
                return self._put(at, role.end(), "")
            return self._put(at, role.end(), "" if _REFERENCE_ROLE.fullmatch(role.group(1)) else role.group(2))
        dropped = _SHORTCODE.match(self._text, at) or _ATTRIBUTES.match(self._text, at)
        return at + 1 if dropped is None else self._put(at, dropped.end(), "")

    def _address(self, at: int) -> int:
        match = _URL_REST.match(self._text, at)
        assert match is not None
        return at + max(3, len(match.group().rstrip(_URL_END)))


_HANDLERS: dict[str, Callable[[_Inline, int], int]] = {
    "\\": _Inline._backslash,
    "`": _Inline._tick,
    "<": _Inline._less_than,
    "[": _Inline._open,
    "![": _Inline._open,
    "^[": _Inline._open,
    "]": _Inline._close,
    "@": _Inline._at_sign,
    "*": _Inline._emphasis,
    "_": _Inline._emphasis,
    "&": _Inline._ampersand,
    "$": _Inline._dollar,
    "{": _Inline._brace,
    "://": _Inline._address,
}
