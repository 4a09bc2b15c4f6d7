"""Bibliographies in CSL's data model, as JSON or YAML.

Format: https://github.com/citation-style-language/schema, `csl-data.json`; pandoc's manual for the YAML form.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.model import Entry, Manuscript, SourceLocation
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.located_yaml import parse_text
from tcia_policy.files.text import decode_text
from tcia_policy.text.years import stated_year

_LIST_OF_ITEMS = re.compile(r'"(?:items|references)"\s*:\s*(?=\[)')
_BETWEEN = re.compile(r"[\s,]*")
_RICH_TEXT = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span)(?:\s[^<>]{0,200})?>", re.IGNORECASE)
# What no style prints, in CSL and in Citavi.
_NOT_SAID = frozenset(
    (
        "id type abstract annote annotation keyword categories Abstract Keywords Categories TableOfContents Evaluation"
    ).split()
)


def read_json_document(document: DocumentFile) -> Manuscript:
    """Return the entries of a file, as `read_csl_json` does."""
    return read_csl_json(document.content(), document.shown)


def read_csl_json(content: bytes, shown: str) -> Manuscript:
    """Read a list of CSL items, by itself or under `items` or `references`. Raise `InputError` for what is none."""
    text = decode_text(content, shown)
    listed = _LIST_OF_ITEMS.search(text) if text.lstrip("\ufeff \t\r\n").startswith("{") else None
    begin = listed.end() if listed else len(text) - len(text.lstrip("\ufeff \t\r\n"))
    try:
        entries = tuple(_json_entries(text, begin, shown))
    except json.JSONDecodeError as error:
        raise InputError(f"is not valid JSON: {error.msg}", file=shown, line=error.lineno) from None
    except (RecursionError, ValueError):
        raise InputError("is nested too deep, or has a number too long, for a bibliography", file=shown) from None
    return Manuscript(files=(shown,), entries=entries)


def _json_entries(text: str, begin: int, shown: str) -> Iterator[Entry]:
    """Give the items of the list that begins at `begin`, each decoded by itself so that its line is known."""
    if not text.startswith("[", begin):
        raise InputError("is not a bibliography: CSL JSON is a list of items", file=shown)
    decoder = json.JSONDecoder()
    line, counted, at = 1, 0, _skip(text, begin + 1)
    while not text.startswith("]", at):
        line, counted = line + text.count("\n", counted, at), at
        item, at = decoder.raw_decode(text, at)
        yield csl_entry(item, SourceLocation(shown, line))
        at = _skip(text, at)


def _skip(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return at if match is None else match.end()


def read_yaml_document(document: DocumentFile) -> Manuscript:
    """Return the entries of a file, as `read_csl_yaml` does."""
    return read_csl_yaml(document.content(), document.shown)


def read_csl_yaml(content: bytes, shown: str) -> Manuscript:
    """Read CSL items under `references`, or a list of them, as pandoc does. Raise `InputError` for what is none."""
    text = re.sub(r"\n(?:---|\.\.\.)[ \t]*\n?\s*\Z", "\n", decode_text(content, shown))
    located = parse_text(Path(shown), text)
    place: tuple[str | int, ...] = ()
    items = located.data
    if isinstance(items, dict):
        place, items = ("references",), items.get("references")
    if not isinstance(items, list):
        raise InputError("is not a bibliography: CSL YAML has a list under `references`", file=shown)
    places = [SourceLocation(shown, located.line((*place, index))) for index in range(len(items))]
    return Manuscript(files=(shown,), entries=tuple(map(csl_entry, items, places)))


def csl_entry(item: object, place: SourceLocation) -> Entry:
    """Return one CSL item as an entry. Raise `InputError` where it is none."""
    if not isinstance(item, Mapping):
        raise InputError("an item of a bibliography is a mapping with an `id`", file=place.file, line=place.number)
    key = item.get("id")
    title = item.get("title")
    said = [text for name, value in item.items() if name not in _NOT_SAID for text in _texts(value)]
    return Entry(
        key=str(key) if isinstance(key, (str, int)) and str(key) else None,
        text="\n".join(said),
        place=place,
        title=_plain(title) if isinstance(title, str) else None,
        year=_year(item.get("issued")),
        doi=_doi(item),
    )


def _doi(item: Mapping[object, object]) -> str | None:
    said = item.get("DOI")
    return said if isinstance(said, str) and said else None


def _texts(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield _plain(value)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield str(value)
    elif depth < limits.METADATA_DEPTH and isinstance(value, (list, dict)):
        for part in value if isinstance(value, list) else value.values():
            yield from _texts(part, depth + 1)


def _plain(text: str) -> str:
    return " ".join(_RICH_TEXT.sub("", text).split())


def _year(issued: object) -> int | None:
    return next(filter(None, map(stated_year, _texts(issued))), None)
