"""The declaration of a fact that rules may ask for."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from tcia_policy.lazy import dataclass

TRUE_FALSE = frozenset({"true", "false"})


class Origin(StrEnum):
    """Where a fact comes from, in the words of an explanation."""

    SELECTION = "the selection"
    REGISTRY = "the registry"
    LICENSE = "the license stated"
    PROJECT = "the project"
    CHARTS = "the charts of rules/reference/compatibility.yaml"
    MANUSCRIPT = "the manuscript"
    RELEASE = "the files of the release"
    FILES = "the files that the project names"
    EVIDENCE = "the project's evidence"


@dataclass(frozen=True)
class FactType:
    """One fact that rules may ask for. By default it is a yes or no.

    `label` is the name of the fact in a question; the label of a yes or no begins with "whether". `sentence` states the
    fact with its value in place of `{}`, such as "the license permits {}"; a yes or no has no `{}`. The default is
    `label`. `words` has the values in words, if they differ from the values themselves.

    `stated_at` is the path in the project file, such as `use.purpose`, if the project states the fact itself. If a day
    stands there, the fact is whether its waiting time (`rules/reference/periods.yaml`) has passed. `--set` can replace
    such a fact, unless `may_be_supposed` is false. `of_item` is the key of a data item that states it (`altered`).
    `question` is how users are asked for it: of data items it says "this copy" or "these data".
    `ask` says whom they ask, where they cannot know it themselves.

    `may_change`: users or sources can change the fact, so an explanation says what another value would bring.
    `of_study`: the fact is the same for every data item of the study. `lifts`: the fact is evidence that can lift a
    prohibition.
    """

    name: str
    label: str
    values: frozenset[str] | None = TRUE_FALSE
    origin: Origin = Origin.PROJECT
    many: bool = False
    sentence: str | None = None
    words: Mapping[str, str] = field(default_factory=dict, hash=False)
    stated_at: str | None = None
    of_item: str | None = None
    question: str | None = None
    ask: str | None = None
    may_be_supposed: bool = True
    may_change: bool = False
    of_study: bool = False
    lifts: bool = False

    @property
    def is_yes_or_no(self) -> bool:
        """Return whether its values are true and false."""
        return self.values == TRUE_FALSE

    def word(self, value: str) -> str:
        """Return one of the fact's values in the words of a sentence."""
        plain = value if self.values is None else value.replace("-", " ")
        return self.words.get(value, plain)
