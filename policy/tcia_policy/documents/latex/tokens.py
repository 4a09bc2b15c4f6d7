"""LaTeX source as tokens, in one pass: comments and verbatim text are gone, every brace knows its partner."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import field
from functools import partial

from tcia_policy.files import limits
from tcia_policy.lazy import dataclass

TEXT, COMMAND, OPEN, CLOSE, OPTION, OPTION_END, MATH, NEWLINE, PARAGRAPH, PARAMETER, RAW, EMBEDDED, LOST = range(13)
NOWHERE = -1

VERBATIM_ENVIRONMENTS = frozenset(
    "comment verbatim verbatim* Verbatim Verbatim* BVerbatim LVerbatim SaveVerbatim VerbatimOut lstlisting minted "
    "tcblisting Highlighting CCSXML luacode luacode* pycode rcode Sinput Soutput Scode".split()
)
_EMBEDDING = frozenset(("filecontents", "filecontents*"))
_TAKES_TARGET = frozenset(("url", "url*", "href", "nolinkurl", "path", "doi", "burl", "hyperurl", "urlalt"))
_TAKES_CODE = frozenset(("verb", "verb*", "Verb", "Verb*", "lstinline", "mintinline", "code*"))
# How many commands after this one are only spoken of: in `\newif\ifdraft` nothing is conditional.
_SPEAKS_OF = {
    "newif": 1,
    "ifdefined": 1,
    "def": 1,
    "gdef": 1,
    "edef": 1,
    "xdef": 1,
    "let": 2,
    "ifx": 2,
    "string": 1,
    "noexpand": 1,
}
_CONDITIONS = frozenset(
    "if ifx ifcat ifnum ifdim ifodd ifvmode ifhmode ifmmode ifinner ifvoid ifhbox ifvbox ifeof iftrue iffalse ifcase "
    "ifdefined ifcsname iffontchar ifincsname".split()
)
_NO_CONDITIONS = frozenset(
    "iff ifthenelse iftoggle ifbool ifboolexpr ifboolexpe ifdef ifundef ifcsdef ifcsundef ifdefempty ifdefvoid "
    "ifcsempty ifcsvoid ifblank ifstrempty ifstrequal ifdefstring ifcsstring ifdefequal ifcsequal ifdefmacro "
    "ifcsmacro ifnumcomp ifnumequal ifnumgreater ifnumless ifnumodd ifdimcomp ifinlist iflanguage "
    "ifoptiondraft ifoptionfinal".split()
)

_TOKEN = re.compile(
    r"[^\\{}\[\]%$#\n]+|\\(?:[A-Za-z@]+\*?|\\\*?|[\s\S])|\n(?:[ \t]*\n\s*)?|[{}\[\]]|%[^\n]*(?:\n[ \t]*(?:\n\s*)?)?"
    r"|\$\$?|#+\d?|\\"
)
_ENVIRONMENT = re.compile(r"[ \t]*\{([^{}\n\\]{1,80})\}")
_EMBEDDED_NAME = re.compile(r"\s*(?:\[([^\]\n]*)\])?\s*\{([^{}\n]{1,300})\}[^\n]*")
_OPTIONS = re.compile(r"[ \t]*\[[^\]\n]{0,300}\]")
_TARGET = re.compile(
    r"\s*(?:\[[^\]\n]{0,300}\]\s*)?"
    r"(?:\{((?:[^{}\\\n]|\\[\s\S]|\{[^{}\n]{0,300}\}|\n(?![ \t]*\n)){0,3000}+)\}|([|!+])([^\n|!+]{0,2000})\2)"
)
_BRACED_CODE = re.compile(r"[ \t]*\{((?:[^{}\\\n]|\\[\s\S]|\{[^{}\n]{0,300}\}){0,1000}+)\}")
_NAMES_VERBATIM = re.compile(
    r"\s*(?:\[([A-Za-z*]{1,60})\])?\s*\{([A-Za-z*]{1,60})\}",
)
_DEFINES_VERBATIM = {
    "lstnewenvironment": "",
    "DefineVerbatimEnvironment": "",
    "newtcblisting": "",
    "newminted": "code",
}
_SINGLE = {"{": OPEN, "}": CLOSE, "[": OPTION, "]": OPTION_END}


@dataclass
class Source:
    """One file as tokens: `kinds`, `values` and `lines` (1-based) at the same positions.

    `values` are text as it is written, commands without their backslash (and with their star), the digit of a
    parameter, the target of a link. `partner` says where a group, an option or a conditional ends (`NOWHERE` where it
    does not), `otherwise` where the `\\else` of a conditional stands, `cases` where its `\\or` do, `nesting` which
    groups hold groups.
    """

    file: str
    kinds: list[int] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    partner: dict[int, int] = field(default_factory=dict)
    otherwise: dict[int, int] = field(default_factory=dict)
    cases: dict[int, list[int]] = field(default_factory=dict)
    nesting: set[int] = field(default_factory=set)
    paragraphs: list[int] = field(default_factory=list)
    embedded: dict[int, str] = field(default_factory=dict)
    is_document: bool = False
    has_class: bool = False
    is_cut: bool = False
    _places: dict[str, list[int]] | None = None

    def ends(self, index: int) -> int:
        """Return where what begins at `index` ends."""
        return self.partner.get(index, NOWHERE)

    def has_paragraph(self, start: int, end: int) -> bool:
        """Return whether an empty line stands between two tokens."""
        position = bisect_left(self.paragraphs, start)
        return position < len(self.paragraphs) and self.paragraphs[position] < end

    def next_command(self, name: str, start: int, end: int) -> int:
        """Return where the command stands next, or `NOWHERE`."""
        if self._places is None:
            self._places = {}
            for index, kind in enumerate(self.kinds):
                if kind == COMMAND:
                    self._places.setdefault(self.values[index], []).append(index)
        places = self._places.get(name, [])
        position = bisect_left(places, start)
        return places[position] if position < len(places) and places[position] < end else NOWHERE


def tokenize(text: str, file: str, verbatim: set[str], flags: Iterable[str] = ()) -> Source:
    """Return the tokens of `text`, whose lines end in `\\n`.

    `verbatim` are the environments whose content is code or comment; those that the text itself defines are added.
    `flags` are conditionals (`ifdraft`) that other files defined.
    """
    return _Tokenizer(text, file, verbatim, set(flags)).read()


class _Tokenizer:
    def __init__(self, text: str, file: str, verbatim: set[str], flags: set[str]) -> None:
        self.text = text
        self.verbatim = verbatim
        self.flags = flags
        self.source = Source(file)
        self.position = 0
        self.line = 1
        self.groups: list[int] = []
        self.options: dict[int, list[int]] = {}
        self.conditionals: list[int] = []
        self.spoken_of = 0

    def read(self) -> Source:
        text, source, match = self.text, self.source, _TOKEN.match
        kinds, values, lines = source.kinds, source.values, source.lines
        handlers: dict[str, Callable[[str], object]] = {
            "\\": self._command,
            "\n": self._newline,
            "%": self._comment,
            "$": partial(self._add, MATH),
            "#": partial(self._add, PARAMETER),
            **dict.fromkeys("{}[]", self._bracket),
        }
        length = len(text)
        while self.position < length:
            found = match(text, self.position)
            if found is None or len(kinds) > limits.LATEX_TOKENS:
                source.is_cut = True
                break
            token = found.group()
            self.position = found.end()
            handle = handlers.get(token[0])
            if handle is None:
                kinds.append(TEXT)
                values.append(token)
                lines.append(self.line)
            else:
                handle(token)
        return source

    def _add(self, kind: int, value: str) -> int:
        source = self.source
        source.kinds.append(kind)
        source.values.append(value)
        source.lines.append(self.line)
        return len(source.kinds) - 1

    def _newline(self, token: str) -> None:
        count = token.count("\n")
        if count > 1:
            self.source.paragraphs.append(len(self.source.kinds))
        self._add(PARAGRAPH if count > 1 else NEWLINE, "\n")
        self.line += count

    def _comment(self, token: str) -> None:
        count = token.count("\n")
        if count > 1:
            self.source.paragraphs.append(len(self.source.kinds))
            self._add(PARAGRAPH, "\n")
        self.line += count

    def _bracket(self, character: str) -> None:
        source = self.source
        index = self._add(_SINGLE[character], character)
        if character == "{":
            if self.groups:
                source.nesting.add(self.groups[-1])
            self.groups.append(index)
        elif character == "}" and self.groups:
            self.options.pop(len(self.groups), None)
            source.partner[self.groups.pop()] = index
        elif character == "[":
            self.options.setdefault(len(self.groups), []).append(index)
        elif character == "]":
            source.partner.update(dict.fromkeys(self.options.pop(len(self.groups), ()), index))

    def _command(self, token: str) -> None:
        name = token[1:]
        if name == "expandafter":
            return
        index = self._add(COMMAND, name)
        if name == "\n":
            self.line += 1
        elif name == "begin":
            self._begin()
        elif name == "documentclass":
            self.source.has_class = True
        elif name in _TAKES_TARGET:
            self._target()
        elif name in _TAKES_CODE:
            self._code(name)
        elif name in _DEFINES_VERBATIM:
            self._names_verbatim(name)
        elif self.spoken_of and self._follows_a_command(index):
            self.spoken_of -= 1
            if index and self.source.values[index - 1] == "newif":
                self.flags.add(name)
        else:
            self._conditional(name, index)
            self.spoken_of = _SPEAKS_OF.get(name, 0)

    def _follows_a_command(self, index: int) -> bool:
        """Return whether a command stands right before, or an equals sign."""
        kind, value = self.source.kinds[index - 1], self.source.values[index - 1]
        return kind == COMMAND or (kind == TEXT and value.strip() in ("", "="))

    def _conditional(self, name: str, index: int) -> None:
        if name.startswith("if") and name not in _NO_CONDITIONS:
            follows = self.text[self.position : self.position + 1]
            if name in _CONDITIONS or name in self.flags or follows != "{":
                self.conditionals.append(index)
        elif name == "fi" and self.conditionals:
            self.source.partner[self.conditionals.pop()] = index
        elif name == "else" and self.conditionals:
            self.source.otherwise.setdefault(self.conditionals[-1], index)
        elif name == "or" and self.conditionals and self.source.values[self.conditionals[-1]] == "ifcase":
            self.source.cases.setdefault(self.conditionals[-1], []).append(index)

    def _begin(self) -> None:
        found = _ENVIRONMENT.match(self.text, self.position)
        name = found.group(1).strip() if found else ""
        if name == "document":
            self.source.is_document = True
        elif found and name in self.verbatim:
            self._drop_last()
            self._until_end(name, found.end(), "")
        elif found and name in _EMBEDDING:
            self._embedded(name, found.end())

    def _drop_last(self) -> None:
        for column in (self.source.kinds, self.source.values, self.source.lines):
            column.pop()

    def _embedded(self, name: str, start: int) -> None:
        self._drop_last()
        found = _EMBEDDED_NAME.match(self.text, start)
        if found is None:
            self._until_end(name, start, "")
            return
        above = self.line - 1 + self.text.count("\n", self.position, found.end())
        content = self._until_end(name, found.end(), found.group(2).strip())
        if content is not None:
            self.source.embedded[len(self.source.kinds) - 1] = "\n" * above + content

    def _until_end(self, name: str, start: int, keep_as: str) -> str | None:
        """Go behind the end of an environment that is not LaTeX; its content, or `None` where it does not end."""
        ending = f"\\end{{{name}}}"
        end = self.text.find(ending, start)
        if end < 0:
            self._add(LOST, name)
            self.position = len(self.text)
            return None
        if keep_as:
            self._add(EMBEDDED, keep_as)
        self._go_to(end + len(ending))
        return self.text[start:end]

    def _go_to(self, position: int) -> None:
        self.line += self.text.count("\n", self.position, position)
        self.position = position

    def _target(self) -> None:
        found = _TARGET.match(self.text, self.position)
        if found is not None:
            target = found.group(1) if found.group(1) is not None else found.group(3)
            self._add(RAW, re.sub(r"%\n|\s+", "", target))
            self._go_to(found.end())

    def _code(self, name: str) -> None:
        """Read `\\verb|..|`, `\\lstinline[..]|..|` or `{..}`, `\\mintinline{python}|..|`: code is no prose."""
        if name not in ("verb", "verb*", "Verb", "Verb*"):
            for pattern in (_OPTIONS, *([_BRACED_CODE] if name == "mintinline" else [])):
                options = pattern.match(self.text, self.position)
                self.position = options.end() if options else self.position
            braced = _BRACED_CODE.match(self.text, self.position)
            if braced is not None:
                self._go_to(braced.end())
                return
        delimiter = self.text[self.position : self.position + 1]
        end = self.text.find(delimiter, self.position + 1, self.position + limits.LATEX_VERB) if delimiter else NOWHERE
        if not delimiter.isspace() and end > 0 and "\n" not in self.text[self.position : end]:
            self.position = end + 1

    def _names_verbatim(self, command: str) -> None:
        found = _NAMES_VERBATIM.match(self.text, self.position)
        if found is not None:
            self.verbatim.add((found.group(1) or found.group(2) + _DEFINES_VERBATIM[command]).strip())
