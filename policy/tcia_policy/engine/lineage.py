"""What the datasets that a dataset was made from are under: their terms may travel with what was made from them."""

from collections.abc import Iterator, Mapping

from tcia_policy.engine.license_readings import is_of_elsewhere, stated_licenses
from tcia_policy.model import Access, Dataset, Distribution, Holding
from tcia_policy.registry.standing import Registered
from tcia_policy.rules.fact_value import Facts, known, truth
from tcia_policy.text.english import joined

# DICOM modalities, and words that pages use instead, of data that show the patient.
IMAGES = frozenset({"CODEX images", "Histopathology", "Whole Slide Image", "OT"}) | frozenset(
    {"CR", "CT", "DX", "MG", "MR", "NM", "PT", "RF", "SM", "US", "XA", "XC"}
)
SHOWN = 4


def lineage_facts(
    holding: Holding, dataset: Dataset | None, origins: Mapping[str, Dataset], registered: Registered
) -> Facts:
    """Return what a license stated of any part of a source says. `origins` has the datasets of the registry by id."""
    if dataset is None or is_of_elsewhere(holding):
        return {"sources.terms": known()}
    return {"sources.terms": known(*_sources_by_term(dataset, origins, registered))}


def part_facts(part: Distribution | None) -> Facts:
    """Return whether a part has images, by its data types; unknown where none is stated."""
    if part is None or not part.data_types:
        return {}
    return {"part.has_images": truth(not IMAGES.isdisjoint(part.data_types))}


def lineage_values(dataset: Dataset | None, origins: Mapping[str, Dataset], registered: Registered) -> dict[str, str]:
    """Return the names of the sources under each of these terms, for the texts of rules."""
    if dataset is None:
        return {}
    return {f"sources.{term}": _listed(names) for term, names in _sources_by_term(dataset, origins, registered).items()}


def _sources_by_term(dataset: Dataset, origins: Mapping[str, Dataset], registered: Registered) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in dataset.derived_from:
        source = origins.get(item.dataset or "")
        for term in dict.fromkeys(_terms(source, registered) if source is not None else ()):
            found.setdefault(term, []).append(item.dataset or item.named)
    return found


def _terms(source: Dataset, registered: Registered) -> Iterator[str]:
    for part in source.distributions:
        stated = stated_licenses(part, source, registered)
        if any(claim.access is Access.CONTROLLED and claim.license in stated for claim in part.claims):
            yield "controlled"
        for license_ in (registered.licenses[name] for name in stated if name in registered.licenses):
            if license_.access is Access.CONTROLLED:
                yield "controlled"
            if "commercial-use" in license_.prohibits:
                yield "noncommercial"
            if "share-alike" in license_.requires:
                yield "share-alike"


def _listed(names: list[str]) -> str:
    more = len(names) - SHOWN
    return joined([*names[:SHOWN], f"{more} more"] if more > 1 else names)
