"""Errors for a program to read: what a command with `--format json` prints where it has no result."""

from tcia_policy.model.base import Contract


class Mistake(Contract):
    """One thing to mend. `problem` says what is wrong, `hint` what would be right; the rest says where, if known.

    `file` is a path as the user gave it, `line` counts from 1, `field` is a place in the file
    (`data[2].obtained_on`), or the option of the command line that is wrong (`--as-of`).
    """

    problem: str
    file: str | None = None
    line: int | None = None
    field: str | None = None
    hint: str | None = None


class ErrorReport(Contract):
    """Why there is no result. `exit_code` is 2 where the input is to be mended, 70 for a mistake of the program."""

    errors: tuple[Mistake, ...]
    exit_code: int
