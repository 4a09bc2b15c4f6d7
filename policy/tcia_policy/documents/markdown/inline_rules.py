r"""Rules for the inside of a paragraph that CommonMark does not know: citations, roles, attributes, and its lines.

Citations: `@key` and `[@a; @b]` as in https://pandoc.org/MANUAL.html#citation-syntax; MyST's roles as in
https://mystmd.org/guide/citations; `\cite` and its kin, which pandoc hands on to LaTeX.

A rule has the signature that markdown-it asks for: the parser's state, and whether it only asks if the rule applies.
It returns whether the rule applies, and moves `state.pos` behind what it read. Every token's `map` holds its line.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, MutableMapping
from types import SimpleNamespace
from typing import Any, Literal, cast

from markdown_it import MarkdownIt, helpers
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_inline, footnote_ref

from tcia_policy.documents.markdown.page import page_of
from tcia_policy.files import limits

Rule = Callable[[StateInline, bool], bool]

_RUN = {"[": re.compile(r"\[+"), "]": re.compile(r"\]+")}
_KEY = re.compile(r"@(?:\{([^{}\n]{1,500})\}|((?:\w(?:\w|[:.#$%&+?<>~/-](?=\w)|[:/](?=/))*+)))")
_URL_REST = re.compile(r"://[^\s<>\"`\[\]{}|\\^]*")
_URL_END = ".,;:!?)*_'~"  # as in https://github.github.com/gfm/#extended-autolink-path-validation
_ATTRIBUTES = re.compile(r"\{(?:[#.=][^{}\n]{0,500}|-|[\w-]+=[^{}\n]{0,500})\}")
_SHORTCODE = re.compile(r"\{\{<[^{}\n]{0,500}>\}\}")
_ROLE = re.compile(r"\{([A-Za-z][\w:+.-]{0,40})\}(`{1,5})(?!`)")
_CODE_TAG = re.compile(r"<(code|kbd|samp|tt)\b[^<>]{0,500}>", re.IGNORECASE)
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


def add_inline_rules(parser: MarkdownIt) -> None:
    """Give a parser that has the footnotes' and math's plugins the rules, and tokens that know their lines."""
    rules = parser.inline.ruler
    rules.before("escape", "brackets", as_rule(_run_of_brackets))
    rules.before("escape", "latex", as_rule(_latex))
    rules.before("backticks", "role", as_rule(_role))
    rules.before("html_inline", "code_tag", as_rule(_code_tag))
    rules.at("image", as_rule(_nested(image)))
    rules.at("footnote_inline", as_rule(_nested(footnote_inline)))
    rules.at("footnote_ref", as_rule(_footnote_ref))
    for rule in (_at_sign, _address, _attributes, _bracket):
        rules.push(rule.__name__, as_rule(rule))
    parser.core.ruler.at("inline", _inline)


class InlineState(StateInline):
    """The library's state, which also knows lines, and how much more may be searched for the ends of links.

    The library searches from each `[` to the end of the paragraph for a `]`. `to_search` bounds that: in a paragraph
    that used it up, which no honest one does, brackets are printed as they are, and what is in them is still read.
    """

    def __init__(self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.page = page_of(env)
        self.first_line = self.page.line
        self.to_search = 50_000 + 2 * len(src)
        self.unclosed_tags: set[str] = set()
        self.critic_ends: set[int] = set()
        self._breaks = [at for at, character in enumerate(src) if character == "\n"] if "\n" in src else []

    def line(self, at: int) -> int:
        """Return the line of the file on which a position stands."""
        return self.first_line + bisect_left(self._breaks, at)

    def line_start(self, at: int) -> int:
        """Return where the line of a position begins."""
        row = bisect_left(self._breaks, at)
        return self._breaks[row - 1] + 1 if row else 0

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        return self._with_line(super().push(ttype, tag, nesting))

    def pushPending(self) -> Token:  # noqa: N802 (the library's name)
        return self._with_line(super().pushPending())

    def _with_line(self, token: Token) -> Token:
        token.map = [self.line(self.pos)] * 2
        return token

    def push_text(self, kind: str, content: str) -> Token:
        """Push a token of our own."""
        token = self.push(kind, "", 0)
        token.content = content
        return token


class InlineParser(ParserInline):
    """The library's parser, with the state that knows lines."""

    def parse(self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]) -> list[Token]:
        """Read the inside of a paragraph that begins on the line of the page that `env` carries."""
        state = InlineState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def as_rule(rule: Callable[[InlineState, bool], bool]) -> Rule:
    """Return a rule for the state of `InlineParser` as one for the library's, of which it is given no other."""
    return cast(Rule, rule)


def _label_end(state: InlineState, start: int, disable_nested: bool = False) -> int:
    """Return where the label that begins at `start` ends, -1 where it does not or `to_search` is used up."""
    if state.to_search <= 0:
        return -1
    end = helpers.parseLinkLabel(state, start, disable_nested)
    state.to_search -= (state.posMax if end < 0 else end) - start
    return end


BOUNDED_HELPERS = SimpleNamespace(
    parseLinkLabel=_label_end,
    parseLinkDestination=helpers.parseLinkDestination,
    parseLinkTitle=helpers.parseLinkTitle,
)


def _inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            page_of(state.env).line = token.map[0] + 1 if token.map else 1
            token.children = state.md.inline.parse(token.content, state.md, state.env, []) if token.content else []


def _nested(rule: Rule) -> Callable[[InlineState, bool], bool]:
    """Return the rule for an image or a note, whose text the library reads as a text of its own."""

    def wrapped(state: InlineState, silent: bool) -> bool:
        if state.src[state.pos] not in "!^" or state.page.depth >= limits.MARKDOWN_NOTE_DEPTH or state.to_search <= 0:
            return False
        begin = state.pos
        if not silent:
            state.page.line = state.line(begin)
        state.page.depth += 1
        applies = rule(state, silent)
        state.page.depth -= 1
        state.to_search -= (state.pos if applies else state.posMax) - begin if state.src[begin] == "^" else 0
        return applies

    return wrapped


def _footnote_ref(state: InlineState, silent: bool) -> bool:
    begins = state.src.startswith("[^", state.pos)
    return (
        begins and "]" in state.src[state.pos : state.pos + limits.MARKDOWN_NOTE_LABEL] and footnote_ref(state, silent)
    )


def _run_of_brackets(state: InlineState, silent: bool) -> bool:
    """Read many equal brackets at once, all but the last, where no more may be searched for links."""
    bracket = state.src[state.pos]
    if bracket not in "[]" or state.to_search > 0:
        return False
    run = _RUN[bracket].match(state.src, state.pos, state.posMax)
    return run is not None and _as_it_is(state, run.group()[:-1], silent)


def _latex(state: InlineState, silent: bool) -> bool:
    if state.src[state.pos] != "\\":
        return False
    if reference := _LATEX_REFERENCE.match(state.src, state.pos):
        state.pos = reference.end()
    elif cite := _LATEX_CITE.match(state.src, state.pos):
        is_comment = state.src.startswith("%", state.line_start(state.pos))
        if not silent and not is_comment:
            _cite(state, cite.group(2).split(","), in_text=cite.group(1).casefold() != "nocite")
        state.pos = cite.end()
    elif state.src.startswith("\\ ", state.pos):
        state.pos += 1
    else:
        return False
    return True


def _cite(state: InlineState, keys: list[str], in_text: bool = True, is_loose: bool = False) -> None:
    for key in filter(None, map(str.strip, keys)):
        state.push_text("cite", key).meta.update(in_text=in_text, is_loose=is_loose)


def _role(state: InlineState, silent: bool) -> bool:
    match = _ROLE.match(state.src, state.pos)
    end = -1 if match is None else state.src.find(match.group(2), match.end(), state.posMax)
    if match is None or end < 0:
        return False
    name, content = match.group(1), state.src[match.end() : end]
    if silent:
        pass
    elif _CITE_ROLE.fullmatch(name):
        _cite(state, _BRACES.sub("", content).split(","))
    elif not _REFERENCE_ROLE.fullmatch(name):
        state.push_text("code_inline", content.replace("\n", " "))
    state.pos = end + len(match.group(2))
    return True


def _code_tag(state: InlineState, silent: bool) -> bool:
    match = _CODE_TAG.match(state.src, state.pos)
    name = match.group(1) if match else ""
    if match is None or name in state.unclosed_tags:
        return False
    end = state.src.find(f"</{name}>", match.end(), state.posMax)
    if end < 0:
        state.unclosed_tags.add(name)
        return False
    if not silent:
        state.push_text("code_inline", state.src[match.end() : end].replace("\n", " "))
    state.pos = end + len(name) + 3
    return True


def _at_sign(state: InlineState, silent: bool) -> bool:
    at = state.pos
    before = state.src[at - 1] if at else " "
    match = None if before.isalnum() or before in "@/" else _KEY.match(state.src, at)
    if match is None or match.end() > state.posMax:
        return False
    key = match.group(1) or match.group(2)
    if silent:
        pass
    elif key in state.page.examples or (key == "ref" and state.src.startswith("(", match.end())):
        state.append_pending(match.group())
    else:
        if before == "-" and state.src[at - 2 : at - 1] in ("", *"[ ;\n") and state.pending.endswith("-"):
            state.pending = state.pending[:-1]
        _cite(state, [key], is_loose=match.group(1) is None)
    state.pos = match.end()
    return True


def _address(state: InlineState, silent: bool) -> bool:
    """Read the rest of a bare address as it is: nothing in it is markup."""
    match = _URL_REST.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    address = match.group().rstrip(_URL_END) if len(match.group()) > len("://") else match.group()
    return _as_it_is(state, address, silent)


def _as_it_is(state: InlineState, text: str, silent: bool) -> bool:
    if text and not silent:
        state.append_pending(text)
    state.pos += len(text)
    return bool(text)


def _attributes(state: InlineState, silent: bool) -> bool:
    """Drop attributes and shortcodes; drop the code before an attribute that says that it is raw."""
    if state.src[state.pos] != "{":
        return False
    match = _SHORTCODE.match(state.src, state.pos) or _ATTRIBUTES.match(state.src, state.pos)
    if match is None:
        return False
    is_raw = match.group().startswith("{=") and not state.pending and state.tokens
    if is_raw and not silent and state.tokens[-1].type == "code_inline":
        state.tokens[-1].content = ""
    if not silent:
        state.push_text("attributes", match.group())
    state.pos = match.end()
    return True


def _bracket(state: InlineState, silent: bool) -> bool:
    """Read a bracket that is no link: it may be around citations, or around a text with attributes."""
    bracket = state.src[state.pos]
    if bracket not in "[]" or (bracket == "[" and silent):
        return False
    attributes = _ATTRIBUTES.match(state.src, state.pos + 1) if bracket == "]" else None
    if not silent:
        token = state.push_text("bracket_open" if bracket == "[" else "bracket_close", "" if attributes else bracket)
        token.meta["attributes"] = attributes.group() if attributes else ""
    state.pos = attributes.end() if attributes else state.pos + 1
    return True
