"""The terms of the places that data are obtained from: `rules/reference/copies.yaml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.files.compiled import compiled
from tcia_policy.files.shipped import shipped
from tcia_policy.model import Extent, Holding, Reference, Route
from tcia_policy.model.base import Contract

FILE = "copies.yaml"


class CopyTerms(Contract):
    """The license under which one place gives out its data, and where it says so."""

    route: Route
    license: str
    reference: Reference


class OpenPlace(Contract):
    """A place where everybody gets the data without asking, and where it says so."""

    route: Route
    reference: Reference


class CopiesFile(Contract):
    """What is known of such places: the license of what they give out, and which of them give it to everybody."""

    copies: tuple[CopyTerms, ...]
    open_to_all: tuple[OpenPlace, ...] = ()


def load_copies(folder: Path | None = None) -> Mapping[Route, CopyTerms]:
    """Return terms by route, from `copies.yaml` in the folder of reference data (the shipped one by default).

    The shipped ones are read once. Raises `InputError` for a source that cannot carry a permission.
    """
    return {item.route: item for item in _file(folder).copies}


def load_open_places(folder: Path | None = None) -> frozenset[Route]:
    """Return the places where everybody gets the data without asking, read as `load_copies` reads."""
    return frozenset(item.route for item in _file(folder).open_to_all)


def _file(folder: Path | None) -> CopiesFile:
    return _shipped_file() if folder is None else _read(folder)


@cache
def _shipped_file() -> CopiesFile:
    folder = shipped("rules") / "reference"
    return compiled("copies", [folder / FILE], lambda: _read(folder))


def _read(folder: Path) -> CopiesFile:
    path = folder / FILE
    content = located_yaml.read(path).parse(CopiesFile)
    for item in content.copies:
        if not item.reference.supports("permitted"):
            raise InputError(f"the source for {item.route.value} cannot carry a license", file=path, field="copies")
    for place in content.open_to_all:
        if not place.reference.is_official or place.reference.reading is Extent.NOT_READ:
            raise InputError(f"{place.route.value} is open by hearsay only", file=path, field="open_to_all")
    return content


def with_terms_of_copy(holding: Holding, copies: Mapping[Route, CopyTerms]) -> Holding:
    """Return the holding with the license of the place it came from, where only that place has such parts."""
    terms = copies.get(holding.obtained_from)
    if terms is None or not holding.parts_named:
        return holding
    return holding.model_copy(update={"claimed_licenses": (terms.license,)})
