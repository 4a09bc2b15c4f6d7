"""`tcia-policy show`: what is known of a dataset, and from where?"""

from typing import Annotated

import typer

from tcia_policy.cli.completion import complete_datasets
from tcia_policy.cli.opened_registry import opened_registry
from tcia_policy.cli.options import Format, FormatOption, VerboseOption
from tcia_policy.cli.terminal import print_result, width
from tcia_policy.registry.shown import shown
from tcia_policy.reports.dataset import render_history, render_shown
from tcia_policy.reports.lines import result_json


def command(
    dataset: Annotated[
        str,
        typer.Argument(metavar="DATASET", autocompletion=complete_datasets, help="A dataset's name, alias or DOI."),
    ],
    history: Annotated[
        bool, typer.Option("--history", help="What changed, and on which day: licenses, access, other facts, versions.")
    ] = False,
    verbose: VerboseOption = 0,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Show the license and access of a dataset and of its parts, how to cite it, what it asks for, and whom to ask.

    -v has every claim with its source and day, other names, and the history of its labels. --history has in the order
    of the days what changed, and what counted before and after.

    \b
    Example: tcia-policy show "Phantom FDA"
    """
    registry = opened_registry()
    found = shown(dataset, registry, history=history)
    if format_ is Format.JSON:
        print_result(result_json(found))
    elif history:
        print_result(render_history(found, registry, width()))
    else:
        print_result(render_shown(found, registry, width(), verbose=verbose > 0))
