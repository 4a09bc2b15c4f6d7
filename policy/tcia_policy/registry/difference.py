"""What two registries say otherwise of the same datasets: licenses, other facts, and datasets that are new or gone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from tcia_policy.model import ClaimScope, Dataset, Distribution, FactChange, LicenseClaim
from tcia_policy.model.base import Contract
from tcia_policy.text.english import count, joined


class DifferenceKind(StrEnum):
    """What became of a dataset, of a license of it, or of another fact."""

    NEW = "new"
    LOST = "lost"
    WITHDRAWN = "withdrawn"
    BACK = "back"
    LICENSE = "license"
    FACT = "fact"


class Difference(Contract):
    """One thing that is otherwise: of a dataset, of its part `distribution`, or of its `fact`.

    `before` and `after` are in the words of the `source`; one is left out where there was nothing, or is nothing now.
    """

    kind: DifferenceKind
    dataset: str
    distribution: str | None = None
    fact: str | None = None
    source: str | None = None
    before: str | None = None
    after: str | None = None


def differences(before: Iterable[Dataset], after: Iterable[Dataset]) -> tuple[Difference, ...]:
    """Return what is otherwise in `after`, by the ids of datasets. That a source was read again is no difference."""
    old, new = ({dataset.id: dataset for dataset in each} for each in (before, after))
    return tuple(each for id_ in sorted(old | new) for each in _of(id_, old.get(id_), new.get(id_)))


def in_short(found: Sequence[Difference]) -> str:
    """Return how many there are of each kind: `1 new dataset and 3 licenses changed`; empty where there are none."""
    numbers = {kind: sum(each.kind is kind for each in found) for kind in DifferenceKind}
    return joined([count(numbers[kind], *words) for kind, words in _COUNTED.items() if numbers[kind]])


_COUNTED = {
    DifferenceKind.NEW: ("new dataset", "new datasets"),
    DifferenceKind.LOST: ("dataset lost", "datasets lost"),
    DifferenceKind.WITHDRAWN: ("dataset withdrawn", "datasets withdrawn"),
    DifferenceKind.BACK: ("dataset back", "datasets back"),
    DifferenceKind.LICENSE: ("license changed", "licenses changed"),
    DifferenceKind.FACT: ("other fact changed", "other facts changed"),
}


def _of(id_: str, old: Dataset | None, new: Dataset | None) -> Iterator[Difference]:
    if old is None or new is None:
        kind = DifferenceKind.NEW if old is None else DifferenceKind.LOST
        yield Difference(kind=kind, dataset=id_, before=_title(old), after=_title(new))
        return
    if (old.withdrawn is None) != (new.withdrawn is None):
        kind = DifferenceKind.BACK if new.withdrawn is None else DifferenceKind.WITHDRAWN
        yield Difference(kind=kind, dataset=id_)
    yield from _licenses(old, new)
    recorded = [each for each in new.changes if each not in old.changes and each.fact != "withdrawn"]
    yield from (_fact(id_, each) for each in recorded)


def _title(dataset: Dataset | None) -> str | None:
    return None if dataset is None else dataset.title


def _fact(id_: str, change: FactChange) -> Difference:
    return Difference(
        kind=DifferenceKind.FACT,
        dataset=id_,
        distribution=change.distribution,
        fact=change.fact,
        source=change.source,
        before=change.before,
        after=change.after,
    )


def _licenses(old: Dataset, new: Dataset) -> Iterator[Difference]:
    """Yield each part on whose license a source says something else than it said."""
    parts: Mapping[str, Distribution] = {part.id: part for part in old.distributions}
    now = {part.id: part for part in new.distributions}
    for id_ in (*parts, *(each for each in now if each not in parts)):
        said, says = (_stated(each.get(id_)) for each in (parts, now))
        for source in dict.fromkeys((*said, *says)):
            if said.get(source) != says.get(source):
                yield Difference(
                    kind=DifferenceKind.LICENSE,
                    dataset=new.id,
                    distribution=id_,
                    source=source,
                    before=_in_words(said.get(source)),
                    after=_in_words(says.get(source)),
                )


Stated = tuple[tuple[str, str, ClaimScope, str], ...]
"""What a source states of a part: license, its wording, what it speaks of, and where it stood."""


def _stated(part: Distribution | None) -> dict[str, Stated]:
    found: dict[str, list[tuple[str, str, ClaimScope, str]]] = {}
    for claim in () if part is None else part.claims:
        found.setdefault(claim.source, []).append(_key(claim))
    return {source: tuple(sorted(keys)) for source, keys in found.items()}


def _key(claim: LicenseClaim) -> tuple[str, str, ClaimScope, str]:
    return claim.license, claim.stated_as, claim.scope, claim.field


def _in_words(stated: Stated | None) -> str | None:
    return None if stated is None else "; ".join(dict.fromkeys(wording for _license, wording, *_ in stated))
