"""What a selection, or a project, names: its data items, and what of it was not found."""

from collections.abc import Sequence
from pathlib import Path

from tcia_policy.engine.case import resolve_study
from tcia_policy.engine.data_remarks import remarks_on_data, remarks_on_licenses, remarks_on_withdrawn
from tcia_policy.engine.selections import study_or_project_of
from tcia_policy.engine.study import Study
from tcia_policy.model import Holding, HoldingKind, Remark
from tcia_policy.model.base import Contract
from tcia_policy.model.result import Result
from tcia_policy.registry import Registry
from tcia_policy.text.english import count, size

NOT_FOUND = (HoldingKind.NOT_IN_IDC_INDEX, HoldingKind.UNLISTED_SOURCE, HoldingKind.NOT_UNDERSTOOD)


class WordRead(Contract):
    """A word of the project for parts of a data item, and the parts that it was read as, with their titles."""

    holding: str
    word: str
    parts: tuple[str, ...]


class Resolved(Result):
    """The data items of a selection. `not_found` are the ids of those of which the registry knows nothing.

    `words` says how words for parts were read, `remarks` what is to be known of the files. `idc_index_data` is the
    version in which series were looked up.
    """

    registry: str
    idc_index_data: str | None
    holdings: tuple[Holding, ...]
    not_found: tuple[str, ...]
    words: tuple[WordRead, ...]
    remarks: tuple[Remark, ...] = ()


def resolved(selection: Sequence[str], registry: Registry) -> Resolved:
    """Return what is selected by names, DOIs, series and cohort files, or by one project.

    Raise `InputError` for what cannot be read, and for a name that is unknown.
    """
    named = study_or_project_of(selection, registry)
    study = Study.load(named) if isinstance(named, Path) else named
    resolution = resolve_study(study, registry)
    missing = tuple(holding.id for holding in resolution.holdings if holding.kind in NOT_FOUND)
    names = {holding.dataset for holding in resolution.holdings if holding.dataset is not None}
    return Resolved(
        summary=_in_short(resolution.holdings),
        registry=registry.version,
        idc_index_data=resolution.idc_index_data,
        holdings=resolution.holdings,
        not_found=missing,
        words=tuple(word for holding in resolution.holdings for word in _words(holding, registry)),
        remarks=(
            *remarks_on_data(study, resolution),
            *remarks_on_licenses(resolution.holdings, registry),
            *remarks_on_withdrawn(resolution.holdings, {name: registry.get(name) for name in names}),
        ),
    )


def _words(holding: Holding, registry: Registry) -> list[WordRead]:
    titles = {}
    if holding.dataset is not None:
        titles = {part.id: f"{part.title} ({part.id})" for part in registry.get(holding.dataset).distributions}
    return [
        WordRead(holding=holding.id, word=read.word, parts=tuple(titles.get(id_, id_) for id_ in read.parts))
        for read in holding.words_read
    ]


def _in_short(holdings: Sequence[Holding]) -> str:
    """Return `3 datasets, 1,018 series, 124.5 GB; 12 series not found`."""
    found = [holding for holding in holdings if holding.kind not in NOT_FOUND]
    datasets = {holding.dataset for holding in found if holding.dataset is not None}
    others = sum(holding.dataset is None for holding in found)
    series = sum(holding.series or 0 for holding in found)
    megabytes = sum(holding.size_mb or 0 for holding in found)
    parts = [
        count(len(datasets), "dataset"),
        count(others, "other data item") if others else "",
        count(series, "series", "series") if series else "",
        size(megabytes) if megabytes else "",
    ]
    return "; ".join([", ".join(part for part in parts if part), *_missing(holdings)])


def _missing(holdings: Sequence[Holding]) -> list[str]:
    """Return what was not found, in a few words each."""
    of_kind = {kind: [holding for holding in holdings if holding.kind is kind] for kind in NOT_FOUND}
    lost = sum(holding.series or 0 for holding in of_kind[HoldingKind.NOT_IN_IDC_INDEX])
    unlisted = sum(holding.series or 0 for holding in of_kind[HoldingKind.UNLISTED_SOURCE])
    parts = [
        f"{count(lost, 'series', 'series')} not found" if lost else "",
        *(holding.name for holding in of_kind[HoldingKind.NOT_IN_IDC_INDEX] if holding.series is None),
        f"{count(unlisted, 'series', 'series')} of datasets that the registry does not have" if unlisted else "",
        *(holding.name for holding in of_kind[HoldingKind.NOT_UNDERSTOOD]),
    ]
    return [part for part in parts if part]
