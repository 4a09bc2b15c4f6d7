"""The place that data were obtained from, as people write it: `rules/reference/routes.yaml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator

from tcia_policy.files import located_yaml
from tcia_policy.files.compiled import compiled
from tcia_policy.files.shipped import shipped
from tcia_policy.lazy import pattern
from tcia_policy.model.base import Contract
from tcia_policy.model.holding import Route
from tcia_policy.text.english import one_of
from tcia_policy.text.name_keys import compare_key
from tcia_policy.text.suggest import did_you_mean, similar

FILE = "routes.yaml"
LONGEST = 200  # characters
LEAST_ALIKE = 75  # of 100, as `similar` has it
_ADDRESS = pattern(r"^(?:[a-z][a-z0-9+.-]*://)?(?:[^/@\s]*@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(?:[/?#].*)?$")


class Spellings(Contract):
    """How one place is written. A host stands for its subdomains as well."""

    place: Route
    spellings: tuple[str, ...]
    hosts: tuple[str, ...] = ()


class RoutesFile(Contract):
    """Everything in the file."""

    routes: tuple[Spellings, ...]


def load_routes(folder: Path | None = None) -> tuple[Spellings, ...]:
    """Return the places in `routes.yaml` of the folder of reference data (the shipped one by default).

    Raise `InputError` with file, line and field for a place that does not exist or a key that is missing.
    """
    if folder is None:
        path = shipped("rules") / "reference" / FILE
        return compiled("routes", [path], lambda: _read(path))
    return _read(folder / FILE)


def _read(path: Path) -> tuple[Spellings, ...]:
    return located_yaml.read(path).parse(RoutesFile).routes


def place_of(written: object) -> object:
    """Return the place that somebody wrote (`Hugging Face`, `https://www.kaggle.com/x`), what is no text as it is.

    Raise `ValueError` for a place that is not known, with the most similar ones.
    """
    if not isinstance(written, str) or isinstance(written, Route):
        return written
    found = _by_spelling().get(compare_key(written)) or _by_host(written.strip().casefold())
    if found is None:
        known = [each.place.value for each in _routes() if each.place is not Route.OTHER]
        names = [name for each in _routes() for name in each.spellings]
        meant = did_you_mean(similar(written[:LONGEST], names, at_least=LEAST_ALIKE)) if compare_key(written) else ""
        rest = f"places are {one_of(known)}; any other is `other`"
        raise ValueError(f"is no place that is known here; {meant + ' ' if meant else ''}{rest}")
    return found


Place = Annotated[Route, BeforeValidator(place_of, json_schema_input_type=str)]
"""A place in any spelling of `routes.yaml`."""


@cache
def _routes() -> tuple[Spellings, ...]:
    return load_routes()


@cache
def _by_spelling() -> Mapping[str, Route]:
    return {compare_key(name): each.place for each in _routes() for name in (each.place.value, *each.spellings)}


def _by_host(written: str) -> Route | None:
    """Return the place of an address. The longest host decides, since a host stands for its subdomains."""
    match = _ADDRESS.match(written)
    if match is None:
        return None
    host = match.group(1)
    hosts = [(known, each.place) for each in _routes() for known in each.hosts]
    fitting = [(len(known), place) for known, place in hosts if host == known or host.endswith(f".{known}")]
    return max(fitting)[1] if fitting else None
