"""`tcia-policy`: the commands, and how every error leaves the program."""

import os
import sys
from importlib import import_module
from pathlib import Path

import typer

from tcia_policy.errors import InputError
from tcia_policy.version import __version__

HELP = """Check a study's use of TCIA and IDC data against the terms that govern them, and write what it owes.

\b
Example: tcia-policy check examples/lung-nodules
"""
NAME = "tcia-policy"
EXIT_INPUT = 2
EXIT_INTERNAL = 70
LONGEST_MESSAGE = 2000

COMMANDS = ("check", "explain", "what_if", "licenses", "cite", "report", "notices", "resolve", "show", "list_", "init")
GROUPS = ("rules", "registry")

# Plain help: rendering it with rich takes longer than all else that `--help` does.
app = typer.Typer(
    name=NAME,
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{NAME} {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version and leave."
    ),
) -> None:
    pass


def _register() -> None:
    for name in COMMANDS:
        module = import_module(f"tcia_policy.cli.{name}")
        app.command(name=name.rstrip("_").replace("_", "-"))(module.command)
    for name in GROUPS:
        module = import_module(f"tcia_policy.cli.{name}")
        app.add_typer(module.app, name=name)


_register()


def main() -> None:
    """Run one command. Exit code 2 and one clear message for whatever the user can mend; never a traceback."""
    _replace_closed_streams()
    try:
        app(prog_name=NAME)
    except InputError as error:
        _complain(str(error))
        sys.exit(EXIT_INPUT)
    except Exception as error:
        if os.environ.get("TCIA_POLICY_DEBUG"):
            raise
        _complain(
            f"a mistake in tcia-policy itself: {type(error).__name__}: {error}\n  set TCIA_POLICY_DEBUG=1 for details"
        )
        sys.exit(EXIT_INTERNAL)


def _replace_closed_streams() -> None:
    """Python has `None` for a stream that was closed before it began (`>&-`)."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def _complain(message: str) -> None:
    half = LONGEST_MESSAGE // 2
    short = message if len(message) <= LONGEST_MESSAGE else f"{message[:half]} … {message[-half:]}"
    shown = "".join(character if character.isprintable() or character == "\n" else "\ufffd" for character in short)
    print(f"error: {shown}", file=sys.stderr)
