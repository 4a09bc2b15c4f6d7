"""Whether single values can be right: DOIs, licenses, sources, days, ORCID iDs, addresses of mail, ids of datasets."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

from pydantic import BaseModel

from tcia_policy.files.model_shape import YamlPath
from tcia_policy.importers.verify.complaint import Leaf, Wrong, leaves_of
from tcia_policy.lazy import dataclass
from tcia_policy.registry.licenses import NONE_STATED, is_unrecognized
from tcia_policy.text.doi import normalize_doi
from tcia_policy.text.orcid import is_orcid

_MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[A-Za-z]{2,}")


@dataclass(frozen=True)
class Known:
    """What values are held against: the ids of licenses, sources and datasets, and the day on which it is done."""

    licenses: Collection[str]
    sources: Collection[str]
    datasets: Collection[str]
    today: date


def wrong_values(model: BaseModel, known: Known, place: YamlPath = ()) -> Iterator[Wrong]:
    """Yield what is wrong with single values that a model states."""
    for leaf in leaves_of(model, place):
        check = _day if isinstance(leaf.value, date) else _CHECKS.get(leaf.name)
        found = None if check is None else check(leaf, known)
        if found is not None:
            yield found


def wrong_doi(place: YamlPath, doi: str) -> Wrong | None:
    """Return what is wrong with the spelling of a DOI, if anything is."""
    normal = normalize_doi(doi)
    if normal == doi:
        return None
    right = "10.REGISTRANT/NAME in lower case, without a resolver" if normal is None else f"write {normal}"
    return Wrong(place, f"is no DOI as the registry writes it: {doi[:80]!r}", right)


def _doi(leaf: Leaf, _known: Known) -> Wrong | None:
    return wrong_doi(leaf.place, str(leaf.value))


def _name(leaf: Leaf, _known: Known) -> Wrong | None:
    """Return what is wrong with another name of a dataset, which may be the DOI of a version."""
    is_doi = leaf.place[0] == "also_called" and str(leaf.value).startswith("10.")
    return wrong_doi(leaf.place, str(leaf.value)) if is_doi else None


def _day(leaf: Leaf, known: Known) -> Wrong | None:
    """Return what is wrong with a day on which something was said; an archive may plan a version of its own."""
    is_planned = leaf.name == "updated" or leaf.place[0] == "versions"
    if not isinstance(leaf.value, date) or is_planned or leaf.value <= known.today:
        return None
    right = f"a day up to {known.today.isoformat()}, the day of this look"
    return Wrong(leaf.place, f"is in the future: {leaf.value.isoformat()}", right)


def _license(leaf: Leaf, known: Known) -> Wrong | None:
    license_id = str(leaf.value)
    if license_id in known.licenses or license_id == NONE_STATED or is_unrecognized(license_id):
        return None
    right = f"an id of rules/licenses, or describe it there in {license_id[:80]}.yaml"
    return Wrong(leaf.place, f"names a license that is not described: {license_id[:80]!r}", right)


def _source(leaf: Leaf, known: Known) -> Wrong | None:
    if leaf.value in known.sources:
        return None
    right = "a source of sources.yaml, or describe it there"
    return Wrong(leaf.place, f"names a source that is not described: {str(leaf.value)[:80]!r}", right)


def _dataset(leaf: Leaf, known: Known) -> Wrong | None:
    if leaf.value in known.datasets:
        return None
    right = "the id of a dataset of the registry"
    return Wrong(leaf.place, f"names a dataset that the registry does not have: {str(leaf.value)[:80]!r}", right)


def _orcid(leaf: Leaf, _known: Known) -> Wrong | None:
    if is_orcid(str(leaf.value)):
        return None
    right = "16 digits in groups of four, such as 0000-0002-1825-0097; the last one is computed from the others"
    return Wrong(leaf.place, f"is no ORCID iD: {str(leaf.value)[:40]!r}", right)


def _email(leaf: Leaf, _known: Known) -> Wrong | None:
    if _MAIL.fullmatch(str(leaf.value)) is not None:
        return None
    return Wrong(leaf.place, f"is no address of mail: {str(leaf.value)[:80]!r}", "name@host.example")


_CHECKS: Mapping[str, Callable[[Leaf, Known], Wrong | None]] = {
    "doi": _doi,
    "name": _name,
    "license": _license,
    "licenses": _license,
    "source": _source,
    "sources": _source,
    "defers_to": _source,
    "copies": _source,
    "older_form_of": _source,
    "dataset": _dataset,
    "orcid": _orcid,
    "email": _email,
}
