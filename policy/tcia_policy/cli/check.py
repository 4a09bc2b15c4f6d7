"""`tcia-policy check`: may we use these data as planned, and what do we owe?"""

from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.completion import complete_words
from tcia_policy.cli.gate import FailOnOption, exit_on, fail_on_words, gated
from tcia_policy.cli.options import CaseArguments, JudgedArguments
from tcia_policy.cli.redaction import RedactOption, shared
from tcia_policy.cli.terminal import print_result, remark, wants_color, width
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.engine.fail_on import EXIT_FAILED
from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment
from tcia_policy.model.gate import NEVER
from tcia_policy.reports.detail import Detail
from tcia_policy.reports.formats import CHECKED, TEXT, Format, Screen, checked_format, formats_in_help


@dataclass(frozen=True)
class HowShown:
    """The form in which the answer is printed, and how much of it."""

    format_: Annotated[
        Format | None,
        typer.Option(
            "--format",
            parser=checked_format,
            autocompletion=complete_words([each.name for each in CHECKED]),
            metavar=f"[{'|'.join(each.name for each in CHECKED)}]",
            help=f"The default is text. {formats_in_help()}.",
        ),
    ] = None
    verbose: Annotated[
        int,
        typer.Option(
            "--verbose",
            "-v",
            count=True,
            metavar="",
            show_default=False,
            help="Add duties with their texts, notices, grants and sources; -vv: findings, claims and digests, too.",
        ),
    ] = 0
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the first line alone.")] = False
    redact: RedactOption = False

    @property
    def detail(self) -> Detail:
        """Return how much is told. Raise `InputError` for both more and less."""
        if self.quiet and self.verbose:
            raise InputError("-q and -v exclude each other", field="--quiet", hint="leave one of them out")
        return Detail.FIRST_LINE if self.quiet else Detail(min(self.verbose, Detail.ALL))


@dataclass(frozen=True)
class HowFixed:
    """Whether what is missing is written into the release."""

    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="Write into the folder of --release what it lacks: keys of its card, references, NOTICE and "
            "ATTRIBUTION.md. A diff comes first; nothing of yours is replaced.",
        ),
    ] = False
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --fix: print the diff and write nothing.")] = False

    def check(self, form: Format | None) -> None:
        """Raise `InputError` where the options do not go together."""
        if self.dry_run and not self.fix:
            raise InputError("belongs to --fix", field="--dry-run", hint="add --fix, or leave it out")
        if self.fix and (form or TEXT) is not TEXT:
            raise InputError("prints a diff before the answer, as text", field="--fix", hint="leave --format out")


@dataclass(frozen=True)
class HowCompared:
    """Whether what is there is compared with the lock."""

    locked: Annotated[
        bool,
        typer.Option("--locked", help="Fail where anything moved since `tcia-policy lock`, and say what, on stderr."),
    ] = False

    def moved(self, opened: Case, assessment: Assessment) -> bool:
        """Tell what moved since the lock, and return whether anything did. Raise `InputError` without a lock."""
        if not self.locked:
            return False
        from tcia_policy.cli.lock import tell_moves  # noqa: PLC0415 - 5 ms, for those who ask

        return tell_moves(opened, assessment)


def command(
    judged: JudgedArguments,
    case: CaseArguments,
    how: HowShown,
    fixed: HowFixed,
    compared: HowCompared,
    fail_on: FailOnOption = None,
) -> None:
    """Judge a project. May we use these data as planned, and what do we owe in return?

    The first line is the answer. Below it: what may be done with which data; what blocks; what is open, with what each
    answer leads to; and what is to do, at its place in a file or with the command that does it.

    Exit code 0: clear; all duties are met or unverified. 1: something is prohibited, or a duty is open. 3: nothing is
    prohibited or open, but something is undetermined. 2: the input cannot be read, or it names something unknown.
    --fail-on, or a gate in the project, chooses what stops.

    A manuscript (LaTeX, Markdown, a notebook, Word, PDF, text, or a folder or zip of these) is evidence: check reads
    what it cites and prints. Without a project file, the data are those that the manuscript cites or names.

    A release (a folder with a card, a LICENSE file, metadata) is judged as it stands: what its files say of license and
    data is compared with the terms of the data and with the project. Without a project file, the study is what they
    say.

    With --locked, what is there is compared with tcia-policy.lock: exit code 1 where anything moved.

    What reviewers decided in review.yaml beside the project file counts: a license, a position or an answer that they
    settled is judged with, and what they accepted no longer stops the check. Each decision that counts for nothing says
    why.

    The JSON format has the whole assessment.

    \b
    Example: tcia-policy check examples/lung-nodules
    """
    detail, words = how.detail, fail_on_words(fail_on)
    fixed.check(how.format_)
    opened = case.open(judged)
    assessment = gated(assess(opened), words)
    if fixed.fix:
        from tcia_policy.cli.release_fix import (  # noqa: PLC0415 - 0.1 s, for notices that few checks write
            fix_cards,
            ship_notices,
        )

        base = Path() if case.names_release else opened.folder
        if fix_cards(assessment, base, dry_run=fixed.dry_run):  # the notices say what is left
            opened = case.open(judged)
            assessment = gated(assess(opened), words)
        if ship_notices(assessment, base, dry_run=fixed.dry_run):
            opened = case.open(judged)
            assessment = gated(assess(opened), words)
    moved = compared.moved(opened, assessment)
    form = how.format_ or TEXT
    standpoint = case.standpoint(opened.folder, from_root=form.for_repositories)
    screen = Screen(width(), wants_color(), detail, standpoint)
    print_result(form.printed(shared(assessment, how.redact), screen))
    if moved and NEVER not in (words or ()):
        remark(f"exit {EXIT_FAILED}, because of --locked")
        raise typer.Exit(EXIT_FAILED)
    exit_on(assessment, assessment.exit_code, is_told=form is TEXT and detail is not Detail.FIRST_LINE)
