"""A file of sections of bytes that is mapped and never read as a whole, with a checksum for each kilobyte of it.

The form is our own: what is read must be checked before it is used, in a file of which most is never read. All numbers
are little-endian.

| bytes | are |
| --- | --- |
| 16 | `MAGIC`, which has the version of the form |
| 4 | the length of the header |
| 32 | the SHA-256 of the header |
| | the header, JSON: `facts`; `checksums` and, by their names, `sections`: where it begins, its length, its SHA-256 |
| | zeros to the next multiple of `BLOCK` |
| | the sections, one after the other, the last with zeros to the next multiple of `BLOCK` |
| | the CRC-32 of each block of the sections, 4 bytes each |

Opening it checks the header and the checksums; reading checks each block that it touches. So what is damaged or cut is
never returned.
"""

import hashlib
import json
import mmap
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tcia_policy.errors import InputError
from tcia_policy.files.content import readable, regular_size

MAGIC = b"tcia-policy map1"
BLOCK = 1 << 10
_SHIFT = 10
_START = len(MAGIC) + 4 + 32
_CHECKSUM = 4


class _Span(NamedTuple):
    """Where something is in the file: its first byte and the one after its last."""

    start: int
    stop: int

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> "_Span":
        """Return the place that a header states."""
        return cls(written["start"], written["start"] + written["length"])


class Sections:
    """The sections of one file. Opening it raises `InputError` where it is no such file, or not as it was written."""

    def __init__(self, path: Path, hint: str) -> None:
        self._path = path
        self._hint = hint
        size = regular_size(path)
        if size < _START:
            raise self.wrong("is cut off")
        with readable(path), path.open("rb") as stream:
            self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        header = self._header()
        checksums = _Span.of(header["checksums"])
        if checksums.stop != size:
            raise self.wrong("is cut off")
        self._checksums = self._map[checksums.start : checksums.stop]
        if hashlib.sha256(self._checksums).hexdigest() != header["checksums"]["sha256"]:
            raise self.wrong("is damaged")
        self._checked = bytearray(len(self._checksums) // _CHECKSUM)
        self._first_block = checksums.start - len(self._checked) * BLOCK
        self._spans = {name: _Span.of(each) for name, each in header["sections"].items()}
        self._digests = {name: each["sha256"] for name, each in header["sections"].items()}
        self.facts: Mapping[str, Any] = header["facts"]

    def section(self, name: str) -> "Section":
        """Return a section. Raise `InputError` where the file does not have it."""
        if name not in self._spans:
            raise self.wrong(f"has no section {name!r}")
        span = self._spans[name]
        return Section(self, span.start, span.stop - span.start)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the header, which has the digest of all else: that of the file's content."""
        return self._map[len(MAGIC) + 4 : _START].hex()

    def read(self, start: int, stop: int) -> bytes:
        """Return these bytes of the file, after their blocks were checked. Raise `InputError` where one is damaged."""
        checked = self._checked
        for block in range((start - self._first_block) >> _SHIFT, ((stop - 1 - self._first_block) >> _SHIFT) + 1):
            if not checked[block]:
                self._check(block)
        return self._map[start:stop]

    def check_all(self) -> memoryview:
        """Check all blocks, and return the whole file. Raise `InputError` where a block is damaged."""
        for block, checked in enumerate(self._checked):
            if not checked:
                self._check(block)
        return memoryview(self._map)

    def verify(self) -> None:
        """Raise `InputError` for a section that has not the SHA-256 with which it was written."""
        for name, span in self._spans.items():
            with memoryview(self._map) as whole, whole[span.start : span.stop] as part:
                if hashlib.sha256(part).hexdigest() != self._digests[name]:
                    raise self.wrong(f"is damaged in its section {name!r}")

    def wrong(self, problem: str) -> InputError:
        """Return the error for a file of which this is to be said."""
        return InputError(problem, file=self._path, hint=self._hint)

    def _header(self) -> dict[str, Any]:
        if self._map[: len(MAGIC)] != MAGIC:
            raise self.wrong("is of another form")
        length = int.from_bytes(self._map[len(MAGIC) : len(MAGIC) + 4], "little")
        header = self._map[_START : _START + length]
        if len(header) != length or hashlib.sha256(header).digest() != self._map[len(MAGIC) + 4 : _START]:
            raise self.wrong("is damaged or cut off")
        found: dict[str, Any] = json.loads(header)
        return found

    def _check(self, block: int) -> None:
        if not 0 <= block < len(self._checked):
            raise self.wrong("is damaged")
        start = self._first_block + (block << _SHIFT)
        expected = self._checksums[block * _CHECKSUM : (block + 1) * _CHECKSUM]
        if zlib.crc32(self._map[start : start + BLOCK]).to_bytes(_CHECKSUM, "little") != expected:
            raise self.wrong("is damaged")
        self._checked[block] = 1


class Section:
    """The bytes of one section. `start` is where it begins in the file."""

    def __init__(self, whole: Sections, start: int, length: int) -> None:
        self._whole = whole
        self.start = start
        self.length = length

    def read(self, start: int, stop: int) -> bytes:
        """Return these bytes of the section. Raise `InputError` where it is damaged or has no such bytes."""
        if not 0 <= start < stop <= self.length:
            raise self._whole.wrong("is damaged")
        return self._whole.read(self.start + start, self.start + stop)


def packed(facts: Mapping[str, object], sections: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a file with these facts, which JSON can hold, and these sections."""
    body = b"".join(sections.values())
    body += bytes(-len(body) % BLOCK)
    checksums = b"".join(
        zlib.crc32(body[start : start + BLOCK]).to_bytes(_CHECKSUM, "little") for start in range(0, len(body), BLOCK)
    )
    first = BLOCK
    while len(header := _header_of(facts, sections, first, len(body), checksums)) > first - _START:
        first += BLOCK
    head = MAGIC + len(header).to_bytes(4, "little") + hashlib.sha256(header).digest() + header
    return head + bytes(first - len(head)) + body + checksums


def _header_of(
    facts: Mapping[str, object], sections: Mapping[str, bytes], first: int, length: int, checksums: bytes
) -> bytes:
    """Return the header of a file whose sections begin at `first` and are that long together."""
    places = {}
    start = first
    for name, content in sections.items():
        places[name] = {"start": start, "length": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        start += len(content)
    header = {
        "facts": facts,
        "sections": places,
        "checksums": {
            "start": first + length,
            "length": len(checksums),
            "sha256": hashlib.sha256(checksums).hexdigest(),
        },
    }
    return json.dumps(header, ensure_ascii=True, separators=(",", ":")).encode()
