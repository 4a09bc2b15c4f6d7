"""Arguments and options that several commands share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cohorts.formats import formats_in_words as cohort_formats
from tcia_policy.documents.formats import formats_in_words
from tcia_policy.engine.case import CaseOptions
from tcia_policy.errors import InputError

ProjectArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="PROJECT", help="A project file, or a folder with a tcia-policy.yaml; this folder's if left out."
    ),
]
SelectionArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="SELECTION",
        help=f"Dataset names, DOIs, SeriesInstanceUIDs or cohort files. A cohort file is {cohort_formats()}.",
    ),
]
RulesOption = Annotated[
    Path | None,
    typer.Option("--rules", metavar="DIR", help="A folder of your institution's rules, on top of the shipped ones."),
]


@dataclass(frozen=True)
class CaseArguments:
    """What every command that judges a project takes beside it."""

    manuscript: Annotated[
        list[str] | None,
        typer.Option(
            "--manuscript",
            metavar="PATH",
            help=f"A manuscript ({formats_in_words()}), or a folder with it; may be repeated. "
            "Used instead of the project's.",
        ),
    ] = None
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Judge by the rules and agreements of this day (2026-11-22)."),
    ] = None
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Suppose this of the use, such as use.purpose=commercial."),
    ] = None
    rules: RulesOption = None

    def options(self) -> CaseOptions:
        """Return them parsed. Raises `InputError` for a day that is not one."""
        return CaseOptions(
            settings=tuple(self.settings or ()),
            manuscript=tuple(self.manuscript or ()),
            house_rules=self.rules,
            as_of=parse_day(self.as_of),
        )


class Format(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="Text for people, or JSON.")]


def check_word(what: str, word: str | None, words: Iterable[str], option: str = "") -> None:
    """Raise `InputError` for a word that is given and not one of `words`; `option` is `--what` if left out."""
    known = list(words)
    if word is not None and word not in known:
        raise InputError(f"unknown {what} {word!r}", field=option or f"--{what}", hint=f"one of {', '.join(known)}")


def parse_day(text: str | None) -> date | None:
    """Return the day that a user gives. Raises `InputError` for what is not a day."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is not a day", field="--as-of", hint="write it as 2026-11-22") from None
