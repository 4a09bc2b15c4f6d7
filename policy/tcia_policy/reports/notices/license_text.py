"""The terms of data and of outputs, in words."""

from collections.abc import Iterable, Sequence

from tcia_policy.model import Access, Dataset, HoldingKind, License, LicenseFamily, Notice, NoticeKind
from tcia_policy.registry.notices import notices_on
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.notices.datasets_used import HeldPart, Material, Part, governing
from tcia_policy.reports.notices.markup import Link, Run

NOT_KNOWN = "not known here"
# What the project takes a model to be, as its `positions` state it.
POSITIONS = {
    True: "The authors take the model to be an adaptation of these data, so that their terms go with it.",
    False: "The authors take the model to be no adaptation of these data; Creative Commons gives no yes or no.",
    None: "Whether the model is an adaptation of these data is not settled, and its authors state no position.",
}
RESTRICTIONS = (NoticeKind.COMMERCIAL_RESTRICTION, NoticeKind.NONCOMMERCIAL_STATEMENT)


def part_terms(parts: Sequence[Part], names: Names) -> list[tuple[tuple[str, ...], list[Run]]]:
    """The licenses of parts, in words, those for which the same is to be said together, with their titles."""
    groups: dict[tuple[tuple[str, tuple[str, ...]], ...], list[str]] = {}
    for part in parts:
        undisputed = tuple((license_id, ()) for license_id, _ in part.stated)
        stated = part.stated if len(part.stated) > 1 else undisputed
        groups.setdefault(stated, []).extend([part.title] if part.title is not None else [])
    return [(tuple(dict.fromkeys(titles)), stated_terms(stated, names)) for stated, titles in groups.items()]


def stated_terms(stated: Sequence[tuple[str, tuple[str, ...]]], names: Names) -> list[Run]:
    """One license with its link; where sources disagree, each with who states it, and which governs."""
    if not stated:
        return [NOT_KNOWN]
    if len(stated) == 1:
        return license_words(stated[0][0], names)
    runs: list[Run] = ["the sources disagree: "]
    for number, (license_id, sources) in enumerate(stated):
        by = f" (stated by {'; '.join(sources)})" if sources else ""
        runs += ["; " if number else "", *license_words(license_id, names), by]
    return [*runs, f". {_which_governs([license_id for license_id, _ in stated], names)}"]


def _which_governs(stated: Sequence[str], names: Names) -> str:
    strictest = governing(stated, names.licenses)
    if strictest is not None:
        return f"The strictest governs: {names.license(strictest)}"
    described = [name for name in stated if name in names.licenses and names.licenses[name].terms_known]
    if len(described) < len(stated):
        return "What one of them says is not known here, so that nothing can be taken as granted"
    return "None of them is the strictest in everything: keep to each of them"


def license_words(license_id: str, names: Names) -> list[Run]:
    """`CC BY 4.0 (Creative Commons Attribution 4.0 International)`, linked where an address is known."""
    known = names.licenses.get(license_id)
    if known is None:
        return [f"{license_id} (not described here)"]
    name = known.short_name if known.name == known.short_name else f"{known.name} ({known.short_name})"
    words: list[Run] = [name if known.url is None else Link(known.url, name)]
    return words if known.terms_known else [*words, " (its text is not known here)"]


def held_terms(held: HeldPart, names: Names) -> list[tuple[tuple[str, ...], list[Run]]]:
    """The same of one holding; of what leads to no dataset, what is stated, and by whom."""
    holding = held.holding
    if holding.kind is HoldingKind.OTHER and holding.license is not None:
        return [((), [*license_words(holding.license, names), ", as the project states"])]
    if holding.kind is HoldingKind.UNLISTED_SOURCE and holding.claimed_licenses:
        named = ", ".join(names.license(name) for name in holding.claimed_licenses)
        return [((), [f"{NOT_KNOWN} (IDC's index has {named} for these series)"])]
    return part_terms(held.parts, names)


def licenses_named(parts: Iterable[Part], names: Names) -> list[License]:
    """The licenses that any source states for these parts, as far as they are described."""
    found = dict.fromkeys(license_id for part in parts for license_id, _ in part.stated)
    return [names.licenses[license_id] for license_id in found if license_id in names.licenses]


def is_noncommercial(material: Material, names: Names) -> bool:
    """Whether any source says so, of any part that may be held."""
    licenses = licenses_named(material.parts, names)
    return any("commercial-use" in each.prohibits for each in licenses) or bool(restrictions(material))


def restrictions(material: Material) -> tuple[Notice, ...]:
    """What sources say against commercial use beside the license."""
    return tuple(notice for kind in RESTRICTIONS for notice in held_notices(material, kind))


def held_notices(material: Material, kind: NoticeKind) -> tuple[Notice, ...]:
    """What sources say of the parts held beside the license."""
    if material.dataset is None:
        return ()
    return _notices(material.dataset, kind, [part for held in material.held for part in held.holding.distributions])


def _notices(dataset: Dataset, kind: NoticeKind, parts: Sequence[str]) -> tuple[Notice, ...]:
    return notices_on(dataset, kind, parts)


def controlled_parts(parts: Iterable[Part]) -> tuple[str, ...]:
    """The titles of parts that any source says are under controlled access."""
    return tuple(dict.fromkeys(part.title or "all of it" for part in parts if part.access is Access.CONTROLLED))


def creative_commons(licenses: Iterable[License], version: str) -> list[License]:
    """Those of this version of Creative Commons that ask for attribution."""
    return [
        each
        for each in licenses
        if each.family is LicenseFamily.CREATIVE_COMMONS and each.version == version and "attribution" in each.requires
    ]
