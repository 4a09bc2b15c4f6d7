"""`tcia-policy report`: the document that a legal reviewer signs."""

from pathlib import Path
from typing import Annotated

from tcia_policy.cli.documents import DocumentOption, HowWritten, OutputOption, destination
from tcia_policy.cli.gate import FailOnOption, exit_on, fail_on_words, gated
from tcia_policy.cli.options import CaseArguments, JudgedArguments
from tcia_policy.cli.redaction import shared
from tcia_policy.engine.assess import assess


def command(
    output: Annotated[Path, OutputOption],
    judged: JudgedArguments,
    case: CaseArguments,
    how: HowWritten,
    format_: DocumentOption = None,
    fail_on: FailOnOption = None,
) -> None:
    """Write the document for legal review: as one file, by the ending of its name, or as three in a folder.

    A folder gets report.html, report.md and report.json. report.docx (Word) and report.pdf have the same content; they
    need the extras docx and pdf of this package.

    Exit code 0: the report is written, whatever it says. With --fail-on, or a gate in the project, the exit code is
    that of `check`.

    \b
    Example: tcia-policy report examples/commercial-product -o review.pdf
    """
    words = fail_on_words(fail_on)
    goes_to = destination(output, format_)
    opened = case.open(judged)
    assessment = gated(assess(opened), words)
    goes_to.put(shared(assessment, how.redact), how.overwrite, opened.inputs)
    exit_on(assessment)
