"""Files as lines of text: bounded in size and line length, in any usual encoding, with any line endings."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files.content import is_folder, read_content, read_start, readable, regular_size

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
        with readable(self.path), self.path.open(encoding=self.encoding, errors="replace", newline=None) as stream:
            while block := stream.read(BLOCK):
                whole = (rest + block).split("\n")
                rest = whole.pop()
                if len(rest) > LONGEST_LINE:
                    raise InputError(f"has a line of more than {LONGEST_LINE:,} characters", file=self.path)
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
        raise InputError("is not UTF-8 text", file=path, line=line) from None


def open_text(path: Path) -> TextFile:
    """Look at the beginning of a file. Raises `InputError` where it cannot be a cohort file at all."""
    if is_folder(path):
        raise InputError("is a directory, not a file", file=path, hint="a folder of manifests is `folder:`")
    size = regular_size(path)
    if size > MOST_BYTES:
        raise InputError(f"larger than {MOST_BYTES:,} bytes; this is not a cohort file", file=path)
    head = read_start(path, HEAD_BYTES)
    encoding = next((name for mark, name in BYTE_ORDER_MARKS.items() if head.startswith(mark)), "utf-8")
    _refuse_foreign(path, head, encoding)
    text = head.decode(encoding, errors="replace")
    if not text.strip():
        raise InputError("is empty", file=path)
    return TextFile(path=path, encoding=encoding, size=size, head=text)


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
