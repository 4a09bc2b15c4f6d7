"""The licenses of outputs that were made with material under permissive or copyleft licenses, by their texts."""

from tcia_policy.model import Access, License, LicenseFamily, Positions
from tcia_policy.rules.compatibility import Compatibility, Nature, Ruling

# What a computation over the data makes, for terms that say of it that they ask nothing: a model. A picture of an
# image shows the data themselves, and is no result.
RESULTS: tuple[Nature, ...] = ("by-position",)


def speaks_of_outputs(material: License) -> bool:
    """Return whether the license itself says what may be put on copies and adaptations of its material."""
    if material.access is Access.CONTROLLED or not material.terms_known:
        return False
    if material.family is LicenseFamily.PROJECT_TERMS:
        return _is_as_a_permissive_one(material)
    return material.family in (LicenseFamily.PERMISSIVE, LicenseFamily.COPYLEFT)


def _is_as_a_permissive_one(material: License) -> bool:
    """Return whether terms that the project describes let everything be shared and ask for notices only."""
    grants = {"distribution", "derivative-works"} <= set(material.permits)
    return grants and not material.prohibits and {"share-alike", "source-code"}.isdisjoint(material.requires)


def rule_open(
    nature: Nature, license_id: str | None, material: License, positions: Positions, charts: Compatibility
) -> Ruling | None:
    """Return what the license of the material says of an output under `license_id`, `None` where it asks nothing."""
    if nature in ("collection", "independent"):
        return Ruling.COLLECTION if nature == "collection" else Ruling.INDEPENDENT
    if nature == "copy":
        return _rule_copy(license_id, material, charts)
    if nature in RESULTS and charts.leaves_results_free(material):
        return None if license_id is None else Ruling.FREE_RESULTS
    of_copyleft = material.family is LicenseFamily.COPYLEFT
    if of_copyleft and nature == "by-position" and positions.is_adaptation is not True:
        return _rule_model(license_id, positions)
    return rule_open_adaptation(nature, license_id, material, charts)


def _rule_copy(license_id: str | None, material: License, charts: Compatibility) -> Ruling:
    if license_id == material.id:
        return Ruling.OWN_LICENSE
    kept = license_id is not None and charts.keeps_copyleft(license_id, material.id)
    return Ruling.COPYLEFT_KEPT if kept else Ruling.RELICENSED_COPY


def _rule_model(license_id: str | None, positions: Positions) -> Ruling | None:
    """Rule on a model of which the project does not say that it is an adaptation."""
    if positions.is_adaptation is None:
        return Ruling.POSITION_OPEN
    return None if license_id is None else Ruling.NO_ADAPTATION


def rule_open_adaptation(
    nature: Nature, license_id: str | None, material: License, charts: Compatibility
) -> Ruling | None:
    """Return what the license says of what surely, or perhaps by its nature, was adapted from its material."""
    if material.family is not LicenseFamily.COPYLEFT:
        return None if license_id is None else Ruling.KEEPS_NOTICES
    if license_id is None:
        return Ruling.COPYLEFT_NOT_STATED
    if charts.keeps_copyleft(license_id, material.id):
        return Ruling.COPYLEFT_KEPT
    is_certain = nature in ("adaptation", "by-position") and not charts.allows_works_around(material.id)
    return Ruling.COPYLEFT_LOST if is_certain else Ruling.PERHAPS_COPYLEFT
