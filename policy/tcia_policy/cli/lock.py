"""`tcia-policy lock`: what this study was judged from, written down, so that it shows when anything moves."""

import os
from typing import Annotated

import typer

from tcia_policy.cli.options import CaseArguments, JudgedArguments
from tcia_policy.cli.terminal import for_terminal, print_result, remark
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.files import limits
from tcia_policy.files.atomic import read_file, replace_file, write_new_file
from tcia_policy.model import Assessment
from tcia_policy.review.lock import lock_of, lock_path, read_lock, render_lock
from tcia_policy.review.moved import moves, render_moves

UPDATE = "nothing is written; `tcia-policy lock --update` takes what is there now"


def tell_moves(opened: Case, assessment: Assessment) -> bool:
    """Say on stderr what moved since the lock of a case was made, and return whether anything did.

    Raise `InputError` where there is no lock.
    """
    moved = moves(read_lock(lock_path(opened)), lock_of(opened, assessment))
    for line in render_moves(moved).splitlines():
        remark(line)
    return bool(moved)


def command(
    judged: JudgedArguments,
    case: CaseArguments,
    update: Annotated[bool, typer.Option("--update", help="Replace the lock by one of what is there now.")] = False,
) -> None:
    """Write tcia-policy.lock beside the project file: digests of all that it was judged from, and what came out.

    `check --locked` compares it with what is there, and fails where anything moved.

    Where there is a lock already, this shows what moved since, side by side, and what that changes for the study.
    Nothing is written then without --update.

    Exit code 0: the lock is written, or nothing moved. 1: something moved, and the lock was left as it is.

    \b
    Example: tcia-policy lock examples/lung-nodules
    """
    opened = case.open(judged)
    path = lock_path(opened)
    now = lock_of(opened, assess(opened))
    if not os.path.lexists(path):
        write_new_file(path, render_lock(now), keep=opened.inputs)
        remark(f"wrote {path}")
        return
    moved = moves(read_lock(path), now)
    print_result(for_terminal(render_moves(moved)))
    if update:
        replace_file(path, render_lock(now).encode(), read_file(path, limits.LOCK))
        remark(f"wrote {path}")
    elif moved:
        remark(UPDATE)
        raise typer.Exit(1)
