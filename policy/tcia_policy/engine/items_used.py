"""The items of the project that each data item came from."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from tcia_policy.lazy import dataclass
from tcia_policy.model import Archive, DataItem, Dataset, Holding, ItemUsed, OtherData, Route
from tcia_policy.model.project import ITEM_KINDS

NO_LINES: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class PlacedItem:
    """An item of the project, its place (`data[2]`) and its line, if there is a file."""

    item: DataItem
    field: str
    line: int | None


@dataclass(frozen=True)
class ItemsByLabel:
    """The items of a project by the label that data items use for them; the label of a folder ends in `/`."""

    items: Mapping[str, Sequence["PlacedItem"]]

    @classmethod
    def of(cls, items: Sequence[DataItem], lines: Mapping[str, int] = NO_LINES) -> "ItemsByLabel":
        """Return the items under their labels; `lines` has the lines of fields of the project file."""
        found: dict[str, list[PlacedItem]] = {}
        for number, item in enumerate(items):
            field = f"data[{number}]"
            found.setdefault(_label(item), []).append(PlacedItem(item, field, lines.get(field)))
        return cls(found)

    def named(self, label: str) -> list["PlacedItem"]:
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
        (label, placed)
        for label in holding.items
        for placed in items.named(label)
        if _may_be_of(placed.item, holding, dataset)
    ]
    used: dict[tuple[str, str | None, bool], ItemUsed] = {}
    for label, placed in found:
        alike = (label, placed.item.changes, _is_cohort_file(label, placed.item))
        used.setdefault(alike, _used(*alike, placed))
    return ItemsOfHolding(tuple(used.values()), any(placed.item.obtained_from is None for _, placed in found))


def _used(label: str, changes: str | None, is_cohort_file: bool, placed: PlacedItem) -> ItemUsed:
    return ItemUsed(label=label, changes=changes, is_cohort_file=is_cohort_file, field=placed.field, line=placed.line)


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
    same = item.version == holding.version and item.obtained_on == holding.obtained_on and item.id == holding.item
    words = {*(read.word for read in holding.words_read), *holding.parts_named}
    return same and words <= set(item.distributions or ()) and holding.obtained_from in _routes(item, holding, dataset)


def _routes(item: DataItem, holding: Holding, dataset: Dataset | None) -> tuple[Route, ...]:
    """Return where its data are from.

    Where left out, that is what its cohort file shows, else TCIA but for what only IDC has; of cohort files either.
    """
    if item.obtained_from is not None:
        return (item.obtained_from,)
    if holding.shown_by is not None:
        return (holding.obtained_from,)
    if item.other is not None:
        return (Route.OTHER,)
    if dataset is not None and dataset.places:
        return (dataset.places[0],)
    if item.manifest is not None or item.folder is not None:
        return (Route.TCIA, Route.IDC)
    return (Route.IDC,) if dataset is not None and dataset.archive is Archive.IDC else (Route.TCIA,)
