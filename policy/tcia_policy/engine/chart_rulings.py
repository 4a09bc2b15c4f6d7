"""What the charts say of one license for one output that comes from material under another."""

from collections.abc import Mapping

from tcia_policy.engine.open_licenses import rule_open, rule_open_adaptation, speaks_of_outputs
from tcia_policy.model import (
    Access,
    License,
    LicenseFamily,
    OutputKind,
    Positions,
)
from tcia_policy.rules.compatibility import Compatibility, Elements, Nature, Row, Ruling, elements_of


def rule_output(
    kind: OutputKind | None,
    license_id: str | None,
    material: License | None,
    positions: Positions,
    charts: Compatibility,
    licenses: Mapping[str, License],
) -> Ruling | None:
    """Return the charts' ruling on an output of `kind` under `license_id`, made with `material`.

    `kind` is `None` for derived data of a kind that is not stated, `license_id` for an output whose license is not
    stated, `material` for an input whose license is not known. `None` where nothing depends on the output's license.
    """
    nature = "perhaps-adaptation" if kind is None else charts.outputs[kind].nature
    if license_id is None and nature in ("copy", "collection", "independent"):
        return None
    if material is not None and speaks_of_outputs(material):
        return rule_open(nature, license_id, material, positions, charts)
    return _rule_by_charts(nature, license_id, material, positions, charts, licenses)


def _rule_by_charts(
    nature: Nature,
    license_id: str | None,
    material: License | None,
    positions: Positions,
    charts: Compatibility,
    licenses: Mapping[str, License],
) -> Ruling | None:
    if material is None or _is_closed(material, charts):
        return _of_closed(nature, license_id, material)
    if charts.is_public_domain(material):
        return None if license_id is None else Ruling.PUBLIC_DOMAIN
    if nature in ("copy", "collection", "independent"):
        return _unadapted(nature, license_id, material)
    if nature == "by-position" and positions.is_adaptation is not True:
        return _without_adaptation(license_id, positions)
    return _as(nature, rule_adaptation(license_id, material, charts, licenses), license_id, material)


def rule_base_model(
    license_id: str | None, material: License | None, charts: Compatibility, licenses: Mapping[str, License]
) -> Ruling | None:
    """Return the charts' ruling on a model that was fine-tuned from weights under `material`: it adapts them.

    Arguments as for `rule_output`; no position on training data changes it.
    """
    if material is not None and speaks_of_outputs(material):
        return rule_open_adaptation("adaptation", license_id, material, charts)
    if material is None or _is_closed(material, charts):
        return None if license_id is None else Ruling.INPUT_UNKNOWN
    if charts.is_public_domain(material):
        return None if license_id is None else Ruling.PUBLIC_DOMAIN
    return rule_adaptation(license_id, material, charts, licenses)


def rule_tool(
    kind: OutputKind | None,
    license_id: str | None,
    material: License | None,
    charts: Compatibility,
    licenses: Mapping[str, License],
) -> Ruling | None:
    """Return the ruling on an output that was made with a model or software under `material`.

    What a tool puts out is no adaptation of the tool by itself, and may be one. Where an adaptation could carry the
    license, both come to the same. Arguments as for `rule_output`.
    """
    nature = "perhaps-adaptation" if kind is None else charts.outputs[kind].nature
    if nature in ("copy", "collection", "independent"):
        return None
    if material is not None and material.terms_known and material.family is LicenseFamily.PERMISSIVE:
        return Ruling.TOOL
    if material is not None and material.family is LicenseFamily.COPYLEFT:
        return rule_open_adaptation("perhaps-adaptation", license_id, material, charts)
    ruling = rule_base_model(license_id, material, charts, licenses)
    if material is None:
        return ruling
    outside = ruling in (Ruling.SOFTWARE, Ruling.NOT_STATED) and "commercial-use" in material.prohibits
    is_barred = ruling in (Ruling.SHARE_ALIKE, Ruling.NO_DERIVATIVES) or outside
    return Ruling.RESTRICTED_TOOL if is_barred else ruling


def _of_closed(nature: Nature, license_id: str | None, material: License | None) -> Ruling | None:
    """Rule on an input of which the charts say nothing.

    Nothing of controlled data may be shown in an article, and its text is its authors' own: its license is free. Code
    has nothing of any data in it.
    """
    in_article = nature == "collection" and material is not None and material.access is Access.CONTROLLED
    return None if license_id is None or in_article or nature == "independent" else Ruling.INPUT_UNKNOWN


def _unadapted(nature: Nature, license_id: str | None, material: License) -> Ruling:
    """Rule on copies, which keep their license, and on what has one of its own: a collection, and code."""
    if nature == "independent":
        return Ruling.INDEPENDENT
    if nature == "copy":
        return Ruling.OWN_LICENSE if license_id == material.id else Ruling.RELICENSED_COPY
    return Ruling.NONCOMMERCIAL_COLLECTION if "commercial-use" in material.prohibits else Ruling.COLLECTION


def _without_adaptation(license_id: str | None, positions: Positions) -> Ruling | None:
    """Rule on a model of which the project does not say that it is an adaptation."""
    if positions.is_adaptation is None:
        return Ruling.POSITION_OPEN
    return None if license_id is None else Ruling.NO_ADAPTATION


def rule_adaptation(
    license_id: str | None, material: License, charts: Compatibility, licenses: Mapping[str, License]
) -> Ruling | None:
    """Return what the adapter's chart says of an adaptation of CC-licensed `material` under `license_id`."""
    elements = elements_of(material)
    assert elements is not None
    row = charts.adapters_chart.rows[elements]
    if not row.green and not row.yellow:
        return Ruling.NO_DERIVATIVES
    if license_id is None:
        return Ruling.NOT_STATED if _keeps_license(material) or "commercial-use" in material.prohibits else None
    chosen = licenses.get(license_id)
    named = None if chosen is None else elements_of(chosen)
    if chosen is None or named is None:
        return _outside_the_chart(chosen, material, charts)
    return _in_the_chart(row, named, is_earlier=_keeps_license(material) and _is_earlier(chosen, material))


def _in_the_chart(row: Row, named: Elements, *, is_earlier: bool) -> Ruling:
    if named in row.green:
        return Ruling.SHARE_ALIKE if is_earlier else Ruling.NAMED
    return Ruling.DISCOURAGED if named in row.yellow else Ruling.SHARE_ALIKE


def _keeps_license(material: License) -> bool:
    return "share-alike" in material.requires


def _as(nature: Nature, ruling: Ruling | None, license_id: str | None, material: License) -> Ruling | None:
    """Return the ruling for what may be no adaptation at all, where the ruling for adaptations is `ruling`."""
    barred = ruling in (Ruling.SHARE_ALIKE, Ruling.NO_DERIVATIVES)
    if nature == "perhaps-adaptation" and barred:
        return Ruling.PERHAPS_ADAPTATION
    if nature != "excerpt":
        return ruling
    if barred:
        return Ruling.PERHAPS_ADAPTATION
    if ruling is Ruling.NOT_STATED:  # a picture of material that is only NonCommercial may keep its license
        return ruling if "share-alike" in material.requires else None
    if license_id == material.id:
        return Ruling.OWN_LICENSE
    return Ruling.EXCERPT if ruling is Ruling.NAMED else ruling


def _outside_the_chart(chosen: License | None, material: License, charts: Compatibility) -> Ruling:
    if chosen is None:
        return Ruling.NOT_DESCRIBED
    if charts.is_declared_compatible(chosen.id, material.id):
        return Ruling.COMPATIBLE
    if _keeps_license(material):
        return Ruling.SHARE_ALIKE
    if chosen.id in charts.with_notices:
        return Ruling.SOFTWARE
    return Ruling.NOT_NAMED if chosen.terms_known else Ruling.NOT_DESCRIBED


def _is_closed(material: License, charts: Compatibility) -> bool:
    """Return whether the charts have nothing to say of it: unknown terms, controlled access, other terms than CC's."""
    if material.access is Access.CONTROLLED or not material.terms_known:
        return True
    return elements_of(material) is None and not charts.is_public_domain(material)


def _is_earlier(license_: License, other: License) -> bool:
    return _version(license_) < _version(other)


def _version(license_: License) -> tuple[int, ...]:
    return tuple(int(part) for part in (license_.version or "0").split("."))
