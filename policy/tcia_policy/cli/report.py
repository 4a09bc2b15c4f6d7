"""`tcia-policy report`: the document that a legal reviewer signs."""

from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.options import CaseArguments, ProjectArgument
from tcia_policy.cli.terminal import remark
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.reports.write_report import write_report


def command(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write to.")],
    case: CaseArguments,
    project: ProjectArgument = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an earlier report in that folder.")] = False,
) -> None:
    """Write the document for legal review: report.html, report.md and report.json, all with the same content.

    \b
    Example: tcia-policy report examples/commercial-product -o review
    """
    assessment = assess(Case.open(project, case.options()))
    for path in write_report(assessment, output, overwrite=overwrite):
        remark(f"wrote {path}")
