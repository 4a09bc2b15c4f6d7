"""The parts of a citation that several formats write in the same way."""

import re
from typing import Literal
from urllib.parse import quote

from tcia_policy.model import Citation, Creator
from tcia_policy.text.sanitize import clean

Flavor = Literal["bibtex", "biblatex"]
"""The two dialects of BibTeX that are written."""

ARTICLE = "JournalArticle"
MORE_CREATORS = "The source names these creators and leaves out the others (et al.)."
_PAGE_RANGE = re.compile(r"(?<=\w)\s*[-\u2010-\u2015]+\s*(?=\w)")


def shown(text: str | None) -> str:
    """Return the text on one line without invisible characters; empty for `None`."""
    return clean(text or "")


def doi_url(doi: str) -> str:
    """Return `https://doi.org/...`, with what a URL may not contain percent-encoded."""
    return "https://doi.org/" + quote(doi, safe="/:;()-._~!*'+,=@$")


def written_doi(doi: str, ascii_only: bool) -> str:
    r"""Return the DOI without what would end the field or cannot be printed.

    That is `{`, `}`, `\`, `"`, spaces and control characters; they are percent-encoded.
    """
    allowed = "".join(
        c for c in clean(doi) if c.isprintable() and (c.isascii() or not ascii_only) and c not in '{}\\" '
    )
    return quote(doi, safe=allowed)


def kind(citation: Citation) -> str:
    """Return its type in DataCite's words; empty for `Other`, which says nothing."""
    return "" if citation.resource_type == "Other" else clean(citation.resource_type)


def split_particle(family: str) -> tuple[str, str]:
    """Return `van der` and `Heijden`: the lower-case words in front, as long as a word is left for the name itself."""
    words = family.split()
    count = 0
    while count < len(words) - 1 and words[count][0].islower():
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def comma_name(creator: Creator) -> str:
    """Return `van Ginneken, Bram` or `NLST Research Team,`; empty where nothing can be shown."""
    given, suffix = _part(creator.given), _part(creator.suffix)
    if creator.literal is not None or not given:
        whole = " ".join(part for part in (_part(creator.literal or creator.family), suffix) if part)
        return f"{whole}," if whole else ""
    return ", ".join(part for part in (_part(creator.family), given, suffix) if part)


def page_parts(pages: str) -> list[str]:
    """Return what stands between the dashes."""
    return _PAGE_RANGE.split(pages)


def page_range(pages: str | None) -> tuple[str, str]:
    """Return the first and the last page; the last is empty where there is one page, or more than a range."""
    match page_parts(shown(pages)):
        case [first, last]:
            return first, last
        case _:
            return shown(pages), ""


def _part(text: str | None) -> str:
    return clean((text or "").replace(",", " "))
