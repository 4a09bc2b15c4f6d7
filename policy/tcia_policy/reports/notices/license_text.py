"""The terms of data and of outputs, in words."""

from collections.abc import Iterable, Sequence

from tcia_policy.model import Access, HoldingKind, License, LicenseFamily, Notice, NoticeKind, PartTerms
from tcia_policy.registry.notices import notices_on, restrictions_on
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.notices.datasets_used import HeldPart, Material
from tcia_policy.reports.notices.markup import Link, Run

NOT_KNOWN = "not known here"
# What the project takes a model to be, as its `positions` state it.
POSITIONS = {
    True: "This study takes the model to be an adaptation of these data, so that their terms go with it.",
    False: "This study takes the model to be no adaptation of these data; Creative Commons gives no yes or no.",
    None: "Whether the model is an adaptation of these data is not settled, and its authors state no position.",
}
# Licenses in words, with the titles of the parts for which they are said.
Terms = tuple[tuple[str, ...], list[Run]]


def part_terms(parts: Sequence[PartTerms], names: Names) -> list[Terms]:
    """Return the licenses of parts in words, those for which the same is to be said together, with their titles."""
    groups: dict[tuple[tuple[str, tuple[str, ...]], ...], list[PartTerms]] = {}
    for part in parts:
        is_disputed = len(part.stated) > 1
        said = tuple((item.license, item.sources if is_disputed else ()) for item in part.stated)
        groups.setdefault(said, []).append(part)
    return [(_titles(group), _stated_terms(group[0], names)) for group in groups.values()]


def _titles(parts: Sequence[PartTerms]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.title for part in parts if part.title is not None))


def _stated_terms(part: PartTerms, names: Names) -> list[Run]:
    """Return one license with its link; where sources disagree, each with who states it, and which governs."""
    if not part.stated:
        return [NOT_KNOWN]
    if len(part.stated) == 1:
        return license_words(part.stated[0].license, names)
    runs: list[Run] = ["the sources disagree: "]
    for number, item in enumerate(part.stated):
        by = f" (stated by {'; '.join(item.sources)})" if item.sources else ""
        runs += ["; " if number else "", *license_words(item.license, names), by]
    return [*runs, f". {_which_governs(part, names)}"]


def _which_governs(part: PartTerms, names: Names) -> str:
    if part.governing is not None:
        return f"The strictest governs: {names.license(part.governing)}"
    if part.undescribed:
        return "What one of them says is not known here, so that nothing can be taken as granted"
    return "None of them is the strictest in everything: keep to each of them"


def license_words(license_id: str, names: Names) -> list[Run]:
    """Return `Creative Commons Attribution 4.0 International (CC BY 4.0)`, linked where an address is known."""
    known = names.licenses.get(license_id)
    if known is None:
        return [f"{license_id} (not described here)"]
    name = known.short_name if known.name == known.short_name else f"{known.name} ({known.short_name})"
    words: list[Run] = [name if known.url is None else Link(known.url, name)]
    return words if known.terms_known else [*words, " (its text is not known here)"]


def held_terms(held: HeldPart, names: Names) -> list[Terms]:
    """Return the same of one data item; of what leads to no dataset, what is stated and by whom."""
    holding = held.holding
    if holding.kind is HoldingKind.OWN:
        return [((), ["data of our own, as the project states"])]
    if holding.kind is HoldingKind.OTHER and holding.license is not None:
        return [((), [*license_words(holding.license, names), ", as the project states"])]
    if holding.kind is HoldingKind.UNLISTED_SOURCE and holding.claimed_licenses:
        named = ", ".join(names.license(name) for name in holding.claimed_licenses)
        return [((), [f"{NOT_KNOWN} (IDC's index has {named} for these series)"])]
    return part_terms(held.parts, names)


def licenses_named(parts: Iterable[PartTerms], names: Names) -> list[License]:
    """Return the licenses that any source states for these parts, as far as they are described."""
    found = dict.fromkeys(item.license for part in parts for item in part.stated)
    return [names.licenses[license_id] for license_id in found if license_id in names.licenses]


def restrictions(material: Material) -> tuple[Notice, ...]:
    """Return what sources say against commercial use beside the license."""
    return () if material.dataset is None else restrictions_on(material.dataset, _parts_used(material))


def held_notices(material: Material, kind: NoticeKind) -> tuple[Notice, ...]:
    """Return what sources say of the parts used beside the license."""
    return () if material.dataset is None else notices_on(material.dataset, kind, _parts_used(material))


def _parts_used(material: Material) -> list[str]:
    return [part for held in material.held for part in held.holding.distributions]


def controlled_parts(parts: Iterable[PartTerms]) -> tuple[str, ...]:
    """Return the titles of the parts that are under controlled access."""
    return tuple(dict.fromkeys(part.title or "all of it" for part in parts if part.access is Access.CONTROLLED))


def creative_commons(licenses: Iterable[License], version: str) -> list[License]:
    """Return those of this version of Creative Commons that ask for attribution."""
    return [
        each
        for each in licenses
        if each.family is LicenseFamily.CREATIVE_COMMONS and each.version == version and "attribution" in each.requires
    ]
