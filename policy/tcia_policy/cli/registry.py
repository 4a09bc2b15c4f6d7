"""`tcia-policy registry`: how old are the facts, and where do the sources disagree?"""

import json

import typer

from tcia_policy.cli.options import Format, FormatOption
from tcia_policy.cli.terminal import print_result
from tcia_policy.registry import Registry
from tcia_policy.registry.conflicts import conflicts_in
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
    format_: FormatOption = Format.TEXT,
) -> None:
    """List where the sources state different licenses. Shows each such part of a dataset with what each source states.

    \b
    Example: tcia-policy registry conflicts --format json
    """
    registry = Registry.load()
    found = list(conflicts_in(registry.get(entry.id) for entry in registry.entries))
    if format_ is Format.JSON:
        rows = [
            {
                "dataset": item.dataset,
                "distributions": list(item.distributions),
                "claims": [claim.model_dump(mode="json", exclude_none=True) for claim in item.claims],
            }
            for item in found
        ]
        print_result(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    print_result(render_conflicts(found, registry.licenses, registry.sources))
