"""Lists that come in pages: whole, each record once, and never in a circle."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.importers.online.answers import Record
from tcia_policy.lazy import dataclass

ReadT = TypeVar("ReadT")
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Read:
    """What was read of a source: in which form, the records by their list, and what was done without."""

    form: str
    lists: Mapping[str, tuple[Record, ...]]
    remarks: tuple[str, ...] = ()


class Moved(InputError):  # noqa: N818 - what it says of the list
    """The list changed while its pages were read, so that records may be missing."""


def read_steadily(read: Callable[[], ReadT]) -> ReadT:
    """Return what is read of a list, which is read once more where it moved. Raise `Moved` where it did so again."""
    try:
        return read()
    except Moved:
        return read()


def joined(pages: Iterable[tuple[Record, ...]], key: str, place: str) -> tuple[Record, ...]:
    """Return the records of all pages. Raise `Moved` where two have the same `key`, `InputError` for too many."""
    records: list[Record] = []
    pages_of: dict[object, int] = {}
    for number, page in enumerate(pages, start=1):
        for record in page:
            known = record.get(key)
            if isinstance(known, str | int) and pages_of.setdefault(known, number) != number:
                where = f"on page {pages_of[known]} and on page {number}"
                raise Moved(f"record {known} stands {where}, so that others may be missing", file=place)
        records += page
        if len(records) > limits.ANSWER_RECORDS:
            raise InputError(f"has more than {limits.ANSWER_RECORDS:,} records", file=place)
    return tuple(records)


def whole_number(value: object) -> int | None:
    """Return a number of pages or records, also one that is written as text; `None` for anything else."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
