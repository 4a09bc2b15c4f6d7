"""`tcia-policy`: the commands, each loaded when it is called, and how the program reports an error."""

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from tcia_policy.cli.groups import with_groups
from tcia_policy.errors import MOST_SHOWN, InputError, not_shown
from tcia_policy.files import limits
from tcia_policy.text.sanitize import neutral
from tcia_policy.version import __version__

HELP = """Check a study's use of TCIA and IDC data against the terms that govern them, and write what it owes.

\b
Example: tcia-policy check examples/lung-nodules
"""
NAME = "tcia-policy"
EXIT_INPUT = 2
EXIT_INTERNAL = 70


@dataclass(frozen=True)
class Command:
    """A command: its name, the question that it answers, and the module that has its `command` or its `app`."""

    name: str
    answers: str
    module: str


COMMANDS = (
    Command("check", "May we use these data as planned, and what do we owe?", "check"),
    Command("explain", "How did this verdict come about?", "explain"),
    Command("what-if", "What would the verdict be for each activity and purpose?", "what_if"),
    Command("licenses", "Which licenses may this output carry, and why not the others?", "licenses"),
    Command("cite", "Which references do we owe?", "cite"),
    Command("report", "What does the legal reviewer sign?", "report"),
    Command("notices", "What text goes into the paper, or ships with a release?", "notices"),
    Command("resolve", "What is in this cohort?", "resolve"),
    Command("show", "What is known of a dataset, and from where?", "show"),
    Command("list", "Which datasets are there?", "list_"),
    Command("init", "What does a project file for these data look like?", "init"),
    Command("rules", "Which rules are there, and why?", "rules"),
    Command("registry", "How old are the facts, and where do the sources disagree?", "registry"),
)
_BY_NAME = {command.name: command for command in COMMANDS}


class CommandsOnDemand(TyperGroup):
    """Lists every command by its line in `COMMANDS`, and loads the module of the one that is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Load the command that is called, and return what Typer's own group returns for it."""
        if args and args[0] in _BY_NAME:
            self.commands[args[0]] = load(_BY_NAME[args[0]])
        return super().resolve_command(ctx, args)


def _new_app(**settings: Any) -> typer.Typer:
    # Plain help: rich would take longer to print it than everything else that `--help` does.
    return typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, **settings)


def load(command: Command) -> Any:
    """Import the module of a command and return what Typer makes of its `app`, or of its one `command`."""
    module = import_module(f"tcia_policy.cli.{command.module}")
    if hasattr(module, "app"):
        return typer.main.get_command(module.app)
    alone = _new_app()
    alone.command(command.name)(with_groups(module.command))
    return typer.main.get_command(alone)


app = _new_app(name=NAME, help=HELP, no_args_is_help=True, cls=CommandsOnDemand)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{NAME} {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
    ),
) -> None:
    pass


def _entry() -> None:
    """Take the place of a command that is not loaded, so that the list of commands has it."""


for _command in COMMANDS:
    app.command(_command.name, help=_command.answers)(_entry)


def main() -> None:
    """Run one command. Where the user can fix an error, print one clear message and exit with code 2; no traceback."""
    _replace_closed_streams()
    try:
        app(prog_name=NAME)
    except InputError as error:
        _complain_of(error)
        sys.exit(EXIT_INPUT)
    except Exception as error:
        if os.environ.get("TCIA_POLICY_DEBUG"):
            raise
        _complain(f"a bug in tcia-policy: {type(error).__name__}: {error}\n  set TCIA_POLICY_DEBUG=1 for details")
        sys.exit(EXIT_INTERNAL)


def _replace_closed_streams() -> None:
    """Open a stream that was closed before Python started (`>&-`), because Python leaves `None` in its place."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def _complain_of(error: InputError) -> None:
    """Print every mistake that was found, as far as they are shown, and count the rest."""
    for mistake in error.mistakes[:MOST_SHOWN]:
        _complain(str(mistake))
    if not_shown(error):
        _complain(not_shown(error))


def _complain(message: str) -> None:
    half = limits.MESSAGE // 2
    short = message if len(message) <= limits.MESSAGE else f"{message[:half]} … {message[-half:]}"
    print("error:", neutral(short, keep="\n"), file=sys.stderr)


if __name__ == "__main__":
    main()
