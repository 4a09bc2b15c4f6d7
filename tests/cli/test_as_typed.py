"""What is typed gets to a command as Typer would give it, whether or not pydantic has a look at it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer

from tcia_policy.cli.as_typed import take_texts_as_typed


class Color(StrEnum):
    RED = "red"
    BLUE = "blue"


SEEN: list[dict[str, Any]] = []


def command(  # noqa: PLR0913, PLR0917 - an option of each kind
    texts: Annotated[list[str] | None, typer.Argument()] = None,
    name: Annotated[str | None, typer.Option()] = None,
    number: Annotated[int, typer.Option(min=0)] = 7,
    many: Annotated[list[str] | None, typer.Option()] = None,
    color: Annotated[Color, typer.Option()] = Color.RED,
    file: Annotated[Path | None, typer.Option()] = None,
    upper: Annotated[str | None, typer.Option(parser=str.upper)] = None,
    loud: Annotated[bool, typer.Option("--loud")] = False,
    verbose: Annotated[int, typer.Option("-v", count=True)] = 0,
) -> None:
    SEEN.append(dict(locals()))


def ran(typed: list[str], *, changed: bool) -> Any:
    """Return what the command got; the words of the error where it was not called."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(command)
    made: Any = typer.main.get_command(app)
    try:
        (take_texts_as_typed(made) if changed else made)(typed, standalone_mode=False)
    except Exception as error:
        return type(error).__name__, str(error)
    return SEEN.pop()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "one",
        "one two --name x --many a --many b",
        "--number 3 --color blue --file a/b",
        "--upper x --loud -vv",
        "--number x",
        "--number -1",
        "--color green",
        "--name",
        "--nothing",
        "--name= --many=",
    ],
)
def test_a_command_gets_what_typer_gives_it(typed: str) -> None:
    assert ran(typed.split(), changed=True) == ran(typed.split(), changed=False)
