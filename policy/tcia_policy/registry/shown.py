"""What `show` tells of datasets: everything that the registry has, and the terms of their parts in short."""

from collections.abc import Mapping

from tcia_policy.model import Access, Dataset, License, NoticeKind
from tcia_policy.model.base import Contract
from tcia_policy.model.result import Result
from tcia_policy.registry.changes import Change, history_of
from tcia_policy.registry.parts import PartStated, parts_stated
from tcia_policy.registry.registry import Registry
from tcia_policy.text.english import count, joined, one_of

RESTRICTS = (
    NoticeKind.COMMERCIAL_RESTRICTION,
    NoticeKind.NONCOMMERCIAL_STATEMENT,
    NoticeKind.COPYRIGHT,
    NoticeKind.ACCESS,
)
ACCESS = {
    Access.OPEN: "open access",
    Access.CONTROLLED: "controlled access",
    None: "access not known",
}


class Terms(Contract):
    """The terms of one dataset: what is stated of each part, and `summary`, all of it in a line."""

    dataset: str
    summary: str
    parts: tuple[PartStated, ...]


class Shown(Result):
    """Datasets, everything that is known of them, and their terms; an IDC collection may stand for several.

    `history` has for each dataset, where it was asked for, what changed and when, oldest first.
    """

    registry: str
    terms: tuple[Terms, ...]
    datasets: tuple[Dataset, ...]
    history: tuple[tuple[Change, ...], ...] = ()


def shown(name: str, registry: Registry, *, history: bool = False) -> Shown:
    """Return what is known of what `name` stands for. Raise `InputError` for a name that is unknown or ambiguous.

    With `history`, it says what changed in it and when.
    """
    datasets = tuple(registry.get(id_) for id_ in registry.find(name))
    terms = tuple(_terms(dataset, parts_stated(dataset, registry.registered), registry) for dataset in datasets)
    return Shown(
        summary="; ".join(each.summary for each in terms),
        registry=registry.version,
        terms=terms,
        datasets=datasets,
        history=tuple(history_of(each, registry.registered, firsts=True) for each in datasets) if history else (),
    )


def _terms(dataset: Dataset, parts: tuple[PartStated, ...], registry: Registry) -> Terms:
    by_terms: dict[str, list[PartStated]] = {}
    for part in parts:
        by_terms.setdefault(in_words(part, registry.licenses), []).append(part)
    said = [text if len(by_terms) == 1 else f"{count(len(alike), 'part')} {text}" for text, alike in by_terms.items()]
    beside = list(dict.fromkeys(notice.kind.value for notice in dataset.notices if notice.kind in RESTRICTS))
    also = f"; read beside it: {joined([kind.replace('-', ' ') for kind in beside])}" if beside else ""
    also += f"; withdrawn: its archive was first seen without it on {dataset.withdrawn}" if dataset.withdrawn else ""
    total = f" ({count(len(parts), 'part')})" if len(by_terms) == 1 else ""
    return Terms(
        dataset=dataset.id, summary=f"{dataset.id}: {joined(said) or 'no part is known'}{total}{also}", parts=parts
    )


def in_words(part: PartStated, licenses: Mapping[str, License]) -> str:
    """Return `under CC BY 3.0, open access`; where the sources disagree, all licenses that are stated."""
    names = [licenses[id_].short_name if id_ in licenses else id_ for id_ in part.licenses]
    under = f"under {one_of(names)}" if names else "under no license that is known"
    disagree = ": the sources disagree" if len(names) > 1 else ""
    access = ACCESS[part.access]
    return f"{under}{disagree}" if under.endswith(access) else f"{under}{disagree}, {access}"
