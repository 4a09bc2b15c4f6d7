"""`tcia-policy resolve`: what is in this cohort?"""

from typing import Annotated

import typer

from tcia_policy.cli.completion import complete_datasets
from tcia_policy.cli.options import Format, FormatOption
from tcia_policy.cli.terminal import print_result, width
from tcia_policy.cohorts.formats import formats_in_words as cohort_formats
from tcia_policy.engine.resolved import resolved
from tcia_policy.registry import Registry
from tcia_policy.reports.holdings import render_resolved
from tcia_policy.reports.lines import result_json


def command(
    selection: Annotated[
        list[str],
        typer.Argument(
            metavar="SELECTION",
            autocompletion=complete_datasets,
            help="Dataset names, DOIs, SeriesInstanceUIDs, cohort files, or one project. "
            f"A cohort file is {cohort_formats()}.",
        ),
    ],
    format_: FormatOption = Format.TEXT,
) -> None:
    """Show what is in a cohort. Lists datasets, series, sizes, and the licenses that IDC's index states for them.

    What was not found is listed apart. Of a project, it also says how its words for parts were read.

    \b
    Example: tcia-policy resolve examples/lung-nodules/cohort/nsclc-radiomics.tcia
    """
    registry = Registry.load()
    found = resolved(selection, registry)
    print_result(result_json(found) if format_ is Format.JSON else render_resolved(found, registry.licenses, width()))
