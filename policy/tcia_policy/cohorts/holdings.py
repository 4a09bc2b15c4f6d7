"""From what was selected, and what IDC's index says of it, to holdings. What is alike is one, with an id of its own."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_

from tcia_policy.cohorts.cohort import EntryKind, printable
from tcia_policy.cohorts.distributions import (
    as_idc_has_it,
    dicom_parts,
    is_part_of,
    named_parts,
    no_such_part,
    parts_in_idc,
)
from tcia_policy.cohorts.drafts import Draft, Parts, is_from_idc, obtained, of_dataset, of_unlisted_source, unresolved
from tcia_policy.cohorts.filename_check import filename_mismatch
from tcia_policy.cohorts.holding_ids import with_own_ids
from tcia_policy.cohorts.index.answers import LookedUp, Place, SeriesGroup
from tcia_policy.cohorts.items import Selected
from tcia_policy.cohorts.outside import NOT_SHOWN
from tcia_policy.cohorts.parts_meant import names_any, parts_meant
from tcia_policy.cohorts.rows_say import rows_say
from tcia_policy.model import Dataset, Holding, HoldingKind, License, OtherKind, Route
from tcia_policy.registry import Registry
from tcia_policy.registry.programs import words_elsewhere
from tcia_policy.text import english

BYTES_IN_MB_DIGITS = 6


def holdings_of_names(selected: Selected, cohort: int, registry: Registry) -> Iterator[Draft]:
    """Yield the datasets that are named. Raise `InputError` for a distribution that none of them has."""
    datasets = [registry.get(id_) for id_ in selected.datasets]
    if selected.item.distributions is not None:
        yield from _of_named_parts(selected, datasets, cohort, registry)
        return
    for dataset in datasets:
        every = tuple(part.id for part in dataset.distributions)
        held = as_idc_has_it(dataset, every, registry.licenses) if is_from_idc(selected) else every
        yield Draft(of_dataset(selected, dataset, Parts(held, stated=held != every)), cohort)


def holdings_of_series(selected: Selected, cohort: int, looked_up: LookedUp, registry: Registry) -> Iterator[Draft]:
    """Yield the datasets whose series are listed, by source DOI: those with the most series first.

    Raise `InputError` for a distribution that none of them has.
    """
    own = [group for group in looked_up.groups if cohort in group.cohorts]
    datasets = _datasets_by_doi(own, registry)
    words = selected.item.distributions
    named = named_parts(tuple(datasets.values()), words) if words is not None and datasets else {}
    current = [group for group in own if group.removed_after is None]
    for doi in _largest_first(current, datasets):
        claimed = _claimed_licenses(current, doi, registry.licenses)
        if doi in datasets:
            dataset = datasets[doi]
            parts = Parts(parts_in_idc(dataset, registry.licenses, named.get(dataset.id, ())))
            mismatch = filename_mismatch(selected.named_in_filename, dataset.id, registry)
            rows = rows_say(selected, _places(current, doi, cohort), registry, dataset.id)
            yield Draft(of_dataset(selected, dataset, parts, claimed, mismatch), cohort, doi, rows)
        else:
            rows = rows_say(selected, _places(current, doi, cohort), registry, None)
            yield Draft(of_unlisted_source(selected, doi, claimed), cohort, doi, rows)
    for group in own:
        if group.removed_after is not None:
            of = datasets.get(group.doi)
            places = [place for place in group.places if place.cohort == cohort]
            rows = rows_say(selected, places, registry, None if of is None else of.id)
            yield Draft(_of_removed_series(selected, group, of, registry), cohort, rows=rows)


def _places(groups: Iterable[SeriesGroup], doi: str, cohort: int) -> set[Place]:
    """Return the places where a cohort lists series of this source."""
    return {place for group in groups if group.doi == doi for place in group.places if place.cohort == cohort}


def _of_removed_series(selected: Selected, group: SeriesGroup, dataset: Dataset | None, registry: Registry) -> Holding:
    """Return the dataset of series that IDC removed. Any DICOM part may be meant, also one that was closed since."""
    claimed = tuple(_license_id(label, registry.licenses) for label in (group.license,) if label)
    if dataset is None:
        holding = of_unlisted_source(selected, group.doi, claimed)
    else:
        holding = of_dataset(selected, dataset, Parts(dicom_parts(dataset), stated=False), claimed)
    return holding.model_copy(update={"series": group.series, "removed_after": group.removed_after})


def holding_of_other(selected: Selected, cohort: int) -> Iterator[Draft]:
    """Yield data from elsewhere, or the institution's own, on the user's word."""
    if selected.other is not None:
        other = selected.other
        holding = Holding(
            id=other.name,
            kind=HoldingKind.OTHER,
            name=other.name,
            license=other.license,
            doi=other.doi,
            content=other.kind or OtherKind.DATASET,
            registered_as=selected.registered_as,
            named_like=selected.named_like,
            speaks_of=selected.speaks_of,
            **obtained(selected, Route.OTHER),
        )
        yield Draft(holding, cohort)
    if selected.own is not None:
        name = selected.own.name
        holding = Holding(
            id=name,
            kind=HoldingKind.OWN,
            name=name,
            named_like=selected.named_like,
            speaks_of=selected.speaks_of,
            **obtained(selected, Route.OTHER),
        )
        yield Draft(holding, cohort)


def holdings_of_the_rest(selected: Selected, cohort: int) -> Iterator[Draft]:
    """Yield the lines and files that were not understood."""
    if selected.lines.count:
        name = f"{english.count(selected.lines.count, 'entry', 'entries')} of {selected.label} not understood"
        name += f" ({NOT_SHOWN})" if selected.withheld else ""
        examples = tuple(map(str, selected.lines.examples))
        yield Draft(unresolved(selected, HoldingKind.NOT_UNDERSTOOD, name, examples), cohort)
    if selected.not_read.number:
        files = english.count(selected.not_read.number, "file")
        name = f"{files} in {selected.label} not read ({', '.join(selected.not_read.kinds)})"
        examples = () if selected.withheld else tuple(map(printable, selected.not_read.examples))
        yield Draft(unresolved(selected, HoldingKind.NOT_UNDERSTOOD, name, examples), cohort)


def merge(
    drafts: Iterable[Draft], labels: Sequence[str], looked_up: LookedUp, registry: Registry
) -> tuple[Holding, ...]:
    """Return one holding for drafts that differ only in where they come from, in the order of the first of each.

    Series that several cohorts list count once. `labels` are the items as written, by cohort. What comes from an item
    with an `id` is apart from all else, and has that id: `luad`, or `luad/CPTAC-LUAD` where the item has several.
    """
    merged = []
    for alike in _alike(drafts, labels):
        holding, cohorts = alike[0].holding, {draft.cohort for draft in alike}
        items = tuple(dict.fromkeys(labels[cohort] for cohort in sorted(cohorts)))
        counts = {} if alike[0].doi is None else _counts(looked_up, alike[0].doi, cohorts)
        rows = reduce(or_, (draft.rows for draft in alike))
        shown_by = next((draft.shown_by for draft in alike if draft.shown_by is not None), None)
        said = {"copy_claims": rows.claims, "rows_name": rows.names, "shown_by": shown_by}
        merged.append(holding.model_copy(update={"items": items, **said, **counts}))
    return _told_apart(tuple(with_own_ids(merged, registry)))


def _told_apart(holdings: tuple[Holding, ...]) -> tuple[Holding, ...]:
    """Return the holdings; of two copies of a dataset, those from an item with an `id` have it in their name."""
    names = Counter(holding.name for holding in holdings)
    return tuple(
        holding.model_copy(update={"name": f"{holding.name} ({holding.item})"})
        if holding.item is not None and holding.kind is HoldingKind.DATASET and names[holding.name] > 1
        else holding
        for holding in holdings
    )


def _of_named_parts(
    selected: Selected, datasets: Sequence[Dataset], cohort: int, registry: Registry
) -> Iterator[Draft]:
    """Yield the datasets that have a part of such a name, or that may have it elsewhere."""
    words = selected.item.distributions or ()
    elsewhere = [dataset for dataset in datasets if words_elsewhere(dataset, selected.item.obtained_from)]
    rest = [dataset for dataset in datasets if dataset not in elsewhere]
    named = named_parts(rest, words) if rest else {}
    for dataset in datasets:
        if dataset in elsewhere:
            yield from _of_parts_elsewhere(selected, dataset, words, cohort)
        elif dataset.id in named:
            parts = named[dataset.id]
            if is_from_idc(selected):
                parts = _named_from_idc(dataset, words, registry.licenses)
            yield Draft(of_dataset(selected, dataset, Parts(parts, all_used=True)), cohort)


def _named_from_idc(dataset: Dataset, words: Sequence[str], licenses: Mapping[str, License]) -> tuple[str, ...]:
    """Return the parts that the words name, each word as far as IDC has what it may mean."""
    meant = {id_ for word in words for id_ in as_idc_has_it(dataset, parts_meant(dataset, word), licenses)}
    return tuple(part.id for part in dataset.distributions if part.id in meant)


def _of_parts_elsewhere(selected: Selected, dataset: Dataset, words: Sequence[str], cohort: int) -> Iterator[Draft]:
    """Yield the parts that the registry has, wherever the copy is from, apart from those it does not have.

    Raise `InputError` for a word that is for neither.
    """
    ours = [word for word in words if is_part_of(dataset, word)]
    theirs = tuple(word for word in words if word not in ours)
    recorded = words_elsewhere(dataset, selected.item.obtained_from)
    for word in theirs:
        if not names_any(word, recorded):
            raise no_such_part(word, [dataset], recorded)
    if ours:
        parts = Parts(named_parts([dataset], ours)[dataset.id], all_used=True)
        yield Draft(of_dataset(selected, dataset, parts), cohort)
    if theirs:
        yield Draft(of_dataset(selected, dataset, Parts(named=theirs)), cohort)


def _datasets_by_doi(groups: Iterable[SeriesGroup], registry: Registry) -> dict[str, Dataset]:
    """Return the datasets of the registry that the series are of, by source DOI."""
    ids = {group.doi: registry.by_doi(group.doi) for group in groups}
    return {doi: registry.get(id_) for doi, id_ in ids.items() if id_ is not None}


def _largest_first(groups: Iterable[SeriesGroup], datasets: Mapping[str, Dataset]) -> list[str]:
    """Return the source DOIs by their number of series, then by the name of the dataset."""
    series: Counter[str] = Counter()
    for group in groups:
        series[group.doi] += group.series
    names = {doi: datasets[doi].id if doi in datasets else doi for doi in series}
    return sorted(series, key=lambda doi: (-series[doi], names[doi]))


def _alike(drafts: Iterable[Draft], labels: Sequence[str]) -> list[list[Draft]]:
    """Return the drafts of the same holding together. What was counted in one cohort alone stays apart."""
    alike: dict[tuple[Holding, str | None], list[Draft]] = {}
    for draft in drafts:
        apart = None if draft.doi is not None or draft.holding.series is None else labels[draft.cohort]
        alike.setdefault((draft.holding, apart), []).append(draft)
    return list(alike.values())


def _counts(looked_up: LookedUp, doi: str, cohorts: set[int]) -> dict[str, object]:
    """Return the number, size and collections of the series of a source that one of the cohorts lists, and as what."""
    own = [
        group
        for group in looked_up.groups
        if group.doi == doi and group.removed_after is None and not group.cohorts.isdisjoint(cohorts)
    ]
    size_mb = round(sum(group.size_mb for group in own), BYTES_IN_MB_DIGITS)
    collections = tuple(sorted({group.collection for group in own if group.collection}))
    places = {place for group in own for place in group.places if place.cohort in cohorts}
    return {
        "series": sum(group.series for group in own),
        "size_mb": size_mb,
        "collections": collections,
        "whole_studies": _whole(EntryKind.STUDY, places, looked_up),
        "whole_patients": _whole(EntryKind.PATIENT, places, looked_up),
    }


def _whole(kind: EntryKind, places: Iterable[Place], looked_up: LookedUp) -> int | None:
    """Return how many studies or patients were named whose series all count; `None` for none."""
    return sum(looked_up.found[place] for place in places if place.kind is kind) or None


def _claimed_licenses(groups: Iterable[SeriesGroup], doi: str, licenses: Mapping[str, License]) -> tuple[str, ...]:
    """Return the licenses that IDC's labels stand for."""
    labels = {group.license for group in groups if group.doi == doi}
    return tuple(sorted(_license_id(label, licenses) for label in labels))


def _license_id(label: str, licenses: Mapping[str, License]) -> str:
    """Return the license with this label. A label of no license stays as it is, and so unknown."""
    return next((license_.id for license_ in licenses.values() if label in license_.labels), label)
