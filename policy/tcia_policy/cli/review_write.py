"""Decisions written to `review.yaml`: shown as a diff, and asked about before anything is written."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from tcia_policy.cli.terminal import for_terminal, print_result, remark
from tcia_policy.engine.case import Case
from tcia_policy.errors import InputError
from tcia_policy.files.atomic import replace_file
from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment
from tcia_policy.model.decision import Decision
from tcia_policy.model.decision_kinds import PRIVATE_FILE, REVIEW_FILE, DecisionStatus
from tcia_policy.references.bib_merge import diff
from tcia_policy.review.filled import Made
from tcia_policy.review.private_reasons import OWNER_ONLY, private_reasons_in, with_private_reasons
from tcia_policy.review.write_review import bases_of, reviewed_in, with_decisions, would_be_read
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


@dataclass(frozen=True)
class Writing:
    """The files that decisions go to, and the case that they are about, as it was read and judged."""

    files: ReviewFiles
    case: Case
    assessment: Assessment

    def those_that_count(self, decisions: Sequence[Made]) -> tuple[tuple[Made, ...], tuple[str, ...]]:
        """Return the decisions that would count in the file, and of each other one why it would count for nothing."""
        if not decisions:
            return (), ()
        before, _ = reviewed_in(self.files.review)
        after = with_decisions(before, _decisions(decisions), self._bases(decisions), self.files.review)
        read = would_be_read(after, self.files.review, self.case)
        counting, idle = [], []
        for each in decisions:
            found = read[each.decision.name]
            if found.status is DecisionStatus.COUNTS or found.counts_for:
                counting.append(each)
            else:
                why = "; ".join(filter(None, (found.why, found.right)))
                idle.append(f"{found.decision.name} would count for nothing ({found.status.value}): {why}")
        return tuple(counting), tuple(idle)

    def write(self, decisions: Sequence[Made], *, yes: bool) -> bool:
        """Print what is added as a diff, ask, and write it. Return whether it was written.

        A reason that is not shared is written to its own file, which nobody else may read, and is in no diff. Raise
        `InputError`, with nothing written, where a file cannot be added to.
        """
        new, path, bases = _decisions(decisions), self.files.review, self._bases(decisions)
        before, _ = reviewed_in(path)
        after = with_decisions(before, new, bases, path)
        reasons = {each.decision.name: each.private_reason for each in decisions if each.private_reason is not None}
        shown = with_decisions(before, new, {}, path)
        print_result(for_terminal(diff(before or b"", shown, neutral(str(path)))))
        remark(f"below them, `bases` gets the {sum(map(len, bases.values()))} lines on which this is decided")
        if reasons:
            remark(f"{PRIVATE_FILE} gets the reason of {', '.join(reasons)}")
        if not yes and not confirmed("Write it?"):
            remark("nothing is written")
            return False
        if reasons:
            _write_private(reasons, self.files.private)
        replace_file(path, after, before)
        remark(f"wrote {path}")
        return True

    def _bases(self, decisions: Sequence[Made]) -> dict[str, tuple[str, ...]]:
        return bases_of(_decisions(decisions), self.assessment)


def _decisions(decisions: Sequence[Made]) -> list[Decision]:
    return [each.decision for each in decisions]


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
