"""How far something has come, as one line on the terminal: for what takes longer than a second.

Nothing is shown unless a command allows it, which it does where people look at it. The line is on stderr and goes away.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TypeVar

ItemT = TypeVar("ItemT")
AFTER, EVERY = 1.0, 0.2  # seconds
_WIDTH = 70
_allowed = [False]


def allow(allowed: bool) -> None:
    """Say whether anything may be shown."""
    _allowed[0] = allowed


def progress(
    items: Iterable[ItemT], what: str, total: int | None = None, number_of: Callable[[ItemT], int] = lambda _item: 1
) -> Iterator[ItemT]:
    """Yield the items; past a second, show how much of `what` is done: `DICOM files: 12,000 of 40,000`.

    `number_of` says for how many an item counts.
    """
    if not _allowed[0]:
        yield from items
        return
    done, shown, due = 0, False, monotonic() + AFTER
    try:
        for item in items:
            yield item
            done += number_of(item)
            now = monotonic()
            if now >= due:
                _show(f"{what}: {done:,}" if total is None else f"{what}: {done:,} of {total:,}")
                shown, due = True, now + EVERY
    finally:
        if shown:
            _show("")


@contextmanager
def waiting(what: str, fraction: Callable[[], float | None] = lambda: None) -> Iterator[None]:
    """Past a second, show that `what` is done within, in one piece, and the part that is done: `Series: 40 %`."""
    if not _allowed[0]:
        yield
        return
    from threading import Event, Thread  # noqa: PLC0415 - on terminals only

    over = Event()
    thread = Thread(target=_tell, args=(what, fraction, over.wait), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _tell(what: str, fraction: Callable[[], float | None], is_over: Callable[[float], bool]) -> None:
    if is_over(AFTER):
        return
    while True:
        done = fraction()
        _show(f"{what} ..." if done is None else f"{what}: {min(max(done, 0.0), 1.0):.0%}")
        if is_over(EVERY):
            break
    _show("")


def _show(line: str) -> None:
    sys.stderr.write(f"\r{line:<{_WIDTH}}\r" if not line else f"\r{line:<{_WIDTH}}")
    sys.stderr.flush()
