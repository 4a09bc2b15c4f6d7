"""`tcia-policy`: the commands, each loaded when it is called, and how the program reports an error."""

import atexit
import gc
import os
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from tcia_policy.cli.as_typed import take_texts_as_typed
from tcia_policy.cli.cohort_help import tell_when_shown
from tcia_policy.cli.groups import with_groups
from tcia_policy.cli.terminal import EVERYWHERE, Color, ColorOption, say
from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.version import __version__

HELP = """Check a study's use of TCIA and IDC data against the terms that govern them, and write what it owes.

\b
Example: tcia-policy check examples/lung-nodules
"""
NAME = "tcia-policy"
EXIT_INPUT = 2
EXIT_INTERNAL = 70
MOST_UNSEEN = 500_000  # new objects that may refer to each other before Python looks for garbage among them
# Typer has no public name for the base of its usage errors, and its module differs by version.
USAGE_ERROR: type[Exception] = next(each for each in typer.BadParameter.__mro__ if each.__name__ == "UsageError")


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
    Command("render", "What does a saved assessment look like as a report?", "render"),
    Command("diff", "What changed since an earlier check?", "diff"),
    Command("notices", "What text goes into the paper, or ships with a release?", "notices"),
    Command("review", "What is there to decide, and what was decided?", "review"),
    Command("lock", "Has anything moved since this study was judged?", "lock"),
    Command("bundle", "What do I keep, or hand over, of a study that was reviewed?", "bundle"),
    Command("resolve", "What is in this cohort?", "resolve"),
    Command("audit", "Which groups of this table may be used as planned?", "audit"),
    Command("show", "What is known of a dataset, and from where?", "show"),
    Command("list", "Which datasets are there?", "list_"),
    Command("init", "What does a project file for these data look like?", "init"),
    Command("rules", "Which rules are there, and why?", "rules"),
    Command("registry", "How old are the facts, and what do the sources say now?", "registry"),
)
_BY_NAME = {command.name: command for command in COMMANDS}


class CommandsOnDemand(TyperGroup):
    """Lists every command by its line in `COMMANDS`, and loads the module of the one that is called."""

    def __init__(self, **settings: Any) -> None:
        """Take what Typer gives. In the place of each command stands one that has its line alone, and no options."""
        super().__init__(**settings)
        take_texts_as_typed(self)
        for each in COMMANDS:
            self.add_command(TyperCommand(each.name, help=each.answers, rich_markup_mode=None))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Load the command that is called, and return what Typer's own group returns for it."""
        if args and args[0] in _BY_NAME:
            self.commands[args[0]] = load(_BY_NAME[args[0]])
        elif args and not args[0].startswith("-") and not ctx.resilient_parsing:
            from tcia_policy.cli.usage import no_command  # noqa: PLC0415 - 2 ms, only where something is wrong

            raise no_command(args[0], _BY_NAME, NAME)
        return super().resolve_command(ctx, args)


def _new_app(**settings: Any) -> typer.Typer:
    # Plain help: rich would take longer to print it than everything else that `--help` does.
    with_defaults = {"add_completion": False, **settings}
    return typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None, **with_defaults)


@cache
def load(command: Command) -> Any:
    """Import the module of a command and return what Typer makes of its `app`, or of its one `command`."""
    module = import_module(f"tcia_policy.cli.{command.module}")
    if hasattr(module, "app"):
        for each in module.app.registered_commands:
            each.callback = with_groups(each.callback, EVERYWHERE)
        return tell_when_shown(take_texts_as_typed(typer.main.get_command(module.app)))
    alone = _new_app()
    alone.command(command.name)(with_groups(module.command, EVERYWHERE))
    return tell_when_shown(take_texts_as_typed(typer.main.get_command(alone)))


app = _new_app(
    name=NAME,
    help=HELP,
    no_args_is_help=True,
    cls=CommandsOnDemand,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{NAME} {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "-V", "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
    ),
    color: ColorOption = Color.AUTO,
) -> None:
    pass


def main() -> None:
    """Run one command. Where the user can fix an error, print one clear message and exit with code 2; no traceback."""
    _start_light()
    _replace_closed_streams()
    _show_progress()
    try:
        sys.exit(_run())
    except InputError as error:
        _fail(error, EXIT_INPUT)
    except Exception as error:
        if os.environ.get("TCIA_POLICY_DEBUG"):
            raise
        ours = InputError(
            f"a bug in tcia-policy: {type(error).__name__}: {error}", hint="set TCIA_POLICY_DEBUG=1 for details"
        )
        _fail(ours, EXIT_INTERNAL)


def _start_light() -> None:
    """Leave out what a short run pays for and has nothing of.

    Loading modules and rules makes objects that stay: looking through them for garbage took a tenth of a second. And
    Pydantic looks for plugins in every installed package; what somebody else installed has no say in a verdict. The end
    of the program takes all objects with it, so that Python need not look then which of them are garbage.
    """
    gc.set_threshold(MOST_UNSEEN)
    atexit.register(_end_light)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def _end_light() -> None:
    if "_duckdb" not in sys.modules:  # DuckDB counts its objects at the end, and tells on stderr of each that is left
        gc.freeze()


def _show_progress() -> None:
    """Let long work say how far it is: on terminals alone, and not where `NO_COLOR` is set."""
    people = sys.stdout.isatty() and sys.stderr.isatty()
    if people and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
        from tcia_policy.files import progress  # noqa: PLC0415 - 1 ms, on terminals only

        progress.allow(True)


def _run() -> int:
    """Run the command that was typed and return its exit code. Raise `InputError` for what is wrong with how it was."""
    try:
        code = app(prog_name=NAME, standalone_mode=False)
    except typer.Abort:
        say("stopped; nothing is written")
        return 1
    except USAGE_ERROR as error:
        from tcia_policy.cli.usage import is_call_for_help, of_usage  # noqa: PLC0415 - 2 ms, only where it is wrong

        if is_call_for_help(error):
            say(str(error))
            return EXIT_INPUT
        raise of_usage(error) from None
    return code if isinstance(code, int) else 0


def _fail(error: InputError, exit_code: int) -> NoReturn:
    """Tell the error and end the program; also if stdout, where it would be JSON, cannot be written."""
    from tcia_policy.cli.complaints import complain  # noqa: PLC0415 - 1 ms, only where something is wrong

    try:
        complain(error, sys.argv[1:], exit_code)
    except (InputError, typer.Exit):
        exit_code = EXIT_INPUT
    sys.exit(exit_code)


def _replace_closed_streams() -> None:
    """Open a stream that was closed before Python started (`>&-`), because Python leaves `None` in its place."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


if __name__ == "__main__":
    main()
