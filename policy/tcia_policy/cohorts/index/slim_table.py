"""The tables of `data/idc-series.bin` (`registry/series_layout.py`): numbers by position, and rows by name.

Of a few, only their own bytes are read. Of many, whole sections are, which is quicker.
"""

import sys
from array import array
from collections.abc import Callable, Collection, Iterator, Sequence

from tcia_policy.files.sections import Section, Sections
from tcia_policy.registry.series_layout import Table, key_of

MANY = 3_000  # from here on whole sections are read: some 20 ms
UNKNOWN = -1
_TYPES = {1: "B", 2: "H", 4: "I"}


class Column:
    """A column of numbers, the low and the high bytes of which are in sections of their own, so many of each number."""

    def __init__(self, file: Sections, names: tuple[str, ...], widths: tuple[int, ...]) -> None:
        self._parts = tuple((file.section(name), width) for name, width in zip(names, widths, strict=True))
        self.length = self._parts[0][0].length // widths[0]

    def __getitem__(self, position: int) -> int:
        content = b"".join(part.read(position * width, (position + 1) * width) for part, width in self._parts)
        return int.from_bytes(content, "little")

    def getter(self, times: int) -> Callable[[int], int]:
        """Return what gives the number at a position, and is quick if that is asked so many times."""
        if times < MANY:
            return self.__getitem__
        first, *others = (_numbers(part, width) for part, width in self._parts)
        if not others:
            return first.__getitem__
        if len(others) == 1:
            (high,) = others
            return lambda position: first[position] | high[position] << 16
        middle, high = others
        return lambda position: first[position] | middle[position] << 16 | high[position] << 32


class Keys:
    """A table of keys, each with its row or rows."""

    def __init__(self, file: Sections, table: Table) -> None:
        self._table = table
        self._buckets = Column(file, (f"{table.name}.buckets",), (4,))
        self._keys = file.section(f"{table.name}.keys")
        self._rows = Column(file, (f"{table.name}.rows.low", f"{table.name}.rows.high"), (2, 1))
        self._counts = Column(file, (f"{table.name}.counts",), (2,)) if table.of_several else None

    def rows_of(self, name: str) -> Sequence[int]:
        """Return the rows of all keys that are the name's."""
        found = [self._range(position) for position in self._positions(key_of(name, self._table))]
        return found[0] if len(found) == 1 else [row for rows in found for row in rows]

    def first_rows_of(self, names: Collection[str]) -> Iterator[int]:
        """Yield the row of each name; `UNKNOWN` where there is none."""
        find, row_at = self._finder(len(names)), self._rows.getter(len(names))
        table = self._table
        for name in names:
            position = find(key_of(name, table))
            yield UNKNOWN if position < 0 else row_at(position)

    def _finder(self, times: int) -> Callable[[bytes], int]:
        """Return what gives the position of a key, or a negative number; quick if that is asked so many times."""
        if times < MANY:
            return lambda key: next(self._positions(key), UNKNOWN)
        bucket_at = self._buckets.getter(times)
        keys = self._keys.read(0, self._keys.length)
        begins, width = self._table.bucket, self._table.rest

        def find(key: bytes) -> int:
            bucket = int.from_bytes(key[:begins], "big")
            stop = bucket_at(bucket + 1) * width
            at = keys.find(key[begins:], bucket_at(bucket) * width, stop)
            while at > 0 and at % width:  # it lies across two keys
                at = keys.find(key[begins:], at + 1, stop)
            return at // width

        return find

    def _positions(self, key: bytes) -> Iterator[int]:
        bucket = int.from_bytes(key[: self._table.bucket], "big")
        first, stop = self._buckets[bucket], self._buckets[bucket + 1]
        if first == stop:
            return
        width = self._table.rest
        rest = key[self._table.bucket :]
        keys = self._keys.read(first * width, stop * width)
        at = keys.find(rest)
        while at >= 0:
            if at % width == 0:
                yield first + at // width
            at = keys.find(rest, at + 1)

    def _range(self, position: int) -> range:
        first = self._rows[position]
        return range(first, first + (1 if self._counts is None else self._counts[position]))


def _numbers(section: Section, width: int) -> Sequence[int]:
    """Return all numbers of a section, so many bytes each."""
    numbers = array(_TYPES[width], section.read(0, section.length))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
