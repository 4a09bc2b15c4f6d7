"""`tcia-policy registry`: how old are the facts, and where do the sources disagree?"""

import json
from typing import Annotated

import typer

from tcia_policy.cli.options import Format, FormatOption
from tcia_policy.cli.terminal import print_result
from tcia_policy.registry import Registry
from tcia_policy.registry.conflicts import Conflict, conflicts_in
from tcia_policy.registry.standing import Registered
from tcia_policy.reports.registry import render_conflicts, render_status

app = typer.Typer(
    help="How old are the facts, and where do the sources disagree?\n\n\b\nExample: tcia-policy registry status",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command("status")
def status() -> None:
    """Count the datasets, and say how old their sources are.

    \b
    Example: tcia-policy registry status
    """
    print_result(render_status(Registry.load()))


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
    registry = Registry.load()
    datasets = (registry.get(entry.id) for entry in registry.entries)
    differences = list(conflicts_in(datasets, Registered(registry.licenses, registry.sources)))
    found = [item for item in differences if all_ or item.is_open]
    if format_ is Format.JSON:
        print_result(json.dumps([_row(item) for item in found], indent=2, ensure_ascii=False))
        return
    print_result(render_conflicts(found, len(differences) - len(found), registry.licenses, registry.sources))


def _row(conflict: Conflict) -> dict[str, object]:
    return {
        "dataset": conflict.dataset,
        "distributions": list(conflict.distributions),
        "open": conflict.is_open,
        "claims": [
            item.claim.model_dump(mode="json", exclude_none=True) | {"standing": item.standing.value}
            for item in conflict.claims
        ],
    }
