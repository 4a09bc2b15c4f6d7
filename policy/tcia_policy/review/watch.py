"""Whether what the registry says of a study's data changed: since its lock was made, since a day, or an update before.

Only what is on record now is compared with what was on record then; nothing is judged again (`check --locked` does).
"""

from collections.abc import Iterable, Iterator
from datetime import date

from tcia_policy.errors import InputError
from tcia_policy.files.shipped import shipped
from tcia_policy.lazy import dataclass
from tcia_policy.model import Access, RegistryPlace
from tcia_policy.model.lock import Lock, LockedDataset
from tcia_policy.registry import Registry
from tcia_policy.registry.changes import Change, OnDataset, history_of, in_short, of_facts
from tcia_policy.registry.standing_facts import OR, THERE, Fact, FactKind, Key
from tcia_policy.registry.watched import WATCHED, PartsUsed, StudyWatched, watched

EXIT_CHANGED = 1
NEWER = "`tcia-policy registry update` makes a newer one"
RENEW = "write it again with `tcia-policy lock --update`"


@dataclass(frozen=True)
class Used:
    """The data of a study: the parts of the registry's datasets, and the names of all other data items."""

    parts: PartsUsed
    others: tuple[str, ...] = ()


def used_of_lock(lock: Lock, registry: Registry) -> Used:
    """Return the data that a lock is of; of one without facts on datasets, all parts of the datasets that it names."""
    parts = {each.id: frozenset(key.part for key in _facts_in(each) if key.part is not None) for each in lock.datasets}
    known = {entry.id for entry in registry.entries}
    for item in () if lock.datasets else lock.items:
        if item.dataset is not None:
            has = registry.get(item.dataset).distributions if item.dataset in known else ()
            parts[item.dataset] = frozenset(part.id for part in has)
    return Used(parts, tuple(dict.fromkeys(item.name for item in lock.items if item.dataset is None)))


def since_lock(lock: Lock, used: Used, registry: Registry) -> StudyWatched:
    """Return what changed since a lock was made; data that it does not have are compared since its day.

    Raise `InputError` where it was made with a newer registry than this, or has facts that are none.
    """
    then = lock.versions.get("registry", "")
    if then > registry.version:
        what = f"was made with the registry of {then}, and this one is of {registry.version}"
        raise InputError(what, hint=NEWER)
    known = {each.id for each in lock.datasets}
    changes = [change for each in lock.datasets for change in _since_locked(each, registry)]
    rest = {id_: parts for id_, parts in used.parts.items() if id_ not in known}
    since = _day(then) or lock.as_of
    changes += _by_history(rest, registry, since)
    names = f"the lock of {lock.as_of}"
    if rest:
        names += f", and for {len(rest)} of the datasets, which it has no facts of, what is on record since {since}"
    found = _result(changes, Used({**used_of_lock(lock, registry).parts, **rest}, used.others), registry, names)
    return found.model_copy(update={"is_same_registry": lock.digests.get("registry") == registry.digest})


def since_day(day: date, used: Used, registry: Registry) -> StudyWatched:
    """Return what changed since a day (that day included), by the history that the registry has.

    Raise `InputError` for a day after that of the registry: nobody knows what changed since.
    """
    if day.isoformat() > registry.version:
        what = f"the registry is of {registry.version}: what changed since {day} is not known"
        raise InputError(what, field="--since", hint=NEWER)
    found = _result(_by_history(used.parts, registry, day), used, registry, f"what was on record before {day}")
    return found.model_copy(update={"since": day})


def since_update(used: Used, registry: Registry) -> StudyWatched:
    """Return what changed since the update of the registry before. Raise `InputError` where there was none."""
    before, name = registry_before(registry)
    changes: list[Change] = []
    had = _ids(before)
    for id_, parts in used.parts.items():
        dataset = registry.get(id_)
        old = watched(before.get(id_), parts, before.registered) if id_ in had else {}
        changes += of_facts(OnDataset(dataset, registry.registered), old, watched(dataset, parts, registry.registered))
    return _result(changes, used, registry, name)


def registry_before(registry: Registry) -> tuple[Registry, str]:
    """Return the registry that an update replaced by this one, and what it is called.

    Raise `InputError` where this one was made by no update, or the one before is not there any more.
    """
    generation = registry.located.generation
    hint = "name a day with --since, or write a lock of the study with `tcia-policy lock`"
    if generation is None:
        what = "came with the program" if registry.located.place is RegistryPlace.SHIPPED else "was made by no update"
        raise InputError(f"there is nothing to compare with: the registry that is used {what}", hint=hint)
    if generation.seal.before is None:
        before = Registry.load(shipped("data"))
        return before, f"the registry of {before.version} that came with the program"
    folder = generation.folder.parent / generation.seal.before
    if not folder.is_dir():
        raise InputError("the registry before the last update is not there any more", file=folder, hint=hint)
    before = Registry.load(folder)
    return before, f"the registry of {before.version}, before the last update"


def _since_locked(locked: LockedDataset, registry: Registry) -> tuple[Change, ...]:
    """Return what changed in a dataset since it was locked."""
    before = _facts_in(locked)
    if locked.id not in _ids(registry):
        return (_gone(locked.id),)
    dataset = registry.get(locked.id)
    parts = {key.part for key in before if key.part is not None}
    now = watched(dataset, parts, registry.registered)
    return of_facts(OnDataset(dataset, registry.registered), before, now)


def _facts_in(locked: LockedDataset) -> dict[Key, Fact]:
    """Return the facts on a dataset that a lock has. Raise `InputError` for a name of a fact that is none."""
    try:
        return {Key.parse(name): _as_fact(says) for name, says in locked.facts.items()}
    except ValueError:
        raise InputError(f"has facts on {locked.id!r} that are none", field="datasets", hint=RENEW) from None


def _as_fact(says: str) -> Fact:
    access = next((each for each in Access if each.value == says), None)
    return Fact(says, licenses=tuple(says.split(OR)), access=access)


def _by_history(parts: PartsUsed, registry: Registry, since: date) -> Iterator[Change]:
    """Yield what changed in these parts by the history that the registry has of them.

    What came on record for the first time since is told as well: nobody knows what it was before.
    """
    ids = _ids(registry)
    for id_, used in parts.items():
        if id_ not in ids:
            yield _gone(id_)
            continue
        for change in history_of(registry.get(id_), registry.registered, since, firsts=True):
            named = tuple(part for part in change.parts if part.id in used)
            if change.kind in WATCHED and (named or not change.parts):
                yield change.model_copy(update={"parts": named})


def _gone(id_: str) -> Change:
    return Change(dataset=id_, kind=FactKind.PRESENCE, before=THERE)


def _ids(registry: Registry) -> frozenset[str]:
    return frozenset(entry.id for entry in registry.entries)


def _result(changes: Iterable[Change], used: Used, registry: Registry, compared_with: str) -> StudyWatched:
    found = tuple(changes)
    said = f"changed in {in_short(found)}" if found else "nothing changed"
    return StudyWatched(
        summary=f"The data of this study, against {compared_with}: {said}",
        exit_code=EXIT_CHANGED if found else 0,
        registry=registry.version,
        compared_with=compared_with,
        changes=found,
        datasets=tuple(used.parts),
        unwatched=used.others,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
