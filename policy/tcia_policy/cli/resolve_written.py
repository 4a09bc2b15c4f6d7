"""The options of `tcia-policy resolve` that write files."""

from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.use_options import ActivitiesOption, PurposeOption
from tcia_policy.lazy import dataclass


@dataclass(frozen=True)
class Written:
    """What is written into files."""

    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write a row for each series, with what was found: .csv, .json or .parquet.",
        ),
    ] = None
    split: Annotated[
        Path | None,
        typer.Option(
            "--split",
            metavar="DIR",
            help="Write each cohort file apart into DIR, in its own format, by what may be done with its series (with "
            "--purpose or --activity), else by license.",
        ),
    ] = None
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that exist.")] = False
    purpose: PurposeOption = None
    activities: ActivitiesOption = None
