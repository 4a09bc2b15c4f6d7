"""`tcia-policy resolve`: what is in this cohort?"""

import json
from typing import Any

from tcia_policy.cli.options import Format, FormatOption, SelectionArgument


def command(
    selection: SelectionArgument,
    format_: FormatOption = Format.TEXT,
) -> None:
    """What is in a cohort. Datasets, series, sizes and the licenses that IDC's index gives them.

    \b
    Example: tcia-policy resolve examples/lung-nodules/cohort/nsclc-radiomics.tcia
    """
    from tcia_policy.cli.selections import study_of
    from tcia_policy.cli.terminal import print_result
    from tcia_policy.engine.case import resolve_study
    from tcia_policy.registry import Registry

    registry = Registry.load()
    study = study_of(selection, registry)
    resolution = resolve_study(study, registry)
    if format_ is Format.JSON:
        holdings: list[dict[str, Any]] = [holding.model_dump(mode="json") for holding in resolution.holdings]
        print_result(json.dumps({"idc_index_data": resolution.idc_index_data, "holdings": holdings}, indent=2))
        return
    from tcia_policy.reports.holdings import render_holdings

    print_result(render_holdings(resolution.holdings, registry.licenses))
