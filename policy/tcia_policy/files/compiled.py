"""What was made of the shipped rules and data, kept so that the next start need not make it anew.

`compiled` returns what a function makes of some files: the rules, the licenses, a dataset. It keeps that where Python
keeps byte code: in `__pycache__` beside the package (or below `sys.pycache_prefix`). Where nothing may be written there
(`PYTHONDONTWRITEBYTECODE`, a folder that is read-only), it keeps it in the user's cache. Where neither is possible, all
is made anew at each start.

What is kept counts for exactly these files, with this program, this Python and this Pydantic. A file has three lines,
and then a pickle:

- the digest of what the file system says of each source and of each module that may be in the pickle: path, size,
  inode, and the times of the last change. If nothing was touched, what is kept counts.
- the digest of their contents. It is taken where something was touched, or copied, and decides then.
- the digest of the pickle, so that a damaged one is made anew.

A file that was changed less than two seconds ago might be changed again without a trace, so what is made of it is not
kept. Where the function raises, as for a mistake in a rule, nothing is kept, and the mistake is told at each start.

A pickle may run code. So only classes of this package that hold facts are loaded, and what lies in the user's cache
counts only if nobody else could have written it. Whoever can write into `__pycache__` can replace the program itself.
"""

import hashlib
import importlib.util
import io
import os
import pickle
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pydantic

from tcia_policy.files import limits
from tcia_policy.files.shipped import PACKAGE, shipped
from tcia_policy.files.user_cache import is_ours, user_cache
from tcia_policy.version import __version__

FORM = 1  # of what is kept; another number makes all of it anew
ROOMS = ("errors", "evidence", "files", "lazy", "model", "registry", "rules", "text")  # whose code decides what is made
OTHER_CLASSES = frozenset(
    {("datetime", "date"), ("pathlib", "PosixPath"), ("pathlib", "WindowsPath"), ("builtins", "frozenset")}
)
SETTLED = 2 * 10**9  # nanoseconds after which a file that is changed again has another time
DIGEST = 64  # hexadecimal digits

MadeT = TypeVar("MadeT")
State = tuple[str, int, int, int, int]
"""A file: its path, size in bytes, inode, and the times of its last change, of content and of all, in nanoseconds."""


class _Place(NamedTuple):
    """A file in which something may be kept. What is in the user's cache is not trusted without a look at it."""

    path: Path
    in_user_cache: bool


class _UnusableError(Exception):
    """What is kept cannot be loaded."""


class _Kept(NamedTuple):
    """What is kept in a file: the two digests of what it was made of, and what was made, as a pickle."""

    by_time: str
    by_content: str
    pickled: bytes

    @property
    def made(self) -> Any:
        """Load what was made. Raise `_UnusableError` where that does not succeed, whatever the reason."""
        try:
            return _Facts(io.BytesIO(self.pickled)).load()
        except Exception as error:
            raise _UnusableError from error


def compiled(name: str, sources: Iterable[Path], make: Callable[[], MadeT]) -> MadeT:
    """Return what `make` makes of the sources: files, and folders with all that is below them.

    `name` is that of the file in which it is kept; what is made consists of values, dataclasses and models of `ROOMS`.
    Raise what `make` raises.
    """
    sources = tuple(sources)
    touched = _touched(sources)
    if touched is None:
        return make()
    by_time = _digest((_code_by_time(), *map(repr, touched)))
    found = []
    for kept in filter(None, map(_kept, _places(name))):
        if kept.by_time == by_time:
            with suppress(_UnusableError):
                return kept.made  # type: ignore[no-any-return]
        found.append(kept)
    for kept in found:
        if kept.by_content == _by_content(touched):
            with suppress(_UnusableError):
                made = kept.made
                if _is_settled(touched):
                    _keep(name, (by_time, kept.by_content), kept.pickled)
                return made  # type: ignore[no-any-return]
    made = make()
    by_content = _by_content(touched)
    _shipped_states.cache_clear()
    if by_content is not None and _touched(sources) == touched and _is_settled(touched):
        _keep(name, (by_time, by_content), pickle.dumps(made, protocol=5))
    return made


def _touched(sources: Iterable[Path]) -> tuple[State, ...] | None:
    """Return the state of every source; `None` where one, or the code, is not seen."""
    try:
        _code()
        return tuple(each for source in sources for each in sorted(_states(str(source))))
    except OSError:
        return None


@cache
def _code() -> tuple[State, ...]:
    """Return the state of every module that decides what is made."""
    modules = (PACKAGE / room for room in ROOMS)
    found = (module if module.is_dir() else module.with_suffix(".py") for module in modules)
    return tuple(each for path in found for each in sorted(_states(str(path))) if each[0].endswith(".py"))


@cache
def _code_by_time() -> str:
    return _digest(map(repr, _code()))


def _states(path: str) -> Iterable[State]:
    """Return the states of a file, or of all in a folder. Folders that shipped are looked at once, as the code is."""
    return _shipped_states(path) if (path + os.sep).startswith(_shipped_folders()) else _looked_at(path)


@cache
def _shipped_folders() -> tuple[str, ...]:
    return tuple(f"{shipped(kind)}{os.sep}" for kind in ("rules", "data"))


@cache
def _shipped_states(path: str) -> tuple[State, ...]:
    return tuple(_looked_at(path))


def _looked_at(path: str) -> Iterator[State]:
    found = os.stat(path)  # noqa: PTH116 - six hundred of them: a Path would take as long as all the rest
    if not os.path.isdir(path):  # noqa: PTH112
        yield path, found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns
        return
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _states(entry.path)
            else:
                found = entry.stat()
                yield entry.path, found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns


def _is_settled(touched: Iterable[State]) -> bool:
    """Return whether neither they nor the code were changed so recently that another change may leave no trace."""
    return max(max(each[3:]) for each in (*_code(), *touched)) < time.time_ns() - SETTLED


def _by_content(touched: Iterable[State]) -> str | None:
    """Return the digest of what they and the code are called and have in them; `None` where one cannot be read."""
    try:
        return _digest(f"{each[0]}\n{_digest_of(each)}" for each in (*_code(), *touched))
    except OSError:
        return None


@cache
def _digest_of(file: State) -> str:
    return hashlib.sha256(Path(file[0]).read_bytes()).hexdigest()


def _digest(lines: Iterable[str]) -> str:
    made_by = (str(FORM), __version__, sys.version, pydantic.__version__)
    return hashlib.sha256("\n".join((*made_by, *lines)).encode("utf-8", "surrogateescape")).hexdigest()


def _places(name: str) -> Iterator[_Place]:
    """Yield the files in which it may be kept, the first choice first."""
    beside = None
    with suppress(NotImplementedError):  # this Python keeps no byte code
        beside = Path(importlib.util.cache_from_source(str(PACKAGE / f"{name}.py"))).with_suffix(".compiled")
        yield _Place(beside, in_user_cache=False)
    if beside is None or sys.dont_write_bytecode or not _may_write(beside.parent):
        shared = user_cache()
        if shared is not None:
            package = hashlib.sha256(os.fsencode(PACKAGE)).hexdigest()[:12]
            yield _Place(shared / f"compiled-{package}" / f"{name}.compiled", in_user_cache=True)


def _may_write(folder: Path) -> bool:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)


def _kept(place: _Place) -> _Kept | None:
    """Return what is kept in a file; `None` where there is none, or none to be trusted."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(place.path, flags), "rb") as file:
            if place.in_user_cache and not is_ours(os.fstat(file.fileno())):
                return None
            content = file.read(limits.COMPILED + 1)
        by_time, by_content, digest, pickled = content.split(b"\n", 3)
        if len(content) > limits.COMPILED or hashlib.sha256(pickled).hexdigest() != digest.decode():
            return None
        return _Kept(by_time.decode(), by_content.decode(), pickled)
    except (OSError, ValueError):
        return None


class _Facts(pickle.Unpickler):
    """Loads values, dataclasses and models, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of `ROOMS`, or one of a few others. Raise `UnpicklingError` for anything else."""
        package, _, rest = module.partition(".")
        if (module, name) in OTHER_CLASSES or (package == "tcia_policy" and rest.split(".")[0] in ROOMS):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} holds no facts")


def _keep(name: str, digests: tuple[str, str], pickled: bytes) -> None:
    """Write what was made into the first of the files that can be written."""
    lines = (*digests, hashlib.sha256(pickled).hexdigest())
    content = "".join(f"{line}\n" for line in lines).encode() + pickled
    if len(content) > limits.COMPILED:
        return
    for place in _places(name):
        may_write = place.in_user_cache or not sys.dont_write_bytecode
        if may_write and _written(place.path, content, 0o600 if place.in_user_cache else 0o644):
            return


def _written(path: Path, content: bytes, mode: int) -> bool:
    import tempfile  # noqa: PLC0415 - 2 ms, only where something changed

    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(number, "wb") as file:
            file.write(content)
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except OSError:  # a full disk, a folder that is read-only
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        return False
    return True
