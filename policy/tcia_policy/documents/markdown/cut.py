r"""Markdown cut into blocks: what is prose, and on which line; code, comments and raw HTML are left out.

Formats: pandoc's manual, https://pandoc.org/MANUAL.html#pandocs-markdown; Quarto, https://quarto.org/docs/authoring;
R Markdown's `child`, https://bookdown.org/yihui/rmarkdown-cookbook/child-document.html; MyST, https://mystmd.org/spec.
Where they differ, what one of them calls code is code: code never cites.
"""

import re
from collections.abc import Sequence

from tcia_policy.documents.markdown.blocks import BibliographyHere, Blocks, Inclusion, Metadata, Paragraph, label

INDENT_OF_CODE = 4
MOST_METADATA = 100

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
_METADATA_END = ("---", "...")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<mark>`{3,}|~{3,}|:{3,})[ \t]*(?P<info>.*)")
_FENCE_END = re.compile(r"[ \t>]*(`{3,}|~{3,}|:{3,})[ \t]*$")
_DIRECTIVE = re.compile(r"\{([A-Za-z][\w:+.-]*)\}?[ \t]*(.*)")
_OPTION = re.compile(r"[ \t]*:[A-Za-z][\w-]*:(?:[ \t]|$)")
_CHILD = re.compile(r"\bchild\s*=\s*(?:c\()?\s*((?:[\"'][^\"'\n]+[\"']\s*,?\s*)+)")
_QUOTED = re.compile(r"[\"']([^\"'\n]+)[\"']")
_INCLUDE = re.compile(r"\s*\{\{<\s*include\s+([^>\n]+?)\s*>\}\}\s*$")
_RAW_HTML = re.compile(r"[ \t]*<(script|style|pre|textarea)\b", re.IGNORECASE)
_RAW_LATEX = re.compile(r"\s*\\begin\{(verbatim|Verbatim|lstlisting|minted|comment)\*?\}")
_COMMENT_OR_CODE = re.compile(r"\\.|`+|<!--")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_ATTRIBUTES = re.compile(r"[ \t]*\{[#.-][^{}]*\}[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_RULE = re.compile(r"(?=.*[-=*_]{2}|.*[-*_] )[ \t|:+=*_-]*+$")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)+")
_ITEM = re.compile(r"([ \t]*)([-*+]|\(?(?:\d{1,9}|#)[.)]|\(?@[\w-]*[.)]|:|~)(?:[ \t]+|$)")
_EXAMPLE = re.compile(r"\(?@([\w-]*)[.)]")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,200})\]:[ \t]*")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,200})\]")
_TARGET = re.compile(
    r" {0,3}\[([^\[\]\n]{1,500})\]:[ \t]*<?([^\s<>]+)>?(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*$"
)
_MYST_LABEL = re.compile(r"\([\w:.-]+\)=\s*$")
_IS_MYST = re.compile(
    r"\{(?:cite|footcite|doc|ref|numref|eq|term|abbr)(?::\w+)?\}`|^[ \t]*(?:`{3,}|:{3,})\{(?:"
    + "|".join(sorted((*PROSE_DIRECTIVES, "include", "bibliography", "code-block", "code-cell", "toctree")))
    + r")\}",
    re.MULTILINE,
)


def cut(text: str) -> Blocks:
    """Cut a file into its blocks, in time linear in its length."""
    return _Cutter(text.split("\n"), _IS_MYST.search(text) is not None).cut()


class _Cutter:
    def __init__(self, lines: list[str], is_myst: bool) -> None:
        self._lines = lines
        self._is_myst = is_myst
        self._at = 0
        self._after_blank = True
        self._paragraph: list[str] = []
        self._numbers: list[int] = []
        self._contents: list[int] = []  # how far the contents of the lists that are open are indented
        self._directives: list[str] = []
        self._note: str | None = None
        self._metadata_blocks = 0
        self._found = Blocks()

    def cut(self) -> Blocks:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line or line.isspace():
                self._end_paragraph()
                self._after_blank = True
                self._at += 1
            elif line[0].isalpha() and "<!--" not in line:
                if self._after_blank:
                    self._leave_lists()
                self._prose(line)
                self._at += 1
            else:
                self._special(line)
        self._end_paragraph()
        self._drop_unused_notes()
        return self._found

    def _drop_unused_notes(self) -> None:
        """A footnote that no mark refers to is not printed."""
        paragraphs = [block for block in self._found.blocks if isinstance(block, Paragraph)]
        used = {match.group(1) for block in paragraphs for match in _NOTE_MARK.finditer(block.text)}
        self._found.blocks = [
            block
            for block in self._found.blocks
            if not isinstance(block, Paragraph) or block.note is None or block.note in used
        ]

    def _leave_lists(self) -> None:
        self._contents.clear()
        self._note = None

    def _special(self, line: str) -> None:
        """A line that does not begin with a letter."""
        if self._fence(line) or self._metadata(line) or self._raw(line):
            return
        number = self._at + 1
        if self._after_blank and line.startswith("<!--"):
            self._leave_lists()
        line = self._without_comments(line)
        if not line or line.isspace():
            return
        if include := _INCLUDE.match(line):
            self._end_paragraph()
            self._found.blocks.append(Inclusion(include.group(1).strip("\"'"), number))
        elif self._heading(line, number) or self._definition(line, number):
            pass
        elif not self._is_code(line):
            self._item(line, number)
            return
        self._after_blank = self._after_blank and not self._paragraph

    def _prose(self, line: str, number: int | None = None) -> None:
        self._paragraph.append(line.strip())
        self._numbers.append(self._at + 1 if number is None else number)
        self._after_blank = False

    def _end_paragraph(self, level: int | None = None) -> None:
        if self._paragraph:
            self._found.blocks.append(Paragraph("\n".join(self._paragraph), tuple(self._numbers), level, self._note))
            self._paragraph, self._numbers = [], []

    # Fences: code, MyST's directives, and divs

    def _fence(self, line: str) -> bool:
        match = _FENCE.match(line)
        if match is None or (match["mark"][0] == "`" and "`" in match["info"]):
            return False
        self._end_paragraph()
        mark, info = match["mark"], match["info"].strip()
        directive = _DIRECTIVE.match(info)
        name = directive.group(1) if directive else ""
        if not info and self._ends_directive(mark):
            self._at += 1
        elif name == "include" and directive:
            self._found.blocks.append(Inclusion(directive.group(2).strip(), self._at + 1))
            self._skip_fence(mark)
        elif name == "bibliography" and directive:
            self._bibliography(mark, directive.group(2))
        elif name in PROSE_DIRECTIVES and directive:
            self._begin_directive(mark, name, directive.group(2))
        elif mark[0] == ":" and name not in CODE_DIRECTIVES:
            self._div(mark, info)
        else:
            self._children(info)
            self._skip_fence(mark)
        self._after_blank = True
        return True

    def _ends_directive(self, mark: str) -> bool:
        if mark[0] == ":":
            if self._directives and self._directives[-1][0] == ":":
                self._directives.pop()
            return True
        if self._directives and self._directives[-1][0] == mark[0] and len(mark) >= len(self._directives[-1]):
            self._directives.pop()
            return True
        return False

    def _begin_directive(self, mark: str, name: str, argument: str) -> None:
        if argument and name not in _ARGUMENT_IS_NO_PROSE:
            self._prose(argument)
            self._end_paragraph()
        self._directives.append(mark)
        self._at += 1
        while self._at < len(self._lines) and _OPTION.match(self._lines[self._at]):
            self._at += 1

    def _bibliography(self, mark: str, argument: str) -> None:
        number = self._at + 1
        options = self._skip_fence(mark)
        prints_all = any(line.strip().startswith(":all:") for line in options)
        self._found.blocks.append(BibliographyHere(tuple(argument.split()), number, prints_all))

    def _children(self, info: str) -> None:
        for children in _CHILD.finditer(info):
            for child in _QUOTED.finditer(children.group(1)):
                self._found.blocks.append(Inclusion(child.group(1), self._at + 1))

    def _div(self, mark: str, info: str) -> None:
        hidden = ".content-hidden" in info and "when-" not in info and "unless-" not in info
        if not hidden:
            self._at += 1
            return
        begun, depth = self._at, 0
        while self._at < len(self._lines):
            line = self._lines[self._at]
            match = _FENCE.match(line) if ":::" in line else None
            self._at += 1
            if match and match["mark"][0] == mark[0]:
                depth += 1 if match["info"].strip() else -1
                if depth == 0:
                    return
        self._found.unclosed.append((begun + 1, "a hidden div (:::)"))

    def _skip_fence(self, mark: str) -> Sequence[str]:
        """Go behind the fence that closes `mark`; the lines between them."""
        begun = self._at
        for at in range(begun + 1, len(self._lines)):
            line = self._lines[at]
            if mark[:3] in line:
                match = _FENCE_END.match(line)
                if match and match.group(1)[0] == mark[0] and len(match.group(1)) >= len(mark):
                    self._at = at + 1
                    return self._lines[begun + 1 : at]
        self._at = len(self._lines)
        self._found.unclosed.append((begun + 1, f"a block that {mark[:20]} begins"))
        return self._lines[begun + 1 :]

    # Other things that take several lines

    def _metadata(self, line: str) -> bool:
        if not self._after_blank or line.rstrip() != "---" or self._metadata_blocks >= MOST_METADATA:
            return False
        first = self._at + 1
        while self._at == 0 and first < len(self._lines) and self._lines[first].lstrip()[:1] in ("", "#"):
            first += 1  # at the top, comments and empty lines may come first
        if first >= len(self._lines) or not _METADATA.match(self._lines[first]):
            return False
        for at in range(self._at + 1, len(self._lines)):
            if self._lines[at].startswith(_METADATA_END) and self._lines[at].rstrip() in _METADATA_END:
                self._found.blocks.append(Metadata("\n".join(self._lines[self._at + 1 : at]), self._at + 2))
                self._at = at + 1
                self._after_blank = True
                self._metadata_blocks += 1
                return True
        return False

    def _raw(self, line: str) -> bool:
        html = _RAW_HTML.match(line)
        latex = _RAW_LATEX.match(line)
        if html is None and latex is None:
            return False
        self._end_paragraph()
        end = f"</{html.group(1).lower()}" if html else f"\\end{{{latex.group(1)}" if latex else ""
        for at in range(self._at, len(self._lines)):
            if end in (self._lines[at].lower() if html else self._lines[at]):
                self._at = at + 1
                return True
        self._found.unclosed.append((self._at + 1, line.strip()[:40]))
        self._at = len(self._lines)
        return True

    def _without_comments(self, line: str) -> str:
        """The line, or the lines that a comment on it joins, without comments; goes behind them."""
        self._at += 1
        if "<!--" not in line:
            return line
        kept, at = [], 0
        while (begin := _comment(line, at)) >= 0:
            kept.append(line[at:begin])
            end = line.find("-->", begin + 4)
            if end < 0:
                self._skip_comment()
                return "".join(kept)
            at = end + 3
        return "".join((*kept, line[at:]))

    def _skip_comment(self) -> None:
        """Go to what stands behind the end of a comment that began on the line before."""
        for at in range(self._at, len(self._lines)):
            _, end, rest = self._lines[at].partition("-->")
            if end:
                self._lines[at] = rest.strip()
                self._at = at if rest.strip() else at + 1
                return
        self._found.unclosed.append((self._at, "a comment (<!--)"))
        self._at = len(self._lines)

    # One line

    def _heading(self, line: str, number: int) -> bool:
        if _UNDERLINE.match(line) and self._paragraph:
            if len(self._paragraph) == 1:
                self._end_paragraph(level=1 if "=" in line else 2)
            return True
        match = _HEADING.match(line)
        if match is None:
            return _RULE.match(line) is not None
        self._end_paragraph()
        self._leave_lists()
        text = _ATTRIBUTES.sub("", line[match.end() :]).rstrip().rstrip("#")
        if text:
            self._prose(text, number)
            self._end_paragraph(level=len(match.group(1)))
        self._after_blank = True
        return True

    def _definition(self, line: str, number: int) -> bool:
        target = _TARGET.match(line)
        if target and not target.group(1).startswith("^"):
            self._found.targets.setdefault(label(target.group(1)), target.group(2))
            self._found.target_lines.setdefault(target.group(1), number)
            return True
        if self._is_myst and (line.startswith(("%", "+++")) or _MYST_LABEL.match(line)):
            return True
        note = _FOOTNOTE.match(line)
        if note is None:
            return False
        self._end_paragraph()
        self._contents[:] = [INDENT_OF_CODE]
        self._note = note.group(1)
        self._prose(line[note.end() :], number)
        return True

    def _is_code(self, line: str) -> bool:
        """Whether it is indented so far, after an empty line, that it is code."""
        indent = _indent(line)
        if self._after_blank:
            while self._contents and indent < self._contents[-1]:
                self._contents.pop()
            if not self._contents:
                self._note = None
        return self._after_blank and indent >= INDENT_OF_CODE + (self._contents[-1] if self._contents else 0)

    def _begins_item(self, mark: str) -> bool:
        if "@" in mark:  # pandoc numbers examples so
            return self._after_blank and not self._is_myst
        return self._after_blank or bool(self._contents) or len(mark) == 1

    def _item(self, line: str, number: int) -> None:
        """Prose, behind the marks of quotes and lists."""
        if quote := _QUOTE.match(line):
            line = line[quote.end() :]
        match = _ITEM.match(line)
        if match and self._begins_item(match.group(2)):
            self._end_paragraph()
            if example := _EXAMPLE.match(match.group(2)):
                self._found.examples.add(example.group(1))
            indent = _indent(line)
            while self._contents and self._contents[-1] > indent:
                self._contents.pop()
            self._contents.append(indent + match.end() - match.end(1))
            line = line[match.end() :]
        if line and not line.isspace():
            self._prose(line, number)


def _indent(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(INDENT_OF_CODE))


def _comment(line: str, at: int) -> int:
    """Where a comment begins that does not stand in code; -1 where none does."""
    while match := _COMMENT_OR_CODE.search(line, at):
        if match.group() == "<!--":
            return match.start()
        at = match.end()
        if match.group()[0] == "`":
            closing = line.find(match.group(), at)
            at = closing + len(match.group()) if closing >= 0 else at
    return -1
