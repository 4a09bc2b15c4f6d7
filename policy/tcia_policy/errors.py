"""Errors that a user can fix. Their wording is part of the interface."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

MOST_SHOWN = 20  # mistakes of one run; the rest is counted
MOST_COUNTED = 200  # each may be compared with all names that are known


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

    @property
    def mistakes(self) -> "tuple[InputError, ...]":
        """Return every mistake that was found: the error itself, or each of an `InputErrors`."""
        return (self,)

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


class InputErrors(InputError):  # noqa: N818 - it is several of them
    """Several mistakes that were found at once, in the order of their lines.

    `mistakes` has all of them. `problem`, `file`, `line`, `field` and `hint` are those of the first.
    """

    def __init__(self, mistakes: Iterable[InputError]) -> None:
        self._mistakes = _in_order(mistakes)
        first = self._mistakes[0]
        super().__init__(first.problem, file=first.file, line=first.line, field=first.field, hint=first.hint)

    @property
    def mistakes(self) -> tuple[InputError, ...]:
        """Return every mistake."""
        return self._mistakes

    def at(
        self,
        *,
        file: Path | str | None = None,
        line: int | None = None,
        field: str | None = None,
        hint: str | None = None,
    ) -> InputError:
        """Return a copy in which each mistake has the values that are given here."""
        return InputErrors(each.at(file=file, line=line, field=field, hint=hint) for each in self._mistakes)

    def __str__(self) -> str:
        return "\n".join([*map(str, self._mistakes[:MOST_SHOWN]), *filter(None, [not_shown(self)])])


class Mistakes:
    """Collects mistakes, so that all of them can be told at once."""

    def __init__(self) -> None:
        self._found: list[InputError] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Keep an `InputError` that is raised within, and go on after it."""
        try:
            yield
        except InputError as error:
            self.note(error)

    def note(self, error: InputError) -> None:
        """Keep the mistakes of an error."""
        self._found.extend(error.mistakes)

    def note_all(self, errors: Iterable[InputError]) -> None:
        """Keep the mistakes of several errors."""
        for error in errors:
            self.note(error)

    @property
    def found(self) -> tuple[InputError, ...]:
        """Return the mistakes so far."""
        return tuple(self._found)

    def __bool__(self) -> bool:
        return bool(self._found)

    @property
    def are_enough(self) -> bool:
        """Return whether there are so many that no more are looked for."""
        return len(self._found) >= MOST_COUNTED

    def tell(self) -> None:
        """Raise `InputError` with what was found: one mistake, or all of them as `InputErrors`."""
        if self._found:
            raise as_one(self._found) from None


def as_one(mistakes: Iterable[InputError]) -> InputError:
    """Return one mistake as it is, and several as `InputErrors`. There must be at least one."""
    found = _in_order(mistakes)
    return found[0] if len(found) == 1 else InputErrors(found)


def not_shown(error: InputError) -> str:
    """Return how many mistakes are more than are shown, in a sentence; empty where all are shown."""
    more = len(error.mistakes) - MOST_SHOWN
    if more <= 0:
        return ""
    at_least = "at least " if len(error.mistakes) >= MOST_COUNTED else ""
    return f"{at_least}{more:,} more {'mistake is' if more == 1 else 'mistakes are'} not shown; mend these first"


def _in_order(mistakes: Iterable[InputError]) -> tuple[InputError, ...]:
    """Return each mistake once, by file, in the order of their lines; those without a line come last in theirs."""
    found = list({(str(each), each.line, each.field): each for each in mistakes}.values())
    files = {file: number for number, file in enumerate(dict.fromkeys(str(each.file) for each in found))}
    return tuple(sorted(found, key=lambda each: (files[str(each.file)], each.line is None, each.line or 0)))


def unreadable(error: OSError, file: Path | str) -> InputError:
    """Return the error for a file that cannot be read, with the operating system's reason."""
    return InputError(f"cannot be read: {_reason(error)}", file=file)


def unwritable(error: OSError, file: Path | str) -> InputError:
    """Return the error for a file that cannot be written, with the operating system's reason."""
    return InputError(f"cannot be written: {_reason(error)}", file=file)


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
