"""The entries of a selection one by one: what the index says of each, and of which data items it is a part.

Entries are looked up some thousands at a time, each at a place of its own, so that millions of them take the memory of
some thousands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple

from tcia_policy.cohorts.cohort import Beside, EntryKind
from tcia_policy.cohorts.index.answers import LookedUp, SeriesGroup
from tcia_policy.cohorts.items import Selected, read_without_duckdb
from tcia_policy.cohorts.patients_elsewhere import BEYOND, WORDS
from tcia_policy.cohorts.resolve import look_up_all
from tcia_policy.cohorts.rows_say import all_rows_name_datasets, datasets_named, narrowed
from tcia_policy.model import Holding, HoldingKind, WordOf
from tcia_policy.registry import Registry

CHUNK = 20_000  # entries that are looked up at a time


class EntryRow(NamedTuple):
    """An entry and one dataset that it is of, or what is not found of it.

    `kind` is `None` for a dataset that is named. `selected` is the index of what selects it. `doi`, `collection` and
    the number of `series` are what the index says; `holdings` are the ids of the data items that it is a part of: more
    than one only where nobody can tell which of them.
    """

    kind: EntryKind | None
    entry: str
    selected: int
    found: bool
    doi: str = ""
    collection: str = ""
    series: int | None = None
    holdings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _DataItems:
    """The data items of one selected thing, by what can be said of their entries."""

    own: tuple[Holding, ...]
    registry: Registry
    of_source: dict[tuple[str, str | None], tuple[str, ...]] = field(default_factory=dict)

    def of_group(self, group: SeriesGroup) -> tuple[str, ...]:
        """Return the data items that series are part of which the index has."""
        key = group.doi, group.removed_after
        found = self.of_source.get(key)
        if found is None:
            found = self.of_source[key] = tuple(self._of_source(group))
        return found

    def _of_source(self, group: SeriesGroup) -> Iterator[str]:
        dataset = self.registry.by_doi(group.doi)
        for each in self.own:
            of_index = each.on_word_of is None and each.series is not None and each.removed_after == group.removed_after
            if of_index and (each.dataset == dataset if dataset is not None else _is_unlisted(each, group.doi)):
                yield each.id

    def of_unknown(self, beside: Beside) -> tuple[Holding, ...]:
        """Return the data items that an entry is part of which the index does not have."""
        by_rows = datasets_named(beside, self.registry)
        stated = tuple(each for each in self.own if each.on_word_of is WordOf.ROWS and each.dataset in by_rows)
        if stated and all_rows_name_datasets(beside, self.registry):
            return stated
        not_found = tuple(each for each in self.own if each.kind is HoldingKind.NOT_IN_IDC_INDEX)
        return (stated or tuple(each for each in self.own if each.on_word_of is WordOf.FILE_NAME)) + not_found

    def of_whole(self, dataset: str, word: WordOf) -> tuple[str, ...]:
        """Return the data items of a dataset that counts since its patients or studies are named."""
        return tuple(each.id for each in self.own if each.dataset == dataset and each.on_word_of is word)

    def of_name(self, dataset: str) -> tuple[str, ...]:
        """Return the data items of a dataset that is named."""
        return tuple(
            each.id
            for each in self.own
            if each.dataset == dataset and each.series is None and each.on_word_of not in WORDS.values()
        )


def _is_unlisted(holding: Holding, doi: str) -> bool:
    return holding.kind is HoldingKind.UNLISTED_SOURCE and (holding.doi or "") == doi


def entry_rows(selected: Sequence[Selected], holdings: Sequence[Holding], registry: Registry) -> Iterator[EntryRow]:
    """Yield a row for each entry and each dataset that it is of, in the order of what selects them.

    `holdings` are the data items that `selected` resolves to. Raise `InputError` as `resolve` does.
    """
    for number, each in enumerate(selected):
        whole = each if each.table is None else read_without_duckdb(each, registry)
        items = _DataItems(tuple(item for item in holdings if each.label in item.items), registry)
        for dataset in dict.fromkeys((*whole.datasets, *whole.named_above)):
            named = items.of_name(dataset)
            if named or dataset in whole.datasets:
                yield EntryRow(None, dataset, number, True, registry.get(dataset).doi, holdings=named)
        entries = _entries(whole)
        while chunk := list(islice(entries, CHUNK)):
            yield from _rows_of_chunk(chunk, number, whole, items)


def _entries(selected: Selected) -> Iterator[tuple[EntryKind, str, Beside]]:
    for kind, listed in selected.listed.items():
        yield from ((kind, entry, selected.beside[at]) for entry, at in listed.items())


def _rows_of_chunk(
    chunk: Sequence[tuple[EntryKind, str, Beside]], number: int, whole: Selected, items: _DataItems
) -> Iterator[EntryRow]:
    """Yield the rows of some entries. Each is looked up at a place of its own: beside what its number stands for."""
    listed: dict[EntryKind, dict[str, int]] = {}
    for at, (kind, entry, _beside) in enumerate(chunk):
        listed.setdefault(kind, {})[entry] = at
    alone = [replace(whole, listed=listed, beside=tuple(beside for _kind, _entry, beside in chunk))]
    found = _by_entry(narrowed(look_up_all(alone, items.registry), alone, items.registry))
    for at, (kind, entry, beside) in enumerate(chunk):
        groups, is_unknown = found.get(at, ((), True))
        for group in groups:
            yield EntryRow(kind, entry, number, True, group.doi, group.collection, group.series, items.of_group(group))
        if kind in WORDS:
            yield from _beyond_index(EntryRow(kind, entry, number, False), groups, beside, items)
        if is_unknown:
            for each in items.of_unknown(beside) or (None,):
                yield EntryRow(kind, entry, number, False, holdings=() if each is None else (each.id,))


def _beyond_index(
    whole: EntryRow, groups: Sequence[SeriesGroup], beside: Beside, items: _DataItems
) -> Iterator[EntryRow]:
    """Yield the datasets of a patient or a study that the index does not have in full."""
    assert whole.kind is not None
    for id_ in BEYOND[whole.kind](groups, beside, items.registry) if groups else ():
        of_dataset = items.of_whole(id_, WORDS[whole.kind])
        if of_dataset:
            yield whole._replace(doi=items.registry.get(id_).doi, holdings=of_dataset)


def _by_entry(looked_up: LookedUp) -> Mapping[int, tuple[Sequence[SeriesGroup], bool]]:
    """Return what was found of each entry, by its number, and whether something of it was not."""
    groups: dict[int, list[SeriesGroup]] = {}
    for group in looked_up.groups:
        for place in group.places:
            groups.setdefault(place.beside, []).append(group)
    unknown = {each.place.beside for each in looked_up.unknown}
    return {at: (groups.get(at, ()), at in unknown) for at in groups.keys() | unknown}
