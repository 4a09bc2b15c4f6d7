"""Drafts of holdings: what one item, or one file of a folder, brings to them, before those alike are merged."""

from dataclasses import replace
from datetime import date
from typing import TypedDict

from tcia_policy.cohorts.holding_ids import usual_route
from tcia_policy.cohorts.items import Selected
from tcia_policy.cohorts.parts_meant import parts_meant
from tcia_policy.cohorts.rows_say import NOTHING_SAID, RowsSay
from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import Dataset, Holding, HoldingKind, PartWord, Route
from tcia_policy.registry import normalize_doi
from tcia_policy.registry.idc_releases import is_version_of_idc


@dataclass(frozen=True)
class Draft:
    """A holding without its id, items and counts, the cohort it comes from, and the DOI of its series if it has any.

    `rows` is what the rows of its series say, `shown_by` what in the cohort file shows the place that the copy is from.
    """

    holding: Holding
    cohort: int
    doi: str | None = None
    rows: RowsSay = NOTHING_SAID
    shown_by: str | None = None


@dataclass(frozen=True)
class Parts:
    """The parts of a dataset that may be held: ids of the registry, or `named` by the user for what it does not have.

    `stated` says that no other part can be meant, `all_used` that each of them is.
    """

    distributions: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    stated: bool = True
    all_used: bool = False


class Obtained(TypedDict):
    """Which copy it is: the fields of a holding that every kind of holding has from its item."""

    version: str | None
    obtained_from: Route
    obtained_on: date | None
    item: str | None
    copy_license: str | None
    copy_license_file: str | None
    altered: bool | None


def is_from_idc(selected: Selected) -> bool:
    """Return whether all of the copy is from IDC, by the user's word or by what each row of the cohort file shows."""
    if selected.item.obtained_from is not None:
        return selected.item.obtained_from is Route.IDC
    return selected.origin is not None and selected.origin.route is Route.IDC and not selected.origin_unsure


def with_what_shows_its_place(draft: Draft, selected: Selected) -> Draft:
    """Return the draft with what shows where it is from: nothing where the user says where, or it is from elsewhere."""
    origin = selected.origin
    if origin is None or selected.item.obtained_from is not None or draft.holding.obtained_from is not origin.route:
        return draft
    return replace(draft, shown_by=f"{selected.label}: {origin.because}")


def of_dataset(
    selected: Selected,
    dataset: Dataset,
    parts: Parts,
    claimed_licenses: tuple[str, ...] = (),
    named_otherwise: str | None = None,
) -> Holding:
    """Return a dataset of the registry, of which these parts may be held, without its counts."""
    return Holding(
        id=dataset.id,
        kind=HoldingKind.DATASET,
        name=dataset.id,
        dataset=dataset.id,
        doi=_doi_asked_for(selected, dataset),
        distributions=parts.distributions,
        distributions_stated=parts.stated,
        all_used=parts.all_used,
        words_read=_words_read(selected, dataset, parts),
        parts_named=parts.named,
        claimed_licenses=claimed_licenses,
        named_otherwise=named_otherwise,
        **obtained(selected, usual_route_of(selected, dataset)),
    )


def _words_read(selected: Selected, dataset: Dataset, parts: Parts) -> tuple[PartWord, ...]:
    """Return as which of these parts each word of the item is read."""
    read = ((word, parts_meant(dataset, word)) for word in selected.item.distributions or ())
    held = ((word, tuple(id_ for id_ in meant if id_ in parts.distributions)) for word, meant in read)
    return tuple(PartWord(word=word, parts=meant) for word, meant in held if meant)


def _doi_asked_for(selected: Selected, dataset: Dataset) -> str:
    """Return the DOI that the user names where it is one of the dataset's, such as that of a version."""
    asked = normalize_doi(selected.label)
    return asked if asked is not None and asked in dataset.dois else dataset.doi


def of_unlisted_source(selected: Selected, doi: str, claimed_licenses: tuple[str, ...]) -> Holding:
    """Return series of a source that the registry does not have."""
    return Holding(
        id=doi or HoldingKind.UNLISTED_SOURCE.value,
        kind=HoldingKind.UNLISTED_SOURCE,
        name=f"Series of {doi or 'no stated source'}, which the registry does not have",
        doi=doi or None,
        claimed_licenses=claimed_licenses,
        **obtained(selected, usual_route_of(selected)),
    )


def unresolved(selected: Selected, kind: HoldingKind, name: str, examples: tuple[str, ...]) -> Holding:
    """Return what did not resolve."""
    return Holding(
        id=kind.value, kind=kind, name=name, examples=examples, **obtained(selected, usual_route_of(selected))
    )


def obtained(selected: Selected, usual: Route) -> Obtained:
    """Return which copy it is. Raise `InputError` for a copy from IDC whose version is written as none of IDC's."""
    item = selected.item
    if item.version is not None and (item.obtained_from or usual) is Route.IDC:
        _refuse_unless_of_idc(item.version)
    return {
        "version": item.version,
        "obtained_from": item.obtained_from or usual,
        "obtained_on": item.obtained_on,
        "copy_license": item.license,
        "copy_license_file": item.license_file,
        "altered": item.altered,
        "item": item.id,
    }


def _refuse_unless_of_idc(version: str) -> None:
    if not is_version_of_idc(version):
        hint = "write a release of IDC, such as v22, or a version of its index, such as 22.1.5; or leave it out"
        raise InputError(f"{version!r} is no version of IDC", field="version", hint=hint)


def usual_route_of(selected: Selected, dataset: Dataset | None = None) -> Route:
    """Return where files come from if the user does not say: what the cohort file shows, else what has the dataset."""
    usual = usual_route(dataset)
    return selected.origin.route if selected.origin is not None and usual is Route.TCIA else usual
