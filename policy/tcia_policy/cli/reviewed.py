"""The project that the commands of `review` work on."""

import os
from typing import Annotated

import typer

from tcia_policy.cli.groups import complete_commands
from tcia_policy.cli.options import CaseArguments, JudgedArguments
from tcia_policy.cli.terminal import remark
from tcia_policy.cli.use_options import RulesOption
from tcia_policy.engine.case import Case
from tcia_policy.engine.decisions.standing import WHO_MAY
from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass

A_PROJECT = "name a project file, or the folder that has it; `tcia-policy init DATA` writes one"


@dataclass(frozen=True)
class Reviewed:
    """The project that is reviewed, as `check` judges it: a decision is on what it says, and on nothing supposed."""

    project: Annotated[
        str | None,
        typer.Argument(
            metavar="PROJECT",
            autocompletion=complete_commands,
            help="A project file, or a folder with a tcia-policy.yaml. The default is that of this folder, or of the "
            "nearest one above it.",
        ),
    ] = None
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Review as on this day (YYYY-MM-DD).")
    ] = None
    rules: RulesOption = None

    def open(self) -> Case:
        """Return the case. Raise `InputError` as `CaseArguments.open` does, and for what is no project."""
        named = None if self.project is None else [self.project]
        if self.project is not None and not os.path.lexists(self.project):
            raise InputError("no such file or folder", file=self.project, hint=A_PROJECT)
        case = CaseArguments(as_of=self.as_of, rules=self.rules).open(JudgedArguments(named))
        if case.project_file is None:
            raise InputError("is no project", file=self.project, hint=A_PROJECT)
        return case


def remark_if_nobody_may(case: Case) -> None:
    """Print to stderr that no decision counts, where the project does not say who wrote it and who may decide."""
    if not (case.project.authors and case.project.reviewers):
        remark(f"nobody may decide on this project yet; {WHO_MAY}")
