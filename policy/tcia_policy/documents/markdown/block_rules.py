r"""Rules for the blocks that CommonMark does not know: metadata, comments, directives, divs, inclusions, raw code.

Formats: pandoc's manual, https://pandoc.org/MANUAL.html#pandocs-markdown; Quarto, https://quarto.org/docs/authoring;
MyST, https://mystmd.org/spec. Where they differ, what one of them calls code is code: code never cites.

A rule has the signature that markdown-it asks for: the parser's state, the line to begin at, the line to end before,
and whether it only asks if the rule applies. It returns whether the rule applies, and moves `state.line` behind.
"""

import re
from bisect import bisect_left
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, code, heading, lheading, paragraph, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from tcia_policy.documents.markdown.page import page_of
from tcia_policy.files import limits

Rule = Callable[[StateBlock, int, int, bool], bool]

PROSE_DIRECTIVES = frozenset(
    "abstract acknowledgements acknowledgments admonition aside attention blockquote card caution danger dropdown "
    "epigraph error figure grid grid-item grid-item-card hint important list-table margin note proof pull-quote "
    "seealso sidebar tab-item tab-set table tip topic warning".split()
)
CODE_DIRECTIVES = frozenset(
    "code code-block code-cell embed eval-rst iframe literalinclude math mermaid raw sourcecode toctree".split()
)
_ARGUMENT_IS_NO_PROSE = frozenset("figure grid tab-set".split())
_METADATA = re.compile(r"[A-Za-z_][\w .-]*:(?:\s|$)")
_FENCE = re.compile(r"(?P<mark>`{3,}|~{3,}|:{3,})[ \t]*(?P<info>.*)")
_DIRECTIVE = re.compile(r"\{([A-Za-z][\w:+.-]*)\}?[ \t]*(.*)")
_OPTION = re.compile(r":[A-Za-z][\w-]*:(?:[ \t]|$)")
_INCLUDE = re.compile(r"\{\{<\s*include\s+([^>\n]+?)\s*>\}\}\s*$")
_RAW_HTML = re.compile(r"<(script|style|pre|textarea)\b", re.IGNORECASE)
_RAW_LATEX = re.compile(r"\\begin\{(verbatim|Verbatim|lstlisting|minted|comment)\*?\}")
_COMMENT_OR_CODE = re.compile(r"\\.|`+|<!--")
_TOML = re.compile(r"[\w.-]+[ \t]*=|\[[\w.]+\]|#")
_COMMENTS = {"<!--": "-->", "<![CDATA[": "]]>"}
_BLANK_LINE = re.compile(r"\n[ \t>]*\n")
_EXAMPLE = re.compile(r"^\(?@([\w-]*)[.)](?:[ \t]+|$)", re.MULTILINE)
_MYST_LINE = re.compile(r"%|\+{3}|\([\w:.-]+\)=\s*$")
_IS_MYST = re.compile(
    r"\{(?:cite|footcite|doc|ref|numref|eq|term|abbr)(?::\w+)?\}`|^[ \t]*(?:`{3,}|:{3,})\{(?:"
    + "|".join(sorted((*PROSE_DIRECTIVES, "include", "bibliography", "code-block", "code-cell", "toctree")))
    + r")\}|^[ \t]*format_name:[ \t]*myst\b|^kernelspec:[ \t]*$",
    re.MULTILINE,
)
_EVERYWHERE = ["paragraph", "reference", "blockquote", "list", "footnote_def"]


def add_block_rules(parser: MarkdownIt) -> None:
    """Add the rules to a parser, before those of the library."""
    rules = parser.block.ruler
    rules.disable("html_block")  # ends at a blank line and hides its Markdown; tags are read as those in a paragraph
    rules.before("table", "deep", _deep)
    rules.before("table", "metadata", _metadata)
    rules.before("table", "toml", _toml)
    rules.before("table", "comment", _comment, {"alt": _EVERYWHERE})
    rules.before("table", "raw", _raw, {"alt": _EVERYWHERE})
    rules.before("table", "include", _include, {"alt": _EVERYWHERE})
    rules.before("table", "directive", _directive, {"alt": _EVERYWHERE})
    rules.before("table", "myst_line", _myst_line, {"alt": _EVERYWHERE})
    rules.at("code", _code)
    rules.at("table", _without_open_comments(_table), {"alt": ["paragraph", "reference"]})
    rules.at("heading", _without_open_comments(heading), {"alt": ["paragraph", "reference", "blockquote"]})
    rules.at("lheading", _without_open_comments(lheading))
    rules.at("paragraph", _without_open_comments(paragraph))
    parser.core.ruler.before("block", "is_myst", _is_myst)
    parser.core.ruler.after("block", "examples", _examples)


def _is_myst(state: StateCore) -> None:
    page_of(state.env).is_myst = _IS_MYST.search(state.src) is not None


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _push(state: StateBlock, kind: str, content: str, first: int) -> None:
    """Push a token of our own for the lines from `first` to the one before `state.line`."""
    token = state.push(kind, "", 0)
    token.content = content
    token.map = [first, state.line]


def _deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return state.level >= limits.MARKDOWN_DEPTH and paragraph(state, start, end, silent)


def _code(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read indented code, but not what pandoc reads as text: the first row of a table, or the text of an empty item."""
    last = [token.type for token in state.tokens[-3:]]
    is_row = last[-1:] == ["hr"] and not state.isEmpty(start - 1)
    is_item = last[:2] == ["list_item_open", "list_item_close"] and last[-1].endswith("list_close")
    return not is_row and not is_item and code(state, start, end, silent)


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    page, done = page_of(state.env), len(state.tokens)
    if page.empty_cells > limits.MARKDOWN_EMPTY_CELLS or not table(state, start, end, silent):
        return False
    cells = [token for token in state.tokens[done:] if token.type == "inline"]
    page.empty_cells += sum(not cell.content for cell in cells)
    _drop_comments_over_cells(state, cells)
    return True


def _drop_comments_over_cells(state: StateBlock, cells: list[Token]) -> None:
    """Drop the comments that end in a later cell, or behind the last cell of their row; leave others as they are."""
    begun: tuple[int, int] | None = None  # a cell, and where in it
    for number, cell in enumerate(cells):
        if begun and cell.map != cells[begun[0]].map and _ends_its_comment(state, cells[begun[0]]):
            _hide(cells, begun, number)
            begun = None
        if begun is not None and "-->" in cell.content:
            _hide(cells, begun, number)
            cell.content = cell.content.partition("-->")[2]
            begun = None
        if begun is None and "<!--" in cell.content and (begin := _open_comment(cell.content)) >= 0:
            begun = number, begin
    if begun is not None and _ends_its_comment(state, cells[begun[0]]):
        _hide(cells, begun, len(cells))


def _ends_its_comment(state: StateBlock, cell: Token) -> bool:
    """Return whether a comment that is open at the end of the row's cells ends in what the table has no column for."""
    row = _text(state, cell.map[0] if cell.map else 0)
    return row.rfind("-->") > row.rfind("<!--")


def _hide(cells: list[Token], begun: tuple[int, int], end: int) -> None:
    """Drop what stands between a place in a cell and the cell at `end`."""
    first, begin = begun
    cells[first].content = cells[first].content[:begin]
    for cell in cells[first + 1 : end]:
        cell.content = ""


def _metadata(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a block of YAML, which pandoc allows anywhere after a blank line."""
    page = page_of(state.env)
    if (
        silent
        or state.level
        or _text(state, start).rstrip() != "---"
        or page.metadata_blocks >= limits.MARKDOWN_METADATA
    ):
        return False
    first = start + 1
    while start == 0 and first < end and _text(state, first)[:1] in ("", "#"):
        first += 1  # at the top, comments and empty lines may come first
    if state.sCount[start] or first >= end or (start and not state.isEmpty(start - 1)):
        return False
    if not _METADATA.match(_raw_line(state, first)):
        return False
    close = next((line for line in range(first, end) if _raw_line(state, line) in ("---", "...")), None)
    if close is None:
        return False
    state.line = close + 1
    page.metadata_blocks += 1
    _push(state, "metadata", state.src[state.bMarks[start + 1] : state.bMarks[close]].removesuffix("\n"), start)
    return True


def _toml(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Drop the header of TOML that Hugo reads, between lines of `+++` at the top."""
    if start or silent or _raw_line(state, 0) != "+++":
        return False
    close = next((line for line in range(1, end) if _raw_line(state, line) == "+++"), None)
    first = next((line for line in range(1, end) if _raw_line(state, line)), 0)
    if close is None or _TOML.match(_raw_line(state, first)) is None:
        return False
    state.line = close + 1
    return True


def _raw_line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] : state.eMarks[line]].rstrip()


def _include(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    match = None if state.is_code_block(start) else _INCLUDE.match(_text(state, start))
    if match is None:
        return False
    if not silent:
        state.line = start + 1
        _push(state, "include", match.group(1).strip("\"'"), start)
    return True


def _myst_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Drop MyST's comments, breaks and labels."""
    is_one = page_of(state.env).is_myst and _MYST_LINE.match(_text(state, start)) is not None
    if is_one and not silent:
        state.line = start + 1
    return is_one


def _raw(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Drop scripts, styles and verbatim text of HTML and LaTeX."""
    text = _text(state, start)
    html, latex = _RAW_HTML.match(text), _RAW_LATEX.match(text)
    if (html is None and latex is None) or state.is_code_block(start):
        return False
    if not silent:
        close = f"</{html.group(1).lower()}" if html else f"\\end{{{latex.group(1)}" if latex else ""
        ends = (at for at in range(start, end) if close in (_text(state, at).lower() if html else _text(state, at)))
        _go_behind(state, next(ends, None), end, (start, text.strip()[:40]))
        if html and html.group(1).lower() == "style":
            style = state.src[state.bMarks[start] : state.eMarks[state.line - 1]]
            page_of(state.env).styles.append(style.partition(">")[2].rpartition("<")[0])
    return True


def _go_behind(state: StateBlock, line: int | None, end: int, begun: tuple[int, str]) -> None:
    """Go on after `line`, or at `end` where what was begun is never closed."""
    state.line = end if line is None else line + 1
    if line is None:
        page_of(state.env).unclosed.append((begun[0] + 1, begun[1]))


# Comments, which the library ends at a blank line


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Drop a comment that begins a line, over blank lines too. What stands behind it is read."""
    begin = state.bMarks[start] + state.tShift[start]
    mark = next((mark for mark in _COMMENTS if state.src.startswith(mark, begin)), None)
    if mark is None or state.is_code_block(start):
        return False
    close = state.src.find(_COMMENTS[mark], begin + len(mark), state.eMarks[end - 1])
    if close >= 0 and state.src[close + 3 : state.eMarks[start]].strip():
        return False  # prose, with a comment in it
    if silent:  # after a line of prose: a comment that ends in the same paragraph is left to it
        over_blank_lines = close < 0 or _BLANK_LINE.search(state.src, begin, close) is not None
        return over_blank_lines or state.parentType == "table"
    _go_behind_comment(state, close, start, end)
    return True


def _go_behind_comment(state: StateBlock, close: int, start: int, end: int) -> None:
    if close < 0:
        _go_behind(state, None, end, (start, "a comment (<!--)"))
        return
    state.line = bisect_left(state.eMarks, close)
    rest = state.src[close + 3 : state.eMarks[state.line]]
    if not rest or rest.isspace():
        state.line += 1
        return
    indent = len(rest) - len(rest.lstrip(" \t"))
    state.bMarks[state.line] = close + 3 + indent
    state.tShift[state.line], state.sCount[state.line] = 0, state.blkIndent


def _without_open_comments(rule: Rule) -> Rule:
    """Return the rule, so that a comment that begins in its text and goes on over blank lines is dropped."""

    def wrapped(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        done = len(state.tokens)
        if not rule(state, start, end, silent):
            return False
        for token in () if silent else state.tokens[done:]:
            begin = _open_comment(token.content) if token.type == "inline" and "<!--" in token.content else -1
            if begin >= 0 and token.map:
                first = token.map[0] + token.content.count("\n", 0, begin)
                close = state.src.find("-->", state.eMarks[state.line - 1], state.eMarks[end - 1])
                token.content = token.content[:begin]
                _go_behind_comment(state, close, first, end)
        return True

    return wrapped


def _open_comment(text: str) -> int:
    """Return where a comment begins that is not code and does not end in the text; -1 where none does."""
    at = 0
    while match := _COMMENT_OR_CODE.search(text, at):
        at = match.end()
        if match.group()[0] == "\\":
            continue
        mark = "-->" if match.group() == "<!--" else match.group()
        close = text.find(mark, at)
        if mark == "-->" and close < 0:
            return match.start()
        at = close + len(mark) if close >= 0 else at
    return -1


# Directives of MyST, divs of pandoc and Quarto


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a directive or a div. Code in backticks and tildes is left to the library."""
    match = None if state.is_code_block(start) else _FENCE.match(_text(state, start))
    if match is None:
        return False
    mark, info = match["mark"], match["info"].strip()
    directive = _DIRECTIVE.match(info)
    name, argument = directive.groups() if directive else ("", "")
    if mark[0] != ":" and ("`" in match["info"] or name not in PROSE_DIRECTIVES | {"include", "bibliography"}):
        return False
    if silent:
        return True
    end = _end_of_container(state, start, end)
    if name in PROSE_DIRECTIVES:
        _prose_directive(state, (start, end), mark, "" if name in _ARGUMENT_IS_NO_PROSE else argument)
    elif name in ("include", "bibliography") or name in CODE_DIRECTIVES:
        _other_directive(state, (start, end), mark, (name, argument))
    else:
        state.line = start + 1  # the lines of a div are read where they stand
        _push(state, "div", info, start)
    return True


def _end_of_container(state: StateBlock, start: int, end: int) -> int:
    """Return the line after the list item or footnote in which the block on line `start` stands."""
    if not state.blkIndent:
        return end
    lines = range(start + 1, end)
    return next((line for line in lines if state.sCount[line] < state.blkIndent and not state.isEmpty(line)), end)


def _other_directive(state: StateBlock, lines: tuple[int, int], mark: str, called: tuple[str, str]) -> None:
    start, end = lines
    name, argument = called
    _go_behind(state, _close(state, start, end, mark), end, (start, f"a block that {mark[:20]} begins"))
    if name == "include":
        _push(state, "include", argument.strip(), start)
    elif name == "bibliography":
        options = state.src[state.eMarks[start] : state.eMarks[state.line - 1]]
        _push(state, "bibliography", argument + options, start)


def _close(state: StateBlock, start: int, end: int, mark: str) -> int | None:
    """Return the line of the fence that closes `mark`."""
    for line in range(start + 1, end):
        text = _text(state, line)
        if text.startswith(mark) and not text.strip().strip(mark[0]) and not state.is_code_block(line):
            return line
    return None


def _prose_directive(state: StateBlock, lines: tuple[int, int], mark: str, argument: str) -> None:
    start, end = lines
    close = _close(state, start, end, mark)
    last = end if close is None else close
    first = _behind_options(state, start + 1, last)
    if argument:
        state.line = start + 1
        token = state.push("inline", "", 0)
        token.content, token.map, token.children = argument, [start, start + 1], []
    state.push("directive_open", "div", 1)
    outer, state.lineMax = state.lineMax, last
    state.md.block.tokenize(state, first, last)
    state.lineMax = outer
    state.push("directive_close", "div", -1)
    state.line = min(last + 1, end)


def _behind_options(state: StateBlock, line: int, end: int) -> int:
    """Return the line after the options of a directive: those that `:name:` begins, or YAML between `---`."""
    if line < end and _text(state, line).rstrip() == "---":
        closes = (at for at in range(line + 1, end) if _text(state, at).rstrip() == "---")
        return next(closes, line - 1) + 1
    while line < end and _OPTION.match(_text(state, line)):
        line += 1
    return line


def _examples(state: StateCore) -> None:
    """Note the labels of pandoc's numbered examples, `(@label) text`, and drop their marks."""
    page = page_of(state.env)
    for token in () if page.is_myst else state.tokens:
        if token.type == "inline" and _EXAMPLE.match(token.content):
            page.examples |= {match.group(1) for match in _EXAMPLE.finditer(token.content)}
            token.content = _EXAMPLE.sub("", token.content)
