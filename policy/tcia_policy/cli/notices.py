"""`tcia-policy notices`: texts to paste into a paper or to ship with a release."""

from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.options import CaseArguments, ProjectArgument
from tcia_policy.cli.terminal import remark
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.reports.notices.objections import objections
from tcia_policy.reports.notices.write_notices import write_notices


def command(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write to.")],
    case: CaseArguments,
    project: ProjectArgument = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace earlier notices in that folder.")] = False,
) -> None:
    """Write attribution, NOTICE, statements and cards. These texts go into a paper or ship with a release.

    The files are ATTRIBUTION.md, NOTICE, acknowledgements and data availability (txt, tex, md), and a card for each
    model or data set among the outputs. What is not known stays a blank in square brackets.

    Exit code 0: the texts are written, even if the study is not cleared. Then each text says so at its top, and
    stderr says why. Use the exit code of `tcia-policy check` to stop a release.

    \b
    Example: tcia-policy notices examples/lung-nodules -o notices
    """
    assessment = assess(Case.open(project, case.options()))
    for path in write_notices(assessment, output, overwrite=overwrite):
        remark(f"wrote {path}")
    for line in objections(assessment):
        remark(f"warning: not cleared: {line}")
