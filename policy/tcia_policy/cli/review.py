"""`tcia-policy review`: what is there to decide, what was decided, and how is a decision recorded?"""

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from tcia_policy.cli import review_sign, review_verify
from tcia_policy.cli.options import Format, FormatOption
from tcia_policy.cli.reviewed import Reviewed
from tcia_policy.cli.terminal import print_result, width
from tcia_policy.engine.assess import assess
from tcia_policy.reports.lines import result_json
from tcia_policy.reports.review_list import render_review_list
from tcia_policy.review.open_entries import listing

WALK = "walk"
ANSWERS = "What is there to decide, and what was decided?"


class ProjectOrCommand(TyperGroup):
    """Takes what is no name of a command as what is reviewed: `review paper/` is `review walk paper/`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the name of the command that reviews before arguments that name none."""
        return super().parse_args(ctx, args if args and args[0] in self.commands else [WALK, *args])


app = typer.Typer(
    help=f"{ANSWERS}\n\n\b\nExample: tcia-policy review examples/commercial-product",
    cls=ProjectOrCommand,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _group() -> None:
    """Keep this a group of commands, also while it has one alone."""


@app.command(WALK, hidden=True)
def review(
    reviewed: Reviewed,
    list_: Annotated[
        bool, typer.Option("--list", help="List what is open with its ids, and what was decided, and ask nothing.")
    ] = False,
    ask: Annotated[bool, typer.Option("--ask", help="Ask, even if this is no terminal.")] = False,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Walk through what is open, and record what you decide in review.yaml. Where there is no terminal, list it.

    Each open thing is shown with why it is open, who may answer, and what each choice leads to. What is added to
    review.yaml is shown before it is written.

    \b
    Example: tcia-policy review walk examples/commercial-product --list
    """
    case = reviewed.open()
    assessment = assess(case)
    asks = ask or (sys.stdin.isatty() and sys.stderr.isatty())
    if format_ is Format.JSON:
        print_result(result_json(listing(assessment)))
    elif asks and not list_:
        from tcia_policy.cli.review_walk import Walk  # noqa: PLC0415 - only where somebody is asked
        from tcia_policy.cli.review_write import ReviewFiles  # noqa: PLC0415 - as above

        Walk(reviewed, ReviewFiles.of(case)).run(case, assessment)
    else:
        print_result(render_review_list(listing(assessment), width()))


app.command("sign")(review_sign.command)
app.command("verify")(review_verify.command)
