"""`tcia-policy bundle verify`: whether a bundle is whole, checked with nothing but the zip."""

from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.options import Format, FormatOption, parse_day
from tcia_policy.cli.review_verify import KeyFiles
from tcia_policy.cli.terminal import print_result, width
from tcia_policy.engine.case import default_day
from tcia_policy.model.bundle import BundleVerified
from tcia_policy.reports.lines import Page, result_json
from tcia_policy.review.bundle_check import verify_bundle


def command(
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="A zip that `bundle` wrote.")],
    whose: KeyFiles,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day on which keys must be valid (YYYY-MM-DD).")
    ] = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Check a bundle: nothing is missing, changed or too much, and all parts fit together. Everything wrong is told.

    The reports are made again from its JSON and compared byte by byte. Lock, decisions and documents are compared with
    the assessment, signatures with what is in the bundle; with --allowed-signers or --keyring, also with keys.

    Exit code 0: the bundle is whole. 1: something is wrong.

    \b
    Example: tcia-policy bundle verify reviewed.zip
    """
    found = verify_bundle(bundle, whose.keys(parse_day(as_of) or default_day()))
    print_result(result_json(found) if format_ is Format.JSON else _render(found, width()))
    raise typer.Exit(found.exit_code)


def _render(found: BundleVerified, columns: int) -> str:
    page = Page(columns)
    lines = page.wrapped(found.summary, then="    ")
    lines += ["", *page.labeled("says", found.verdict)] if found.verdict is not None else []
    for label, texts in (("wrong", found.problems), ("not checked", found.unchecked)):
        lines += [line for text in texts for line in page.labeled(label, text)]
    for each in found.signatures:
        if each.counts:
            lines += page.labeled("signed", f"{each.signer}, {each.signed_with} key {each.key}, as {each.known_as}")
    if found.exit_code == 0 and not found.signatures:
        lines += ["", *page.wrapped("No signature was checked: anybody who can make a bundle can make this one.")]
    return "\n".join(lines) + "\n"
