"""The argument of commands that take data in any form."""

from typing import Annotated

import typer

from tcia_policy.cli.cohort_help import COHORT_FILE
from tcia_policy.cli.completion import complete_datasets

SelectionArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="SELECTION",
        autocompletion=complete_datasets,
        help="Dataset names, DOIs, SeriesInstanceUIDs, cohort files or folders of images. "
        f"A cohort file is {COHORT_FILE}.",
    ),
]
