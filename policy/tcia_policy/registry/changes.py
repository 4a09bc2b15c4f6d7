"""What changed in what the registry says: between two registries, or by the days that its own history has.

Facts are compared by name (`standing_facts.py`), so order, wording of the same label and later days are no change. What
a change of terms means is told by `strictness.py` alone.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from tcia_policy.lazy import dataclass
from tcia_policy.model import Dataset, FactChange
from tcia_policy.model.base import Contract, Day
from tcia_policy.model.result import Result
from tcia_policy.registry.on_record import dataset_on, days_of_labels, license_of_past
from tcia_policy.registry.registry import Registry
from tcia_policy.registry.standing import Registered
from tcia_policy.registry.standing_facts import COMPARED, THERE, Fact, FactKind, Facts, Key, facts_of, terms_of
from tcia_policy.registry.strictness import Meaning, of_access, of_licenses
from tcia_policy.text.english import count, joined

TERMS = (FactKind.LICENSE, FactKind.ACCESS)
_NOTHING_NEW_IN = (*TERMS, FactKind.STATEMENT)
_A_DAY = timedelta(days=1)
_ORDER = tuple(FactKind)
# The kinds of what `Dataset.changes` names otherwise than facts are named here
_OF_PRESENCE = ("id", "withdrawn", "distributions")
_KINDS = {
    "id": FactKind.PRESENCE,
    "withdrawn": FactKind.PRESENCE,
    "distributions": FactKind.PRESENCE,
    "citation": FactKind.CITATION,
    "creators": FactKind.CITATION,
    "contacts": FactKind.CONTACT,
    "notices": FactKind.NOTICE,
    "access": FactKind.ACCESS,
}


_COUNTED = {
    FactKind.PRESENCE: ("dataset or part that came or went", "datasets or parts that came or went"),
    FactKind.LICENSE: ("license", "licenses"),
    FactKind.ACCESS: ("change of access", "changes of access"),
    FactKind.CITATION: ("reference", "references"),
    FactKind.CONTACT: ("contact", "contacts"),
    FactKind.NOTICE: ("notice", "notices"),
    FactKind.STATEMENT: ("statement of a source", "statements of sources"),
    FactKind.OTHER: ("other fact", "other facts"),
}


class PartNamed(Contract):
    """A part by its id and title."""

    id: str
    title: str


class Change(Contract):
    """A fact that is not as it was; `parts` are those that it is on, where it is not on the whole dataset.

    `of` names what it is on more exactly: a contact, a notice, a source, a field. `before` and `after` are left out
    where there was nothing or is nothing. `meaning` is that of a change of terms. `since` is the first day on which it
    is on record as it is, `last` the last day on which it was seen as it was, both where they are known.
    """

    dataset: str
    kind: FactKind
    parts: tuple[PartNamed, ...] = ()
    of: str | None = None
    before: str | None = None
    after: str | None = None
    meaning: Meaning | None = None
    since: Day | None = None
    last: Day | None = None
    sources: tuple[str, ...] = ()


class RegistryChanges(Result):
    """What changed in a registry of the version `registry`: against another, named in words, or since a day."""

    registry: str
    compared_with: str
    since: Day | None = None
    changes: tuple[Change, ...]

    @property
    def is_of_later(self) -> bool:
        """Return whether it was asked what changed since a day after that of the registry: nobody knows all of it."""
        return self.since is not None and self.since.isoformat() > self.registry


@dataclass(frozen=True)
class OnDataset:
    """A dataset as it is, or was last if it is no longer there: what changes are told with."""

    dataset: Dataset
    registered: Registered

    def changed(self, before: Facts, after: Facts) -> tuple[Change, ...]:
        """Return what is not as it was, in the order of the facts. Parts that changed alike are one change."""
        keys = dict.fromkeys((*after, *before))
        found = (self._change(key, before.get(key), after.get(key)) for key in keys if _differ(before, after, key))
        return tuple(_alike_together(found))

    def recorded(self, change: FactChange) -> Change:
        """Return a change that an update of the registry has recorded."""
        kind = FactKind.OTHER if _says_the_same(change) else _KINDS.get(change.fact, FactKind.OTHER)
        before, after = change.before, change.after
        if change.fact in ("id", "distributions"):
            before, after = None, THERE
        elif change.fact == "withdrawn":
            before, after = (THERE, "withdrawn") if change.before is None else ("withdrawn", THERE)
        return Change(
            dataset=self.dataset.id,
            kind=kind,
            parts=self._named(change.distribution),
            of=change.fact if kind is FactKind.OTHER else None,
            before=before,
            after=after,
            since=change.day,
            sources=(change.source,),
        )

    def _change(self, key: Key, before: Fact | None, after: Fact | None) -> Change:
        return Change(
            dataset=self.dataset.id,
            kind=key.kind,
            parts=self._named(key.part),
            of=key.of,
            before=None if before is None else before.says,
            after=None if after is None else after.says,
            meaning=self._meaning(key.kind, before, after),
            since=self._since(key, before, after),
            last=self._last(key, before, after),
            sources=(after or before or Fact("")).sources,
        )

    def _meaning(self, kind: FactKind, before: Fact | None, after: Fact | None) -> Meaning | None:
        """Return what it means; nothing is stricter that came with its part, and nothing is said of other facts."""
        if kind is FactKind.NOTICE:
            return _of_notice(before, after)
        if kind not in _NOTHING_NEW_IN or before is None or after is None:
            return None
        if kind is FactKind.ACCESS:
            return of_access(before.access, after.access)
        return of_licenses(before.licenses, after.licenses, self.registered.licenses)

    def _since(self, key: Key, before: Fact | None, after: Fact | None) -> date | None:
        """Return the day on which the last of what is new came on record: before it, not all of that was."""
        if key.kind in TERMS:
            old = set() if before is None else set(before.licenses)
            return max((day for name, day in (() if after is None else after.said) if name not in old), default=None)
        named = [each for each in self.dataset.changes if _is_of(each, key)]
        return named[-1].day if named else None

    def _last(self, key: Key, before: Fact | None, after: Fact | None) -> date | None:
        """Return the last day on which a license was seen that counts no longer."""
        part = next((each for each in self.dataset.distributions if each.id == key.part), None)
        if part is None or before is None or key.kind is not FactKind.LICENSE:
            return None
        gone = set(before.licenses) - set(() if after is None else after.licenses)
        days = [past.last for past in part.past if license_of_past(past) in gone]
        days += [claim.until or claim.as_of for claim in part.claims if claim.license in gone]
        return max(days, default=None)

    def _named(self, part: str | None) -> tuple[PartNamed, ...]:
        if part is None:
            return ()
        title = next((each.title for each in self.dataset.distributions if each.id == part), part)
        return (PartNamed(id=part, title=title),)


def between(old: Registry, new: Registry, ids: Collection[str] | None = None) -> Iterator[Change]:
    """Yield what is not in `new` as it is in `old`, dataset by dataset; of all datasets, or of those with these ids.

    Raise `InputError` for a file of either that cannot be read.
    """
    had, has = ({entry.id for entry in each.entries} for each in (old, new))
    for id_ in sorted((had | has) if ids is None else set(ids) & (had | has)):
        before = old.get(id_) if id_ in had else None
        after = new.get(id_) if id_ in has else None
        yield from of_two(before, after, old.registered, new.registered)


def of_two(before: Dataset | None, after: Dataset | None, old: Registered, new: Registered) -> tuple[Change, ...]:
    """Return what is not as it was of one dataset; one of the two may not be there."""
    had = {} if before is None else facts_of(before, old)
    has = {} if after is None else facts_of(after, new)
    told = after or before
    if told is None:
        return ()
    found = of_facts(OnDataset(told, new), had, has)
    return found if before is None or after is None else (*found, *_also_recorded(before, after, new, found))


def of_facts(on: OnDataset, had: Facts, has: Facts) -> tuple[Change, ...]:
    """Return what is not as it was of one dataset, by its facts: of what is new or gone no details."""
    presence = Key(FactKind.PRESENCE)
    if not has:
        return on.changed({presence: had.get(presence, Fact(THERE))}, {})
    return on.changed(_without_details(had, has), _without_details(has, had))


def history_of(
    dataset: Dataset, registered: Registered, since: date = date.min, *, firsts: bool = False
) -> tuple[Change, ...]:
    """Return what changed in a dataset since a day (that day included), by its own history, oldest first.

    What came on record for the first time, of a part that was there before, is no change; with `firsts` it is told.
    """
    on = OnDataset(dataset, registered)
    found = [on.recorded(each) for each in dataset.changes if each.day >= since]
    for day in days_of_labels(dataset):
        if day >= since:
            before = {} if day == date.min else _terms_on(dataset, day - _A_DAY, registered)
            changed = on.changed(before, _terms_on(dataset, day, registered))
            found += [each.model_copy(update={"since": day}) for each in changed if _is_told(each, firsts=firsts)]
    return tuple(sorted(found, key=lambda each: (each.since or date.min, _ORDER.index(each.kind))))


def changes_since(registry: Registry, since: date) -> Iterator[Change]:
    """Yield what changed since a day (that day included), by the history of each dataset.

    Raise `InputError` for a day before all that the registry knows of.
    """
    for entry in registry.entries:
        yield from history_of(registry.get(entry.id), registry.registered, since)


def in_short(found: Sequence[Change]) -> str:
    """Return how many datasets and how much of each kind changed; empty where nothing did."""
    if not found:
        return ""
    datasets = len({each.dataset for each in found})
    said = []
    for kind, words in _COUNTED.items():
        of_kind = [each for each in found if each.kind is kind]
        stricter = sum(each.meaning is Meaning.STRICTER for each in of_kind)
        more = f" ({stricter} stricter)" if stricter else ""
        said += [f"{count(len(of_kind), *words)}{more}"] if of_kind else []
    return f"{count(datasets, 'dataset')}: {joined(said)}"


def _also_recorded(
    before: Dataset, after: Dataset, registered: Registered, found: Sequence[Change]
) -> Iterator[Change]:
    """Yield what an update recorded of facts that are compared by nothing else: other names, days, full given names."""
    on = OnDataset(after, registered)
    named = {(each.kind, each.of) for each in found}
    for change in after.changes:
        recorded = on.recorded(change)
        is_new = change not in before.changes and change.fact not in COMPARED and change.fact not in _OF_PRESENCE
        if is_new and (recorded.kind, None) not in named and (recorded.kind, recorded.of) not in named:
            yield recorded.model_copy(update={"kind": FactKind.OTHER, "of": change.fact})


def _says_the_same(change: FactChange) -> bool:
    """Return whether the names of creators changed in nothing but the letters beyond their initials."""
    if change.fact != "creators" or change.before is None or change.after is None:
        return False
    return _in_initials(change.before) == _in_initials(change.after)


def _in_initials(creators: str) -> list[str]:
    return [_initials_alone(name) for name in creators.split("; ")]


def _initials_alone(name: str) -> str:
    family, _, given = name.partition(", ")
    return " ".join((family, *(word[0] for word in given.replace(".", " ").split())))


def _terms_on(dataset: Dataset, day: date, registered: Registered) -> Facts:
    return terms_of(dataset_on(dataset, day, registered), registered)


def _is_told(change: Change, *, firsts: bool) -> bool:
    """Return whether a change of labels is one: not that another source speaks now in the place of one that did."""
    is_taken_over = change.kind is FactKind.STATEMENT and change.after is None
    return not is_taken_over and (firsts or change.before is not None)


def _differ(before: Facts, after: Facts, key: Key) -> bool:
    old, new = before.get(key), after.get(key)
    return old is None or new is None or old.says != new.says


def _without_details(facts: Facts, beside: Facts) -> dict[Key, Fact]:
    """Return the facts; of the dataset or of a part that is not in `beside`, only that it is there, and its terms."""
    if Key(FactKind.PRESENCE) not in beside:
        return {key: fact for key, fact in facts.items() if key.kind in TERMS or key == Key(FactKind.PRESENCE)}
    known = {key.part for key in beside if key.kind is FactKind.PRESENCE}
    of_new = (*TERMS, FactKind.PRESENCE)
    return {key: fact for key, fact in facts.items() if key.part in known or key.kind in of_new}


def _of_notice(before: Fact | None, after: Fact | None) -> Meaning:
    """Return what a notice that came or went means; what another wording means is not known."""
    if before is None:
        return Meaning.STRICTER
    return Meaning.LESS_STRICT if after is None else Meaning.UNKNOWN


def _is_of(change: FactChange, key: Key) -> bool:
    kind = _KINDS.get(change.fact, FactKind.OTHER)
    return (kind, change.distribution) == (key.kind, key.part) and (key.of is None or change.fact == key.of)


def _alike_together(found: Iterable[Change]) -> Iterator[Change]:
    """Yield each change once, with all parts that changed alike, at the place of the first of them."""
    grouped: dict[Change, list[PartNamed]] = {}
    for each in found:
        grouped.setdefault(each.model_copy(update={"parts": ()}), []).extend(each.parts)
    for each, parts in grouped.items():
        yield each.model_copy(update={"parts": tuple(parts)})
