"""`tcia-policy check`: may we, and what do we owe?"""

import typer

from tcia_policy.cli.options import CaseArguments, Format, FormatOption, ProjectArgument
from tcia_policy.cli.terminal import print_result, wants_color, width
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.reports.json_report import render_json
from tcia_policy.reports.terminal import render_terminal


def command(case: CaseArguments, project: ProjectArgument = None, format_: FormatOption = Format.TEXT) -> None:
    """Judge a project. May we do this with these data, and what do we owe in return?

    Exit code 0: clear, duties met or unverified. 1: something is prohibited or a duty is open. 3: nothing of that, but
    something is undetermined. 2: the input cannot be read or names something unknown. JSON is the whole assessment.

    With a manuscript (LaTeX, Markdown, Word, PDF, text, a folder or zip of these), what it cites and prints is
    evidence. Without a project file, the data are those that it cites or names.

    \b
    Example: tcia-policy check examples/lung-nodules
    """
    assessment = assess(Case.open(project, case.options()))
    if format_ is Format.JSON:
        print_result(render_json(assessment))
    else:
        print_result(render_terminal(assessment, width=width(), color=wants_color()))
    raise typer.Exit(assessment.exit_code)
