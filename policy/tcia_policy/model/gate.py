"""The gate: which results make a command fail, in the words of `--fail-on` and of `gate:` in a project file."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, WithJsonSchema

from tcia_policy.model.base import Contract
from tcia_policy.text.suggest import did_you_mean, similar

NEVER = "never"
MOST_DAYS = 3650


class GateWord(StrEnum):
    """A result that stops a command.

    `prohibited`: something is prohibited, or a reviewer rejected it. `open`: a required duty is open. `undetermined`: a
    verdict is. `unverified`: nothing was given to look in for a required duty. `stale`: a decision of a reviewer counts
    for nothing any more. `expiring`: a decision, an agreement or a grant that counts will soon end.
    """

    PROHIBITED = "prohibited"
    OPEN = "open"
    UNDETERMINED = "undetermined"
    UNVERIFIED = "unverified"
    STALE = "stale"
    EXPIRING = "expiring"


# Worst first: each of these words includes those before it. The others come on top.
LADDER = (GateWord.PROHIBITED, GateWord.OPEN, GateWord.UNDETERMINED, GateWord.UNVERIFIED)
USUAL = (GateWord.UNDETERMINED.value,)
WRITTEN = (*(word.value for word in GateWord if word is not GateWord.EXPIRING), f"{GateWord.EXPIRING}:30")


def gate_word(written: str) -> str | None:
    """Return a word as it is written in lists: `stale`, `expiring:30`; `None` for any other text."""
    name, _, days = (part.strip() for part in written.casefold().partition(":"))
    if name == GateWord.EXPIRING:
        is_number = days.isascii() and days.isdigit() and int(days[:9]) <= MOST_DAYS
        return f"{name}:{int(days[:9])}" if is_number else None
    return name if name in frozenset(GateWord) and not days else None


def right_word(written: str) -> str:
    """Return what would be right where a text is no word of the gate."""
    name = written.strip().casefold()[:60]
    if name.startswith(GateWord.EXPIRING):
        return f"write the number of days, at most {MOST_DAYS:,}, such as {WRITTEN[-1]}"
    meant = did_you_mean(similar(name, [word.value for word in GateWord], most=1, as_a_whole=True))
    return f"{meant} use some of {', '.join(WRITTEN)}".strip()


def _of_project(written: str) -> str:
    if written.strip().casefold() == NEVER:
        raise ValueError("is no gate; leave `gate` out, or type `--fail-on never` with one command")
    word = gate_word(written)
    if word is None:
        raise ValueError(f"unknown result; {right_word(written)}")
    return word


def _of_gate(written: str) -> str:
    return NEVER if written == NEVER else _of_project(written)


# For editors, which offer the words; case does not matter to us.
_SCHEMA = {
    "type": "string",
    "anyOf": [
        {"enum": [word.value for word in GateWord if word is not GateWord.EXPIRING]},
        {"pattern": f"^{GateWord.EXPIRING}:[0-9]+$"},
    ],
}
GateWordText = Annotated[str, AfterValidator(_of_project), WithJsonSchema(_SCHEMA)]


def words_of(fail_on: Sequence[str]) -> frozenset[GateWord]:
    """Return all results that a list stops on, in which each word includes the worse ones.

    `prohibited` is always among them. A list of `stale` and `expiring` alone has `undetermined`, too: they add to what
    `check` stops on anyway. `never` stops on nothing.
    """
    if NEVER in fail_on:
        return frozenset()
    named = {GateWord(word.partition(":")[0]) for word in fail_on}
    mildest = max((LADDER.index(word) for word in named if word in LADDER), default=LADDER.index(GateWord.UNDETERMINED))
    return frozenset(named.union(LADDER[: mildest + 1]))


def days_of(fail_on: Sequence[str]) -> int | None:
    """Return how many days ahead `expiring` looks, the most of several; `None` where the list has no such word."""
    stated = [int(days) for word, _, days in (each.partition(":") for each in fail_on) if word == GateWord.EXPIRING]
    return max(stated, default=None)


class Gate(Contract):
    """The gate of an assessment: the words that were stated, by whom, and what follows from them.

    `exit_code` is 0 where nothing stops the command, else 1 or 3. `stopped_by` are the results because of which it
    stops; the worst is first.
    """

    fail_on: tuple[Annotated[str, AfterValidator(_of_gate)], ...]
    by: Literal["project", "option"]
    exit_code: int
    stopped_by: tuple[GateWord, ...] = ()

    @property
    def words(self) -> frozenset[GateWord]:
        """Return all results that it stops on."""
        return words_of(self.fail_on)
