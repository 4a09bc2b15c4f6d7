"""`tcia-policy render`: a report from a saved assessment alone, with the same bytes as from its project."""

from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.documents import HowWritten, OutputOption, destination
from tcia_policy.cli.gate import FailOnOption, exit_on, fail_on_words, gated
from tcia_policy.cli.redaction import shared
from tcia_policy.cli.saved import read_saved
from tcia_policy.cli.terminal import print_result, wants_color, width
from tcia_policy.reports.formats import FORMATS, TEXT, Format, Screen, format_named

SavedArgument = Annotated[
    Path,
    typer.Argument(metavar="SAVED", help="An assessment: what `check --format json` printed, or a report.json."),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        parser=format_named,
        metavar="FORMAT",
        help=f"What to print without -o: {', '.join(each.name for each in FORMATS)}. The default is text.",
    ),
]


def command(
    saved: SavedArgument,
    how: HowWritten,
    output: Annotated[Path | None, OutputOption] = None,
    format_: FormatOption = None,
    fail_on: FailOnOption = None,
) -> None:
    """Make a report of a saved assessment. Neither the project, the rules nor the registry are needed.

    The report has the same bytes as the one that `report` or `check` makes of the same case. In what is for code hosts,
    paths begin at the project, not at the root of a repository.

    A file in which a verdict was changed by hand, and does not follow from its findings any more, is refused.

    Exit code 0: the report is made, whatever it says. With --fail-on, or a gate in the project, the exit code is
    that of `check`.

    \b
    Example: tcia-policy render saved.json -o review.html
    """
    words = fail_on_words(fail_on)
    assessment = shared(gated(read_saved(saved), words), how.redact)
    form = format_ or TEXT
    if output is not None:
        destination(output, format_).put(assessment, how.overwrite, [saved])
    elif form.extra is None:
        print_result(form.printed(assessment, Screen(width(), wants_color())))
    else:
        destination(Path("-"), form).put(assessment, how.overwrite)
    exit_on(assessment)
