"""What this program wrote is evidence of nothing, wherever the file lies: it is known by its mark (`mark`)."""

import re
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import limits, magic
from tcia_policy.files.content import read_start
from tcia_policy.files.mark import FENCE, MARK
from tcia_policy.files.zip import BoundedZip, ZipBounds

REPORT = "Data use assessment"  # how the title of a report begins
IS_OURS = "was written by tcia-policy, and is evidence of nothing"
SAY_CHANGES = "say what was changed, or that nothing was"  # the gap in notices that only authors can fill

_HEAD = 8_192  # bytes of a text in which its head ends
_PDF_HEADER_WITHIN = 1_024
_WORD_PROPERTIES = ("docProps/core.xml", "docProps/custom.xml", "docProps/app.xml")
_PROPERTIES_BYTES = 1_000_000
_TAIL = 1_024  # bytes, or characters of UTF-16, in which the last line of a text stands
# What `check` prints as its last line, or lines on a narrow screen; with `| tee` nobody knows that it goes to a file.
_END_LINES = 6
_SCREEN_ENDS = re.compile(r"exit [0-9]\b.{0,200}\bas of \d{4}-\d{2}-\d{2} · registry \d{4}-\d{2}-\d{2}")
_SIGNS = re.compile(r"[%#<>!\-*/;\s\"']+")
# What may stand above the mark in the head: comments, tags, the opening of JSON, headings.
_SAYS_NOTHING = re.compile(r"\s*(?:$|[%#<{\"]|-->|-{3}|\\(?:chapter|(?:sub)*section|paragraph)\b)")


def _in_a_pdf(text: str) -> bytes:
    """Return a pattern of a text as programs write it among the properties: in bytes, in UTF-16, or that in digits."""
    wide = text.encode("utf-16-be")
    return b"|".join(
        re.escape(each) for each in (text.encode(), wide, wide.hex().encode(), wide.hex().upper().encode())
    )


# Keywords survive where Word's document is made a PDF, the title where a browser prints the page.
_IN_PDF = re.compile(
    rb"Keywords\s*[(<>][^)<>]{0,1600}?(?:%b)|/Title\s*[(<](?:\xfe\xff|(?i:feff))?(?:%b)"
    % (_in_a_pdf(MARK), _in_a_pdf(f"{REPORT}: "))
)


class MarkedError(InputError):
    """A file that this program wrote was to be read as if somebody else had written it."""

    def __init__(self, file: str) -> None:
        hint = "if the text is your own by now, remove the line at its head that says this"
        super().__init__(IS_OURS, file=file, hint=hint)


def refuse_marked(path: Path) -> None:
    """Raise `MarkedError` for a text that this program wrote, and `InputError` for one that cannot be read."""
    if is_marked(read_start(path, _HEAD)):
        raise MarkedError(str(path))


def is_marked(content: bytes) -> bool:
    """Return whether a file says at its head, in its last line, or among its properties, that this program wrote it.

    A mark elsewhere, as in a notice that somebody pasted into a paper, says nothing of the file. Nothing is raised.
    """
    if magic.is_zip(content):
        return _in_word(content)
    if magic.PDF in content[:_PDF_HEADER_WITHIN]:
        return _IN_PDF.search(content) is not None
    return _plain(MARK) in _plain("\n".join(_head(content[:_HEAD]))) or _ends_with_mark(_end(content))


def _end(content: bytes) -> str:
    """Return the end of a text. PowerShell's `>` writes UTF-16."""
    encoding = magic.encoding_by_mark(content)
    if encoding != "utf-16":
        return content[-_TAIL:].decode(errors="replace")
    tail = content[2 * max(1, len(content) // 2 - _TAIL) :]
    return (content[:2] + tail).decode(encoding, errors="replace")


def _ends_with_mark(end: str) -> bool:
    """Return whether the last line of a text is the mark, or the last lines are those of a screen of `check`."""
    lines = [line.strip() for line in end.splitlines() if line.strip()]
    last = lines[-_END_LINES:]
    ends = any(_SCREEN_ENDS.match(" · ".join(last[number:])) for number in range(len(last)))
    return bool(last) and (_plain(last[-1]).startswith(_plain(MARK)) or ends)


def _head(start: bytes) -> list[str]:
    """Return the lines of a text up to the first that says something, with that one; a YAML header is one of them."""
    lines = start.decode(magic.encoding_by_mark(start), errors="replace").splitlines()
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    after = first
    if lines[first : first + 1] == [FENCE]:
        after = next((number for number in range(first + 1, len(lines)) if lines[number].rstrip() == FENCE), first)
    end = next((number for number in range(after, len(lines)) if not _may_be_above(lines[number])), len(lines))
    return lines[: end + 1]


def _may_be_above(line: str) -> bool:
    return _SAYS_NOTHING.match(line) is not None or _plain(line).startswith(_plain(MARK)[:20])


def _plain(text: str) -> str:
    """Return the words with one space between them, without the signs of comments."""
    return " ".join(_SIGNS.sub(" ", text).lower().split())


def _in_word(content: bytes) -> bool:
    bounds = ZipBounds(limits.WORD_PARTS, _PROPERTIES_BYTES, len(_WORD_PROPERTIES) * _PROPERTIES_BYTES)
    try:
        opened = BoundedZip(content, bounds)
    except InputError:
        return False
    return any(_has_mark(opened, name) for name in _WORD_PROPERTIES)


def _has_mark(opened: BoundedZip, name: str) -> bool:
    try:
        return MARK.encode() in opened.read(name)
    except InputError:
        return False
