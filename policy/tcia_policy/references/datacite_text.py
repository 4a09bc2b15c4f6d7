"""A `Citation` in plain text, as DataCite recommends."""

from tcia_policy.model import Citation, Creator
from tcia_policy.references.citation_parts import ARTICLE, doi_url, kind, shown
from tcia_policy.text.sanitize import clean


def render_text(citation: Citation) -> str:
    """Return one line: `Creators (year): Title. Version. Publisher. Type. https://doi.org/...`.

    The form of DataCite's metadata schema 4 (section 2.4, "Citation"); a paper has its journal, volume and pages
    where data have version and publisher.
    """
    authors = creators(citation)
    opening = f"{authors} ({citation.year})" if authors else f"({citation.year})"
    parts = [f"{opening}: {clean(citation.title)}", *_published(citation)]
    sentences = [part if part.endswith((".", "?", "!")) else f"{part}." for part in parts]
    return " ".join([*sentences, doi_url(citation.doi)])


def creators(citation: Citation) -> str:
    """Return all creators, `Family, Given`, parted by semicolons; `et al.` where the source cut them off."""
    names = [name for name in map(creator_name, citation.creators) if name]
    return "; ".join([*names, "et al."] if names and citation.truncated else names)


def creator_name(creator: Creator) -> str:
    """Return `Armato, Samuel G., III`, or an organization as it is."""
    if creator.literal is not None:
        return clean(creator.literal)
    return ", ".join(
        part for part in map(clean, (creator.family or "", creator.given or "", creator.suffix or "")) if part
    )


def short_reference(citation: Citation) -> str:
    """Return `Armato et al. 2015`: how running text would call it."""
    names = [clean(creator.family or creator.literal or "") for creator in citation.creators]
    match names:
        case []:
            called = clean(citation.title)
        case [one] if not citation.truncated:
            called = one
        case [one, other] if not citation.truncated:
            called = f"{one} and {other}"
        case [one, *_]:
            called = f"{one} et al."
    return f"{called} {citation.year}"


def _published(citation: Citation) -> list[str]:
    if citation.resource_type == ARTICLE and citation.container:
        return [_place_in_journal(citation)]
    version = f"Version {clean(citation.version)}" if citation.version else ""
    return [part for part in (version, shown(citation.publisher), kind(citation)) if part]


def _place_in_journal(citation: Citation) -> str:
    issue = f"({clean(citation.issue)})" if citation.issue else ""
    volume = f" {shown(citation.volume)}{issue}".rstrip()
    pages = f", {clean(citation.pages)}" if citation.pages else ""
    return f"{shown(citation.container)}{volume}{pages}"
