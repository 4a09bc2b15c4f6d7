"""XML with UIDs of series: manifests, LIDC's annotations (`<SeriesInstanceUid>`), what programs write."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tcia_policy.cohorts.cohort import Cohort, CohortFormat, Entries, EntryKind
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.formats.plain_list import read_plain_list
from tcia_policy.cohorts.found_in_text import Found, found_in
from tcia_policy.cohorts.uids import is_series_uid, unwrap
from tcia_policy.errors import InputError
from tcia_policy.files import limits

if TYPE_CHECKING:
    from lxml import etree

NAME = "list in XML"
_BEGINS = re.compile(r"\ufeff?\s*<(?:\?xml\b|(?!html\b|!doctype\b|svg\b)[A-Za-z])", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]{0,200}\?>")
_HTML = re.compile(r"<(?:html|!doctype html)\b", re.IGNORECASE)
# The names of elements and attributes that say which UID theirs is.
_SERIES = re.compile(r"series[\w.\-]{0,60}(?:uid|id)|listofseries|^series$", re.IGNORECASE)
_STUDY = re.compile(r"study[\w.\-]{0,60}(?:uid|id)|^study$", re.IGNORECASE)
_OF_IMAGES = re.compile(r"sop|instance_?uid$|frame|class|syntax|image", re.IGNORECASE)


def is_xml(file: CohortFile) -> bool:
    """Return whether the file begins as XML does, and is no web page."""
    return _BEGINS.match(file.head) is not None and _HTML.search(file.head) is None


def read_xml(file: CohortFile) -> Cohort:
    """Return the series that elements and attributes have, and the studies where no series stands beside them.

    What only begins with a tag, such as a page in Markdown, is read as a list. Raise `InputError` for what is too
    large, says that it is XML and is not well-formed, or declares entities.
    """
    from tcia_policy.files.xml import parse_xml  # noqa: PLC0415 - it loads lxml: 20 ms

    entries = Entries(file.path)
    try:
        root = parse_xml(_content(file))
    except InputError as error:
        if _DECLARATION.match(file.head.lstrip("\ufeff")) is None:
            return read_plain_list(file)
        raise error.at(file=file.path) from None
    for element in root.iter():
        _add_values(entries, element)
    return entries.cohort(NAME)


def _content(file: CohortFile) -> bytes:
    lines, size = [], 0
    for line in file.lines():
        size += len(line) + 1
        if size > limits.COHORT_XML:
            raise InputError(f"holds more than {limits.COHORT_XML:,} characters of XML")
        lines.append(line)
    text = "\n".join(lines).lstrip("\ufeff")
    return _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")


def _add_values(entries: Entries, element: "etree._Element") -> None:
    """Note what stands in the attributes of an element and in the elements right below it."""
    found = list(_values(element))
    series = [each for each in found if each.kind is not EntryKind.STUDY]
    for each in series or found:
        entries.add(each.kind, each.entry)


def _values(element: "etree._Element") -> Iterator[Found]:
    below = [(_name(each.tag), each.text or "") for each in element if not len(each)]
    around = [] if element.getparent() is not None or len(element) else [(_name(element.tag), element.text or "")]
    mixed = [("", text) for text in _texts(element)] if len(element) else []
    attributes = [(_name(key), value) for key, value in element.attrib.items() if not _is_of_message(element, key)]
    for name, text in (*attributes, *below, *around, *mixed):
        yield from _of_value(name, text)


def _is_of_message(element: "etree._Element", attribute: str) -> bool:
    """Return whether an attribute is the id of the document itself: `<LidcReadMessage uid="1.3.6...">`."""
    return _name(attribute).lower() == "uid" and _name(element.tag).lower().endswith("message")


def _of_value(name: str, text: str) -> Iterator[Found]:
    word = unwrap(text)
    if _SERIES.search(name) and is_series_uid(word):
        yield Found(EntryKind.SERIES, word)
    elif _STUDY.search(name) and is_series_uid(word):
        yield Found(EntryKind.STUDY, word)
    else:
        for each in found_in(text):
            if each.kind is not EntryKind.UID or not _OF_IMAGES.search(name):
                yield Found(EntryKind.SERIES, each.entry) if _is_listed(each, name) else each


def _is_listed(found: Found, name: str) -> bool:
    return found.kind is EntryKind.UID and _SERIES.search(name) is not None


def _texts(element: "etree._Element") -> Iterable[str]:
    """Yield the text of an element that has others in it: before and behind these."""
    return filter(None, (element.text, *(each.tail for each in element)))


def _name(name: "str | bytes | bytearray | etree.QName") -> str:
    """Return the name of an element without its namespace (`{...}name`); a comment has none."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""


FORMAT = CohortFormat(NAME, "an XML file with series UIDs", is_xml, read_xml)
