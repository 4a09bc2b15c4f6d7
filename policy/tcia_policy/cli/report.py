"""`tcia-policy report`: the document that a legal reviewer signs."""

from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.documents import DocumentOption, HowWritten, OutputOption, destination
from tcia_policy.cli.gate import FailOnOption, exit_on, fail_on_words, gated
from tcia_policy.cli.options import CaseArguments, JudgedArguments
from tcia_policy.cli.redaction import shared
from tcia_policy.cli.saved import read_saved
from tcia_policy.engine.assess import assess
from tcia_policy.lazy import dataclass


@dataclass(frozen=True)
class WhatIsTold:
    """The form of the document, and with which earlier assessment it is compared."""

    format_: DocumentOption = None
    since: Annotated[
        Path | None,
        typer.Option(
            "--diff", metavar="OLD", help="Tell what changed since this assessment (`check --format json` printed it)."
        ),
    ] = None


def command(
    judged: JudgedArguments,
    case: CaseArguments,
    how: HowWritten,
    form: WhatIsTold,
    output: Annotated[Path | None, OutputOption] = None,
    fail_on: FailOnOption = None,
) -> None:
    """Write the document for legal review: as one file, by the ending of its name, or as three in a folder.

    A folder gets report.html, report.md and report.json. report.docx (Word) and report.pdf have the same content; they
    need the extras docx and pdf of this package. The other endings are for machines: what the study may do as ODRL, the
    data and outputs with their licenses as RO-Crate, SPDX and Croissant.

    With --diff, the document begins with what changed since an earlier assessment, and an annex has all of it.

    Exit code 0: the report is written, whatever it says. With --fail-on, or a gate in the project, the exit code is
    that of `check`.

    \b
    Example: tcia-policy report examples/commercial-product -o review.pdf
    """
    words = fail_on_words(fail_on)
    goes_to = destination(output, form.format_)
    earlier = None if form.since is None else read_saved(form.since)
    opened = case.open(judged)
    assessment = gated(assess(opened), words)
    if earlier is not None:
        from tcia_policy.review.compare.compare import compare  # noqa: PLC0415 - 0.1 s, for the option alone

        assessment = assessment.model_copy(update={"changes": compare(earlier, assessment)})
    told = shared(assessment, how.redact, earlier)
    goes_to.put(told, how.overwrite, [*opened.inputs, *([] if form.since is None else [form.since])])
    exit_on(assessment)
