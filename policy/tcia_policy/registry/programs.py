"""Programs whose data come from other places, too: `rules/reference/programs.yaml`."""

from functools import cache
from pathlib import Path

from tcia_policy.files import located_yaml
from tcia_policy.files.compiled import compiled
from tcia_policy.files.shipped import shipped
from tcia_policy.model import Dataset, Reference, Route
from tcia_policy.model.base import Contract

FILE = "programs.yaml"


class PartsElsewhere(Contract):
    """The words for parts of a program's datasets that these places have and neither TCIA nor IDC has."""

    places: tuple[Route, ...]
    words: tuple[str, ...]
    reference: Reference


class Program(Contract):
    """How the data of a program are recognized, and where they are to be had beside TCIA and IDC."""

    program: str
    dataset_ids_begin: str
    names_have: str
    obtained_from: tuple[Route, ...]
    parts_elsewhere: tuple[PartsElsewhere, ...]
    reference: Reference

    def has(self, dataset: Dataset) -> bool:
        """Return whether a dataset of the registry is one of the program."""
        return self.program in (dataset.program or "") or dataset.id.startswith(self.dataset_ids_begin)

    def has_other(self, name: str, obtained_from: Route) -> bool:
        """Return whether data that the registry does not have are of the program."""
        return self.names_have.casefold() in name.casefold() or obtained_from in self.obtained_from


class ProgramsFile(Contract):
    """Everything in the file."""

    programs: tuple[Program, ...]


@cache
def load_programs(folder: Path | None = None) -> tuple[Program, ...]:
    """Return the programs in `programs.yaml` of the folder of reference data (the shipped one by default).

    Raise `InputError` with file, line and field for a place that does not exist or a key that is missing.
    """
    if folder is None:
        path = shipped("rules") / "reference" / FILE
        return compiled("programs", [path], lambda: _read(path))
    return _read(folder / FILE)


def _read(path: Path) -> tuple[Program, ...]:
    return located_yaml.read(path).parse(ProgramsFile).programs


def programs_of_other(name: str, obtained_from: Route) -> tuple[str, ...]:
    """Return the programs to which data that the registry does not have belong."""
    return tuple(item.program for item in load_programs() if item.has_other(name, obtained_from))


def programs_of_place(obtained_from: Route) -> tuple[str, ...]:
    """Return the programs whose terms hold for everything that this place gives out."""
    return tuple(item.program for item in load_programs() if obtained_from in item.obtained_from)


def words_elsewhere(dataset: Dataset, route: Route | None) -> tuple[str, ...]:
    """Return the words for parts of this dataset that a place has and neither TCIA nor IDC has."""
    kept = [place for item in load_programs() if item.has(dataset) for place in item.parts_elsewhere]
    return tuple(dict.fromkeys(word for place in kept if route in place.places for word in place.words))
