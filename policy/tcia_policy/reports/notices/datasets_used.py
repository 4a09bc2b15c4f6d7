"""What a study was made with: each dataset held, the terms stated for the parts held, and what was changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tcia_policy.engine.license_readings import stated_licenses
from tcia_policy.model import (
    Access,
    Archive,
    Assessment,
    DataItem,
    Dataset,
    Distribution,
    Holding,
    HoldingKind,
    License,
    OtherData,
    Route,
)
from tcia_policy.model.project import ITEM_KINDS
from tcia_policy.reports.item_names import Names


@dataclass(frozen=True)
class Part:
    """A part that may be held, and the licenses it may be under, each with who states it.

    `title` is `None` where no part is known. `access` is `None` where it is not known, or the sources differ.
    """

    title: str | None
    stated: tuple[tuple[str, tuple[str, ...]], ...]
    access: Access | None


@dataclass(frozen=True)
class Change:
    """What was done to the data of one item of the project; `None` where the project does not say."""

    item: str
    said: str | None


@dataclass(frozen=True)
class HeldPart:
    """One holding: its parts and what was changed, by the items it comes from."""

    holding: Holding
    parts: tuple[Part, ...]
    changes: tuple[Change, ...]
    items: tuple[DataItem, ...]


@dataclass(frozen=True)
class Material:
    """A dataset with all its holdings, or one holding that leads to no dataset."""

    name: str
    dataset: Dataset | None
    held: tuple[HeldPart, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of all holdings, each once."""
        return tuple(dict.fromkeys(part for held in self.held for part in held.parts))


@dataclass(frozen=True)
class Origin:
    """A dataset that some of the material was made from, of which no part need be held.

    `dataset` is `None` where the source names none of ours.
    """

    name: str
    dataset: Dataset | None
    parts: tuple[Part, ...]
    made_into: tuple[str, ...]


def materials(assessment: Assessment, names: Names) -> tuple[Material, ...]:
    """What the project holds, in the order of its holdings."""
    items = _by_label(assessment.project.data)
    groups: dict[tuple[bool, str], list[Holding]] = {}
    for holding in assessment.holdings:
        known = holding.dataset in names.datasets
        groups.setdefault((known, holding.dataset or "") if known else (False, holding.id), []).append(holding)
    return tuple(
        Material(
            name=(group[0].dataset if known else None) or group[0].name,
            dataset=names.datasets.get(group[0].dataset or ""),
            held=tuple(_held(holding, items, names) for holding in group),
        )
        for (known, _), group in groups.items()
    )


def origins(assessment: Assessment, names: Names) -> tuple[Origin, ...]:
    """What the datasets held were made from and what is not held itself."""
    ids = dict.fromkeys(holding.dataset or "" for holding in assessment.holdings)
    held = [names.datasets[name] for name in ids if name in names.datasets]
    found: dict[str, list[str]] = {}
    named: dict[str, str | None] = {}
    for dataset in held:
        for item in dataset.derived_from:
            if item.dataset in ids:
                continue
            name = item.dataset or item.named
            found.setdefault(name, []).append(dataset.id)
            named[name] = item.dataset
    return tuple(
        Origin(
            name=name,
            dataset=source,
            parts=() if source is None else tuple(_part(part, source, names, ()) for part in source.distributions),
            made_into=tuple(dict.fromkeys(made)),
        )
        for name, made in found.items()
        for source in [names.datasets.get(named[name] or "")]
    )


def governing(stated: Sequence[str], licenses: Mapping[str, License]) -> str | None:
    """Of several licenses the one that grants less, or asks or forbids more, than each other; `None` if none does."""
    known = [licenses[name] for name in stated if name in licenses and licenses[name].terms_known]
    if len(known) != len(stated):
        return None
    strictest = [one for one in known if all(_is_as_strict(one, other) for other in known)]
    return strictest[0].id if len(strictest) == 1 else None


def _is_as_strict(one: License, other: License) -> bool:
    return (
        set(one.permits) <= set(other.permits)
        and set(one.requires) >= set(other.requires)
        and set(one.prohibits) >= set(other.prohibits)
        and (one.access is Access.CONTROLLED or other.access is Access.OPEN)
    )


def _held(holding: Holding, named: Mapping[str, Sequence[DataItem]], names: Names) -> HeldPart:
    dataset = names.datasets.get(holding.dataset or "")
    found = [
        (label, item) for label in holding.items for item in _items(label, named) if _may_be_of(item, holding, dataset)
    ]
    changes = tuple(dict.fromkeys(Change(label, item.changes) for label, item in found))
    return HeldPart(holding, _parts(holding, dataset, names), changes, tuple(item for _, item in found))


def _by_label(items: Sequence[DataItem]) -> Mapping[str, Sequence[DataItem]]:
    """The items of the project as holdings spell them; a folder ends in `/`."""
    found: dict[str, list[DataItem]] = {}
    for item in items:
        named = next(value for kind in ITEM_KINDS if (value := getattr(item, kind)) is not None)
        label = named.name if isinstance(named, OtherData) else str(named)
        found.setdefault(f"{label.rstrip('/')}/" if item.folder is not None else label.strip(), []).append(item)
    return found


def _items(label: str, named: Mapping[str, Sequence[DataItem]]) -> list[DataItem]:
    """Those that a label stands for: the item itself, and the folder that a cohort file is in or that it is."""
    folders = [f"{label.rstrip('/')}/", *(label[: end + 1] for end, sign in enumerate(label) if sign == "/")]
    return [item for name in dict.fromkeys((label.strip(), *folders)) for item in named.get(name, ())]


def _may_be_of(item: DataItem, holding: Holding, dataset: Dataset | None) -> bool:
    """Whether nothing that the item says of itself, or leaves to be understood, is otherwise in the holding."""
    same = item.version == holding.version and item.obtained_on == holding.obtained_on
    return same and holding.obtained_from in _routes(item, dataset)


def _routes(item: DataItem, dataset: Dataset | None) -> tuple[Route, ...]:
    """Where the item's data are from: where left out, TCIA but for what only IDC has; of cohort files either."""
    if item.obtained_from is not None:
        return (item.obtained_from,)
    if item.other is not None:
        return (Route.OTHER,)
    if item.manifest is not None or item.folder is not None:
        return (Route.TCIA, Route.IDC)
    return (Route.IDC,) if dataset is not None and dataset.archive is Archive.IDC else (Route.TCIA,)


def _parts(holding: Holding, dataset: Dataset | None, names: Names) -> tuple[Part, ...]:
    if dataset is None:
        by_project = holding.kind is HoldingKind.OTHER and holding.license is not None
        stated = ((holding.license or "", ("the project",)),) if by_project else ()
        return (Part(None, stated, None),)
    if not holding.distributions:
        place = tuple((name, ("the place that it was obtained from",)) for name in holding.claimed_licenses)
        return (Part(", ".join(holding.parts_named) or None, place, _access(holding.claimed_licenses, names)),)
    known = {part.id: part for part in dataset.distributions}
    return tuple(
        _part(known[name], dataset, names, holding.claimed_licenses) if name in known else Part(name, (), None)
        for name in holding.distributions
    )


def _part(part: Distribution, dataset: Dataset, names: Names, selected: Sequence[str]) -> Part:
    titles = {source.id: source.title for source in names.sources.values()}
    stated = stated_licenses(part, dataset, names.licenses, titles, selected)
    closed = any(claim.access is Access.CONTROLLED and claim.license in stated for claim in part.claims)
    access = Access.CONTROLLED if closed else _access(tuple(stated), names)
    return Part(part.title, tuple(stated.items()), access)


def _access(stated: Sequence[str], names: Names) -> Access | None:
    """Controlled where any license says so; open only where all do."""
    known = [names.licenses[name].access for name in stated if name in names.licenses]
    if Access.CONTROLLED in known:
        return Access.CONTROLLED
    return Access.OPEN if known and len(known) == len(stated) else None
