"""What was selected and what IDC's index says of it, as holdings: one for what is alike, each with its own id."""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tcia_policy.cohorts.cohort import EXAMPLES, printable
from tcia_policy.cohorts.distributions import is_part_of, named_parts, parts_in_idc
from tcia_policy.cohorts.filename_check import filename_mismatch
from tcia_policy.cohorts.index_rows import SeriesGroup, UnknownSeries
from tcia_policy.cohorts.items import Selected
from tcia_policy.model import Archive, Dataset, Holding, HoldingKind, License, Route
from tcia_policy.registry import Registry
from tcia_policy.registry.programs import has_parts_elsewhere
from tcia_policy.text.english import count

BYTES_IN_MB_DIGITS = 6


@dataclass(frozen=True)
class Draft:
    """A holding without its id, items and counts, the cohort it comes from, and the DOI of its series if it has any."""

    holding: Holding
    cohort: int
    doi: str | None = None


def holdings_of_names(selected: Selected, cohort: int, registry: Registry) -> Iterator[Draft]:
    """The datasets that are named. Raises `InputError` for a distribution that none of them has."""
    datasets = [registry.get(id_) for id_ in selected.datasets]
    words = selected.item.distributions
    elsewhere = [dataset for dataset in datasets if has_parts_elsewhere(dataset, selected.item.obtained_from)]
    rest = [dataset for dataset in datasets if dataset not in elsewhere]
    stated = named_parts(rest, words) if words is not None and rest else {}
    for dataset in datasets:
        if words is not None and dataset in elsewhere:
            yield from _parts_elsewhere(selected, dataset, words, cohort)
        elif words is None:
            parts = tuple(part.id for part in dataset.distributions)
            yield Draft(_draft(selected, name=dataset.id, dataset=dataset, distributions=parts), cohort)
        elif dataset.id in stated:
            parts = stated[dataset.id]
            holding = _draft(selected, name=dataset.id, dataset=dataset, distributions=parts, distributions_stated=True)
            yield Draft(holding, cohort)


def _parts_elsewhere(selected: Selected, dataset: Dataset, words: Sequence[str], cohort: int) -> Iterator[Draft]:
    """The parts that the registry has stay what they are, wherever the copy is from; the others exist elsewhere."""
    ours = [word for word in words if is_part_of(dataset, word)]
    theirs = tuple(word for word in words if word not in ours)
    if ours:
        parts = named_parts([dataset], ours)[dataset.id]
        own = _draft(selected, name=dataset.id, dataset=dataset, distributions=parts, distributions_stated=True)
        yield Draft(own, cohort)
    if theirs:
        other = _draft(selected, name=dataset.id, dataset=dataset, distributions_stated=True, parts_named=theirs)
        yield Draft(other, cohort)


def holdings_of_series(
    selected: Selected, cohort: int, cells: Sequence[SeriesGroup], registry: Registry
) -> Iterator[Draft]:
    """The datasets whose series are listed, by source DOI: those with the most series first.

    Raises `InputError` for a distribution that none of them has.
    """
    own = [cell for cell in cells if cohort in cell.cohorts]
    series: Counter[str] = Counter()
    for cell in own:
        series[cell.doi] += cell.series
    found = {doi: registry.by_doi(doi) for doi in series}
    datasets = {doi: registry.get(id_) for doi, id_ in found.items() if id_ is not None}
    words = selected.item.distributions
    named = named_parts(tuple(datasets.values()), words) if words is not None and datasets else {}
    for doi in sorted(series, key=lambda doi: (-series[doi], found[doi] or doi)):
        labels = {cell.license for cell in own if cell.doi == doi}
        claimed = tuple(sorted(_license_id(label, registry.licenses) for label in labels))
        if doi not in datasets:
            name = f"Series of {doi or 'no stated source'}, which the registry does not have"
            kind = HoldingKind.UNLISTED_SOURCE
            holding = _draft(selected, kind, name=name, doi=doi or None, claimed_licenses=claimed)
        else:
            dataset = datasets[doi]
            holding = _draft(
                selected,
                name=dataset.id,
                dataset=dataset,
                distributions=parts_in_idc(dataset, registry.licenses, named.get(dataset.id, ())),
                distributions_stated=True,
                claimed_licenses=claimed,
                named_otherwise=filename_mismatch(selected.promised, dataset.id, registry),
            )
        yield Draft(holding, cohort, doi)


def holding_of_other(selected: Selected, cohort: int) -> Iterator[Draft]:
    """Data from elsewhere, on the user's word."""
    if selected.other is not None:
        other = selected.other
        holding = _draft(selected, HoldingKind.OTHER, name=other.name, license=other.license, doi=other.doi)
        yield Draft(holding, cohort)


def holdings_of_the_rest(selected: Selected, cohort: int, missing: UnknownSeries | None) -> Iterator[Draft]:
    """What did not resolve: series that the index does not have, lines and files that were not understood."""
    if missing is not None:
        holding = _draft(
            selected, HoldingKind.NOT_IN_IDC_INDEX, name=_name_of_missing(missing), examples=missing.examples
        )
        yield Draft(holding.model_copy(update={"series": missing.series}), cohort)
    if selected.lines.count:
        name = f"{count(selected.lines.count, 'entry', 'entries')} of {selected.label} not understood"
        examples = tuple(map(str, selected.lines.examples))
        yield Draft(_draft(selected, HoldingKind.NOT_UNDERSTOOD, name=name, examples=examples), cohort)
    if selected.files:
        files = count(len(selected.files), "file")
        name = f"{files} in {selected.label} not read (no cohort files; DICOM files are not read by this version)"
        examples = tuple(map(printable, selected.files[:EXAMPLES]))
        yield Draft(_draft(selected, HoldingKind.NOT_UNDERSTOOD, name=name, examples=examples), cohort)


def merge(drafts: Sequence[Draft], labels: Sequence[str], cells: Sequence[SeriesGroup]) -> tuple[Holding, ...]:
    """One holding for drafts that differ only in where they come from, in the order of the first of each.

    Series that several cohorts list count once. `labels` are the items as written, by cohort.
    """
    alike: dict[tuple[Holding, int | None], list[Draft]] = {}
    for draft in drafts:
        apart = None if draft.doi is not None or draft.holding.series is None else draft.cohort
        alike.setdefault((draft.holding, apart), []).append(draft)
    merged: dict[str, Holding] = {}
    alike_ids: Counter[str] = Counter()
    for (holding, _apart), group in alike.items():
        cohorts = {draft.cohort for draft in group}
        id_ = next(id_ for id_ in _ids_like(holding.id, start=alike_ids[holding.id]) if id_ not in merged)
        alike_ids[holding.id] += 1
        items = tuple(dict.fromkeys(labels[cohort] for cohort in sorted(cohorts)))
        update: dict[str, object] = {"id": id_, "items": items}
        if group[0].doi is not None:
            own = [cell for cell in cells if cell.doi == group[0].doi and not cell.cohorts.isdisjoint(cohorts)]
            update["series"] = sum(cell.series for cell in own)
            update["size_mb"] = round(sum(cell.size_mb for cell in own), BYTES_IN_MB_DIGITS)
        merged[id_] = holding.model_copy(update=update)
    return tuple(merged.values())


def _ids_like(id_: str, start: int) -> Iterator[str]:
    """`LIDC-IDRI`, `LIDC-IDRI#2`, `LIDC-IDRI#3` ..., the first `start` of them left out."""
    yield from (id_ if number == 1 else f"{id_}#{number}" for number in itertools.count(start + 1))


def _draft(
    selected: Selected,
    kind: HoldingKind = HoldingKind.DATASET,
    *,
    name: str,
    dataset: Dataset | None = None,
    distributions: tuple[str, ...] = (),
    distributions_stated: bool = False,
    claimed_licenses: tuple[str, ...] = (),
    license: str | None = None,
    doi: str | None = None,
    examples: tuple[str, ...] = (),
    parts_named: tuple[str, ...] = (),
    named_otherwise: str | None = None,
) -> Holding:
    own_name = {HoldingKind.OTHER: name, HoldingKind.UNLISTED_SOURCE: doi}.get(kind)
    return Holding(
        id=dataset.id if dataset is not None else own_name or kind.value,
        kind=kind,
        name=name,
        dataset=None if dataset is None else dataset.id,
        distributions=distributions,
        distributions_stated=distributions_stated,
        claimed_licenses=claimed_licenses,
        license=license,
        doi=doi if dataset is None else dataset.doi,
        version=selected.item.version,
        obtained_from=selected.item.obtained_from or _usual_route(selected, kind, dataset),
        obtained_on=selected.item.obtained_on,
        examples=examples,
        parts_named=parts_named,
        named_otherwise=named_otherwise,
    )


def _usual_route(selected: Selected, kind: HoldingKind, dataset: Dataset | None) -> Route:
    """Where files come from if the user does not say: TCIA, except for what only IDC has."""
    if kind is HoldingKind.OTHER:
        return Route.OTHER
    of_idc = selected.from_idc or (dataset is not None and dataset.archive is Archive.IDC)
    return Route.IDC if of_idc else Route.TCIA


def _license_id(label: str, licenses: Mapping[str, License]) -> str:
    """The license that IDC's label stands for; a label that is none of ours stays as it is, and so unknown."""
    return next((license_.id for license_ in licenses.values() if label in license_.labels), label)


def _name_of_missing(missing: UnknownSeries) -> str:
    text = f"{missing.series:,} series that IDC's index does not have"
    if missing.collections:
        text += f" (earlier versions of IDC had some of them in {', '.join(missing.collections)})"
    return text
