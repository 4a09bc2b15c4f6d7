"""References as EndNote XML.

Of the two formats that EndNote imports with all of its fields, this one says how it is encoded: a tagged file (`.enw`)
is read in the computer's own code page unless the user picks UTF-8 in the import dialog, so that accents break without
a word. Both have places for DOI and version. Elements are those of EndNote's `RSXML.dtd`, in its order.

Version stands in `edition`, which EndNote's type Dataset shows as Version. Names as in RIS; `et al.,` is what EndNote's
manual asks for where creators are missing, and is printed as such.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tcia_policy.model import Citation
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.citation_parts import ARTICLE, comma_name, doi_url, kind, shown
from tcia_policy.references.dedupe import unique_by_doi
from tcia_policy.references.formats import NO_OPTIONS, WriteOptions

TYPES = {"Journal Article": "17", "Dataset": "59"}
OTHER_CREATORS = "et al.,"


def write_endnote(citations: Sequence[Citation], options: WriteOptions = NO_OPTIONS) -> str:
    """Return EndNote XML of `citations`, one record for each DOI, sorted by key (`label`). UTF-8."""
    root = Element("xml")
    records = SubElement(root, "records")
    for number, citation in enumerate(unique_by_doi(citations), start=1):
        records.append(_record(citation, number))
    if not len(records):
        return ""
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _record(citation: Citation, number: int) -> Element:
    is_article = citation.resource_type == ARTICLE
    type_ = "Journal Article" if is_article else "Dataset"
    names = [name for name in map(comma_name, citation.creators) if name]
    record = Element("record")
    _add(record, "rec-number", str(number))
    _add(record, "ref-type", TYPES[type_], name=type_)
    for name in [*names, OTHER_CREATORS] if names and citation.truncated else names:
        _add(record, "contributors/authors/author", name)
    _add(record, "titles/title", citation.title)
    _add(record, "titles/secondary-title", citation.container)
    _add(record, "periodical/full-title", citation.container)
    _add(record, "pages", citation.pages)
    _add(record, "volume", citation.volume)
    _add(record, "number", citation.issue)
    _add(record, "edition", citation.version)
    _add(record, "dates/year", str(citation.year))
    _add(record, "publisher", citation.publisher)
    _add(record, "electronic-resource-num", citation.doi)
    _add(record, "label", citation_key(citation))
    _add(record, "work-type", "" if is_article else kind(citation))
    _add(record, "urls/related-urls/url", doi_url(citation.doi))
    return record


def _add(record: Element, path: str, text: str | None, **attributes: str) -> None:
    """Add an element at a path; the ones above it are shared, and it is left out where there is no text."""
    line = shown(text)
    if not line:
        return
    *above, last = path.split("/")
    parent = record
    for step in above:
        found = parent.find(step)
        parent = SubElement(parent, step) if found is None else found
    SubElement(parent, last, attributes).text = line
