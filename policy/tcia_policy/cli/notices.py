"""`tcia-policy notices`: texts to paste into a paper or to ship with a release."""

from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.gate import FailOnOption, exit_on, fail_on_words, gated
from tcia_policy.cli.options import CaseArguments, JudgedArguments
from tcia_policy.cli.terminal import STDOUT, print_result, remark
from tcia_policy.engine.assess import assess
from tcia_policy.errors import InputError
from tcia_policy.reports.notices.write_notices import notice_named, render_notices, write_notices
from tcia_policy.reports.objections import objections


def command(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write to; - prints one text.")
    ],
    judged: JudgedArguments,
    case: CaseArguments,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace earlier notices in that folder.")] = False,
    only: Annotated[
        str | None, typer.Option("--only", metavar="NAME", help="With -o -: the text to print, such as NOTICE.")
    ] = None,
    fail_on: FailOnOption = None,
) -> None:
    """Write attribution, NOTICE, statements and cards. These texts go into a paper or ship with a release.

    The files are ATTRIBUTION.md, NOTICE, acknowledgements and data availability (txt, tex, md), and a card for each
    model or data set among the outputs. What is not known stays a blank in square brackets.

    Exit code 0: the texts are written, even if the study is not cleared. Then each text says so at its top, and
    stderr says why. With --fail-on, or a gate in the project, the exit code is that of `check`, so that it can stop a
    release.

    \b
    Example: tcia-policy notices examples/lung-nodules -o notices
    """
    words = fail_on_words(fail_on)
    if (only is not None) != (output == STDOUT):
        hint = "name the text to print, such as --only NOTICE; a folder gets all of them"
        raise InputError("-o - and --only NAME belong together", field="--only", hint=hint)
    opened = case.open(judged)
    opened.require_data()
    assessment = gated(assess(opened), words)
    if only is not None:
        print_result(notice_named(only, render_notices(assessment)))
    else:
        for path in write_notices(assessment, output, overwrite, opened.inputs):
            remark(f"wrote {path}")
    for line in objections(assessment):
        remark(f"warning: not cleared: {line}")
    exit_on(assessment)
