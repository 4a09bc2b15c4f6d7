"""`tcia-policy explain`: how did this verdict come about?"""

from typing import Annotated

import typer

from tcia_policy.cli.options import HERE, AsOfOption, ProjectArgument, RulesOption, parse_day
from tcia_policy.errors import InputError


def command(
    activity: Annotated[str, typer.Option("--activity", help="The activity, such as train-model.")],
    dataset: Annotated[str, typer.Option("--dataset", help="The holding, as `check` names it.")],
    project: ProjectArgument = HERE,
    as_of: AsOfOption = None,
    rules: RulesOption = None,
) -> None:
    """Show how one verdict came about. The facts and their sources, conditions, and what would wake silent rules.

    \b
    Example: tcia-policy explain --activity analyze --dataset LIDC-IDRI
    """
    from tcia_policy.cli.terminal import print_result
    from tcia_policy.engine.case import Study, assess_case, open_case
    from tcia_policy.engine.explain import explain
    from tcia_policy.model import Activity
    from tcia_policy.reports.explanation import render_explanation
    from tcia_policy.rules.rulebook import load_rules

    if activity not in set(Activity):
        raise InputError(f"unknown activity {activity!r}", field="--activity", hint=f"one of {', '.join(Activity)}")
    case = open_case(Study.load(project), rules=load_rules(house=rules), as_of=parse_day(as_of))
    holding = next((item for item in case.holdings if dataset in (item.name, item.id)), None)
    if holding is None:
        held = ", ".join(repr(item.id) for item in case.holdings)
        raise InputError(f"the project has no {dataset!r}", field="--dataset", hint=f"it has {held}")
    chosen = Activity(activity)
    stated = case.project.use.activities
    assessment = assess_case(case, activities=None if stated is None else (*stated, chosen))
    cell = next(item for item in assessment.verdicts if (item.holding, item.activity) == (holding.id, chosen))
    traces = explain(case.rules.in_force(case.as_of), case.situations(holding, chosen))
    print_result(render_explanation(holding, cell, traces))
