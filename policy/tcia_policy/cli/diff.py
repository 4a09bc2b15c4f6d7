"""`tcia-policy diff`: what changed since an earlier check?"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.options import parse_day
from tcia_policy.cli.redaction import RedactOption, shared
from tcia_policy.cli.saved import STDIN, read_saved
from tcia_policy.cli.terminal import print_result, wants_color, width
from tcia_policy.cli.use_options import RulesOption
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions
from tcia_policy.errors import InputError, Mistakes
from tcia_policy.files.content import is_folder
from tcia_policy.model import Assessment
from tcia_policy.model.lock import LOCK_FILE
from tcia_policy.reports.changes.screen import render_changes
from tcia_policy.reports.changes.told import printed
from tcia_policy.reports.lines import result_json
from tcia_policy.reports.typeset.markdown import changes_as_markdown
from tcia_policy.review.compare.compare import compare

_PROJECT_FILES = (".yaml", ".yml")
_WHAT = "An assessment that `check --format json` printed (- for stdin), or a project, which is judged now."


class DiffFormat(StrEnum):
    """The form in which `diff` prints what changed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def command(
    old: Annotated[Path, typer.Argument(metavar="OLD", help=f"The earlier one. {_WHAT}")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later one: the same.")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Judge a project by the rules of this day.")
    ] = None,
    rules: RulesOption = None,
    format_: Annotated[
        DiffFormat,
        typer.Option("--format", help="Text for people, Markdown for a comment on a pull request, or JSON."),
    ] = DiffFormat.TEXT,
    redact: RedactOption = False,
) -> None:
    """Say what changed between two assessments of a study.

    The first line is the answer. Below it: verdicts, questions, duties, outputs, decisions, data items, licenses,
    references and rules that are new, gone or another, and which versions and files differ. Nothing counts by its
    order, and other words or a later day alone are no change.

    Exit code 0: nothing is worse. 1: something is worse. 2: one of them cannot be read.

    \b
    Example: tcia-policy diff saved.json examples/lung-nodules
    """
    if old == STDIN and new == STDIN:
        raise InputError("both cannot be read from stdin", field="NEW", hint="name a file for one of them")
    options = CaseOptions(house_rules=rules, as_of=parse_day(as_of))
    mistakes = Mistakes()
    read: list[Assessment] = []
    for side in (old, new):
        with mistakes.noted():
            read.append(_assessment(side, options))
    mistakes.tell()
    diff = compare(*read)
    if redact:
        diff = shared(read[1].model_copy(update={"changes": diff}), redact, read[0]).changes or diff
    match format_:
        case DiffFormat.JSON:
            print_result(result_json(printed(diff)))
        case DiffFormat.MARKDOWN:
            print_result(changes_as_markdown(diff))
        case DiffFormat.TEXT:
            print_result(render_changes(diff, width(), wants_color()))
    raise typer.Exit(diff.exits_with)


def _assessment(side: Path, options: CaseOptions) -> Assessment:
    """Return the assessment that is saved in a file, or that of a project as it is now."""
    if is_folder(side) or side.suffix.lower() in _PROJECT_FILES:
        return assess(Case.open(side, options))
    if side.name == LOCK_FILE:
        hint = "`check --locked` compares a study with its lock; keep what `check --format json` prints to compare all"
        raise InputError("is a lock, and no assessment", file=side, hint=hint)
    return read_saved(side)
