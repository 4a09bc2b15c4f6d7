"""The answers that a question can have, each with the case as it would be then, and what to write for it."""

from tcia_policy.engine.judge_again import World
from tcia_policy.lazy import dataclass

MOST_BRANCHES = 8


@dataclass(frozen=True)
class Supposition:
    """One answer in words, the line to paste for it, if the project can record it, and the world in which it holds.

    `parts` are those that it says were used, if it does: suppositions that come to the same are told as one.
    """

    says: str
    paste: str | None
    world: World
    note: str | None = None
    parts: tuple[str, ...] = ()
