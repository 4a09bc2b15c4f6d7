"""A first project for some data: an id for each item, the parts to choose from, and what was not understood."""

import re
from collections.abc import Sequence
from itertools import chain, count
from pathlib import PurePath

from tcia_policy.cohorts.distributions import is_controlled
from tcia_policy.cohorts.resolve import Resolution
from tcia_policy.engine.case import resolve_study
from tcia_policy.engine.study import Study
from tcia_policy.lazy import dataclass
from tcia_policy.model import DataItem, Dataset, Distribution, Holding, HoldingKind, Route
from tcia_policy.registry import Registry

LONGEST_ID = 40


@dataclass(frozen=True)
class DraftPart:
    """A part of a dataset to choose, or not. `access` is what sources say of it in words, `licenses` what they name."""

    id: str
    title: str
    access: str
    licenses: tuple[str, ...]


@dataclass(frozen=True)
class DraftItem:
    """An item of a first project. `parts` are there to choose from where some are open and some are controlled.

    `not_understood` has what the item lists and nobody knows, one thing in each line.
    """

    item: DataItem
    parts: tuple[DraftPart, ...] = ()
    not_understood: tuple[str, ...] = ()


def project_draft(study: Study, registry: Registry) -> tuple[DraftItem, ...]:
    """Return the items of a study, each once and with an id. Raises `InputError` as `resolve_study` does."""
    items = _with_ids(tuple(dict.fromkeys(study.project.data)), registry)
    found = resolve_study(Study.of(items, study.base), registry)
    drafts = []
    for position, item in enumerate(items):
        own = [each for each in found.holdings if each.item == item.id]
        drafts.append(_draft(_with_route(item, _shown(found, position), own), own, registry))
    return tuple(drafts)


def _shown(found: Resolution, position: int) -> set[Route]:
    """Return the places that the files of an item show that they came from."""
    return {each.origin.route for each in found.read if each.position == position and each.origin is not None}


def _with_route(item: DataItem, shown: set[Route], holdings: Sequence[Holding]) -> DataItem:
    """Return the item with the place that its files came from, where they show one and all of it came from there."""
    routes = {each.obtained_from for each in holdings}
    if item.obtained_from is not None or len(routes) != 1 or not routes <= shown:
        return item
    return item.model_copy(update={"obtained_from": next(iter(routes))})


def _draft(item: DataItem, holdings: Sequence[Holding], registry: Registry) -> DraftItem:
    names_dataset = item.manifest is None and item.folder is None and item.series is None
    known = [registry.get(each.dataset) for each in holdings if names_dataset and each.dataset is not None]
    unknown = [each for each in holdings if each.kind not in (HoldingKind.DATASET, HoldingKind.OTHER, HoldingKind.OWN)]
    return DraftItem(
        item,
        parts=tuple(part for dataset in known for part in _parts(dataset, registry)),
        not_understood=tuple(dict.fromkeys(line for each in unknown for line in (each.name, *each.examples))),
    )


def _parts(dataset: Dataset, registry: Registry) -> tuple[DraftPart, ...]:
    parts = tuple(_part(each, registry) for each in dataset.distributions)
    return parts if len({part.access for part in parts}) > 1 else ()


def _part(part: Distribution, registry: Registry) -> DraftPart:
    stated = dict.fromkeys(claim.license for claim in part.claims if claim.license is not None)
    names = tuple(registry.licenses[each].short_name if each in registry.licenses else each for each in stated)
    return DraftPart(part.id, part.title, _access(part, registry), names)


def _access(part: Distribution, registry: Registry) -> str:
    if not part.claims:
        return "access not stated"
    if is_controlled(part, registry.licenses):
        return "controlled"
    stated = (part.model_copy(update={"claims": (claim,)}) for claim in part.claims)
    return "controlled by some sources" if any(is_controlled(each, registry.licenses) for each in stated) else "open"


def _with_ids(items: Sequence[DataItem], registry: Registry) -> tuple[DataItem, ...]:
    """Return the items with ids that differ, and that are no names of data that the item is not."""
    taken: set[str] = set()
    found = []
    for number, item in enumerate(items, start=1):
        name = _id_of(item, registry) or "data"
        wanted = chain([name], (f"{name}-{more}" for more in count(number)))
        id_ = next(each for each in wanted if each not in taken and _is_free(each, item, registry))
        taken.add(id_)
        found.append(item.model_copy(update={"id": id_}))
    return tuple(found)


def _id_of(item: DataItem, registry: Registry) -> str:
    named = item.dataset or item.collection or item.analysis_result or item.doi
    path = PurePath(item.manifest or item.folder or "")
    text = path.stem if named is None else "-".join(registry.find(named))
    return re.sub(r"[^a-z0-9]+", "-", text.casefold())[:LONGEST_ID].strip("-")


def _is_free(id_: str, item: DataItem, registry: Registry) -> bool:
    """Return whether nothing else has this name: an item may be called after its dataset, and a file after none."""
    if not registry.knows(id_):
        return True
    named = item.dataset or item.collection or item.analysis_result or item.doi
    return named is not None and registry.find(id_) == registry.find(named)
