"""`tcia-policy what-if`: what would every activity come to, for either purpose?"""

from tcia_policy.cli.options import CaseArguments, ProjectArgument
from tcia_policy.cli.terminal import print_result
from tcia_policy.engine.assess import assess_each
from tcia_policy.engine.case import Case
from tcia_policy.model import Purpose
from tcia_policy.reports.what_if import render_what_if


def command(case: CaseArguments, project: ProjectArgument = None) -> None:
    """Judge every activity for both purposes, whatever the project states of its use.

    \b
    Example: tcia-policy what-if examples/lung-nodules
    """
    opened = Case.open(project, case.options())
    print_result(render_what_if({purpose: assess_each(opened.supposing(purpose=purpose)) for purpose in Purpose}))
