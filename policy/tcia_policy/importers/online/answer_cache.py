"""Answers that a source may confirm instead of sending them again, in the user's cache.

A file has a line of JSON (the address, what the source called this state of its answer, and the digest of the answer),
and then the answer. One that is damaged, or that somebody else could have written, counts as not there.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tcia_policy.files import limits
from tcia_policy.files.user_cache import is_ours
from tcia_policy.lazy import dataclass

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KEPT = ("etag", "last-modified", "content-type", "link", "x-wp-total", "x-wp-totalpages")


@dataclass(frozen=True)
class Kept:
    """An answer, with those of its headers that are needed again."""

    headers: Mapping[str, str]
    content: bytes

    @property
    def question(self) -> Mapping[str, str]:
        """Return the headers that ask whether this is still the answer."""
        asked = {"if-none-match": self.headers.get("etag"), "if-modified-since": self.headers.get("last-modified")}
        return {name: value for name, value in asked.items() if value}


class AnswerCache:
    """A folder of answers of one source. Where it cannot be written to, nothing is kept, and nothing is said."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def get(self, address: str) -> Kept | None:
        """Return what is kept of an address."""
        if self._folder is None:
            return None
        try:
            with os.fdopen(os.open(self._folder / _name(address), _FLAGS), "rb") as file:
                if not is_ours(os.fstat(file.fileno())):
                    return None
                about, content = file.read(limits.ANSWER + limits.ADDRESS * 10).split(b"\n", 1)
            said = json.loads(about)
            if said["address"] != address or hashlib.sha256(content).hexdigest() != said["sha256"]:
                return None
            return Kept({str(name): str(value) for name, value in said["headers"].items()}, content)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def put(self, address: str, headers: Mapping[str, str], content: bytes) -> None:
        """Keep an answer, if the source gave a name or a day to this state of it."""
        kept = Kept({name: headers[name] for name in _KEPT if name in headers}, content)
        self._used.add(_name(address))
        if self._folder is None or not kept.question:
            return
        digest = hashlib.sha256(content).hexdigest()
        about = json.dumps({"address": address, "headers": dict(kept.headers), "sha256": digest})
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, temporary = tempfile.mkstemp(dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(about.encode() + b"\n" + content)
                os.replace(temporary, self._folder / _name(address))  # noqa: PTH105 - of a name
            except OSError:
                Path(temporary).unlink(missing_ok=True)
                raise

    def confirmed(self, address: str) -> None:
        """Note that the source said that what is kept is still its answer."""
        self._used.add(_name(address))

    def forget_others(self) -> None:
        """Remove what was not asked for since this was opened: addresses with a cursor are others each time."""
        if self._folder is None:
            return
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.name not in self._used:
                    path.unlink(missing_ok=True)


def _name(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:32]
