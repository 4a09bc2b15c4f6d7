"""`tcia-policy check`: may we, and what do we owe?"""

import typer

from tcia_policy.cli.options import (
    HERE,
    AsOfOption,
    Format,
    FormatOption,
    ProjectArgument,
    RulesOption,
    SetOption,
    parse_day,
)


def command(
    project: ProjectArgument = HERE,
    format_: FormatOption = Format.TEXT,
    as_of: AsOfOption = None,
    settings: SetOption = None,
    rules: RulesOption = None,
) -> None:
    """May we do this with these data, and what do we owe in return?

    Exit code 0: clear, duties met or unverified. 1: something is prohibited or a duty is open. 3: nothing of that, but
    something is undetermined. 2: the input cannot be read or names something unknown. JSON is the whole assessment.

    \b
    Example: tcia-policy check examples/lung-nodules
    """
    from tcia_policy.cli.terminal import print_result, remark, wants_color, width
    from tcia_policy.engine.rulebook import load_rules
    from tcia_policy.study import Study, assess_study

    day = parse_day(as_of)
    study = Study.load(project, settings or ())
    if study.project.manuscript:
        remark("note: this version does not read manuscripts; what they must hold stays unverified")
    assessment = assess_study(study, rules=load_rules(house=rules), as_of=day)
    if format_ is Format.JSON:
        from tcia_policy.reports.json_report import render_json

        print_result(render_json(assessment))
    else:
        from tcia_policy.reports.terminal import render_terminal

        print_result(render_terminal(assessment, width=width(), color=wants_color()))
    raise typer.Exit(assessment.exit_code)
