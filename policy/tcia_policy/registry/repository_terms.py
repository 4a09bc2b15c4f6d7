"""The terms of copies that are had from elsewhere than TCIA and IDC: `rules/reference/copies.yaml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.files.shipped import shipped
from tcia_policy.model import Holding, Reference, Route
from tcia_policy.model.base import Contract


class CopyTerms(Contract):
    """The license under which one place gives out its data, and where it says so."""

    route: Route
    license: str
    reference: Reference


class CopiesFile(Contract):
    """What is known of such places."""

    copies: tuple[CopyTerms, ...]


def load_copies(folder: Path | None = None) -> Mapping[Route, CopyTerms]:
    """Return terms by route, from `copies.yaml` in the folder of reference data (the shipped one by default).

    The shipped ones are read once. Raises `InputError` for a source that cannot carry a permission.
    """
    return _shipped_copies() if folder is None else _read(folder)


@cache
def _shipped_copies() -> Mapping[Route, CopyTerms]:
    return _read(shipped("rules") / "reference")


def _read(folder: Path) -> Mapping[Route, CopyTerms]:
    path = folder / "copies.yaml"
    content = located_yaml.read(path).parse(CopiesFile)
    for item in content.copies:
        if not item.reference.grade.carries_verdict:
            raise InputError(f"the source for {item.route.value} cannot carry a license", file=path, field="copies")
    return {item.route: item for item in content.copies}


def with_terms_of_copy(holding: Holding, copies: Mapping[Route, CopyTerms]) -> Holding:
    """Return the holding with the license of the place it came from, where only that place has such parts."""
    terms = copies.get(holding.obtained_from)
    if terms is None or not holding.parts_named:
        return holding
    return holding.model_copy(update={"claimed_licenses": (terms.license,)})
