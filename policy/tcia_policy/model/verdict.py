"""The four verdicts."""

from enum import StrEnum


class Verdict(StrEnum):
    """The verdicts from best to worst; the worst wins."""

    PERMITTED = "permitted"
    CONDITIONAL = "conditional"
    UNDETERMINED = "undetermined"
    PROHIBITED = "prohibited"

    @property
    def severity(self) -> int:
        """Return 0 for `permitted` to 3 for `prohibited`."""
        return list(Verdict).index(self)
