"""What is said of a dataset wherever a manuscript names or cites it, and on a line that cites it by a key alone."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from tcia_policy.documents.model import SourceLocation, TextBlock
from tcia_policy.evidence.mentions.stance import Said, Stance, Stances, rank
from tcia_policy.lazy import dataclass


@dataclass(frozen=True)
class SaidOf:
    """What is said of a dataset where it is named or cited: `written` is its name or DOI, `place` where it stands."""

    said: Said
    written: str
    place: str

    @property
    def selects(self) -> bool:
        """Return whether the study used it, as far as the text alone can tell."""
        return self.said.stance in (Stance.USED, Stance.NAMED)

    @property
    def where(self) -> str:
        """Return the place, and what the text says there, in words."""
        return f"{self.place}{self.said.why}"


def most_telling(some: Sequence[SaidOf]) -> SaidOf:
    """Return what shows most that the study used a dataset; one denied here and only named there may have been."""
    first = min(some, key=lambda item: rank(item.said))
    denied = next((item for item in some if item.said.stance is Stance.DENIED), None)
    if first.said.stance is not Stance.NAMED or denied is None:
        return first
    return SaidOf(Said(Stance.IN_PART, f"; {denied.where.removeprefix('cited in ')}"), first.written, first.place)


class SaidOnLines:
    """What is said on each line, page or paragraph of the text, where nothing is named."""

    def __init__(self, prose: Sequence[TextBlock]) -> None:
        self._prose = [block for block in prose if not block.is_references]
        self._found: dict[SourceLocation, Said] = {}

    def said_at(self, place: SourceLocation) -> Said:
        """Return what shows most that the study used what is cited at a place."""
        if place not in self._found:
            spans = self._spans.get(place, ())
            said = (stances.over(start, end) for stances, start, end in spans)
            self._found[place] = min(said, key=rank, default=Said(Stance.NAMED))
        return self._found[place]

    @cached_property
    def _spans(self) -> Mapping[SourceLocation, Sequence[tuple[Stances, int, int]]]:
        found: dict[SourceLocation, list[tuple[Stances, int, int]]] = {}
        for block in self._prose:
            stances = Stances(block)
            for start, end in pairwise((*block.starts, len(block.text))):
                found.setdefault(block.place(start), []).append((stances, start, end))
        return found
