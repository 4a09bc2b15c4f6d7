"""`tcia-policy check`: may we, and what do we owe?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tcia_policy.cli.options import (
    HERE,
    AsOfOption,
    Format,
    FormatOption,
    PerhapsProjectArgument,
    RulesOption,
    SetOption,
    parse_day,
)

if TYPE_CHECKING:
    from tcia_policy.engine.case import Study
    from tcia_policy.registry import Registry

ManuscriptOption = Annotated[
    list[str] | None,
    typer.Option(
        "--manuscript",
        metavar="PATH",
        help="A manuscript, or a folder or zip with it; may be repeated. Used instead of the project's.",
    ),
]


def command(
    project: PerhapsProjectArgument = None,
    manuscript: ManuscriptOption = None,
    format_: FormatOption = Format.TEXT,
    as_of: AsOfOption = None,
    settings: SetOption = None,
    rules: RulesOption = None,
) -> None:
    """May we do this with these data, and what do we owe in return?

    Exit code 0: clear, duties met or unverified. 1: something is prohibited or a duty is open. 3: nothing of that, but
    something is undetermined. 2: the input cannot be read or names something unknown. JSON is the whole assessment.

    With a manuscript (LaTeX, Markdown, Word, PDF, text, a folder or zip of these), what it cites and prints is
    evidence. Without a project file, the data are those that it cites or names.

    \b
    Example: tcia-policy check examples/lung-nodules
    """
    from tcia_policy.cli.terminal import print_result, wants_color, width
    from tcia_policy.engine.case import assess_study
    from tcia_policy.registry import Registry
    from tcia_policy.rules.rulebook import load_rules

    day = parse_day(as_of)
    registry = Registry.load()
    study = _study(project, manuscript or [], settings or [], registry)
    assessment = assess_study(study, registry, rules=load_rules(house=rules), as_of=day)
    if format_ is Format.JSON:
        from tcia_policy.reports.json_report import render_json

        print_result(render_json(assessment))
    else:
        from tcia_policy.reports.terminal import render_terminal

        print_result(render_terminal(assessment, width=width(), color=wants_color()))
    raise typer.Exit(assessment.exit_code)


def _study(project: Path | None, manuscript: list[str], settings: list[str], registry: "Registry") -> "Study":
    """The project, or where there is none, the study that the manuscript tells of."""
    from tcia_policy.engine.case import PROJECT_FILE, Study, looking_into, study_of_manuscript

    if project is None and manuscript and not (HERE / PROJECT_FILE).exists():
        return study_of_manuscript(manuscript, registry)
    return looking_into(Study.load(project or HERE, settings), registry, manuscript)
