"""Names that stand in one list with a name that counts: `LIDC-IDRI, NLST and Pancreas-CT scans`."""

from dataclasses import field

from tcia_policy.evidence.mentions.matcher import Match
from tcia_policy.lazy import dataclass, pattern

FARTHEST = 80  # characters between two names of one list
_JOINS = pattern(
    r"\s*(?:\[[^\[\]]{0,30}\]\s*|\([^()]{0,40}\)\s*)?"
    r"(?:,\s*(?:and|or|as\s+well\s+as)?|/|&|\+|and|or|as\s+well\s+as|plus|versus|vs\.?)\s*(?:the\s+)?"
)


@dataclass
class Company:
    """The names that a text lists together, in the order of the text; each is looked at once.

    `counted` are those that count and why. `_waiting` are the last ones that count only if what follows does.
    """

    counted: list[tuple[Match, str]] = field(default_factory=list)
    _waiting: list[Match] = field(default_factory=list)

    def add(self, match: Match, how: str) -> None:
        """Take a name that counts, and those before it in its list."""
        if self._waiting and _joins(self._waiting[-1], match):
            why = f"listed with {match.spelling.written!r}"
            free_from = self.counted[-1][0].end if self.counted else 0
            self.counted += [(other, why) for other in self._waiting if other.start >= free_from]
        self._waiting.clear()
        self.counted.append((match, how))

    def offer(self, match: Match) -> bool:
        """Take a name that counts in company only, and return whether the one before it in its list counts."""
        before = self.counted[-1][0] if self.counted else None
        if before is not None and not self._waiting and _joins(before, match):
            self.counted.append((match, f"listed with {before.spelling.written!r}"))
            return True
        if self._waiting and not _joins(self._waiting[-1], match):
            self._waiting.clear()
        self._waiting.append(match)
        return False


def _joins(first: Match, second: Match) -> bool:
    """Return whether only a comma, `and` or the like stands between two names."""
    is_near = first.end < second.start <= first.end + FARTHEST
    return is_near and _JOINS.fullmatch(first.text, first.end, second.start) is not None
