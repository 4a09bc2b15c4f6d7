"""Authors' `.bib` files as they are: what BibTeX and biber would read in them, where, and what they could not.

The grammar is BibTeX's own ("BibTeXing", Patashnik 1988, and `bibtex.web`): every brace counts, also an escaped one; a
quotation ends at the first `"` outside of braces. `%` comments out the rest of a line, as biber and pandoc have it. An
entry that breaks that grammar is one broken block up to the next line that begins with `@word{`: nothing in it counts,
and nothing after it is lost.

bibtexparser (2.1) prints our entries (`references/bibtex.py`). Its splitter does not read authors' files, since a
reference that is not there would count as given, or one that is there as missing:

- `% @misc{a, ...}` and, on a line of its own inside `@comment{...}`, `@misc{a, ...}` are entries to it;
- `year = 2015, % doi = {10.1/x},` gives a field `% doi`, and hides the field after such a comment;
- `doi = prefix # {K9}` stays as it is written, and `doi = 10.1/x`, which BibTeX refuses, is a value;
- `{50 \\{ of}` is closed to it, though BibTeX counts that brace; a key with `=` or `"` breaks it;
- it has lines, and no offsets, by which `references/bib_merge.py` keeps an author's file byte for byte.

`tests/documents/bibtex/test_bib_file_beside_bibtexparser.py` has these, and shows that both agree on plain files.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Literal

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.lazy import dataclass

Kind = Literal["entry", "string", "preamble", "comment", "broken"]


@dataclass(frozen=True)
class Field:
    """One field: `name` is in lower case, `start` and `end` span the value as it is written.

    `value` has no outer delimiters, and `#` and the file's `@string` macros are put in (an unknown macro is empty, as
    in BibTeX).
    """

    name: str
    start: int
    end: int
    value: str


@dataclass(frozen=True)
class Block:
    """One `@type{...}`: `start` and `end` are offsets into `BibFile.text`, `line` counts from 1, `type` is lower case.

    `problem` says what is wrong with a `broken` block, or what looks wrong in one that can be read.
    """

    kind: Kind
    type: str
    start: int
    end: int
    line: int
    key: str = ""
    fields: tuple[Field, ...] = ()
    problem: str | None = None

    def values(self, name: str) -> list[str]:
        """Return all values of a field, in the order of the file: BibTeX takes the first, biber the last."""
        return [field.value for field in self.fields if field.name == name]

    def value(self, name: str) -> str:
        """Return the first value of a field; empty where there is none."""
        return next(iter(self.values(name)), "")


@dataclass(frozen=True)
class BibFile:
    """The blocks of a file, and `text`: its whole content (a byte order mark too), decoded with `encoding`.

    What stands between the blocks is free text and `%` comments.
    """

    text: str
    encoding: Literal["utf-8", "latin-1"]
    blocks: tuple[Block, ...]

    @cached_property
    def repeated(self) -> dict[int, Block]:
        """Return the entries that BibTeX leaves out, by their `start`, each with the earlier entry of the same key."""
        first: dict[str, Block] = {}
        entries = [block for block in self.blocks if block.kind == "entry"]
        owners = [(block, first.setdefault(block.key.lower(), block)) for block in entries]
        return {block.start: owner for block, owner in owners if owner is not block}

    @property
    def entries(self) -> list[Block]:
        """Return the entries that count: those that can be read and are the first of their key."""
        return [block for block in self.blocks if block.kind == "entry" and block.start not in self.repeated]


def scan(content: bytes) -> BibFile:
    """Return all blocks of a `.bib` file. It is read as UTF-8, or else as Latin-1, which any bytes are.

    The time it takes grows with the size of the file. Raise `InputError` for UTF-16, which no program for
    bibliographies reads, and for more blocks than any bibliography has.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("is UTF-16, which BibTeX and biber do not read", hint="save it as UTF-8")
    encoding: Literal["utf-8", "latin-1"] = "utf-8"
    try:
        text = content.decode()
    except UnicodeDecodeError:
        encoding, text = "latin-1", content.decode("latin-1")
    blocks = tuple(islice(_Scanner(text).blocks(), limits.BIBTEX_BLOCKS + 1))
    if len(blocks) > limits.BIBTEX_BLOCKS:
        raise InputError(f"has more than {limits.BIBTEX_BLOCKS} entries", hint="give the part of it that is cited")
    return BibFile(text, encoding, blocks)


_WORD = r"@\s*(?P<type>[A-Za-z][\w-]{0,60})\s*[{(]"
_OPENING = re.compile(_WORD)
_OPENING_OF_LINE = re.compile(rf"(?<![^\r\n\ufeff])[ \t]*(?={_WORD})")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_SKIPPED = re.compile(r"(?:\s++|%[^\r\n]*+)*+")
_KEY_IN_BRACES = re.compile(r"[^\s,{}%]+")
_KEY_IN_PARENTHESES = re.compile(r"[^\s,{}%()]+")
_NAME = re.compile(r"""[^\s{}()",=#%'@\\0-9][^\s{}()",=#%'@\\]*""")
_NUMBER = re.compile(r"[0-9]+(?=[\s,#%})]|$)")
_IN_QUOTES = re.compile(r'["{}]')
_IN_PARENTHESES = re.compile(r"[{})]")
_GOES_ON_OUTSIDE = re.compile(r"\s*,\s*[A-Za-z][\w-]{0,60}\s*=")
_MONTHS = "January February March April May June July August September October November December".split()


class _UnreadableError(Exception):
    """A block breaks the grammar; the message says how."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._braces = _Braces(text)
        self._lines = array("q", (newline.end() for newline in _NEWLINE.finditer(text)))
        self._openings = array("q", (opening.end() for opening in _OPENING_OF_LINE.finditer(text)))
        self._macros = {month[:3].lower(): month for month in _MONTHS}
        self._unfolded = 0

    def blocks(self) -> Iterator[Block]:
        position = 0
        while (opening := _OPENING.search(self._text, position)) is not None:
            if self._is_commented_out(position, opening.start()):
                position = self._line_end(opening.start())
                continue
            block = self._block(opening)
            yield block
            position = block.end

    def _line(self, position: int) -> int:
        return bisect_right(self._lines, position) + 1

    def _line_end(self, position: int) -> int:
        following = bisect_right(self._lines, position)
        return self._lines[following] if following < len(self._lines) else len(self._text)

    def _is_commented_out(self, since: int, position: int) -> bool:
        """Return whether a `%` stands before it on its line, behind `since`, where the block before it ended."""
        preceding = bisect_right(self._lines, position) - 1
        line_start = self._lines[preceding] if preceding >= 0 else 0
        return self._text.find("%", max(since, line_start), position) >= 0

    def _next_opening(self, position: int) -> int:
        following = bisect_right(self._openings, position)
        return self._openings[following] if following < len(self._openings) else len(self._text)

    def _block(self, opening: re.Match[str]) -> Block:
        start, type_ = opening.start(), opening["type"].lower()
        block = Block("broken", type_, start, self._next_opening(start), self._line(start))
        try:
            match type_:
                case "comment":
                    return replace(block, kind="comment", end=self._closing(opening.end() - 1))
                case "preamble":
                    return replace(block, kind="preamble", end=self._closing(opening.end() - 1))
                case "string":
                    return replace(block, kind="string", end=self._string(opening))
                case _:
                    return self._entry(block, opening)
        except _UnreadableError as error:
            key = _KEY_IN_BRACES.match(self._text, self._skip(opening.end()))
            return replace(block, key="" if key is None else key.group(), problem=str(error))

    def _closing(self, position: int) -> int:
        """Return the position behind the delimiter that closes what opens at `position`."""
        if self._text[position] == "{":
            return self._brace(position) + 1
        return self._walk(position + 1, _IN_PARENTHESES, ")") + 1

    def _brace(self, position: int) -> int:
        closing = self._braces.closing(position)
        if closing is None:
            raise _UnreadableError("a closing brace is missing")
        return closing

    def _walk(self, position: int, marks: re.Pattern[str], closing: str) -> int:
        """Return where `closing` stands outside of braces, before the next line that opens a block.

        Without that bound, a file of openings alone would be read through once for each of them.
        """
        end = self._next_opening(position)
        while (mark := marks.search(self._text, position, end)) is not None:
            if mark.group() == closing:
                return mark.start()
            if mark.group() == "}":
                break
            position = self._brace(mark.start()) + 1
        raise _UnreadableError(f"a closing {closing} is missing")

    def _string(self, opening: re.Match[str]) -> int:
        closer = _closer(opening)
        field = self._field(self._skip(opening.end()))
        end = self._skip(field.end)
        if self._text[end : end + 1] != closer:
            raise _UnreadableError(f"a closing {closer} is missing after the value of {field.name}")
        self._macros[field.name] = field.value
        return end + 1

    def _entry(self, block: Block, opening: re.Match[str]) -> Block:
        closer = _closer(opening)
        start = self._skip(opening.end())
        key = (_KEY_IN_BRACES if closer == "}" else _KEY_IN_PARENTHESES).match(self._text, start)
        if key is None:
            raise _UnreadableError("it has no key")
        position = self._skip(key.end())
        if self._text[position : position + 1] not in (",", closer):
            raise _UnreadableError(self._what_follows_the_key(key.group(), position))
        fields = []
        while self._text[position : position + 1] == ",":
            position = self._skip(position + 1)
            if self._text[position : position + 1] == closer:
                break
            fields.append(self._field(position))
            position = self._skip(fields[-1].end)
        if self._text[position : position + 1] != closer:
            raise _UnreadableError(f"a comma or the closing {closer} is missing after the value of {fields[-1].name}")
        read = replace(block, kind="entry", key=key.group(), fields=tuple(fields), end=position + 1)
        return replace(read, problem=self._oddity(read))

    def _what_follows_the_key(self, key: str, position: int) -> str:
        if self._text[position : position + 1] == "=":
            return "it has no key"
        line_of_key = self._line(position) == self._line(position - 1)
        return f"its key has a space in it, after {key}" if line_of_key else f"a comma is missing after the key {key}"

    def _oddity(self, block: Block) -> str | None:
        """Return what keeps to the grammar and is hardly meant, or `None`."""
        for field in block.fields:
            if self._next_opening(field.start) < field.end:
                line = self._line(self._next_opening(field.start))
                return f"its field {field.name} takes in what looks like an entry on line {line}; is a brace missing?"
        if _GOES_ON_OUTSIDE.match(self._text, block.end):
            return f"it ends on line {self._line(block.end)} by a closing brace too many; the fields after it are lost"
        return None

    def _field(self, position: int) -> Field:
        name = _NAME.match(self._text, position)
        if name is None:
            raise _UnreadableError(f"where a field should begin stands {self._shown(position)}")
        equals = self._skip(name.end())
        if self._text[equals : equals + 1] != "=":
            raise _UnreadableError(f"after {name.group()[:60]}, where = should stand, stands {self._shown(equals)}")
        try:
            return self._value(name.group().lower(), self._skip(equals + 1))
        except _UnreadableError as error:
            raise _UnreadableError(f"{error} in the value of {name.group()[:60]}") from None

    def _shown(self, position: int) -> str:
        found = re.compile(r"\S{1,20}").match(self._text, position)
        return "the end of the file" if found is None else repr(found.group())

    def _value(self, name: str, position: int) -> Field:
        start, pieces = position, []
        while True:
            piece, end = self._piece(position)
            pieces.append(piece)
            following = self._skip(end)
            if self._text[following : following + 1] != "#":
                return Field(name, start, end, "".join(pieces))
            position = self._skip(following + 1)

    def _piece(self, position: int) -> tuple[str, int]:
        """Return what stands between two `#`, and where it ends."""
        opener = self._text[position : position + 1]
        if opener == "{":
            closing = self._brace(position)
            return self._text[position + 1 : closing], closing + 1
        if opener == '"':
            closing = self._walk(position + 1, _IN_QUOTES, '"')
            return self._text[position + 1 : closing], closing + 1
        if number := _NUMBER.match(self._text, position):
            return number.group(), number.end()
        if macro := _NAME.match(self._text, position):
            return self._unfold(macro.group()), macro.end()
        raise _UnreadableError("braces or quotes are missing")

    def _unfold(self, macro: str) -> str:
        value = self._macros.get(macro.lower(), "")
        self._unfolded += len(value)
        return value if self._unfolded <= limits.BIBTEX_UNFOLDED else ""

    def _skip(self, position: int) -> int:
        skipped = _SKIPPED.match(self._text, position)
        return position if skipped is None else skipped.end()


def _closer(opening: re.Match[str]) -> str:
    return "}" if opening.group().endswith("{") else ")"


class _Braces:
    """The pairs of braces of a text, found in one pass."""

    def __init__(self, text: str) -> None:
        self._open = array("q")
        self._closed_by = array("q")
        waiting = array("q")
        for brace in re.finditer(r"[{}]", text):
            if brace.group() == "{":
                waiting.append(len(self._open))
                self._open.append(brace.start())
                self._closed_by.append(-1)
            elif waiting:
                self._closed_by[waiting.pop()] = brace.start()

    def closing(self, position: int) -> int | None:
        """Return where the brace that opens at `position` is closed; `None` if it never is."""
        closing = self._closed_by[bisect_left(self._open, position)]
        return None if closing < 0 else closing
