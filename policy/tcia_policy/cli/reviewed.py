"""The project that the commands of `review` work on."""

from dataclasses import dataclass
from typing import Annotated

import typer

from tcia_policy.cli.options import CaseArguments, JudgedArguments, RulesOption
from tcia_policy.engine.case import Case


@dataclass(frozen=True)
class Reviewed:
    """The project that is reviewed, as `check` judges it: a decision is on what it says, and on nothing supposed."""

    project: Annotated[
        str | None,
        typer.Argument(
            metavar="PROJECT",
            help="A project file, or a folder with a tcia-policy.yaml. The default is that of this folder, or of the "
            "nearest one above it.",
        ),
    ] = None
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Review as on this day (YYYY-MM-DD).")
    ] = None
    rules: RulesOption = None

    def open(self) -> Case:
        """Return the case. Raise `InputError` as `CaseArguments.open` does."""
        named = None if self.project is None else [self.project]
        return CaseArguments(as_of=self.as_of, rules=self.rules).open(JudgedArguments(named))
