"""`tcia-policy resolve`: what is in this cohort?"""

from typing import Annotated

import typer

from tcia_policy.cli.cohort_help import COHORT_FILE
from tcia_policy.cli.completion import complete_datasets
from tcia_policy.cli.opened_registry import opened_registry
from tcia_policy.cli.options import Format, FormatOption
from tcia_policy.cli.resolve_written import Written
from tcia_policy.cli.terminal import print_result, width
from tcia_policy.engine.resolved import resolved
from tcia_policy.reports.holdings import render_resolved
from tcia_policy.reports.lines import result_json


def command(
    selection: Annotated[
        list[str],
        typer.Argument(
            metavar="SELECTION",
            autocompletion=complete_datasets,
            help="Dataset names, DOIs, SeriesInstanceUIDs, cohort files, folders of images, or one project. "
            f"A cohort file is {COHORT_FILE}.",
        ),
    ],
    written: Written,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Show what is in a cohort. Lists datasets, series, sizes, and the licenses that IDC's index states for them.

    What was not found is listed apart. Of a project, it also says how its words for parts were read.

    With -o, it writes a row for each series into a table that `resolve` reads again. With --split, it writes each
    cohort file apart: `permitted.tcia`, `conditional.tcia` and so on for the use that is stated, in the worst class
    that a line has; what is not found has a file of its own.

    \b
    Example: tcia-policy resolve examples/lung-nodules/cohort/nsclc-radiomics.tcia
    """
    registry = opened_registry()
    found = resolved(selection, registry)
    if written.output is not None or written.split is not None:
        from tcia_policy.cli.resolve_files import write_files  # noqa: PLC0415 - 0.1 s, for those who ask

        write_files(selection, written, registry)
    print_result(result_json(found) if format_ is Format.JSON else render_resolved(found, registry.licenses, width()))
