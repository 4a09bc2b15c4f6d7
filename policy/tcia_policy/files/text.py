"""Files as lines of text: bounded in size and line length, in any usual encoding, with any line endings."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tcia_policy.errors import InputError, unreadable

HEAD_BYTES = 64 * 1024
MOST_BYTES = 1_000_000_000
LONGEST_LINE = 1_000_000
BLOCK = 1 << 20

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
DICOM_PREAMBLE = 128
SAVE_AS_CSV = "save the sheet as CSV and name that file"
FOREIGN = (
    (b"PK\x03\x04", "an Excel workbook or a ZIP archive", SAVE_AS_CSV),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", SAVE_AS_CSV),
    (b"PAR1", "a Parquet file", "export its column of SeriesInstanceUIDs as CSV"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"%PDF", "a PDF", "name the manifest, table or list that it was made from"),
)


@dataclass(frozen=True)
class TextFile:
    """A file that looks like text: how it is encoded, its size in bytes, and its first 64 kB decoded."""

    path: Path
    encoding: str
    size: int
    head: str

    @property
    def head_lines(self) -> list[str]:
        """The first lines; the last of them may be cut off."""
        return self.head.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def lines(self) -> Iterator[str]:
        """All lines without their ends (LF, CRLF, CR or a mixture). Raises `InputError` for an endless one."""
        rest = ""
        with _readable(self.path), self.path.open(encoding=self.encoding, errors="replace", newline=None) as stream:
            while block := stream.read(BLOCK):
                whole = (rest + block).split("\n")
                rest = whole.pop()
                if len(rest) > LONGEST_LINE:
                    raise InputError(f"has a line of more than {LONGEST_LINE:,} characters", file=self.path)
                yield from whole
        if rest:
            yield rest


def open_text(path: Path) -> TextFile:
    """Look at the beginning of a file. Raises `InputError` where it cannot be a cohort file at all."""
    with _readable(path):
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise InputError("is a directory, not a file", file=path, hint="a folder of manifests is `folder:`")
        if not stat.S_ISREG(found.st_mode):
            raise InputError("is not a regular file", file=path)
        if found.st_size > MOST_BYTES:
            raise InputError(f"larger than {MOST_BYTES:,} bytes; this is no cohort file", file=path)
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    encoding = next((name for mark, name in BYTE_ORDER_MARKS.items() if head.startswith(mark)), "utf-8")
    _refuse_foreign(path, head, encoding)
    text = head.decode(encoding, errors="replace")
    if not text.strip():
        raise InputError("is empty", file=path)
    return TextFile(path=path, encoding=encoding, size=found.st_size, head=text)


def _refuse_foreign(path: Path, head: bytes, encoding: str) -> None:
    if head[DICOM_PREAMBLE : DICOM_PREAMBLE + 4] == b"DICM":
        raise InputError(
            "is a DICOM file, which this version does not read",
            file=path,
            hint="name the series by UID, or the manifest it was downloaded with",
        )
    for magic, name, hint in FOREIGN:
        if head.startswith(magic):
            raise InputError(f"is {name}, not a cohort file", file=path, hint=hint)
    if b"\0" in head and encoding != "utf-16":
        raise InputError("is a binary file, not a cohort file", file=path)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise InputError("no such file", file=path) from None
    except ValueError:  # a NUL in the path
        raise InputError("is not a possible file name", file=repr(str(path))) from None
    except OSError as error:
        raise unreadable(error, path) from None
