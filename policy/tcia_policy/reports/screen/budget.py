"""As much of a screen's sections as fits into so many lines; the rest is counted, with the option that shows it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tcia_policy.lazy import dataclass
from tcia_policy.text.english import count

WHERE_ALL_IS = "-v"


@dataclass(frozen=True)
class Entry:
    """Lines that are shown together or not at all. `number` things of this `kind` are counted where they are not."""

    lines: tuple[str, ...]
    number: int = 1
    kind: str = ""


@dataclass(frozen=True)
class Section:
    """Entries under `head` and before `tail`. `one` and `several` are what they are called where they are counted.

    `before` stands before the count, `before_more` if entries stand above it. A section of low `rank` gets its place
    first, and the one of the lowest up to half of all lines.
    """

    entries: tuple[Entry, ...]
    one: str
    several: str
    rank: int
    head: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    before: str = ""
    before_more: str | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """Return all lines."""
        return tuple(self.first(len(self.entries)))

    def first(self, shown: int) -> Iterator[str]:
        """Yield the lines of so many entries, and a line that counts the others."""
        if self.entries:
            yield from self.head
        for entry in self.entries[:shown]:
            yield from entry.lines
        left = self.entries[shown:]
        if left:
            before = self.before if shown == 0 or self.before_more is None else self.before_more
            yield f"{before}{self._counted(left)}: {WHERE_ALL_IS}"
        yield from self.tail

    def _counted(self, left: Sequence[Entry]) -> str:
        kinds = Counter[str]()
        for entry in left:
            kinds[entry.kind] += entry.number
        number = sum(kinds.values())
        by_kind = ", ".join(f"{times:,} {kind}" for kind, times in kinds.items() if kind)
        more = "" if len(left) == len(self.entries) else "more "
        return count(number, more + self.one, more + self.several) + (f" ({by_kind})" if by_kind else "")


def fitted(variants: Sequence[Sequence[Section]], most: int) -> list[list[str]]:
    """Return the lines of each section, at most `most` in all if that can be.

    `variants` have the sections in full, then ever shorter. The longest that fit are taken, and then, by rank, as many
    sections of a longer variant as fit. Where none fits, it is as many entries of the shortest, one of each in turn.
    """
    lengths = [sum(len(section.lines) for section in sections) for sections in variants]
    fitting = next((number for number, length in enumerate(lengths) if length <= most), None)
    if fitting is None:
        shortest = variants[-1]
        shown = _shown(shortest, most)
        return [list(section.first(number)) for section, number in zip(shortest, shown, strict=True)]
    chosen, spare = list(variants[fitting]), most - lengths[fitting]
    for number in sorted(range(len(chosen)), key=lambda number: chosen[number].rank):
        for longer in variants[:fitting]:
            cost = len(longer[number].lines) - len(chosen[number].lines)
            if cost <= spare:
                chosen[number], spare = longer[number], spare - cost
                break
    return [list(section.lines) for section in chosen]


def _shown(sections: Sequence[Section], most: int) -> list[int]:
    """Return how many entries of each section are shown: of the first in rank, then of all in turn."""
    shown = [0] * len(sections)
    used = sum(len(list(section.first(0))) for section in sections)
    by_rank = sorted(range(len(sections)), key=lambda number: sections[number].rank)
    for turn, limit in ((by_rank[:1], most // 2), (by_rank, most)):
        grown = True
        while grown:
            grown = False
            for number in turn:
                cost = _cost_of_next(sections[number], shown[number])
                if cost is not None and used + cost <= limit:
                    shown[number], used, grown = shown[number] + 1, used + cost, True
    return shown


def _cost_of_next(section: Section, shown: int) -> int | None:
    """Return how many lines it takes to show one entry more; `None` where all are shown."""
    if shown == len(section.entries):
        return None
    counted = 1 if shown + 1 == len(section.entries) else 0
    return len(section.entries[shown].lines) - counted
