"""`tcia-policy what-if`: what would the verdict be for each activity and purpose?"""

from tcia_policy.cli.opened_registry import opened_registry
from tcia_policy.cli.options import (
    CaseArguments,
    Format,
    FormatOption,
    JudgedArguments,
    VerboseOption,
    WithoutOption,
    remark_on_days,
)
from tcia_policy.cli.terminal import print_result, width
from tcia_policy.engine.what_if import what_if, what_if_without
from tcia_policy.engine.without import without
from tcia_policy.reports.lines import result_json
from tcia_policy.reports.what_if import render_what_if


def command(
    judged: JudgedArguments,
    case: CaseArguments,
    left_out: WithoutOption = None,
    verbose: VerboseOption = 0,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Judge every activity for both purposes, even those that the project does not state, and say what would change it.

    \b
    Example: tcia-policy what-if examples/lung-nodules --without NSCLC-Radiomics
    """
    registry = opened_registry()
    opened = case.open(judged, registry)
    remark_on_days(opened)
    found = what_if_without(opened, without(opened, left_out, registry)) if left_out else what_if(opened)
    print_result(result_json(found) if format_ is Format.JSON else render_what_if(found, width(), verbose=verbose > 0))
