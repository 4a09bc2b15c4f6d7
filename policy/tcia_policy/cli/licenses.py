"""`tcia-policy licenses`: which licenses may an output carry?"""

from typing import Annotated

import typer

from tcia_policy.cli.opened_registry import opened_registry
from tcia_policy.cli.options import (
    CaseArguments,
    Format,
    FormatOption,
    JudgedArguments,
    VerboseOption,
    WithoutOption,
    check_word,
)
from tcia_policy.cli.terminal import print_result, width
from tcia_policy.engine.license_choices import license_choices
from tcia_policy.engine.without import without
from tcia_policy.model import OutputKind
from tcia_policy.reports.licenses import render_licenses
from tcia_policy.reports.lines import result_json


def command(
    output: Annotated[
        str, typer.Option("--for", metavar="OUTPUT", help=f"The kind of output: {', '.join(OutputKind)}.")
    ],
    judged: JudgedArguments,
    case: CaseArguments,
    left_out: WithoutOption = None,
    verbose: VerboseOption = 0,
    format_: FormatOption = Format.TEXT,
) -> None:
    """List the licenses that an output may carry, best first. Says why not the others, and which inputs decide.

    \b
    Example: tcia-policy licenses --for segmentations examples/lung-nodules
    """
    check_word("output", output, OutputKind, option="--for")
    registry = opened_registry()
    opened = case.open(judged, registry)
    smaller = without(opened, left_out or (), registry)
    left = {holding.id for holding in smaller.holdings}
    names = tuple(holding.name for holding in opened.holdings if holding.id not in left)
    found = license_choices(smaller, OutputKind(output)).model_copy(update={"without": names})
    if format_ is Format.JSON:
        print_result(result_json(found))
    else:
        print_result(render_licenses(found, opened.known.licenses, width(), verbose=verbose > 0))
