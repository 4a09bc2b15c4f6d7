"""Errors that a user can fix. Their wording is part of the interface."""

from pathlib import Path


class InputError(Exception):
    """The user's input cannot be used. It is printed on one line or a few, and the exit code is 2.

    `problem` says what is wrong, and `hint` what would be right. `file`, `line` (1-based) and `field`
    (`data[2].obtained_on`) say where, if that is known.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: Path | str | None = None,
        line: int | None = None,
        field: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.problem = problem
        self.file = file
        self.line = line
        self.field = field
        self.hint = hint
        super().__init__(str(self))

    def at(
        self,
        *,
        file: Path | str | None = None,
        line: int | None = None,
        field: str | None = None,
        hint: str | None = None,
    ) -> "InputError":
        """Return a copy of the error with the values that are given here; the others stay as they are."""
        return InputError(
            self.problem,
            file=self.file if file is None else file,
            line=self.line if line is None else line,
            field=self.field if field is None else field,
            hint=self.hint if hint is None else hint,
        )

    def __str__(self) -> str:
        place = "" if self.file is None else str(self.file)
        if place and self.line is not None:
            place += f":{self.line}"
        parts = [place, self.field or "", self.problem]
        message = ": ".join(part for part in parts if part)
        return f"{message}\n  {self.hint}" if self.hint else message


def unreadable(error: OSError, file: Path | str) -> InputError:
    """Return the error for a file that cannot be read, with the operating system's reason."""
    return InputError(f"cannot be read: {_reason(error)}", file=file)


def unwritable(error: OSError, file: Path | str) -> InputError:
    """Return the error for a file that cannot be written, with the operating system's reason."""
    return InputError(f"cannot be written: {_reason(error)}", file=file)


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
