r"""What of a file's tokens a reader sees: the rest is dropped, and what nobody can tell is marked with its doubt.

Something is hidden by an element of HTML, by strikethrough, by the attributes of a span, a heading or a div, by
CriticMarkup, or by the comments and conditions of LaTeX, Liquid and Hugo. Whatever is begun ends where its mark is, or
with the paragraph, or, of what is a block by itself, with the document. Work is linear in the number of tokens.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, NamedTuple

from markdown_it.token import Token

from tcia_policy.documents.html.sight import HIDDEN, SEEN, Sight, sight_of
from tcia_policy.documents.html.stylesheet import Element, StyleSheet
from tcia_policy.documents.html.tags import VOID, element_of, lists_references, tag_of
from tcia_policy.lazy import dataclass

DIV = ":::"
HEADING = "#"
_ENDS_WITH_PARAGRAPH = frozenset("p li dt dd td th tr option".split())
_BLOCKS = frozenset(
    "div section article aside details center header footer nav main template noscript s strike".split()
)
_HIDING_DIVS = frozenset("notes comment comments todo hidden content-hidden no-render".split())
_CONDITIONAL_DIRECTIVES = frozenset("only ifconfig".split())
_HIDING_DIRECTIVES = frozenset("todo comment meta index".split())

Notes = Mapping[int, Mapping[str, Any]]


class Mark(NamedTuple):
    """What begins or ends something that may hide text. `turns` is true for `\\else`, which is both.

    `lists_references` says that what it begins is marked as a list of references.
    """

    name: str
    ends: bool = False
    sight: Sight = SEEN
    turns: bool = False
    is_block: bool = False
    lists_references: bool = False


class _Open(NamedTuple):
    """What has begun: the token that begins it, how it is seen by itself and all in all, and its heading's level."""

    token: Token
    mark: Mark
    sight: Sight
    is_inline: bool
    level: int = 0


def sight_of_div(info: str, sheet: StyleSheet | None = None) -> Sight:
    """Return how the text of a div is seen: `::: notes`, `::: {.content-hidden}`, MyST's `:::{only} html`."""
    is_braced = info.startswith("{")
    element = element_of(info, "div")
    words = info.strip("{}").split() or [""]
    is_directive = is_braced and words[0][:1].isalpha() and "=" not in words[0]
    if is_directive and words[0].rstrip("}") in _CONDITIONAL_DIRECTIVES:
        return Sight(doubt=f"only in some formats ({info[:60]})")
    if is_directive and words[0].rstrip("}") in _HIDING_DIRECTIVES:
        return HIDDEN
    seen = sight_of(element, sheet)
    if seen is not SEEN or element.classes & {"content-visible", "content-hidden"}:
        return seen
    named = element.classes if is_braced else {words[0]}
    return HIDDEN if named & _HIDING_DIVS else SEEN


@dataclass
class SeenTokens:
    """The tokens of one file that are seen. `unclosed` says what hides the rest of the file, and on which line."""

    notes: Notes
    sheet: StyleSheet
    unclosed: list[tuple[int, str]] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _sections: list[int] = field(default_factory=list)  # where in `_open` a heading hides its section
    _listing: int = 0  # how many lists of references are open
    _is_open: set[int] = field(default_factory=set)
    _begun: dict[int, int] = field(default_factory=dict)  # the mark that begins what a mark ends, by their ids
    _ended: set[int] = field(default_factory=set)
    _marks: dict[int, Mark | None] = field(default_factory=dict)
    _subscripts: set[int] = field(default_factory=set)

    def of(self, tokens: Sequence[Token]) -> list[Token]:
        """Return the tokens without what is hidden. The children of a paragraph are replaced in place."""
        self._pair(tokens)
        seen = []
        for token in tokens:
            if token.type == "div":
                self._pass(token)
            elif token.type == "heading_open":
                self._end_sections(int(token.tag[1]))
                seen.append(token)
            elif token.type == "inline":
                self._paragraph(token, seen)
            elif not self._sight.hidden or token.nesting:
                self._mark_doubt(token)
                seen.append(token)
        return seen

    @property
    def _sight(self) -> Sight:
        return self._open[-1].sight if self._open else SEEN

    def _paragraph(self, token: Token, before: list[Token]) -> None:
        outer = len(self._open)
        token.children = self._inline(token.children or [])
        if before and before[-1].type == "heading_open":
            self._head(token, int(before[-1].tag[1]))
        for index in range(outer, len(self._open)):
            if id(self._open[index].token) not in self._ended and _ends_here(self._open[index]):
                self._end_from(index)
                break
        before.append(token)

    def _head(self, token: Token, level: int) -> None:
        """Hide a section by the attributes of its heading."""
        if not token.children or token.children[-1].type != "attributes":
            return
        sight = sight_of(_heading_element(token.children[-1].content), self.sheet)
        if sight is not SEEN:
            mark = Mark(HEADING, sight=sight)
            self._is_open.add(id(token))
            self._sections.append(len(self._open))
            self._open.append(_Open(token, mark, sight.within(self._sight), is_inline=False, level=level))
            token.children = [] if self._sight.hidden else token.children
            for child in token.children or ():
                self._mark_doubt(child)

    def _end_sections(self, level: int) -> None:
        at = next((at for at in self._sections if self._open[at].level >= level), None)
        if at is not None:
            self._end_from(at)

    def _inline(self, tokens: Sequence[Token]) -> list[Token]:
        seen: list[Token] = []
        links: list[tuple[int, bool]] = []  # where in `seen` a link begins, and whether something in it was dropped
        brackets: list[int] = []
        for token in tokens:
            is_kept = self._keeps(token)
            if token.type == "link_open":
                links.append((len(seen) if is_kept else -1, False))
            elif token.type == "link_close" and links:
                is_kept = _keeps_link(seen, links.pop())
            elif token.type == "bracket_open" and is_kept:
                brackets.append(len(seen))
            elif token.type == "bracket_close" and is_kept and brackets:
                is_kept = self._span(token, seen, brackets.pop())
            elif token.type == "attributes":
                self._attributes(token, seen)
            if is_kept:
                self._mark_doubt(token)
                seen.append(token)
            elif links and token.type not in ("link_close", "link_open"):
                links[-1] = (links[-1][0], True)
        return seen

    def _keeps(self, token: Token) -> bool:
        """Return whether a token is seen, and go through what it begins or ends."""
        was_hidden = self._sight.hidden
        self._pass(token)
        if token.type in ("s_open", "s_close", "mark"):
            return False
        hidden = self._sight.hidden or was_hidden
        if token.type == "footnote_ref" and not hidden and (note := self.notes[token.meta["id"]].get("tokens")):
            note[:] = self._inline(note)
        return not hidden

    def _span(self, token: Token, seen: list[Token], begin: int) -> bool:
        """Hide what stands between brackets by the attributes behind them."""
        if begin > len(seen) or not token.meta.get("attributes"):
            return True
        sight = sight_of(element_of(token.meta["attributes"]), self.sheet)
        if sight.hidden:
            del seen[begin:]
        elif sight.doubt:
            for inner in seen[begin:]:
                inner.meta.setdefault("doubt", sight.doubt)
        return not sight.hidden

    def _attributes(self, token: Token, seen: list[Token]) -> None:
        """Hide the link, image or code before attributes."""
        sight = sight_of(element_of(token.content), self.sheet)
        if sight is SEEN or not seen:
            return
        begin = len(seen) - 1
        if seen[-1].type == "link_close":
            depth = 0
            for begin in range(len(seen) - 1, -1, -1):
                depth += seen[begin].type == "link_close"
                depth -= seen[begin].type == "link_open"
                if not depth:
                    break
        elif seen[-1].type not in ("image", "code_inline"):
            return
        if sight.hidden:
            del seen[begin:]
        for inner in seen[begin:]:
            inner.meta.setdefault("doubt", sight.doubt)

    def _mark_doubt(self, token: Token) -> None:
        if self._sight.doubt:
            token.meta.setdefault("doubt", self._sight.doubt)
        if self._listing:
            token.meta["is_reference"] = True

    # What begins and ends

    def _pass(self, token: Token) -> None:
        mark = self._marks.get(id(token))
        if mark is None:
            return
        if not mark.ends and not mark.turns:
            self._begin(token, mark)
        elif (begun := self._begun.get(id(token))) in self._is_open:
            index = next(at for at in reversed(range(len(self._open))) if id(self._open[at].token) == begun)
            sight = self._open[index].mark.sight
            self._end_from(index)
            if mark.turns:
                self._begin(token, Mark(mark.name, sight=_turned(sight), is_block=True))

    def _begin(self, token: Token, mark: Mark) -> None:
        if token.type == "mark" and id(token) not in self._ended:
            return  # a condition that is never closed is text about one
        if mark.is_block and mark.sight.hidden and id(token) not in self._ended:
            line = token.map[0] + (token.type == "div") if token.map else 1
            self.unclosed.append((line, f"a hidden part ({mark.name})"))
        self._is_open.add(id(token))
        self._listing += mark.lists_references
        self._open.append(_Open(token, mark, mark.sight.within(self._sight), is_inline=not mark.is_block))

    def _end_from(self, index: int) -> None:
        self._is_open -= {id(begun.token) for begun in self._open[index:]}
        self._listing -= sum(begun.mark.lists_references for begun in self._open[index:])
        del self._open[index:]
        while self._sections and self._sections[-1] >= index:
            self._sections.pop()

    def _pair(self, tokens: Iterable[Token]) -> None:
        """Find what each mark ends: the last of its name that has begun and not ended."""
        begun: list[tuple[str, int]] = []
        names: Counter[str] = Counter()
        for token in self._all(tokens):
            mark = self._marks[id(token)] = None if id(token) in self._subscripts else self._mark(token)
            if mark is None:
                continue
            if mark.ends or mark.turns:
                while names[mark.name]:
                    name, number = begun.pop()
                    names[name] -= 1
                    if name == mark.name:
                        self._begun[id(token)] = number
                        self._ended.add(number)
                        break
            if not mark.ends and (not mark.turns or id(token) in self._begun):
                begun.append((mark.name, id(token)))
                names[mark.name] += 1

    def _all(self, tokens: Iterable[Token]) -> Iterator[Token]:
        for token in tokens:
            if token.type in ("div", "html_inline", "s_open", "s_close", "mark"):
                yield token
            elif token.type == "inline":
                self._subscripts.update(_subscripts(token.children or ()))
                yield from self._all(token.children or ())
            elif token.type == "footnote_ref":
                yield from self._all(self.notes[token.meta["id"]].get("tokens") or ())

    def _mark(self, token: Token) -> Mark | None:
        if token.type == "div":
            sight, element = sight_of_div(token.content, self.sheet), element_of(token.content, "div")
            return Mark(DIV, not token.content, sight, is_block=True, lists_references=lists_references(element))
        if token.type in ("s_open", "s_close"):
            is_doubtful = token.markup == "~"
            sight = Sight(doubt="only where one ~ does not strike out, as it does on GitHub") if is_doubtful else HIDDEN
            return Mark(f"~{token.markup}", token.type == "s_close", sight)
        if token.type == "mark":
            found: Mark = token.meta["mark"]
            return found
        tag = tag_of(token.content)
        if tag is None or tag.element.name in VOID:
            return None
        name = tag.element.name
        sight = SEEN if tag.ends else sight_of(tag.element, self.sheet)
        is_list = not tag.ends and lists_references(tag.element)
        return Mark(name, tag.ends, sight, is_block=name in _BLOCKS, lists_references=is_list)


def _subscripts(tokens: Iterable[Token]) -> Iterator[int]:
    """Yield the ids of what begins and ends pandoc's subscripts, `H~2~O`: they follow a word, and have no space."""
    spaces, is_behind_word = 0, False
    begun: list[tuple[int, int, bool]] = []
    for token in tokens:
        if token.type == "s_open" and token.markup == "~":
            begun.append((id(token), spaces, is_behind_word))
        elif token.type == "s_close" and token.markup == "~" and begun:
            first, spaces_before, is_subscript = begun.pop()
            if is_subscript and spaces == spaces_before:
                yield from (first, id(token))
        is_space = token.type in ("softbreak", "hardbreak") or any(map(str.isspace, token.content))
        spaces += is_space
        is_behind_word = not (token.type.endswith("break") or not token.content or token.content[-1:].isspace()) or (
            token.type in ("em_close", "strong_close", "s_close", "math_inline")
        )


def _heading_element(attributes: str) -> Element:
    element = element_of(attributes, "section")
    is_hidden = element.attributes.get("visibility") == "hidden"  # a slide of reveal.js
    return Element("section", {**element.attributes, "hidden": ""}) if is_hidden else element


def _ends_here(begun: _Open) -> bool:
    return begun.is_inline or begun.mark.name in _ENDS_WITH_PARAGRAPH


def _keeps_link(seen: list[Token], link: tuple[int, bool]) -> bool:
    """Return whether the end of a link is kept. One whose words are all hidden is dropped with them."""
    begin, was_dropped = link
    if begin < 0:
        return False
    if was_dropped and len(seen) == begin + 1:
        del seen[begin:]
        return False
    return True


def _turned(sight: Sight) -> Sight:
    """Return how what follows `\\else` is seen."""
    if sight.doubt:
        return sight
    return SEEN if sight.hidden else HIDDEN
