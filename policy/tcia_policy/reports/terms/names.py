"""The names (IRIs) by which the web knows licenses and datasets; a name of ours where the web has none."""

from tcia_policy.model import Dataset, License
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.reports.terms.addresses import urn, web_address
from tcia_policy.text.sanitize import clean


def license_iri(license_id: str, license_: License | None) -> str:
    """Return the address of a license; a name of ours where it has none."""
    address = None if license_ is None else web_address(license_.url)
    return address or urn("license", license_id)


def dataset_iri(dataset: Dataset | None, doi: str | None) -> str | None:
    """Return the address of a DOI: that of the registry's dataset, else the one that the project states."""
    found = doi if dataset is None else dataset.doi
    return doi_url(clean(found)) if found else None
