"""`tcia-policy check`: may we, and what do we owe?"""

from typing import Annotated

import typer

from tcia_policy.cli.options import CaseArguments, ProjectArgument
from tcia_policy.cli.terminal import print_result, wants_color, width
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.reports.formats import FORMATS, TEXT, Format, Screen, format_named, formats_in_help

ReportFormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        parser=format_named,
        metavar=f"[{'|'.join(each.name for each in FORMATS)}]",
        help=f"text if left out. {formats_in_help()}.",
    ),
]


def command(case: CaseArguments, project: ProjectArgument = None, format_: ReportFormatOption = None) -> None:
    """Judge a project. May we do this with these data, and what do we owe in return?

    Exit code 0: clear, duties met or unverified. 1: something is prohibited or a duty is open. 3: nothing of that, but
    something is undetermined. 2: the input cannot be read or names something unknown. JSON is the whole assessment.

    With a manuscript (LaTeX, Markdown, Word, PDF, text, a folder or zip of these), what it cites and prints is
    evidence. Without a project file, the data are those that it cites or names.

    \b
    Example: tcia-policy check examples/lung-nodules
    """
    assessment = assess(Case.open(project, case.options()))
    print_result((format_ or TEXT).render(assessment, Screen(width(), wants_color())))
    raise typer.Exit(assessment.exit_code)
