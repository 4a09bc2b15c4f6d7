"""What the citations of a Word document say that their printed form does not: the data that citation managers keep.

Zotero and Mendeley write CSL JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html), Zotero and
Mendeley Desktop after `CSL_CITATION` in a field, Mendeley Cite in base64 in the tag of a content control. EndNote
writes its own XML, Citavi its own JSON. Word's own citations name sources that stand in a part of their own (ECMA-376
part 1, 22.6).
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from tcia_policy.documents.csl import csl_entry
from tcia_policy.documents.model import SourceLocation
from tcia_policy.errors import InputError
from tcia_policy.files.xml import parse_xml
from tcia_policy.lazy import dataclass
from tcia_policy.text.typography import plain_characters
from tcia_policy.text.years import stated_year

_NOWHERE = SourceLocation("")
_MENDELEY_CITE = "MENDELEY_CITATION_v3_"
_BIBLIOGRAPHY = re.compile(
    r"\s*(?:ADDIN\s+)?(?:ZOTERO_BIBL\b|EN\.REFLIST\b|Mendeley Bibliography|CitaviBibliography|"
    r"CITAVI\.BIBLIOGRAPHY|BIBLIOGRAPHY\b)"
)
_CSL = re.compile(r"\b(?P<name>ZOTERO_ITEM\s+)?CSL_CITATION\s*(?P<json>\{)")
_CITAVI = re.compile(r"CitaviPlaceholder\s*\{(?P<data>[A-Za-z0-9+/=\s]+)\}")
_WORD = re.compile(r"\s*CITATION\s+(?P<rest>.*)", re.DOTALL)
_WORD_TOKEN = re.compile(r'"([^"]*)"|(\S+)')
# Of EndNote's elements.
_NOT_PRINTED = frozenset("style key rec-number ref-type abstract keyword keywords research-notes".split())


class BrokenCitationError(Exception):
    """The data of a citation cannot be read. Says whose they are."""


@dataclass(frozen=True)
class CitedItem:
    """One work that a citation refers to. `text` is all that is said of it; empty where only its key is known."""

    key: str
    text: str
    title: str | None = None
    year: int | None = None
    doi: str | None = None


def is_bibliography(code: str) -> bool:
    """Return whether a field with this code prints the list of references."""
    return _BIBLIOGRAPHY.match(code) is not None


def is_bibliography_tag(tag: str) -> bool:
    """Return whether a content control with this tag holds the list of references."""
    return tag.startswith(("MENDELEY_BIBLIOGRAPHY", "CitaviBibliography"))


def cited_items(code: str, data: str) -> list[CitedItem]:
    """Return the works that a field with this code, and what is attached to it as `data`, refers to.

    `code` may also be the tag of a content control. Empty for any other field. Raise `BrokenCitationError`.
    """
    if code.startswith(_MENDELEY_CITE):
        return _csl_items(_unpacked(code.removeprefix(_MENDELEY_CITE), "Mendeley Cite"), "mendeley", "Mendeley Cite")
    if match := _CSL.search(code):
        whose = "Zotero" if match["name"] else "Mendeley"
        return _csl_items(_json(code[match.start("json") :], whose), whose.lower(), whose)
    if "EN.CITE" in code:
        return _endnote_items(code, data)
    if match := _CITAVI.search(code):
        return _citavi_items(_unpacked(match["data"], "Citavi"))
    if match := _WORD.match(code):
        return [CitedItem(f"word:{tag}", "") for tag in _word_tags(match["rest"])]
    return []


def word_source(fields: Mapping[str, str], leaves: list[str]) -> CitedItem | None:
    """Return a source of Word's own, or `None` for one without the tag by which it is cited."""
    if not fields.get("Tag"):
        return None
    return CitedItem(f"word:{fields['Tag']}", _joined(leaves), _plain(fields.get("Title")), _year(fields.get("Year")))


def _csl_items(citation: Any, prefix: str, whose: str) -> list[CitedItem]:
    items = citation.get("citationItems") if isinstance(citation, dict) else None
    if not isinstance(items, list):
        raise BrokenCitationError(whose)
    return [_csl_item(item, prefix) for item in items if isinstance(item, dict)]


def _csl_item(item: dict[str, Any], prefix: str) -> CitedItem:
    data = item.get("itemData")
    data = data if isinstance(data, dict) else {}
    uris = item.get("uris") or item.get("uri") or ()
    uri = uris if isinstance(uris, str) else next((uri for uri in uris if isinstance(uri, str)), "")
    name = uri.rstrip("/").rpartition("/")[2].removeprefix("?uuid=") or _word(item.get("id")) or _word(data.get("id"))
    if name.startswith("ITEM-"):  # numbered anew in every citation
        name = ""
    entry = csl_entry(data, _NOWHERE)
    key = f"{prefix}:{name or hashlib.sha256(entry.text.encode('utf-8', 'replace')).hexdigest()[:12]}"
    return CitedItem(key, entry.text, entry.title, entry.year, entry.doi)


def _endnote_items(code: str, data: str) -> list[CitedItem]:
    start = code.find("<EndNote")
    if start < 0 and not data.strip():
        return []
    xml = code[start:].encode("utf-8", "replace") if start >= 0 else _from_base64(data, "EndNote")
    start, end = xml.find(b"<EndNote"), xml.rfind(b"</EndNote>")
    if start < 0 or end < 0:
        raise BrokenCitationError("EndNote")
    try:
        root = parse_xml(xml[start : end + len(b"</EndNote>")])
    except InputError:
        raise BrokenCitationError("EndNote") from None
    return [_endnote_item(cite) for cite in root.iter("Cite")]


def _endnote_item(cite: Any) -> CitedItem:
    said = {name: _word(cite.findtext(name)) for name in ("Author", "Year", "RecNum")}
    record = cite.find("record")
    if record is None:
        return CitedItem(f"endnote:{'-'.join(said.values())}", "")
    database = next((key.get("db-id") for key in record.iter("key") if key.get("db-id")), said["Author"])
    leaves = [
        "".join(element.itertext())
        for element in record.iter()
        if element.tag not in _NOT_PRINTED and not _holds_elements(element)
    ]
    title = record.find("titles/title")
    return CitedItem(
        f"endnote:{database}-{_word(record.findtext('rec-number')) or said['RecNum']}",
        _joined(leaves),
        _plain(None if title is None else "".join(title.itertext())),
        _year(said["Year"])
        or _year("".join(record.find("dates").itertext()) if record.find("dates") is not None else None),
    )


def _holds_elements(element: Any) -> bool:
    return any(child.tag != "style" for child in element)


def _citavi_items(placeholder: Any) -> list[CitedItem]:
    entries = placeholder.get("Entries") if isinstance(placeholder, dict) else None
    if not isinstance(entries, list):
        raise BrokenCitationError("Citavi")
    references = [entry.get("Reference") for entry in entries if isinstance(entry, dict)]
    return [
        CitedItem(
            f"citavi:{_word(reference.get('Id')) or _word(reference.get('Title'))}",
            csl_entry(reference, _NOWHERE).text,
            _plain(reference.get("Title")),
            _year(reference.get("Year")),
        )
        for reference in references
        if isinstance(reference, dict)
    ]


def _word_tags(rest: str) -> list[str]:
    """Return the tags in `Arm15 \\l 1033 \\m Cla13`: the first word, and each after `\\m`."""
    words = [quoted or bare for quoted, bare in _WORD_TOKEN.findall(rest)]
    following = [word for before, word in pairwise(words) if before == r"\m"]
    return [word for word in (*words[:1], *following) if not word.startswith("\\")]


def _unpacked(packed: str, whose: str) -> Any:
    return _json(_from_base64(packed, whose).decode("utf-8", "replace"), whose)


def _from_base64(packed: str, whose: str) -> bytes:
    letters = "".join(packed.split()).rstrip("=")
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise BrokenCitationError(whose) from None


def _json(text: str, whose: str) -> Any:
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        raise BrokenCitationError(whose) from None


def _joined(leaves: list[str]) -> str:
    return "\n".join(plain for leaf in leaves if (plain := _plain(leaf)))


def _plain(text: object) -> str | None:
    return " ".join(plain_characters(text).split()) or None if isinstance(text, str) else None


def _word(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    try:
        return str(value).strip()
    except ValueError:  # an integer of more than 4,300 digits
        return ""


def _year(value: object) -> int | None:
    return stated_year(_word(value)[:200])
