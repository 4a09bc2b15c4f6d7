"""`tcia-policy list`: which datasets are there?"""

import json
from enum import StrEnum
from typing import Annotated

import typer

from tcia_policy.errors import InputError


class Format(StrEnum):
    """How the datasets are printed."""

    TEXT = "text"
    JSON = "json"


def command(
    kind: Annotated[str | None, typer.Option("--kind", help="Only collection, analysis-result or idc-source.")] = None,
    license_: Annotated[str | None, typer.Option("--license", help="Only where a source states this licence.")] = None,
    program: Annotated[str | None, typer.Option("--program", help="Only of this program, such as CPTAC.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="Text, or JSON.")] = Format.TEXT,
) -> None:
    """Every dataset of the registry, one a line: name, kind, program, licences that any source states, DOI.

    Example: tcia-policy list --license CC-BY-NC-4.0
    """
    from tcia_policy.cli.terminal import print_result
    from tcia_policy.model import DatasetKind
    from tcia_policy.registry import Registry

    registry = Registry.load()
    if kind is not None and kind not in set(DatasetKind):
        raise InputError(f"unknown kind {kind!r}", field="--kind", hint=f"one of {', '.join(DatasetKind)}")
    if license_ is not None and license_ not in registry.licenses:
        raise InputError(
            f"unknown licence {license_!r}", field="--license", hint=f"one of {', '.join(registry.licenses)}"
        )
    entries = [
        entry
        for entry in registry.entries
        if (kind is None or entry.kind == kind)
        and (license_ is None or license_ in entry.licenses)
        and (program is None or (entry.program or "").casefold() == program.casefold())
    ]
    if format_ is Format.JSON:
        print_result(json.dumps([entry._asdict() for entry in entries], indent=2, ensure_ascii=False))
        return
    names = max((len(entry.id) for entry in entries), default=0)
    for entry in entries:
        print_result(
            f"{entry.id:<{min(names, 40)}}  {entry.kind:<15}  {entry.program or '-':<12}  {', '.join(entry.licenses)}"
        )
