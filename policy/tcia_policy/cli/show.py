"""`tcia-policy show`: what is known of a dataset, and from where?"""

import json
from typing import Annotated

import typer

from tcia_policy.cli.options import Format, FormatOption
from tcia_policy.cli.terminal import print_result
from tcia_policy.registry import Registry
from tcia_policy.reports.dataset import render_dataset


def command(
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="A dataset's name, alias or DOI.")],
    format_: FormatOption = Format.TEXT,
) -> None:
    """Show what is known of a dataset, and from where. Lists parts, licenses, sources, notices, contacts, citation.

    \b
    Example: tcia-policy show "Phantom FDA"
    """
    registry = Registry.load()
    found = [registry.get(name) for name in registry.find(dataset)]
    if format_ is Format.JSON:
        print_result(json.dumps([item.model_dump(mode="json") for item in found], indent=2, ensure_ascii=False))
        return
    print_result("\n".join(render_dataset(item, registry.licenses, registry.sources) for item in found))
