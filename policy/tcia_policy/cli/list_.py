"""`tcia-policy list`: which datasets are there?"""

from collections.abc import Sequence
from typing import Annotated

import typer

from tcia_policy.cli.opened_registry import opened_registry
from tcia_policy.cli.options import Format, FormatOption, check_word, parse_day
from tcia_policy.cli.terminal import print_result, width
from tcia_policy.cli.use_options import RulesOption
from tcia_policy.engine.case import Library
from tcia_policy.engine.examples import load_tested_rules
from tcia_policy.engine.listing import Search, listing
from tcia_policy.engine.usable import WORDS, wanted_by
from tcia_policy.lazy import dataclass
from tcia_policy.model import DatasetKind, Purpose
from tcia_policy.registry import IndexEntry, Registry
from tcia_policy.reports.lines import result_json
from tcia_policy.reports.listing import render_listing


@dataclass(frozen=True)
class Filters:
    """What a dataset must have to be listed."""

    kind: Annotated[
        str | None, typer.Option("--kind", help="Only this kind: collection, analysis-result or idc-source.")
    ] = None
    license_: Annotated[
        str | None, typer.Option("--license", help="Only datasets for which a source states this license.")
    ] = None
    program: Annotated[str | None, typer.Option("--program", help="Only datasets of this program, such as CPTAC.")] = (
        None
    )
    usable_for: Annotated[
        list[str] | None,
        typer.Option(
            "--usable-for",
            metavar="USE",
            help=f"Only datasets that may be used so: {', '.join(Purpose)}, {', '.join(WORDS)}, or an activity. "
            "Repeatable: a purpose and activities.",
        ),
    ] = None


@dataclass(frozen=True)
class Judging:
    """The rules and the day by which `--usable-for` judges."""

    rules: RulesOption = None
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Judge by the rules of this day (YYYY-MM-DD).")
    ] = None


def command(
    filters: Filters,
    judging: Judging,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORD", help="Only datasets that have all of these words: lung CT segmentations."),
    ] = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """List the datasets of the registry, one on each line. Name, kind, program, DOI, and the licenses stated for it.

    Words are looked for in names, titles, programs, DOIs, parts, and types of data and files. With --usable-for, each
    dataset is judged as `check` judges a study of it alone; what cannot be judged is listed apart.

    \b
    Example: tcia-policy list lung CT --usable-for commercial
    """
    registry = opened_registry()
    wanted = None if not filters.usable_for else wanted_by(filters.usable_for)
    library = Library(registry) if wanted is None else Library(registry, load_tested_rules(judging.rules))
    search = Search(_chosen(filters, registry), tuple(words or ()), wanted, parse_day(judging.as_of))
    found = listing(search, library)
    print_result(result_json(found) if format_ is Format.JSON else render_listing(found, width()))


def _chosen(filters: Filters, registry: Registry) -> Sequence[IndexEntry]:
    """Return the datasets of a kind, license and program. Raises `InputError` for one that there is not."""
    kind, license_, program = filters.kind, filters.license_, filters.program
    check_word("kind", kind, DatasetKind)
    check_word("license", license_, registry.licenses, option="--license")
    _check_program(program, registry)
    entries: Sequence[IndexEntry] = registry.entries
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
