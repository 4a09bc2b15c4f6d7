"""`CITATION.cff`: how a work is to be cited, and which works it refers to.

Format: https://github.com/citation-file-format/citation-file-format/blob/1.2.0/schema-guide.md. A field that the format
does not know is passed over; `cffconvert` refuses the whole file for it, and people do write such files.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.model import Entry, Manuscript, SourceLocation
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.located_yaml import LocatedYaml, parse_text
from tcia_policy.files.model_shape import YamlPath
from tcia_policy.files.text import decode_text
from tcia_policy.text.years import stated_year

PREFERRED, REFERENCES = "preferred-citation", "references"
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
# What no style prints.
_NOT_SAID = frozenset("abstract keywords notes type scope status license license-url".split())
_JOURNALS = ("journal", "collection-title", "conference")


def read_document(document: DocumentFile) -> Manuscript:
    """Return the works that a file names. Raise `InputError` for what is no `CITATION.cff`."""
    located = read_cff(document)
    return Manuscript(files=(document.shown,), entries=cff_entries(located, document.shown, printed=False))


def read_cff(document: DocumentFile) -> LocatedYaml:
    """Return the fields of a file. Raise `InputError` for what is not YAML, or has no fields."""
    text = decode_text(document.content(), document.shown, limits.YAML)
    located = parse_text(Path(document.shown), text.removeprefix("\ufeff"))
    if not isinstance(located.data, Mapping):
        hint = "see https://citation-file-format.github.io"
        raise InputError("is no CITATION.cff: it has no fields", file=document.shown, hint=hint)
    return located


def cff_entries(located: LocatedYaml, shown: str, printed: bool) -> tuple[Entry, ...]:
    """Return `preferred-citation` and `references`. `printed` says that the file itself is what people read."""
    return tuple(_entry(located, place, item, shown, printed) for place, item in _works(located))


def _works(located: LocatedYaml) -> Iterator[tuple[YamlPath, Mapping[str, object]]]:
    data = located.data
    assert isinstance(data, Mapping)
    preferred, listed = data.get(PREFERRED), data.get(REFERENCES)
    if isinstance(preferred, Mapping):
        yield (PREFERRED,), preferred
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, Mapping):
            yield (REFERENCES, index), item


def _entry(located: LocatedYaml, place: YamlPath, item: Mapping[str, object], shown: str, printed: bool) -> Entry:
    title, kind = item.get("title"), item.get("type")
    journals = (item.get(name) for name in _JOURNALS)
    return Entry(
        key=None,
        text="\n".join(_texts({name: value for name, value in item.items() if name not in _NOT_SAID})),
        place=SourceLocation(shown, located.line(place)),
        title=" ".join(title.split()) if isinstance(title, str) else None,
        year=stated_year(str(item.get("year") or item.get("date-released") or item.get("date-published") or "")),
        printed=printed,
        doi=doi_of(item),
        type=kind.lower() if isinstance(kind, str) else "",
        containers=tuple(each for each in journals if isinstance(each, str)),
    )


def doi_of(item: Mapping[str, object]) -> str | None:
    """Return the DOI of a work: `doi`, one of `identifiers`, or `url`."""
    identifiers = item.get("identifiers")
    listed = (
        [each.get("value") for each in identifiers if isinstance(each, Mapping)]
        if isinstance(identifiers, list)
        else []
    )
    said = (each for each in (item.get("doi"), *listed, item.get("url")) if isinstance(each, str))
    return next((match[1] for each in said if (match := _DOI.match(each.strip()))), None)


def _texts(value: object) -> Iterator[str]:
    """Yield all texts of a value, in order; YAML that was read is not nested deep."""
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, Mapping | list):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(part)
