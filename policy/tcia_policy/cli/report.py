"""`tcia-policy report`: the document that a legal reviewer signs."""

from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.options import CaseArguments, FailOnOption, ProjectArgument, exit_on
from tcia_policy.cli.terminal import STDOUT, print_result, remark
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.engine.fail_on import FailOn
from tcia_policy.errors import InputError
from tcia_policy.reports.formats import DOCUMENTS, Format, format_named
from tcia_policy.reports.write_report import write_report

DocumentOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        parser=format_named,
        metavar=f"[{'|'.join(each.name for each in DOCUMENTS)}]",
        help=f"With -o -: the document to print. The default is {DOCUMENTS[0].name}.",
    ),
]


def command(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write to; - prints one document.")
    ],
    case: CaseArguments,
    project: ProjectArgument = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an earlier report in that folder.")] = False,
    format_: DocumentOption = None,
    fail_on: FailOnOption = FailOn.NEVER,
) -> None:
    """Write the document for legal review: report.html, report.md and report.json, all with the same content.

    Exit code 0: the report is written, whatever it says. With --fail-on, the exit code is that of `check`.

    \b
    Example: tcia-policy report examples/commercial-product -o review
    """
    if format_ is not None and output != STDOUT:
        raise InputError("works only together with -o -", field="--format", hint="a folder gets every document")
    assessment = assess(Case.open(project, case.options()))
    if output == STDOUT:
        print_result((format_ or DOCUMENTS[0]).render(assessment))
    else:
        for path in write_report(assessment, output, overwrite=overwrite):
            remark(f"wrote {path}")
    exit_on(assessment, fail_on)
