"""Decisions written to `review.yaml`: shown as a diff, and asked about before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from tcia_policy.cli.terminal import for_terminal, print_result, remark
from tcia_policy.engine.case import Case
from tcia_policy.errors import InputError
from tcia_policy.files.atomic import replace_file
from tcia_policy.model import Assessment
from tcia_policy.model.decision import PRIVATE_FILE, REVIEW_FILE
from tcia_policy.references.bib_merge import diff
from tcia_policy.review.filled import Made
from tcia_policy.review.private_reasons import OWNER_ONLY, private_reasons_in, with_private_reasons
from tcia_policy.review.write_review import bases_of, reviewed_in, with_decisions
from tcia_policy.text.sanitize import neutral


@dataclass(frozen=True)
class ReviewFiles:
    """The two files beside a project file: the decisions, and the reasons that are not shared."""

    review: Path
    private: Path

    @classmethod
    def of(cls, case: Case) -> "ReviewFiles":
        """Return those of a case. Raise `InputError` where there is no project file that they stand beside."""
        if case.project_file is None:
            raise InputError("needs a project file", field="PROJECT", hint="write one with `tcia-policy init`")
        return cls(case.folder / REVIEW_FILE, case.folder / PRIVATE_FILE)

    def names(self) -> set[str]:
        """Return the names of the decisions that the file has. Raise `InputError` where it cannot be read."""
        return {each.name for each in reviewed_in(self.review)[1].decisions}


def write(decisions: Sequence[Made], assessment: Assessment, files: ReviewFiles, *, yes: bool) -> bool:
    """Print what is added as a diff, ask, and write it. Return whether it was written.

    A reason that is not shared is written to its own file, which nobody else may read, and is in no diff. Raise
    `InputError`, with nothing written, where a file cannot be added to.
    """
    new = [each.decision for each in decisions]
    before, _ = reviewed_in(files.review)
    bases = bases_of(new, assessment)
    after = with_decisions(before, new, bases, files.review)
    reasons = {each.decision.name: each.private_reason for each in decisions if each.private_reason is not None}
    shown = with_decisions(before, new, {}, files.review)
    print_result(for_terminal(diff(before or b"", shown, neutral(str(files.review)))))
    remark(f"below them, `bases` gets the {sum(map(len, bases.values()))} lines on which this is decided")
    if reasons:
        remark(f"{PRIVATE_FILE} gets the reason of {', '.join(reasons)}")
    if not yes and not confirmed("Write it?"):
        remark("nothing is written")
        return False
    if reasons:
        _write_private(reasons, files.private)
    replace_file(files.review, after, before)
    remark(f"wrote {files.review}")
    return True


def _write_private(reasons: Mapping[str, str], path: Path) -> None:
    before, _ = private_reasons_in(path)
    replace_file(path, with_private_reasons(before, reasons, path), before, mode=OWNER_ONLY)
    remark(f"wrote {path}; keep it out of version control: add {PRIVATE_FILE} to .gitignore")


def confirmed(question: str) -> bool:
    """Return whether the user says yes; an empty answer is a no. Raise `typer.Abort` where nobody answers."""
    while True:
        answer = prompted(f"{question} [y/N]").casefold()
        if answer in ("y", "yes"):
            return True
        if answer in ("", "n", "no"):
            return False


def prompted(question: str, default: str = "") -> str:
    """Return what the user types, without blanks around it; `default` for nothing. Raise `typer.Abort` at the end.

    The question goes to stderr, and stdin need be no terminal.
    """
    suffix = f" [{default}]" if default else ""
    typer.echo(f"{neutral(question)}{neutral(suffix)}: ", err=True, nl=False)
    try:
        return input().strip() or default
    except (EOFError, KeyboardInterrupt):
        typer.echo("", err=True)
        raise typer.Abort from None
