"""Files that are packed with gzip or zstd, read as if they were not.

gzip is RFC 1952, read by the standard library; zstd is RFC 8878, read by the standard library from Python 3.14 on and
by its backport before.
"""

import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import IO, cast

from tcia_policy.errors import InputError
from tcia_policy.files import limits, magic
from tcia_policy.files.content import readable


class Packing(StrEnum):
    """How a file is packed, as it is called in messages."""

    NONE = "not packed"
    GZIP = "gzip"
    ZSTD = "zstd"


def packing_of(start: bytes) -> Packing:
    """Return how a file is packed that begins so."""
    if start.startswith(magic.GZIP):
        return Packing.GZIP
    return Packing.ZSTD if start.startswith(magic.ZSTD) else Packing.NONE


@contextmanager
def unpacked(path: Path, packing: Packing) -> Iterator[IO[bytes]]:
    """Open a file for reading what is packed in it. Raise `InputError` where it cannot be read or unpacked."""
    with readable(path):
        try:
            with _opened(path, packing) as stream:
                yield stream
        except EOFError:
            raise InputError(f"is a {packing} file that ends too early", file=path, hint="download it anew") from None
        except _errors_of(packing) as error:
            raise InputError(f"is a broken {packing} file: {error}", file=path, hint="download it anew") from None


def start_unpacked(path: Path, packing: Packing, most: int) -> bytes:
    """Return the first `most` bytes of what is packed in a file. Raise as `unpacked` does."""
    with unpacked(path, packing) as stream:
        return stream.read(most)


def blocks(stream: IO[bytes], path: Path, most: int) -> Iterator[bytes]:
    """Yield what a stream has, in blocks. Raise `InputError` where it has more than `most` bytes."""
    total = 0
    while block := stream.read(limits.BLOCK):
        total += len(block)
        if total > most:
            raise InputError(f"holds more than {most:,} bytes; this is not a cohort file", file=path)
        yield block


def _opened(path: Path, packing: Packing) -> IO[bytes]:
    if packing is Packing.GZIP:
        import gzip  # noqa: PLC0415 - 0.5 ms, only where a file is packed

        return cast("IO[bytes]", gzip.open(path))
    if packing is Packing.ZSTD:
        return cast("IO[bytes]", _zstd().open(path))
    return path.open("rb")


def _zstd() -> ModuleType:
    return import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")


def _errors_of(packing: Packing) -> tuple[type[Exception], ...]:
    """Return the errors of a file that is not packed as its beginning says."""
    if packing is Packing.ZSTD:
        return (_zstd().ZstdError,)
    import gzip  # noqa: PLC0415 - as above

    return (gzip.BadGzipFile, zlib.error)
