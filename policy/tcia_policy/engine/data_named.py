"""Which data a piece of evidence names: a dataset, in any spelling, a data item by its `id`, or declared data."""

from collections.abc import Iterator, Sequence

from tcia_policy.errors import InputError, Mistakes
from tcia_policy.lazy import dataclass
from tcia_policy.model import DataItem, Dataset, Holding, Permission, Project
from tcia_policy.registry import Registry
from tcia_policy.text.english import joined
from tcia_policy.text.name_keys import compare_key


@dataclass(frozen=True)
class DataNamed:
    """What names in the evidence of a project stand for, with its data as resolved."""

    project: Project
    holdings: Sequence[Holding]
    registry: Registry

    def ids(self, name: str) -> tuple[str, ...]:
        """Return the ids of the datasets that a name stands for; the name itself for declared data and an item's `id`.

        Raise `InputError` for a name that is unknown, or that two datasets share.
        """
        return (name,) if self._is_of_project(name) else self.registry.find(name)

    def datasets(self, name: str) -> list[Dataset]:
        """Return the datasets that a name stands for: none for declared data. Raise as `ids` does."""
        if name in _declared(self.project):
            return []
        if self._is_of_project(name):
            of_item = (item.dataset for item in self.holdings if item.item == name and item.dataset is not None)
            return [self.registry.get(id_) for id_ in dict.fromkeys(of_item)]
        return [self.registry.get(id_) for id_ in self.registry.find(name)]

    def check(self) -> None:
        """Raise `InputError` with its field wherever evidence names unknown data, or a name stands for several data.

        Evidence that does not count on the day is checked as well, so that a misspelled name is noticed at once.
        """
        mistakes = Mistakes()
        for number, item in enumerate(self.project.data):
            if item.id is not None:
                with mistakes.noted():
                    self._check_id(item.id, number)
        for field, name in _names_in_evidence(self.project):
            with mistakes.noted():
                self._check_name(name, field)
        mistakes.tell()
        for index, permission in enumerate(self.project.permissions):
            with mistakes.noted():
                self._check_parts(f"permissions[{index}].distributions", permission)
        mistakes.tell()

    def check_known(self) -> None:
        """Raise `InputError` with its field for each name in the evidence that stands for nothing, as `ids` does.

        That needs no data that are resolved.
        """
        mistakes = Mistakes()
        for field, name in _names_in_evidence(self.project):
            with mistakes.noted():
                self._ids_at(name, field)
        mistakes.tell()

    def _ids_at(self, name: str, field: str) -> set[str]:
        try:
            return set(self.ids(name))
        except InputError as error:
            raise error.at(field=field) from None

    def _is_of_project(self, name: str) -> bool:
        others = (item.other.name for item in self.project.data if item.other is not None)
        return name in others or any(item.id == name for item in self.project.data)

    def _check_id(self, id_: str, number: int) -> None:
        """Raise `InputError` for an id that is the name of a dataset that its item is not, or of another item."""
        field, hint = f"data[{number}].id", "choose another id"
        for other, item in enumerate(self.project.data):
            if other != number and compare_key(_declared_name(item) or "") == compare_key(id_) != "":
                raise InputError(f"the id {id_!r} is the name of data[{other}]", field=field, hint=hint)
        if not self.registry.knows(id_):
            return
        found = self.registry.find(id_)
        if {item.dataset for item in self.holdings if item.item == id_} != set(found):
            raise InputError(f"the id {id_!r} is the name of {joined(found)}", field=field, hint=hint)

    def _check_name(self, name: str, field: str) -> None:
        """Raise `InputError` for a name that stands for nothing, for two items, or for declared data and a dataset."""
        hint = "give each of these data a name of its own"
        ids = self._ids_at(name, field)
        of_name = [number for number, item in enumerate(self.project.data) if _declared_name(item) in {name, *ids}]
        if len(of_name) > 1:
            places = joined([f"data[{number}]" for number in of_name])
            raise InputError(f"{name!r} is the name of {places}", field=field, hint=hint)
        if not of_name:
            return
        if self.registry.knows(name):
            ids.update(self.registry.find(name))
        meant = sorted({item.dataset for item in self.holdings if item.dataset in ids})
        if meant or name not in _declared(self.project):
            other = joined(meant) or joined(sorted(ids))
            raise InputError(f"{name!r} may be data[{of_name[0]}] or the dataset {other}", field=field, hint=hint)

    def _check_parts(self, field: str, permission: Permission) -> None:
        """Raise `InputError` if a permission names a part that its dataset does not have."""
        if permission.distributions is None:
            return
        parts = [part for dataset in self.datasets(permission.dataset) for part in dataset.distributions]
        for wanted in permission.distributions if parts else ():
            if not any(wanted in (part.id, part.title) for part in parts):
                listed = "; ".join(f"{part.id} {part.title!r}" for part in parts)
                raise InputError(f"{permission.dataset} has no part {wanted!r}", field=field, hint=f"it has: {listed}")


def names_of(holding: Holding) -> frozenset[str]:
    """Return the names under which evidence may be about a data item, as `DataNamed.ids` has them."""
    name = holding.dataset if holding.dataset is not None else holding.name
    return frozenset({name} if holding.item is None else {name, holding.item})


def _declared_name(item: DataItem) -> str | None:
    """Return the name that the project gives to data from elsewhere, or to its own."""
    declared = item.other or item.own
    return None if declared is None else declared.name


def _declared(project: Project) -> set[str]:
    return {name for item in project.data if (name := _declared_name(item)) is not None}


def _names_in_evidence(project: Project) -> Iterator[tuple[str, str]]:
    """Yield the field and content of each name of data in the evidence."""
    for index, permission in enumerate(project.permissions):
        yield f"permissions[{index}].dataset", permission.dataset
    for index, agreement in enumerate(project.agreements):
        if agreement.dataset is not None:
            yield f"agreements[{index}].dataset", agreement.dataset
    for index, answer in enumerate(project.answers):
        yield f"answers[{index}].data", answer.data
