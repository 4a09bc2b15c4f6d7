"""A file that may list a cohort: what its first bytes show of it, whatever its name says."""

from collections.abc import Iterator
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import limits, magic
from tcia_policy.files.content import is_folder, read_start, regular_size
from tcia_policy.files.packing import Packing, packing_of, start_unpacked
from tcia_policy.files.text import HEAD_BYTES, TextFile
from tcia_policy.lazy import dataclass

# What begins so is no text, although its first bytes may have no NUL.
NO_TEXT = (
    *(magic.ZIP, magic.OLE[:4], magic.PARQUET, magic.GZIP, magic.PDF[:4], magic.BZIP2, magic.XZ[:5], magic.RAR),
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x93NUMPY", b"\x89HDF"),
    *(b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"),  # pickles
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


def _text(path: Path, size: int, packing: Packing, start: bytes) -> TextFile | None:
    encoding = magic.encoding_by_mark(start)
    if start.startswith(NO_TEXT):
        return None
    if b"\0" in start and encoding != "utf-16":
        return None
    return TextFile(path, encoding, size, start.decode(encoding, errors="replace"), packing)
