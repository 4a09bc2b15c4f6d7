"""`tcia-policy what-if`: what would the verdict be for each activity and purpose?"""

from tcia_policy.cli.options import CaseArguments, ProjectArgument, remark_on_days
from tcia_policy.cli.terminal import print_result
from tcia_policy.engine.case import Case
from tcia_policy.engine.what_if import what_if
from tcia_policy.reports.what_if import render_what_if


def command(case: CaseArguments, project: ProjectArgument = None) -> None:
    """Judge every activity for both purposes, even those that the project does not state.

    \b
    Example: tcia-policy what-if examples/lung-nodules
    """
    opened = Case.open(project, case.options())
    remark_on_days(opened)
    print_result(render_what_if(what_if(opened)))
