"""`tcia-policy explain`: how did this verdict come about?"""

from typing import Annotated

import typer

from tcia_policy.cli.options import CaseArguments, ProjectArgument, check_word, remark_on_days
from tcia_policy.cli.terminal import print_result
from tcia_policy.engine.case import Case
from tcia_policy.engine.explain import explain
from tcia_policy.errors import InputError
from tcia_policy.model import Activity, Holding
from tcia_policy.reports.explanation import render_explanation


def command(
    activity: Annotated[str, typer.Option("--activity", "-a", help="The activity, such as train-model.")],
    dataset: Annotated[str, typer.Option("--dataset", "-d", help="The data item, as `check` names it.")],
    case: CaseArguments,
    project: ProjectArgument = None,
) -> None:
    """Show how one verdict came about. Lists the facts, their sources, the conditions, and what would change it.

    \b
    Example: tcia-policy explain examples/lung-nodules -a analyze -d LIDC-IDRI
    """
    check_word("activity", activity, Activity)
    opened = Case.open(project, case.options())
    remark_on_days(opened)
    holding = _holding(dataset, opened)
    print_result(render_explanation(explain(opened, holding, Activity(activity))))


def _holding(name: str, case: Case) -> Holding:
    by_id = {item.name: item for item in reversed(case.holdings)} | {item.id: item for item in case.holdings}
    found = by_id.get(name)
    if found is None:
        known = ", ".join(repr(item.id) for item in case.holdings)
        raise InputError(f"the project has no data item {name!r}", field="--dataset", hint=f"it has {known}")
    return found
