"""A file that may list a cohort: what its first bytes show of it, whatever its name says."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import limits, magic
from tcia_policy.files.content import is_folder, read_start, regular_size
from tcia_policy.files.packing import Packing, packing_of, start_unpacked
from tcia_policy.files.text import HEAD_BYTES, TextFile

FOREIGN = (
    (magic.ZIP, "a ZIP archive", "unpack it, and name the file in it or its folder"),
    (magic.OLE[:4], "an old Excel workbook", "save the sheet as CSV or XLSX and name that file"),
    (magic.PARQUET, "a Parquet file", "export its column of SeriesInstanceUIDs as CSV"),
    (magic.GZIP, "packed twice", "unpack it first"),
    (magic.PDF[:4], "a PDF", "name the manifest, table or list that it was made from"),
)


@dataclass(frozen=True)
class CohortFile:
    """A regular file that is not empty: its size on disk, how it is packed, and its beginning unpacked (64 kB).

    `text` is the same file as text, `None` where it is not text.
    """

    path: Path
    size: int
    packing: Packing
    start: bytes
    text: TextFile | None

    @property
    def head(self) -> str:
        """Return the beginning of the text; nothing where it is no text."""
        return "" if self.text is None else self.text.head

    @property
    def head_lines(self) -> list[str]:
        """Return the first lines, the last of which may be cut off; none where it is no text."""
        return [] if self.text is None else self.text.head_lines

    def lines(self) -> Iterator[str]:
        """Yield the lines of the text without their ends. Raise `InputError` as `TextFile.lines` does."""
        return iter(()) if self.text is None else self.text.lines()


def open_cohort_file(path: Path) -> CohortFile:
    """Look at the beginning of a file. Raise `InputError` where it cannot be a cohort file at all."""
    if is_folder(path):
        raise InputError("is a directory, not a file", file=path, hint="a folder of manifests is `folder:`")
    size = regular_size(path)
    if size > limits.COHORT_FILE:
        raise InputError(f"larger than {limits.COHORT_FILE:,} bytes; this is not a cohort file", file=path)
    start = read_start(path, HEAD_BYTES)
    packing = packing_of(start)
    if packing is not Packing.NONE:
        start = start_unpacked(path, packing, HEAD_BYTES)
    text = _text(path, size, packing, start)
    if not start or (text is not None and not text.head.strip()):
        raise InputError("is empty", file=path)
    return CohortFile(path=path, size=size, packing=packing, start=start, text=text)


def foreign(file: CohortFile) -> InputError:
    """Return the error for a file that no format recognizes and that is not text."""
    for beginning, name, hint in FOREIGN:
        if file.start.startswith(beginning):
            return InputError(f"is {name}, not a cohort file", file=file.path, hint=hint)
    return InputError("is a binary file, not a cohort file", file=file.path)


def _text(path: Path, size: int, packing: Packing, start: bytes) -> TextFile | None:
    encoding = magic.encoding_by_mark(start)
    if start.startswith(tuple(beginning for beginning, _name, _hint in FOREIGN)):
        return None
    if b"\0" in start and encoding != "utf-16":
        return None
    return TextFile(path, encoding, size, start.decode(encoding, errors="replace"), packing)
