"""What is declared of a fact that rules may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

TRUE_FALSE = frozenset({"true", "false"})


class Origin(StrEnum):
    """Where a fact comes from, as an explanation says it."""

    SELECTION = "the selection"
    REGISTRY = "the registry"
    LICENSE = "the license stated"
    PROJECT = "the project"
    CHARTS = "the charts of rules/reference/compatibility.yaml"
    MANUSCRIPT = "the manuscript"
    FILES = "the files that the project names"
    EVIDENCE = "the project's evidence"


@dataclass(frozen=True)
class FactType:
    """One fact that rules may ask for. Without `values` it is a yes or no.

    `label` is what it is called where it is asked for; that of a yes or no begins with "whether". `sentence` is how it
    is said with its value in place of `{}`, such as "the license permits {}", or for a yes or no without a value: by
    default `label`. `words` are the values in words, where these are not the values themselves.

    `stated_at` is the path in the project file of a fact that the project states as it is, such as `use.purpose`. A day
    that stands there makes a yes or no of whether its waiting time (`rules/reference/periods.yaml`) has passed. Such a
    fact can be supposed in place of what the file states (`--set`), unless `may_be_supposed` is false.

    `may_change`: users or sources can change it, so that an explanation says what another value would bring.
    `of_study`: it is one for the whole study, whatever the data item. `lifts`: it is evidence that can lift a
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
    may_be_supposed: bool = True
    may_change: bool = False
    of_study: bool = False
    lifts: bool = False

    @property
    def is_yes_or_no(self) -> bool:
        """Return whether its values are true and false."""
        return self.values == TRUE_FALSE

    def word(self, value: str) -> str:
        """Return one of its values as a sentence has it."""
        plain = value if self.values is None else value.replace("-", " ")
        return self.words.get(value, plain)
