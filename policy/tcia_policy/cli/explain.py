"""`tcia-policy explain`: how did this verdict come about?"""

from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.opened_registry import opened_registry
from tcia_policy.cli.options import (
    CaseArguments,
    Format,
    FormatOption,
    JudgedArguments,
    VerboseOption,
    check_word,
    remark_on_days,
)
from tcia_policy.cli.terminal import print_result, width
from tcia_policy.engine.discovery import project_above
from tcia_policy.engine.explain import explain_worst
from tcia_policy.engine.items_named import items_named
from tcia_policy.engine.selections import names_project
from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity
from tcia_policy.registry import Registry
from tcia_policy.reports.explanation import render_explanation
from tcia_policy.reports.lines import result_json


@dataclass(frozen=True)
class Asked:
    """The verdict to explain. What is left out is looked at whole, and the worst of it explained."""

    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PROJECT] [ITEM]",
            help="A project file or its folder (the default is this folder), and a data item of it by any of its "
            "names, its DOI or its id.",
        ),
    ] = None
    activity: Annotated[
        str | None, typer.Option("--activity", "-a", help="The activity, such as train-model. The worst if left out.")
    ] = None
    dataset: Annotated[str | None, typer.Option("--dataset", "-d", help="The data item, also without a project.")] = (
        None
    )


def command(asked: Asked, case: CaseArguments, verbose: VerboseOption = 0, format_: FormatOption = Format.TEXT) -> None:
    """Show how a verdict came about: the rule, the source and the facts that decide it.

    Without an activity, the worst verdict on the data item is explained; without a data item, the worst of all. -v adds
    every interpretation of the sources, every rule with its conditions, and what a single other fact would change.

    \b
    Example: tcia-policy explain examples/lung-nodules NSCLC-Radiomics
    """
    check_word("activity", asked.activity, Activity)
    registry = opened_registry()
    project, item = _project_and_item(asked, registry)
    opened = case.open(_judged(project, item, asked.activity), registry)
    remark_on_days(opened)
    holdings = opened.holdings if item is None else items_named(item, opened.holdings, registry)
    explanation = explain_worst(opened, holdings, None if asked.activity is None else Activity(asked.activity))
    if format_ is Format.JSON:
        print_result(result_json(explanation))
    else:
        print_result(render_explanation(explanation, width(), verbose=verbose > 0))


def _judged(project: Path | None, item: str | None, activity: str | None) -> JudgedArguments:
    """Return what is judged: the project that is named or found; where there is none, the item by itself."""
    if project is not None:
        return JudgedArguments([str(project)])
    if item is None or project_above(Path()) is not None:
        return JudgedArguments()
    return JudgedArguments([item], None if activity is None else [activity])


def _project_and_item(asked: Asked, registry: Registry) -> tuple[Path | None, str | None]:
    """Return the project and the data item that are named. Raises `InputError` for more than one of either."""
    words = list(asked.words or ())
    project = Path(words.pop(0)) if words and names_project(words[0], registry) else None
    items = [*words, *([] if asked.dataset is None else [asked.dataset])]
    if len(items) > 1:
        hint = "name one, and leave it out to have the worst of all explained"
        raise InputError(f"explains one data item, and there are {len(items)}: {', '.join(items)}", hint=hint)
    return project, items[0] if items else None
