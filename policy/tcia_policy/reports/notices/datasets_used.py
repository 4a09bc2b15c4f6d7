"""What a study was made with: each dataset with its data items, and the datasets that those were made from."""

from collections.abc import Container
from dataclasses import replace

from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment, Dataset, Holding, HoldingTerms, PartTerms
from tcia_policy.reports.item_names import Names


@dataclass(frozen=True)
class HeldPart:
    """One data item with its terms."""

    holding: Holding
    terms: HoldingTerms

    @property
    def parts(self) -> tuple[PartTerms, ...]:
        """Return the parts that may have been used."""
        return self.terms.parts

    @property
    def changes(self) -> tuple[tuple[str, str | None], ...]:
        """Return what was done to the data, by the label of the item they came from; `None` where nothing is said."""
        return tuple(dict.fromkeys((item.label, item.changes) for item in self.terms.items))


@dataclass(frozen=True)
class Material:
    """A dataset with all its data items, or one data item that leads to no dataset."""

    name: str
    dataset: Dataset | None
    held: tuple[HeldPart, ...]

    @property
    def parts(self) -> tuple[PartTerms, ...]:
        """Return the parts of all data items, each once."""
        return tuple(dict.fromkeys(part for held in self.held for part in held.parts))

    def only(self, holdings: Container[str]) -> "Material | None":
        """Return the same with these data items alone; `None` where it has none of them."""
        held = tuple(each for each in self.held if each.holding.id in holdings)
        return replace(self, held=held) if held else None

    @property
    def is_noncommercial(self) -> bool:
        """Return whether the terms of one of its data items exclude commercial use."""
        return any(held.terms.noncommercial for held in self.held)


@dataclass(frozen=True)
class Origin:
    """A dataset that some of the material was made from. `dataset` is `None` where the registry does not have it."""

    name: str
    dataset: Dataset | None
    parts: tuple[PartTerms, ...]
    made_into: tuple[str, ...]


def materials(assessment: Assessment, names: Names) -> tuple[Material, ...]:
    """Return what the project used, in the order of its data items."""
    terms = {item.holding: item for item in assessment.terms}
    groups: dict[tuple[bool, str], list[HeldPart]] = {}
    for holding in assessment.holdings:
        is_known = holding.dataset in names.datasets
        key = (is_known, holding.dataset or "") if is_known else (False, holding.id)
        groups.setdefault(key, []).append(HeldPart(holding, terms[holding.id]))
    return tuple(_material(group, names) for group in groups.values())


def _material(held: list[HeldPart], names: Names) -> Material:
    first = held[0].holding
    dataset = names.datasets.get(first.dataset or "")
    return Material(first.name if dataset is None else dataset.id, dataset, tuple(held))


def origins(assessment: Assessment, names: Names) -> tuple[Origin, ...]:
    """Return the datasets that those used were made from."""
    return tuple(
        Origin(item.name, names.datasets.get(item.dataset or ""), item.parts, item.made_into)
        for item in assessment.origins
    )
