"""What every command that prints a result says of it: the base of those results."""

from tcia_policy.model.assessment import DISCLAIMER, Versions
from tcia_policy.model.base import Contract, Day


class Result(Contract):
    """The result of a command. `summary` is the answer in one line, as the text begins with it.

    `exit_code` is that of the command that prints it: 0 where it only tells what it found.
    """

    summary: str
    exit_code: int = 0


class Judged(Result):
    """The result of a command that judges a project. `as_of` is the day whose rules and evidence count."""

    disclaimer: str = DISCLAIMER
    as_of: Day
    versions: Versions
