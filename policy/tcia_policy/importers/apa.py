"""Data citations in APA style: read into fields, and written back.

What TCIA and IDC publish is APA 7 as DataCite's citation service prints it
(`Creators (Year). Title (Version N) [Dataset]. Publisher. DOI`), IDC's with HTML and line breaks.
"""

import html
import re
from datetime import date

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.importers.person_names import parse_creators, render_creators
from tcia_policy.model import Citation
from tcia_policy.text.doi import normalize_doi

RESOLVER = "https://doi.org/"
# What the brackets say, as DataCite's `resourceTypeGeneral`; for types without a word of their own none is printed.
BRACKETS = {"Dataset": "Dataset", "Data set": "Dataset", "Graphic": "Image", None: "Other"}
PRINTED = {"Dataset": " [Dataset]", "Image": " [Graphic]"}

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_APA = re.compile(
    r"^(?P<creators>\S.*?) \((?P<year>\d{4}|n\.d\.)\)\. "
    r"(?P<title>\S.*?)"
    r"(?: \(Version (?P<version>[^()]+)\))?"
    r"(?: \[(?P<type>Dataset|Data set|Graphic)\])?"
    r"\. (?P<publisher>[^.]+)\. (?P<doi>\S+)$"
)


def plain(text: str) -> str:
    """Return the text on one line, without HTML tags and entities."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def is_undated(text: str) -> bool:
    """Return whether the reference says `n.d.` where its year belongs."""
    match = _APA.match(plain(text))
    return match is not None and match["year"] == "n.d."


def names_its_type(text: str) -> bool:
    """Return whether the reference has `[Dataset]` or the like before its publisher."""
    match = _APA.match(plain(text))
    return match is not None and match["type"] is not None


def parse(text: str, *, source: str, as_of: date) -> Citation:
    """Return the fields of one data citation. `text` may have HTML and line breaks.

    Raise `InputError` for what is not an APA data citation with a year and a DOI.
    """
    if len(text) > limits.APA_CITATION:
        raise InputError(f"a citation of more than {limits.APA_CITATION:,} characters", field=text[:60])
    line = plain(text)
    match = _APA.match(line)
    doi = None if match is None else normalize_doi(match["doi"])
    if match is None or doi is None or match["year"] == "n.d.":
        raise InputError(
            f"is not an APA data citation: {line[:120]!r}",
            hint="Creators (Year). Title (Version N) [Dataset]. Publisher. DOI",
        )
    creators, truncated = parse_creators(match["creators"])
    return Citation(
        creators=creators,
        truncated=truncated,
        year=int(match["year"]),
        title=match["title"],
        version=match["version"],
        publisher=match["publisher"],
        doi=doi,
        resource_type=BRACKETS[match["type"]],
        text=line,
        source=source,
        as_of=as_of,
    )


def render(citation: Citation) -> str:
    """Return one line of APA 7 for a data citation, with the DOI behind its resolver."""
    creators = render_creators(citation.creators, citation.truncated)
    stop = "" if creators.endswith(".") else "."
    version = f" (Version {citation.version})" if citation.version else ""
    bracket = PRINTED.get(citation.resource_type, "")
    return (
        f"{creators}{stop} ({citation.year}). {citation.title}{version}{bracket}. "
        f"{citation.publisher}. {RESOLVER}{citation.doi}"
    )
