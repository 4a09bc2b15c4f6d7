"""How an error is told: to a person on stderr, and on stdout as JSON to a program that asked for JSON."""

from collections.abc import Sequence

from tcia_policy.cli.terminal import print_result, say
from tcia_policy.errors import MOST_SHOWN, InputError, not_shown
from tcia_policy.files import limits
from tcia_policy.text.sanitize import neutral, without_commands

JSON = "json"
NEWLINE = "\n"
TAB = "\t"  # keeps the cells of a line apart that is quoted


def complain(error: InputError, arguments: Sequence[str], exit_code: int) -> None:
    """Print every mistake of an error to stderr; if the `arguments` ask for JSON, also to stdout as an `ErrorReport`.

    Raise `InputError` if stdout cannot be written.
    """
    for mistake in error.mistakes[:MOST_SHOWN]:
        say(without_commands(f"error: {neutral(_shortened(str(mistake)), keep=NEWLINE + TAB)}"))
    more = not_shown(error)
    if more:
        say(more)
    if wants_json(arguments):
        print_result(_as_json(error, exit_code))


def wants_json(arguments: Sequence[str]) -> bool:
    """Return whether a command line asks for JSON; it may be one that cannot be understood otherwise."""
    asked = False
    for number, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--format":
            asked = arguments[number + 1 : number + 2] == [JSON]
        elif argument.startswith("--format="):
            asked = argument == f"--format={JSON}"
    return asked


def _as_json(error: InputError, exit_code: int) -> str:
    from tcia_policy.model.error_report import ErrorReport, Mistake  # noqa: PLC0415 - the start does without the model

    mistakes = (
        Mistake(
            problem=neutral(_shortened(each.problem), keep=NEWLINE + TAB),
            file=None if each.file is None else neutral(str(each.file)),
            line=each.line,
            field=each.field and neutral(each.field),
            hint=each.hint and neutral(_shortened(each.hint), keep=NEWLINE),
        )
        for each in error.mistakes
    )
    return ErrorReport(errors=tuple(mistakes), exit_code=exit_code).model_dump_json(indent=2)


def _shortened(message: str) -> str:
    half = limits.MESSAGE // 2
    return message if len(message) <= limits.MESSAGE else f"{message[:half]} … {message[-half:]}"
