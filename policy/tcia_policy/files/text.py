"""Files as lines of text: bounded in size and line length, in any usual encoding, with any line endings."""

from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import limits, magic
from tcia_policy.files.content import read_content
from tcia_policy.files.packing import Packing, unpacked
from tcia_policy.lazy import dataclass

HEAD_BYTES = 64 * 1024
BLOCK = 1 << 20


@dataclass(frozen=True)
class TextFile:
    """A file that looks like text: how it is encoded, its size in bytes, and its first 64 kB decoded.

    Where it is packed, the size is that of the packed file, and everything else is of what is in it.
    """

    path: Path
    encoding: str
    size: int
    head: str
    packing: Packing = Packing.NONE

    @property
    def head_lines(self) -> list[str]:
        """Return the first lines; the last of them may be cut off."""
        return unix_lines(self.head).split("\n")

    def lines(self) -> Iterator[str]:
        """Yield all lines without their ends (LF, CRLF, CR or a mixture). Raise `InputError` for an endless one."""
        rest = ""
        with (
            unpacked(self.path, self.packing) as binary,
            TextIOWrapper(binary, encoding=self.encoding, errors="replace", newline=None) as stream,
        ):
            read = 0
            while block := stream.read(BLOCK):
                read += len(block)
                if read > limits.COHORT_FILE:
                    raise InputError(f"holds more than {limits.COHORT_FILE:,} characters", file=self.path)
                whole = (rest + block).split("\n")
                rest = whole.pop()
                if len(rest) > limits.COHORT_LINE:
                    raise InputError(f"has a line of more than {limits.COHORT_LINE:,} characters", file=self.path)
                yield from whole
        if rest:
            yield rest


def read_text(path: Path, most: int) -> str:
    """Return the text of a file of at most `most` bytes of UTF-8. Raise `InputError` as `read_content` does, and with
    the line of the first bytes that are no UTF-8.
    """
    content = read_content(path, most)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        if magic.encoding_by_mark(content) == "utf-16":
            raise InputError("is not UTF-8 text, but UTF-16", file=path, line=1, hint="save it as UTF-8") from None
        raise InputError(
            "is not UTF-8 text", file=path, line=line, hint="save it as UTF-8, or write this line anew"
        ) from None


def decode_text(content: bytes, shown: str, most: int = limits.MANUSCRIPT_TEXT) -> str:
    r"""Decode text, with `\n` between lines, from UTF-8, UTF-16 with its mark, or else Windows-1252 (a wider Latin-1).

    Raise `InputError` for what is binary or has more than `most` bytes.
    """
    if len(content) > most:
        problem = f"larger than {most:,} bytes, too large for the text of a manuscript"
        raise InputError(problem, file=shown)
    encoding = magic.encoding_by_mark(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("utf-16" if encoding == "utf-16" else "cp1252", errors="replace")
    if "\0" in text:
        raise InputError("is a binary file, not text", file=shown, hint="save it as UTF-8 text")
    return unix_lines(text)


def decode_latex(content: bytes) -> str:
    r"""Decode a LaTeX source, with `\n` between lines, from UTF-8, else Windows-1252 or Latin-1, as authors write it.

    LaTeX itself has no UTF-16. Raise `InputError` for what is no text.
    """
    if b"\0" in content:
        raise InputError("is not text, and was not read", hint="save it as UTF-8 text")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return unix_lines(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return unix_lines(content.decode("latin-1"))


def unix_lines(text: str) -> str:
    r"""Return the text with `\n` at the ends of its lines, in place of Windows' `\r\n` and of `\r`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
