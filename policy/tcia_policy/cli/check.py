"""`tcia-policy check`: may we use these data as planned, and what do we owe?"""

from typing import Annotated

import typer

from tcia_policy.cli.options import CaseArguments, FailOnOption, JudgedArguments, exit_on
from tcia_policy.cli.terminal import print_result, wants_color, width
from tcia_policy.engine.assess import assess
from tcia_policy.engine.fail_on import FailOn
from tcia_policy.reports.formats import TEXT, TEXTS, Format, Screen, format_named, formats_in_help

ReportFormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        parser=format_named,
        metavar=f"[{'|'.join(each.name for each in TEXTS)}]",
        help=f"The default is text. {formats_in_help()}.",
    ),
]


def command(
    judged: JudgedArguments,
    case: CaseArguments,
    format_: ReportFormatOption = None,
    fail_on: FailOnOption = FailOn.UNDETERMINED,
) -> None:
    """Judge a project. May we use these data as planned, and what do we owe in return?

    Exit code 0: clear; all duties are met or unverified. 1: something is prohibited, or a duty is open. 3: nothing is
    prohibited or open, but something is undetermined. 2: the input cannot be read, or it names something unknown.

    A manuscript (LaTeX, Markdown, Word, PDF, text, or a folder or zip of these) is evidence: check reads what it
    cites and prints. Without a project file, the data are those that the manuscript cites or names.

    The JSON format has the whole assessment.

    \b
    Example: tcia-policy check examples/lung-nodules
    """
    assessment = assess(case.open(judged))
    print_result((format_ or TEXT).render(assessment, Screen(width(), wants_color())))
    exit_on(assessment, fail_on)
