"""`tcia-policy list`: which datasets are there?"""

import json
from collections.abc import Sequence
from typing import Annotated

import typer

from tcia_policy.cli.options import Format, FormatOption, check_word
from tcia_policy.cli.terminal import print_result
from tcia_policy.model import DatasetKind
from tcia_policy.registry import IndexEntry, Registry
from tcia_policy.reports.registry import render_entries


def command(
    kind: Annotated[
        str | None, typer.Option("--kind", help="Only this kind: collection, analysis-result or idc-source.")
    ] = None,
    license_: Annotated[
        str | None, typer.Option("--license", help="Only datasets for which a source states this license.")
    ] = None,
    program: Annotated[
        str | None, typer.Option("--program", help="Only datasets of this program, such as CPTAC.")
    ] = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """List the datasets of the registry, one on each line. Name, kind, program, DOI, and the licenses stated for it.

    \b
    Example: tcia-policy list --license CC-BY-NC-4.0
    """
    registry = Registry.load()
    check_word("kind", kind, DatasetKind)
    check_word("license", license_, registry.licenses, option="--license")
    _check_program(program, registry)
    entries = _chosen(registry.entries, kind, license_, program)
    if format_ is Format.JSON:
        print_result(json.dumps([entry._asdict() for entry in entries], indent=2, ensure_ascii=False))
    elif entries:
        print_result(render_entries(entries))


def _chosen(
    entries: Sequence[IndexEntry], kind: str | None, license_: str | None, program: str | None
) -> Sequence[IndexEntry]:
    if kind is not None:
        entries = [entry for entry in entries if entry.kind == kind]
    if license_ is not None:
        entries = [entry for entry in entries if license_ in entry.licenses]
    if program is not None:
        entries = [entry for entry in entries if (entry.program or "").casefold() == program.casefold()]
    return entries


def _check_program(program: str | None, registry: Registry) -> None:
    programs = {entry.program.casefold(): entry.program for entry in registry.entries if entry.program}
    check_word("program", program and programs.get(program.casefold(), program), sorted(programs.values()))
