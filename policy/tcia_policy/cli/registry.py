"""`tcia-policy registry`: how old are the facts, and where do the sources disagree?"""

from typing import Annotated

import typer

from tcia_policy.cli.opened_registry import opened_registry
from tcia_policy.cli.options import Format, FormatOption
from tcia_policy.cli.terminal import print_result
from tcia_policy.registry.conflicts import conflicts_in, told
from tcia_policy.registry.status import status_of
from tcia_policy.reports.lines import result_json
from tcia_policy.reports.registry import render_conflicts, render_status

app = typer.Typer(
    help="How old are the facts, and where do the sources disagree?\n\n\b\nExample: tcia-policy registry status",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command("status")
def status(format_: FormatOption = Format.TEXT) -> None:
    """Check the index of series, and say how old the sources are.

    \b
    Example: tcia-policy registry status
    """
    found = status_of(opened_registry())
    print_result(result_json(found) if format_ is Format.JSON else render_status(found))


@app.command("conflicts")
def conflicts(
    all_: Annotated[
        bool, typer.Option("--all", help="Also differences that are history, or a matter of which part is meant.")
    ] = False,
    format_: FormatOption = Format.TEXT,
) -> None:
    """List where the sources disagree on a license today. Shows each such part with what each source states.

    \b
    Example: tcia-policy registry conflicts --format json
    """
    registry = opened_registry()
    datasets = (registry.get(entry.id) for entry in registry.entries)
    differences = list(conflicts_in(datasets, registry.registered))
    found = [item for item in differences if all_ or item.is_open]
    if format_ is Format.JSON:
        print_result(result_json(told(found, len(differences) - len(found))))
        return
    print_result(render_conflicts(found, len(differences) - len(found), registry.licenses, registry.sources))
