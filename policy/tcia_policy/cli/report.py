"""`tcia-policy report`: the document that a legal reviewer signs."""

from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.options import HERE, AsOfOption, ProjectArgument, RulesOption, parse_day


def command(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write to.")],
    project: ProjectArgument = HERE,
    as_of: AsOfOption = None,
    rules: RulesOption = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an earlier report in that folder.")] = False,
) -> None:
    """Write the document for legal review. It is report.html, report.md and report.json, all with the same content.

    \b
    Example: tcia-policy report examples/commercial-product -o review
    """
    from tcia_policy.cli.terminal import remark
    from tcia_policy.engine.case import Study, assess_study, looking_into
    from tcia_policy.registry import Registry
    from tcia_policy.reports.write_report import write_report
    from tcia_policy.rules.rulebook import load_rules

    day = parse_day(as_of)
    registry = Registry.load()
    study = looking_into(Study.load(project), registry)
    assessment = assess_study(study, registry, rules=load_rules(house=rules), as_of=day)
    for path in write_report(assessment, output, overwrite=overwrite):
        remark(f"wrote {path}")
