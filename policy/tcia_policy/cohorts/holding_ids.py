"""The ids of data items: they say which copy of which data it is, and never count.

An id is the user's `id:`, else the dataset, with the place that the copy is from where that is not the usual one, and
with the version where one is stated: `LIDC-IDRI`, `CPTAC-LUAD@pdc`, `LIDC-IDRI@idc,v22`. So another copy from another
place changes no id. Only where that leaves two alike, they are told apart by what else differs: parts, the day on which
they were obtained, what came with the copy; last by a digest of it all. Another order of the project changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath

from tcia_policy.files.digests import digest_of_text
from tcia_policy.model import Archive, Dataset, Holding, HoldingKind, Route
from tcia_policy.registry import Registry
from tcia_policy.text.name_keys import slug
from tcia_policy.text.sanitize import clean

_DIGEST = 8
_LONGEST = 60
# What tells two copies apart that are of the same data, place and version.
_FURTHER: Sequence[Callable[[Holding], str]] = (
    lambda holding: "+".join(sorted(map(slug, (*(read.word for read in holding.words_read), *holding.parts_named)))),
    lambda holding: holding.obtained_on.isoformat() if holding.obtained_on else "",
    lambda holding: f"removed-after-{slug(holding.removed_after)}" if holding.removed_after else "",
    lambda holding: f"by-{holding.on_word_of}" if holding.on_word_of else "",
    lambda holding: f"as-{slug(holding.named_otherwise)}" if holding.named_otherwise else "",
    lambda holding: "" if holding.altered is None else "altered" if holding.altered else "not-altered",
    lambda holding: slug(holding.copy_license) if holding.copy_license else "",
    lambda holding: slug(holding.license) if holding.license else "",
    lambda holding: slug(holding.doi) if holding.doi else "",
    lambda holding: "+".join(sorted(map(slug, holding.claimed_licenses))),
)


def with_own_ids(holdings: Sequence[Holding], registry: Registry) -> list[Holding]:
    """Return the `holdings`, whose ids are the names of their data so far, each with an id that no other has."""
    ids = _own_ids(holdings, registry)
    return [holding.model_copy(update={"id": id_}) for holding, id_ in zip(holdings, ids, strict=True)]


def _own_ids(holdings: Sequence[Holding], registry: Registry) -> list[str]:
    of_item = Counter(holding.item for holding in holdings)
    ids = [_wanted(holding, of_item, registry) for holding in holdings]
    for tell in _FURTHER:
        ids = _apart(ids, [tell(holding) for holding in holdings])
    alike = Counter(ids)
    return [_with(id_, _digest(holding)) if alike[id_] > 1 else id_ for id_, holding in zip(ids, holdings, strict=True)]


def _apart(ids: Sequence[str], told: Sequence[str]) -> list[str]:
    """Return the ids; those that are alike get what is `told` of each, if it is not the same of them all."""
    of_id: dict[str, set[str]] = {}
    for id_, each in zip(ids, told, strict=True):
        of_id.setdefault(id_, set()).add(each)
    return [_with(id_, each) if len(of_id[id_]) > 1 else id_ for id_, each in zip(ids, told, strict=True)]


def _wanted(holding: Holding, of_item: Mapping[str | None, int], registry: Registry) -> str:
    copy = _with(_with(holding.id, _route(holding, registry)), _version(holding))
    if holding.kind in (HoldingKind.NOT_IN_IDC_INDEX, HoldingKind.NOT_UNDERSTOOD):
        copy = _with(holding.id, "+".join(sorted(map(_file, holding.items))))
    if holding.item is None:
        return copy
    return holding.item if of_item[holding.item] == 1 else f"{holding.item}/{copy}"


def _file(label: str) -> str:
    """Return the cohort file as the user wrote it; only its name where the path is of one machine."""
    written = clean(label)
    return PurePath(written).name if PurePath(written).is_absolute() else written


def _with(id_: str, told: str) -> str:
    """Return `CPTAC-LUAD@pdc`, or with more to tell it apart `CPTAC-LUAD@pdc,v2`."""
    if not told:
        return id_
    short = told if len(told) <= _LONGEST else f"{told[:_LONGEST]}-{digest_of_text(told)[:_DIGEST]}"
    return f"{id_}{',' if '@' in id_ else '@'}{short}"


def _route(holding: Holding, registry: Registry) -> str:
    if holding.dataset is None or holding.obtained_from is usual_route(registry.get(holding.dataset)):
        return ""
    return holding.obtained_from.value


def _version(holding: Holding) -> str:
    if not holding.version:
        return ""
    version = slug(holding.version)
    return f"v{version}" if version[0].isdigit() else version


def usual_route(dataset: Dataset | None) -> Route:
    """Return where files come from if nobody says so: TCIA, except for what only IDC or another place has."""
    if dataset is not None and dataset.places:
        return dataset.places[0]
    return Route.IDC if dataset is not None and dataset.archive is Archive.IDC else Route.TCIA


def _digest(holding: Holding) -> str:
    """Return a short digest of all that is known of a data item."""
    known = holding.model_copy(update={"items": tuple(sorted(holding.items))}).model_dump_json()
    return digest_of_text(known)[:_DIGEST]
