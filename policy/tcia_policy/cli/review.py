"""`tcia-policy review`: what is there to decide, what was decided, and how is a decision recorded?"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli import review_sign, review_verify
from tcia_policy.cli.groups import UsualCommand, project_or_command
from tcia_policy.cli.options import Format, FormatOption
from tcia_policy.cli.reviewed import Reviewed, remark_if_nobody_may
from tcia_policy.cli.terminal import print_result, width
from tcia_policy.engine.assess import assess
from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.reports.lines import result_json
from tcia_policy.reports.review_list import render_review_list
from tcia_policy.review.open_entries import listing

WALK = "walk"
ANSWERS = "What is there to decide, and what was decided?"


app = typer.Typer(
    help=f"{ANSWERS}\n\n\b\nExample: tcia-policy review examples/commercial-product",
    cls=project_or_command(WALK),
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _group() -> None:
    """Keep this a group of commands, also while it has one alone."""


@dataclass(frozen=True)
class Forms:
    """The form for those who use no terminal: written, or read back."""

    form: Annotated[
        Path | None,
        typer.Option(
            "--form", metavar="FILE", help="Write a form to fill in: form.docx for Word, form.html for a browser."
        ),
    ] = None
    import_: Annotated[
        Path | None,
        typer.Option(
            "--import",
            metavar="FILE",
            help="Read a form that was filled in (.docx, .html, or review-answers.json), show what was understood, and "
            "ask before it is written.",
        ),
    ] = None
    yes: Annotated[bool, typer.Option("--yes", help="With --import: write what was understood, and do not ask.")] = (
        False
    )
    overwrite: Annotated[bool, typer.Option("--overwrite", help="With --form: replace what is there.")] = False

    def check(self, list_: bool, supersede: bool, form: Format) -> None:
        """Raise `InputError` where the options do not go together."""
        if self.yes and self.import_ is None:
            raise InputError("belongs to --import", field="--yes", hint="add --import FILE, or leave it out")
        if self.overwrite and self.form is None:
            raise InputError("belongs to --form", field="--overwrite", hint="add --form FILE, or leave it out")
        given = {"--form": self.form, "--import": self.import_, "--list": list_, "--supersede": supersede}
        asked = [name for name, value in given.items() if value]
        if len(asked) > 1:
            raise InputError(f"{' and '.join(asked)} exclude each other", field=asked[0], hint="do one after the other")
        if form is Format.JSON and asked not in ([], ["--list"]):
            raise InputError("is for the list alone", field="--format", hint=f"leave it out with {asked[0]}")


@app.command(WALK, cls=UsualCommand, hidden=True)
def review(
    reviewed: Reviewed,
    forms: Forms,
    list_: Annotated[
        bool, typer.Option("--list", help="List what is open with its ids, and what was decided, and ask nothing.")
    ] = False,
    supersede: Annotated[
        list[str] | None,
        typer.Option("--supersede", metavar="NAME", help="Take back the decision of this name. May be repeated."),
    ] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Ask, even if this is no terminal.")] = False,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Walk through what is open, and record what you decide in review.yaml. Where there is no terminal, list it.

    Each open thing is shown with why it is open, who may answer, and what each choice leads to. What is added to
    review.yaml is shown before it is written.

    Those who use no terminal get a form: --form writes it, and --import reads it back when it is filled in.

    Exit code 0; 1 where something in a form was not understood, or nothing was written.

    \b
    Example: tcia-policy review examples/commercial-product --form form.html
    """
    forms.check(list_, bool(supersede), format_)
    case = reviewed.open()
    assessment = assess(case)
    asks = ask or (sys.stdin.isatty() and sys.stderr.isatty())
    if forms.form is not None or forms.import_ is not None:
        from tcia_policy.cli.review_forms import import_form, write_form  # noqa: PLC0415 - few reviews need a form

        if forms.form is not None:
            write_form(forms.form, assessment, case, overwrite=forms.overwrite)
        if forms.import_ is not None:
            raise typer.Exit(import_form(forms.import_, assessment, case, yes=forms.yes))
    elif supersede:
        from tcia_policy.cli.review_walk import Walk  # noqa: PLC0415 - only where somebody is asked
        from tcia_policy.cli.review_write import ReviewFiles  # noqa: PLC0415 - as above

        Walk(reviewed, ReviewFiles.of(case)).take_back(supersede, case, assessment)
    elif format_ is Format.JSON:
        remark_if_nobody_may(case)
        print_result(result_json(listing(assessment)))
    elif asks and not list_:
        from tcia_policy.cli.review_walk import Walk  # noqa: PLC0415 - only where somebody is asked
        from tcia_policy.cli.review_write import ReviewFiles  # noqa: PLC0415 - as above

        Walk(reviewed, ReviewFiles.of(case)).run(case, assessment)
    else:
        remark_if_nobody_may(case)
        print_result(render_review_list(listing(assessment), width()))


app.command("sign", short_help="How do I sign it, with my own key?")(review_sign.command)
app.command("verify", short_help="Who signed, and is it what is there now?")(review_verify.command)
