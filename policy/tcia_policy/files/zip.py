"""Zips from outside: what they inflate to is counted as it is read, whatever their headers say."""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from zipfile import ZipInfo

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.content import read_end
from tcia_policy.lazy import dataclass

_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    IndexError,
    KeyError,
    NotImplementedError,
    RuntimeError,
)
_END_BYTES = 65_557 + 20 + 56  # the end record with its longest comment, and the records of zip64 before it
_IN_ZIP64 = 0xFFFF_FFFF  # a size that the record of zip64 has
_ENCRYPTED = 0x1
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold


@dataclass(frozen=True)
class ZipBounds:
    """How many members a zip may have, and to how many bytes each of them and all together may inflate.

    `ratio` is how many times its packed size a large member may inflate to; `None` for any.
    """

    members: int
    member_bytes: int
    bytes_in_all: int
    ratio: int | None = None


class BoundedZip:
    """An opened zip. Its members are read one by one, and no more than `bounds` allow."""

    def __init__(self, source: Path | bytes, bounds: ZipBounds) -> None:
        """Open a file, or what it holds. Raise `InputError` for what is no zip, is damaged, or has too many members."""
        end = source[-_END_BYTES:] if isinstance(source, bytes) else read_end(source, _END_BYTES)
        too_many = InputError(f"has more than {bounds.members:,} members")
        if _directory_bytes(end) > limits.ZIP_DIRECTORY:
            raise too_many
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
        except _DAMAGED as error:
            raise InputError(f"is not a zip, or is a damaged one: {error}", hint="make the zip again") from None
        self.members: tuple[ZipInfo, ...] = tuple(self._zip.infolist())
        if len(self.members) > bounds.members:
            raise too_many
        self._bounds = bounds
        self._bytes_read = 0

    def read(self, member: ZipInfo | str) -> bytes:
        """Return what a member, or the last one of that name, inflates to.

        Raise `InputError` where it is missing, encrypted or damaged, and where it is larger than the bounds allow.
        """
        try:
            found = self._zip.getinfo(member) if isinstance(member, str) else member
        except KeyError:
            raise InputError("is missing") from None
        if found.flag_bits & _ENCRYPTED:
            raise InputError("is encrypted", hint="save a copy without a password")
        try:
            return self._inflated(found)
        except _DAMAGED as error:
            raise InputError(f"is damaged: {error}", hint="make the zip again") from None

    def _inflated(self, member: ZipInfo) -> bytes:
        bounds, size, blocks = self._bounds, 0, []
        with self._zip.open(member) as stream:
            while block := stream.read(limits.BLOCK):
                blocks.append(block)
                size += len(block)
                self._bytes_read += len(block)
                if size > bounds.member_bytes:
                    raise InputError(f"inflates to more than {bounds.member_bytes:,} bytes")
                if bounds.ratio is not None and size > max(
                    limits.ZIP_RATIO_FROM, bounds.ratio * max(member.compress_size, 1)
                ):
                    raise InputError(f"inflates to more than {bounds.ratio} times its size, as a zip bomb does")
                if self._bytes_read > bounds.bytes_in_all:
                    raise InputError(f"more than {bounds.bytes_in_all:,} bytes were inflated before it")
        return b"".join(blocks)


def without_clock(content: bytes) -> bytes:
    """Return a zip of ours again with one day and mode for every member, whatever the library wrote that made it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            member = ZipInfo(name, _FIRST_DAY)
            member.external_attr = 0o644 << 16
            after.writestr(member, before.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def why_not_a_file(member: ZipInfo) -> str | None:
    """Return why a member is never to be read, said of several (`lead out of the zip`), or `None` for a usual file."""
    name = member.orig_filename.replace("\\", "/")
    if not is_relative(name) or ".." in name.split("/") or not PurePosixPath(name).parts:
        return "lead out of the zip"
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
        return "are links or devices"
    if member.flag_bits & _ENCRYPTED:
        return "are encrypted"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "are packed in an unusual way"
    return None


def is_relative(name: str) -> bool:
    """Return whether a name, as Linux or Windows spell it, is relative to the folder it stands in."""
    has_drive = name[1:2] == ":" and name[:1].isascii() and name[:1].isalpha()
    return bool(name) and "\0" not in name and not name.startswith(("/", "\\")) and not has_drive


def _directory_bytes(end: bytes) -> int:
    """Return the size of the central directory, as the end record states it; 0 where there is none.

    See APPNOTE.TXT 4.3.14 to 4.3.16, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT.
    """
    at = end.rfind(b"PK\x05\x06")
    if at < 0:
        return 0
    size = int.from_bytes(end[at + 12 : at + 16], "little")
    large = at - 20 - 56  # the record of zip64, and before it, its locator
    if large >= 0 and end[at - 20 : at - 16] == b"PK\x06\x07":
        size = max(size if size != _IN_ZIP64 else 0, int.from_bytes(end[large + 40 : large + 48], "little"))
    return size
