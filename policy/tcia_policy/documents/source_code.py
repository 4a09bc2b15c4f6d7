"""Programs: the strings in them, each on its line. Comments and docstrings are no strings.

Pygments tells strings from the rest. It never fails: it passes over what it does not understand, such as a notebook's
magic commands. A shell needs no quotes: every word of a command is a string, also behind the `!` of a notebook.
A program is run and not printed, so that what it names is used perhaps, and credits nobody.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from operator import itemgetter

from pygments.lexer import Lexer
from pygments.lexers.julia import JuliaLexer
from pygments.lexers.python import PythonLexer
from pygments.lexers.r import SLexer
from pygments.lexers.shell import BashLexer
from pygments.lexers.sql import SqlLexer
from pygments.token import String, Text, is_token_subtype

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.model import Manuscript, TextBlock, Unit
from tcia_policy.files import limits
from tcia_policy.files.text import decode_text

LONGEST_STRING = 2_000  # characters of a line: a longer one is data
_NO_STRINGS = (String.Doc, String.Affix)
_GAPS = (String.Escape, String.Interpol, String.Delimiter)
_COMMAND = re.compile(r"^[ \t]*!+(.*)$", re.MULTILINE)  # of a notebook, given to a shell


class _RLexer(SLexer):
    """Pygments' lexer of R, in which a quote that nothing closes is not looked for again and again."""

    tokens = {  # noqa: RUF012 (as the library has it)
        **SLexer.tokens,
        "string_squote": [(r"[^'\\]+|\\.|\\", String), ("'", String, "#pop")],
        "string_dquote": [(r'[^"\\]+|\\.|\\', String), ('"', String, "#pop")],
    }


# By the names of languages in chunks and notebooks, and by the suffixes of files. MATLAB is not among them: Pygments
# takes time that grows with the square of a file's empty lines.
_LEXERS: dict[str, Callable[[], Lexer]] = {
    **dict.fromkeys("python python3 ipython ipython3 py".split(), PythonLexer),
    **dict.fromkeys("r ir s".split(), _RLexer),
    **dict.fromkeys("julia jl".split(), JuliaLexer),
    **dict.fromkeys("bash sh shell zsh".split(), BashLexer),
    "sql": SqlLexer,
}


def read_document(document: DocumentFile) -> Manuscript:
    """Return the strings of a program, whose language its name says. Raise `InputError` for what is no text."""
    text = decode_text(document.content(), document.shown, limits.CODE)
    found = tuple(strings(text, document.path.suffix[1:]))
    return Manuscript(files=(document.shown,), prose=(code_block(document.shown, found),) if found else ())


def code_block(file: str, pieces: Iterable[tuple[str, int]], unit: Unit = "line") -> TextBlock:
    """Return strings, each with the number of its line or cell, as a block of code."""
    return replace(TextBlock.of_pieces(file, pieces, unit=unit), is_code=True)


def strings(code: str, language: str, first: int = 1) -> Iterator[tuple[str, int]]:
    """Yield each line of the strings of a program, and the number of its line; the first line of `code` is `first`.

    Nothing for a language that is not known.
    """
    lexer = _LEXERS.get(language.lower())
    if lexer is None:
        return
    found = _strings(lexer(), code)
    if lexer is PythonLexer and _COMMAND.search(code):
        commands = "\n".join(_of_shell(line) for line in code.split("\n"))
        found = iter(
            sorted([*_strings(lexer(), _COMMAND.sub("", code)), *_strings(BashLexer(), commands)], key=itemgetter(1))
        )
    yield from ((text, first + row) for text, row in found)


def _of_shell(line: str) -> str:
    command = _COMMAND.match(line)
    return "" if command is None else command[1]


def _strings(lexer: Lexer, code: str) -> Iterator[tuple[str, int]]:
    """Yield each line of the strings, and how many lines stand above it."""
    above, counted = 0, 0
    for start, text in _joined(lexer, f"{code}\n"):  # a comment ends at the end of its line for Pygments
        above, counted = above + code.count("\n", counted, start), start
        for row, part in enumerate(text.split("\n")):
            bare = part.strip().strip("\"'`").strip()
            if bare and len(bare) <= LONGEST_STRING:
                yield bare, above + row


def _joined(lexer: Lexer, code: str) -> Iterator[tuple[int, str]]:
    """Yield each string with its quotes, and where it begins. What a program fills in is a gap in it."""
    begun, parts, end = 0, list[str](), -1
    for start, kind, text in lexer.get_tokens_unprocessed(code):
        is_word = kind is Text and isinstance(lexer, BashLexer) and not text.isspace()
        if not (is_word or is_token_subtype(kind, String)) or kind in _NO_STRINGS:
            continue
        if start != end and parts:
            yield begun, "".join(parts)
            parts = []
        begun = start if not parts else begun
        parts.append("\n" * text.count("\n") or " " if any(is_token_subtype(kind, gap) for gap in _GAPS) else text)
        end = start + len(text)
    if parts:
        yield begun, "".join(parts)
