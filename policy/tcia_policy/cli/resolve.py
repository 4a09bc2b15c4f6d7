"""`tcia-policy resolve`: what is in this cohort?"""

import json
from typing import Any

from tcia_policy.cli.options import Format, FormatOption, SelectionArgument
from tcia_policy.cli.terminal import print_result
from tcia_policy.engine.case import resolve_study
from tcia_policy.engine.selections import study_of
from tcia_policy.registry import Registry
from tcia_policy.reports.holdings import render_holdings


def command(
    selection: SelectionArgument,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Show what is in a cohort. Lists datasets, series, sizes, and the licenses that IDC's index states for them.

    \b
    Example: tcia-policy resolve examples/lung-nodules/cohort/nsclc-radiomics.tcia
    """
    registry = Registry.load()
    resolution = resolve_study(study_of(selection, registry), registry)
    if format_ is Format.JSON:
        holdings: list[dict[str, Any]] = [holding.model_dump(mode="json") for holding in resolution.holdings]
        print_result(json.dumps({"idc_index_data": resolution.idc_index_data, "holdings": holdings}, indent=2))
    else:
        print_result(render_holdings(resolution.holdings, registry.licenses))
