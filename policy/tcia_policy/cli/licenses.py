"""`tcia-policy licenses`: which licenses may an output carry?"""

from typing import Annotated

import typer

from tcia_policy.cli.options import CaseArguments, Format, FormatOption, ProjectArgument, check_word
from tcia_policy.cli.terminal import print_result, width
from tcia_policy.engine.case import Case
from tcia_policy.engine.license_choices import license_choices
from tcia_policy.model import OutputKind
from tcia_policy.reports.licenses import render_licenses, render_licenses_json


def command(
    output: Annotated[
        str, typer.Option("--for", metavar="OUTPUT", help=f"The kind of output: {', '.join(OutputKind)}.")
    ],
    case: CaseArguments,
    project: ProjectArgument = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """List the licenses that an output may carry, best first. Says why not the others, and which inputs decide.

    \b
    Example: tcia-policy licenses --for segmentations examples/lung-nodules
    """
    check_word("output", output, OutputKind, option="--for")
    opened = Case.open(project, case.options())
    found = license_choices(opened, OutputKind(output))
    if format_ is Format.JSON:
        print_result(render_licenses_json(found))
    else:
        print_result(render_licenses(found, opened.known.licenses, width()))
