"""Arguments and options that several commands share."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.errors import InputError

_PROJECT = typer.Argument(metavar="PROJECT", help="A project file, or a folder with a tcia-policy.yaml.")
ProjectArgument = Annotated[Path, _PROJECT]
PerhapsProjectArgument = Annotated[Path | None, _PROJECT]
SelectionArgument = Annotated[
    list[str],
    typer.Argument(metavar="SELECTION", help="Dataset names, DOIs, SeriesInstanceUIDs or cohort files."),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Judge by the rules and agreements of this day (2026-11-22)."),
]
RulesOption = Annotated[
    Path | None,
    typer.Option("--rules", metavar="DIR", help="A folder of your institution's rules, on top of the shipped ones."),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Suppose this of the use, such as use.purpose=commercial."),
]
HERE = Path()


class Format(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="Text for people, or JSON.")]


def check_word(what: str, word: str | None, words: Iterable[str], option: str = "") -> None:
    """Raise `InputError` for a word that is given and is none of `words`; `option` is `--what` if left out."""
    known = list(words)
    if word is not None and word not in known:
        raise InputError(f"unknown {what} {word!r}", field=option or f"--{what}", hint=f"one of {', '.join(known)}")


def parse_day(text: str | None) -> date | None:
    """A day as the user gives it; raises `InputError` for what is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is no day", field="--as-of", hint="write it as 2026-11-22") from None
