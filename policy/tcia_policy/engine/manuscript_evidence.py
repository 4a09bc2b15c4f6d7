"""What the engine asks of whoever looked into the manuscript: which duties it meets, and what else it shows."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from tcia_policy.model import CitationOwed, Dataset, Duty, Holding, ManuscriptRead
from tcia_policy.rules.vocabulary import Facts, FactValue, truth

# Facts of the study as a whole that only a manuscript shows: where none was read, nothing of the kind was seen.
SEEN = (
    "manuscript.unread",
    "manuscript.cites_undeclared",
    "manuscript.names_undeclared",
    "outputs.license_file_differs",
)


class Look(Protocol):
    """What was seen. `read` says in which files."""

    @property
    def read(self) -> ManuscriptRead:
        """The files looked into."""
        ...

    def verify(
        self, duties: Sequence[Duty], citations: Sequence[CitationOwed], datasets: Mapping[str, Dataset]
    ) -> tuple[Duty, ...]:
        """The duties, each with what was seen of it: `met`, or `open` where it was looked for and is not there."""
        ...

    def occurrences(self, holdings: Sequence[Holding], datasets: Mapping[str, Dataset]) -> "Occurrences":
        """For facts in `SEEN`: the values of rules' placeholders, one mapping for each thing seen."""
        ...


Occurrences = Mapping[str, Sequence[Mapping[str, str]]]


def seen_facts(occurrences: Occurrences) -> Facts:
    """Each fact of `SEEN`: true where something of the kind was seen. Never unknown."""
    facts: dict[str, FactValue] = {name: truth(bool(occurrences.get(name))) for name in SEEN}
    return facts
