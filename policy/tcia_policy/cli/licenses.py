"""`tcia-policy licenses`: which licenses may an output carry?"""

from typing import Annotated

import typer

from tcia_policy.cli.options import HERE, AsOfOption, Format, FormatOption, ProjectArgument, parse_day
from tcia_policy.errors import InputError


def command(
    output: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="OUTPUT",
            help="dataset-copy, derived-images, segmentations, features, model, figures or article.",
        ),
    ],
    project: ProjectArgument = HERE,
    format_: FormatOption = Format.TEXT,
    as_of: AsOfOption = None,
) -> None:
    """List the licenses that an output may carry, best first. With why not for the rest, and which inputs decide.

    \b
    Example: tcia-policy licenses --for segmentations examples/lung-nodules
    """
    from tcia_policy.cli.terminal import print_result, width
    from tcia_policy.engine.case import Study, open_case
    from tcia_policy.engine.license_choices import license_choices
    from tcia_policy.model import OutputKind
    from tcia_policy.reports.licenses import render_licenses, render_licenses_json

    if output not in set(OutputKind):
        raise InputError(f"unknown output {output!r}", field="--for", hint=f"one of {', '.join(OutputKind)}")
    case = open_case(Study.load(project), as_of=parse_day(as_of))
    found = license_choices(case, OutputKind(output))
    if format_ is Format.JSON:
        print_result(render_licenses_json(found))
    else:
        print_result(render_licenses(found, case.registered.licenses, width()))
