"""`tcia-policy bundle`: all that a reviewed study leaves, in one file."""

from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli import bundle_verify
from tcia_policy.cli.documents import OverwriteOption
from tcia_policy.cli.groups import UsualCommand, project_or_command
from tcia_policy.cli.redaction import RedactOption
from tcia_policy.cli.reviewed import Reviewed
from tcia_policy.cli.terminal import remark
from tcia_policy.errors import InputError
from tcia_policy.files.atomic import write_new_file
from tcia_policy.review.bundle import bundle, redacted_bundle
from tcia_policy.review.lock import lock_path
from tcia_policy.review.manifest import assessed
from tcia_policy.review.redact import redacted

MAKE = "make"
ANSWERS = "What do I keep, or hand over, of a study that was reviewed?"

app = typer.Typer(
    help=f"{ANSWERS}\n\n\b\nExample: tcia-policy bundle examples/commercial-product -o bundle.zip",
    cls=project_or_command(MAKE),
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _group() -> None:
    """Keep this a group of commands."""


@app.command(MAKE, cls=UsualCommand, hidden=True)
def make(
    reviewed: Reviewed,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.zip", help="The file to write.")],
    redact: RedactOption = False,
    overwrite: OverwriteOption = False,
) -> None:
    """Write report, lock, project file, decisions, signatures and documents into one zip, which is a BagIt bag.

    `bundle verify` checks it later, with nothing but the zip. The same study gives the same bytes.

    With --redact, it has the reports alone, without names and reasons. Reasons in review.private.yaml are never in it.

    \b
    Example: tcia-policy bundle examples/commercial-product -o bundle.zip
    """
    if output.suffix.lower() != ".zip":
        raise InputError("a bundle is a zip", file=output, field="-o", hint="name a file that ends in .zip")
    case = reviewed.open()
    lock_path(case)
    assessment = assessed(case)
    content = redacted_bundle(redacted(assessment)) if redact else bundle(case, assessment)
    write_new_file(output, content, overwrite=overwrite, keep=case.inputs)
    remark(f"wrote {output}")


app.command("verify", short_help="Is a bundle whole, and do its parts fit together?")(bundle_verify.command)
