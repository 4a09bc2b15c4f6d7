"""`tcia-policy registry diff`, `changes` and `watch`: what changed in the facts, and whether it concerns a study."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.opened_registry import opened_registry
from tcia_policy.cli.options import parse_day
from tcia_policy.cli.terminal import print_result, width
from tcia_policy.engine.case import resolve_study
from tcia_policy.engine.discovery import project_above
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError
from tcia_policy.files.content import is_folder
from tcia_policy.files.shipped import shipped
from tcia_policy.lazy import dataclass
from tcia_policy.model.lock import LOCK_FILE, Lock
from tcia_policy.registry import Registry
from tcia_policy.registry.changes import RegistryChanges, between, changes_since, in_short
from tcia_policy.registry.location import in_folder
from tcia_policy.registry.watched import parts_used
from tcia_policy.reports.lines import result_json
from tcia_policy.reports.registry_changes import changes_as_atom, changes_as_markdown, render_changes
from tcia_policy.review.lock import read_lock
from tcia_policy.review.watch import (
    Used,
    registry_before,
    since_day,
    since_lock,
    since_update,
    used_of_lock,
)

BUNDLED, CURRENT, BEFORE = "bundled", "current", "before"
_WHICH = (
    "A folder with a registry: one that `registry update --registry` makes, or one like data/. Or "
    f"`{BUNDLED}`, the one that came with the program; `{CURRENT}`, the one that is used; `{BEFORE}`, the one before "
    "the last update."
)


class ChangesFormat(StrEnum):
    """The form in which what changed is printed."""

    TEXT = "text"
    JSON = "json"
    MD = "md"


class FeedFormat(StrEnum):
    """The form in which `registry changes` prints what changed."""

    TEXT = "text"
    ATOM = "atom"
    JSON = "json"
    MD = "md"


ChangesFormatOption = Annotated[ChangesFormat, typer.Option("--format", help="Text for people, JSON, or Markdown.")]


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=f"The earlier registry. {_WHICH}")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later one: the same.")] = CURRENT,
    format_: ChangesFormatOption = ChangesFormat.TEXT,
) -> None:
    """Say what differs between two registries.

    Datasets and parts that came or went, licenses, access, references, contacts, notices and all other
    facts. Licenses and access are those that count, as `show` has them; what one source states otherwise is told as
    well.

    \b
    Example: tcia-policy registry diff bundled current
    """
    before, after = _registry(old, "OLD"), _registry(new, "NEW")
    found = tuple(between(before, after))
    result = RegistryChanges(
        summary=f"Registry of {after.version} against that of {before.version}: {in_short(found) or 'nothing changed'}",
        registry=after.version,
        compared_with=f"the registry of {before.version}",
        changes=found,
    )
    print_result(_in_form(result, after, FeedFormat(format_)))


def changes(
    since: Annotated[
        str, typer.Option("--since", metavar="DAY", help="The first day of the changes that are told (YYYY-MM-DD).")
    ],
    format_: Annotated[
        FeedFormat, typer.Option("--format", help="Text, an Atom feed for a reader of news, JSON, or Markdown.")
    ] = FeedFormat.TEXT,
) -> None:
    """Say what changed since a day. Each change has its day, by the history that the registry keeps.

    \b
    Example: tcia-policy registry changes --since 2026-07-01 --format atom
    """
    registry = opened_registry()
    day = parse_day(since, "--since") or date.min
    found = tuple(changes_since(registry, day))
    said = in_short(found) or "nothing changed"
    if day.isoformat() > registry.version:
        said = f"{in_short(found) or 'nothing on record'}; what TCIA changed after {registry.version} is not known"
    result = RegistryChanges(
        summary=f"Registry of {registry.version}, since {day}: {said}",
        registry=registry.version,
        compared_with=f"what was on record before {day}",
        since=day,
        changes=found,
    )
    print_result(_in_form(result, registry, format_))


def watch(
    study: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PROJECT | LOCK]",
            help="A project file or its folder, by default that of this folder, or a tcia-policy.lock.",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DAY", help="Compare with what was on record before this day, not the lock."),
    ] = None,
    format_: ChangesFormatOption = ChangesFormat.TEXT,
) -> None:
    """Fail where the terms of a study's data changed.

    These are license, access, reference, contacts and notices. For a weekly job.

    It compares what the registry says now with what it said when the lock was made. Without a lock, with the registry
    before the last update, or with what was on record before --since. Nothing is judged again: `check` does that.

    Exit code 0: nothing of that changed. 1: something did. 2: there is nothing to compare with, or it cannot be read.

    \b
    Example: tcia-policy registry watch examples/lung-nodules --since 2026-08-01
    """
    registry = opened_registry()
    day = parse_day(since, "--since")
    lock, used = _study(study, registry)
    if day is not None:
        found = since_day(day, used, registry)
    elif lock is not None:
        with _told_of(lock.path):
            found = since_lock(lock.content, used, registry)
    else:
        found = since_update(used, registry)
    print_result(_in_form(found, registry, FeedFormat(format_)))
    raise typer.Exit(found.exit_code)


def _in_form(found: RegistryChanges, registry: Registry, form: FeedFormat) -> str:
    match form:
        case FeedFormat.ATOM:
            return changes_as_atom(found, registry)
        case FeedFormat.JSON:
            return result_json(found)
        case FeedFormat.MD:
            return changes_as_markdown(found, registry)
        case FeedFormat.TEXT:
            return render_changes(found, registry, width())


def _registry(which: str, field: str) -> Registry:
    """Return the registry that an argument names. Raise `InputError` where there is none."""
    if is_folder(Path(which)):
        try:
            return Registry(in_folder(Path(which)), shipped("rules"))
        except InputError as error:
            raise (error if error.field is None else error.at(field=field)) from None
    if which == BUNDLED:
        return Registry.load(shipped("data"))
    if which == CURRENT:
        return opened_registry()
    if which == BEFORE:
        return registry_before(opened_registry())[0]
    hint = f"name a folder, or one of {BUNDLED}, {CURRENT}, {BEFORE}"
    raise InputError(f"{which!r} is no folder with a registry", field=field, hint=hint)


@contextmanager
def _told_of(lock: Path) -> Iterator[None]:
    """Name the lock in an `InputError` that names no file."""
    try:
        yield
    except InputError as error:
        raise (error if error.file is not None else error.at(file=lock)) from None


@dataclass(frozen=True)
class _LockFile:
    path: Path
    content: Lock


def _study(path: Path | None, registry: Registry) -> tuple[_LockFile | None, Used]:
    """Return the lock of a study, if there is one, and its data. Raise `InputError` for what cannot be read."""
    if path is not None and path.suffix == Path(LOCK_FILE).suffix and not is_folder(path):
        lock = read_lock(path)
        with _told_of(path):
            return _LockFile(path, lock), used_of_lock(lock, registry)
    loaded = Study.load(path or project_above(Path()) or Path())
    holdings = resolve_study(loaded, registry).holdings
    others = tuple(dict.fromkeys(each.name for each in holdings if each.dataset is None))
    known = {entry.id for entry in registry.entries}
    parts = parts_used(holdings, lambda id_: registry.get(id_) if id_ in known else None)
    beside = loaded.base / LOCK_FILE
    lock_file = _LockFile(beside, read_lock(beside)) if os.path.lexists(beside) else None
    return lock_file, Used(parts, others)
