"""The names (IRIs) by which the web knows licenses and datasets; a name of ours where the web has none."""

from collections import Counter
from collections.abc import Mapping

from tcia_policy.model import Dataset, License
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.reports.terms.addresses import urn, web_address
from tcia_policy.text.sanitize import clean

_LISTED = "https://spdx.org/licenses"


def license_iris(licenses: Mapping[str, License]) -> dict[str, str]:
    """Return the address of each license, by id. No two licenses have the same name.

    Of those with one address, such as GPL-2.0-only and GPL-2.0-or-later, each has that of the SPDX License List, or a
    name of ours. So has a license without an address.
    """
    addresses = {id_: web_address(license_.url) for id_, license_ in licenses.items()}
    shared = Counter(map(_key, addresses.values()))
    return {
        id_: address if address is not None and shared[_key(address)] == 1 else _own_iri(id_)
        for id_, address in addresses.items()
    }


def unknown_license_iri(license_id: str) -> str:
    """Return the name of a license, or an expression of several, of which no description is known: one of ours."""
    return urn("license", license_id)


def dataset_iri(dataset: Dataset | None, doi: str | None) -> str | None:
    """Return the address of a DOI: that of the registry's dataset, else the one that the project states."""
    found = doi if dataset is None else dataset.doi
    return doi_url(clean(found)) if found else None


def _own_iri(license_id: str) -> str:
    is_listed = not license_id.startswith("LicenseRef-")
    return (is_listed and web_address(f"{_LISTED}/{license_id}")) or unknown_license_iri(license_id)


def _key(address: str | None) -> str:
    return (address or "").casefold().removeprefix("https:").removeprefix("http:").rstrip("/")
