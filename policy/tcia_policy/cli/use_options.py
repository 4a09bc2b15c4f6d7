"""The options that state a use of data, and how it is judged: the same in every command that has them."""

from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.completion import complete_words
from tcia_policy.model import Activity, Purpose

PurposeOption = Annotated[
    str | None,
    typer.Option(
        "--purpose",
        metavar=f"[{'|'.join(Purpose)}]",
        autocompletion=complete_words(Purpose),
        help="What the data are used for, in the place of what the project says.",
    ),
]
ActivitiesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--activity",
        metavar="ACTIVITY",
        autocompletion=complete_words(Activity),
        help="What is done with the data, such as train-model, in the place of what the project says. May be repeated.",
    ),
]
ObtainedFromOption = Annotated[
    str | None,
    typer.Option("--obtained-from", metavar="PLACE", help="Where your copy of the DATA is from, such as idc."),
]
SettingsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="KEY=VALUE", help="Judge as if the project said this, such as use.purpose=commercial."
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Judge by the rules and agreements of this day (YYYY-MM-DD)."),
]
MaxAgeOption = Annotated[
    int,
    typer.Option(
        "--max-age", metavar="DAYS", min=0, help="Say that the facts are old if they are more days old than this."
    ),
]
RulesOption = Annotated[
    Path | None,
    typer.Option("--rules", metavar="DIR", help="A folder of your institution's rules, on top of the shipped ones."),
]
