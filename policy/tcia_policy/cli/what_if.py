"""`tcia-policy what-if`: what would each activity come to, for either purpose?"""

from dataclasses import replace

from tcia_policy.cli.options import HERE, AsOfOption, ProjectArgument, RulesOption, parse_day


def command(project: ProjectArgument = HERE, as_of: AsOfOption = None, rules: RulesOption = None) -> None:
    """What every activity would come to. All nine for both purposes, whatever the project states of its use.

    \b
    Example: tcia-policy what-if examples/lung-nodules
    """
    from tcia_policy.cli.terminal import print_result
    from tcia_policy.engine.case import Study, assess_each, open_case
    from tcia_policy.model import Purpose
    from tcia_policy.reports.what_if import render_what_if
    from tcia_policy.rules.rulebook import load_rules

    case = open_case(Study.load(project), rules=load_rules(house=rules), as_of=parse_day(as_of))
    assessments = {}
    for purpose in Purpose:
        use = case.project.use.model_copy(update={"purpose": purpose})
        supposed = replace(case, project=case.project.model_copy(update={"use": use}))
        assessments[purpose] = assess_each(supposed)
    print_result(render_what_if(assessments))
