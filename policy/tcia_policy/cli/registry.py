"""`tcia-policy registry`: how old are the facts, and where do the sources disagree?"""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli import registry_changes
from tcia_policy.cli.completion import complete_words
from tcia_policy.cli.opened_registry import opened_registry
from tcia_policy.cli.options import Format, FormatOption, parse_day
from tcia_policy.cli.terminal import print_result, width
from tcia_policy.engine.case import default_day
from tcia_policy.errors import InputError
from tcia_policy.files.shipped import named_registry
from tcia_policy.lazy import dataclass
from tcia_policy.registry.conflicts import conflicts_in, told
from tcia_policy.registry.conflicts_for import Addressee, for_archive
from tcia_policy.registry.location import own_root
from tcia_policy.registry.status import status_of
from tcia_policy.reports.lines import result_json
from tcia_policy.reports.registry import render_conflicts, render_status

SOURCES = ("tcia", "datacite", "nbia", "idc")

app = typer.Typer(
    help="How old are the facts, and what do the sources say now?\n\n\b\nExample: tcia-policy registry status",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command("status")
def status(
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day on which ages are counted (YYYY-MM-DD).")
    ] = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Say which registry is used and how old its sources are. Checks the index of series, too.

    \b
    Example: tcia-policy registry status
    """
    found = status_of(opened_registry(), parse_day(as_of) or default_day())
    print_result(result_json(found) if format_ is Format.JSON else render_status(found))


@dataclass(frozen=True)
class HowUpdated:
    """Which sources are asked, where, and whether anything is written."""

    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="SOURCE",
            autocompletion=complete_words(SOURCES),
            help=f"Ask this source alone: {', '.join(SOURCES)}. Repeatable.",
        ),
    ] = None
    from_dir: Annotated[
        Path | None,
        typer.Option("--from-dir", metavar="DIR", help="Read the answers in this folder, and ask nobody."),
    ] = None
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")] = False
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day that the answers are of (YYYY-MM-DD).")
    ] = None


@app.command("update")
def update(how: HowUpdated, format_: FormatOption = Format.TEXT) -> None:
    """Ask the sources what they say now, and keep it.

    All commands use your registry from then on. What a source said before is kept as history. The new registry is read
    whole before it takes the place of the one before, in one step. A source that fails leaves its facts as they were;
    the others are taken over. This is the only command that asks anybody over the network; nothing of yours is sent.

    Your registry is in the folder for your data, or in that of --registry.

    Exit code 0: every source was asked and is in it. 1: a source failed. 2: nothing could be written, or an option is
    wrong.

    \b
    Example: tcia-policy registry update --dry-run
    """
    from tcia_policy.importers import update as updates  # noqa: PLC0415 - only this command writes a registry
    from tcia_policy.reports.registry_update import render_update  # noqa: PLC0415

    made_on = _day_of_update(how.as_of)
    root = named_registry() or own_root()
    if root is None:
        raise InputError("this system has no folder for your data", hint="name one with --registry")
    if how.from_dir is None:
        known, ask = updates.asked_online(), updates.online(made_on)
    else:
        known, ask = updates.sources_in(how.from_dir), updates.in_folder(how.from_dir)
    wanted = updates.Wanted(root, made_on, updates.sources_named(how.only or (), known), ask, how.dry_run)
    found = updates.update(wanted)
    text = format_ is Format.TEXT
    print_result(render_update(found.result, found.registered, width()) if text else result_json(found.result))
    raise typer.Exit(found.result.exit_code)


def _day_of_update(stated: str | None) -> date:
    today = default_day()
    day = parse_day(stated) or today
    if day > today:
        hint = "what the sources say later would count as older than that"
        raise InputError(f"{day} is after today, {today}", field="--as-of", hint=hint)
    return day


@app.command("verify")
def verify(
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day after which days are in the future.")
    ] = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Look whether the facts can be right, all of them.

    Digests, DOIs, licenses, sources, days, names that are of two datasets, origins that go in a circle, notices without
    a source or a day, and the facts that people wrote by hand. Looks at the registry that is used, or that of
    --registry.

    Exit code 0: nothing is wrong. 1: something is; each mistake is told with file, field and what would be right.

    \b
    Example: tcia-policy registry verify
    """
    from tcia_policy.importers.verify import whole  # noqa: PLC0415 - only this command reads all files
    from tcia_policy.reports.registry_verified import render_verified  # noqa: PLC0415

    named = named_registry()
    data = opened_registry().located.data if named is None else whole.folder_in_force(named)
    found = whole.verified(data, parse_day(as_of) or default_day())
    print_result(result_json(found) if format_ is Format.JSON else render_verified(found, width()))
    raise typer.Exit(found.exit_code)


@app.command("conflicts")
def conflicts(
    all_: Annotated[
        bool, typer.Option("--all", help="Also differences that are history, or a matter of which part is meant.")
    ] = False,
    for_: Annotated[
        Addressee | None, typer.Option("--for", help="A report in Markdown that is ready to be sent to this archive.")
    ] = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """List where the sources disagree on a license today. Shows each such part with what each source states.

    \b
    Example: tcia-policy registry conflicts --for tcia
    """
    registry = opened_registry()
    datasets = (registry.get(entry.id) for entry in registry.entries)
    differences = list(conflicts_in(datasets, registry.registered))
    found = [item for item in differences if all_ or item.is_open]
    if for_ is not None:
        from tcia_policy.reports.archive_report import archive_report  # noqa: PLC0415 - only where it is asked for

        concerned = for_archive(for_, differences)
        found = list(concerned.conflicts)
        if format_ is Format.TEXT:
            print_result(archive_report(concerned, registry))
            return
    if format_ is Format.JSON:
        print_result(result_json(told(found, len(differences) - len(found))))
        return
    print_result(render_conflicts(found, len(differences) - len(found), registry.licenses, registry.sources))


app.command("diff")(registry_changes.diff)
app.command("changes")(registry_changes.changes)
app.command("watch")(registry_changes.watch)
