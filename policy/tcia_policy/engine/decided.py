"""The decisions of reviewers on a case, each with whether it counts, and what they let pass."""

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from tcia_policy.lazy import dataclass
from tcia_policy.model.matter import Matter

if TYPE_CHECKING:
    from tcia_policy.model.decision import ReviewRead


@dataclass(frozen=True)
class DecidedCase:
    """What reviewers decided on a case. What they settled is in the case already.

    `passing` has, by the id of a matter, the names of the decisions that let it pass the gate; `digests` what the
    matter was when these were found to count.
    """

    read: "ReviewRead"
    passing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    digests: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def passed_by(self, matter: Matter) -> tuple[str, ...]:
        """Return the decisions that let a matter pass; none if it is not what was decided."""
        return self.passing.get(matter.id, ()) if matter.digest in self.digests.get(matter.id, ()) else ()
