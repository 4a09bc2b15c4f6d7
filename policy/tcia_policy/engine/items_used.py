"""The items of the project that each data item came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tcia_policy.model import Archive, DataItem, Dataset, Holding, ItemUsed, OtherData, Route
from tcia_policy.model.project import ITEM_KINDS


@dataclass(frozen=True)
class ItemsByLabel:
    """The items of a project by the label that data items use for them; the label of a folder ends in `/`."""

    items: Mapping[str, Sequence[DataItem]]

    @classmethod
    def of(cls, items: Sequence[DataItem]) -> "ItemsByLabel":
        """Return the items under their labels."""
        found: dict[str, list[DataItem]] = {}
        for item in items:
            found.setdefault(_label(item), []).append(item)
        return cls(found)

    def named(self, label: str) -> list[DataItem]:
        """Return the items that a label stands for: the item itself, and the folder that a cohort file is in or is."""
        folders = [f"{label.rstrip('/')}/", *(label[: end + 1] for end, sign in enumerate(label) if sign == "/")]
        return [item for name in dict.fromkeys((label.strip(), *folders)) for item in self.items.get(name, ())]


@dataclass(frozen=True)
class ItemsOfHolding:
    """The items that a data item came from, and whether one of them does not say where its data are from."""

    used: tuple[ItemUsed, ...]
    some_leave_out_the_place: bool


def items_of(holding: Holding, items: ItemsByLabel, dataset: Dataset | None) -> ItemsOfHolding:
    """Return the items that `holding` came from, in its order; `dataset` is what it is of."""
    found = [
        (label, item) for label in holding.items for item in items.named(label) if _may_be_of(item, holding, dataset)
    ]
    used = (
        ItemUsed(label=label, changes=item.changes, is_cohort_file=_is_cohort_file(label, item))
        for label, item in found
    )
    return ItemsOfHolding(tuple(dict.fromkeys(used)), any(item.obtained_from is None for _, item in found))


def _label(item: DataItem) -> str:
    named = next(value for kind in ITEM_KINDS if (value := getattr(item, kind)) is not None)
    label = named.name if isinstance(named, OtherData) else str(named)
    return f"{label.rstrip('/')}/" if item.folder is not None else label.strip()


def _is_cohort_file(label: str, item: DataItem) -> bool:
    if item.manifest is not None:
        return label.strip() == item.manifest.strip()
    return item.folder is not None and label.startswith(f"{item.folder.rstrip('/')}/")


def _may_be_of(item: DataItem, holding: Holding, dataset: Dataset | None) -> bool:
    """Return whether what the item says, and what is assumed where it says nothing, agrees with the holding."""
    same = item.version == holding.version and item.obtained_on == holding.obtained_on
    return same and holding.obtained_from in _routes(item, dataset)


def _routes(item: DataItem, dataset: Dataset | None) -> tuple[Route, ...]:
    """Return where its data are from: where left out, TCIA but for what only IDC has; of cohort files either."""
    if item.obtained_from is not None:
        return (item.obtained_from,)
    if item.other is not None:
        return (Route.OTHER,)
    if dataset is not None and dataset.places:
        return (dataset.places[0],)
    if item.manifest is not None or item.folder is not None:
        return (Route.TCIA, Route.IDC)
    return (Route.IDC,) if dataset is not None and dataset.archive is Archive.IDC else (Route.TCIA,)
