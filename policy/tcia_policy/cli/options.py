"""Arguments and options that several commands share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from tcia_policy.cli.terminal import remark
from tcia_policy.cohorts.formats import formats_in_words as cohort_formats
from tcia_policy.documents.formats import formats_in_words
from tcia_policy.engine.case import Case, CaseOptions
from tcia_policy.engine.fact_days import MAX_AGE
from tcia_policy.engine.fail_on import FailOn, exit_code
from tcia_policy.errors import InputError
from tcia_policy.model import Assessment
from tcia_policy.reports.fact_days import line_on_days

ProjectArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="PROJECT", help="A project file, or a folder with a tcia-policy.yaml. The default is this folder."
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
    """The options that every command that judges a project has."""

    manuscript: Annotated[
        list[str] | None,
        typer.Option(
            "--manuscript",
            metavar="PATH",
            help=f"Read this manuscript ({formats_in_words()}), or the one in this folder, instead of the project's. "
            "May be repeated.",
        ),
    ] = None
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Judge by the rules and agreements of this day (YYYY-MM-DD)."),
    ] = None
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KEY=VALUE", help="Judge as if the project said this, such as use.purpose=commercial."
        ),
    ] = None
    max_age: Annotated[
        int,
        typer.Option(
            "--max-age", metavar="DAYS", min=0, help="Say that the facts are old if they are more days old than this."
        ),
    ] = MAX_AGE
    rules: RulesOption = None

    def options(self) -> CaseOptions:
        """Return the parsed options. Raises `InputError` if `--as-of` is not a day."""
        return CaseOptions(
            settings=tuple(self.settings or ()),
            manuscript=tuple(self.manuscript or ()),
            house_rules=self.rules,
            as_of=parse_day(self.as_of),
            max_age=self.max_age,
        )


FailOnOption = Annotated[
    FailOn,
    typer.Option(
        "--fail-on",
        metavar=f"[{'|'.join(FailOn)}]",
        help="The mildest result for which the exit code is not 0. "
        "Prohibited and open are 1, undetermined and unverified 3; each includes those before it.",
    ),
]


def exit_on(assessment: Assessment, fail_on: FailOn) -> NoReturn:
    """End the command with the exit code of an assessment; say so where `check` alone would give another one."""
    code = exit_code(assessment, fail_on)
    if code != assessment.exit_code:
        remark(f"exit {code}, because of --fail-on {fail_on}; without it, `check` has exit {assessment.exit_code}")
    raise typer.Exit(code)


def remark_on_days(case: Case) -> None:
    """Print a line to stderr if the facts of the case are old, or of a later day than the assessment."""
    line = line_on_days(case.fact_days, case.as_of)
    if line is not None:
        remark(line)


class Format(StrEnum):
    """The form in which a command prints its result."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="Text for people, or JSON.")]
WithoutOption = Annotated[
    list[str] | None,
    typer.Option(
        "--without", metavar="ITEM", help="Judge as if this data item, by any of its names, were not used. Repeatable."
    ),
]
VerboseOption = Annotated[
    int, typer.Option("--verbose", "-v", count=True, metavar="", show_default=False, help="Tell all of it.")
]


def check_word(what: str, word: str | None, words: Iterable[str], option: str = "") -> None:
    """Raise `InputError` if `word` is given and is not one of `words`; `option` is `--what` if left out."""
    known = list(words)
    if word is not None and word not in known:
        raise InputError(f"unknown {what} {word!r}", field=option or f"--{what}", hint=f"use one of {', '.join(known)}")


def parse_day(text: str | None) -> date | None:
    """Return the day that the user typed. Raises `InputError` if it is not a day."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is not a day", field="--as-of", hint="write it as 2026-11-22") from None
