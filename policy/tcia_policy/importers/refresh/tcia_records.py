"""TCIA's answers, record by record: one that cannot be read is left out and told, and stops no other."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from tcia_policy.files import located_yaml
from tcia_policy.importers import tcia
from tcia_policy.importers.online.answers import Answers, Record
from tcia_policy.lazy import dataclass
from tcia_policy.model import DatasetKind
from tcia_policy.text.doi import normalize_doi
from tcia_policy.text.name_keys import compare_key

LISTS = {DatasetKind.COLLECTION: "collections", DatasetKind.ANALYSIS_RESULT: "analysis-results"}

NAMES = ("slug", "collection_doi", "result_doi", "collection_short_title", "result_short_title")


@dataclass(frozen=True)
class Records:
    """The records that were read, and why others were not. `kinds` are those that TCIA answered for.

    `unread` has the DOIs, names and slugs of the records that were not read, in the form of `key`; `is_any_unnamed`
    says that there is one without any of these.
    """

    published: tuple[tcia.Published, ...]
    unread: frozenset[str]
    is_any_unnamed: bool
    problems: tuple[str, ...]
    kinds: frozenset[DatasetKind]


def read(answers: Answers) -> Records:
    """Return the records of collections and analysis results. Two with one DOI or name are both left out."""
    published: list[tcia.Published] = []
    problems: list[str] = []
    unread: list[frozenset[str]] = []
    for kind, name in LISTS.items():
        for record in _once(answers.lists.get(name, ())):
            parsed = _parsed(record, name)
            if isinstance(parsed, str):
                problems.append(parsed)
                unread.append(_keys_of(record))
            else:
                published.append(tcia.Published(kind, parsed, Path(f"tcia/{name}")))
    shared = _shared(published)
    problems += [f"TCIA: {each.record.slug} is left as it was: another record has its DOI or name" for each in shared]
    unread += [frozenset(map(key, (each.record.doi, each.record.short_title, each.record.slug))) for each in shared]
    return Records(
        published=tuple(each for each in published if each not in shared),
        unread=frozenset().union(*unread),
        is_any_unnamed=any(not keys for keys in unread),
        problems=tuple(problems),
        kinds=frozenset(kind for kind, name in LISTS.items() if name in answers.lists),
    )


def key(text: str) -> str:
    """Return a DOI, name or slug in the form in which two are compared."""
    return normalize_doi(text) or compare_key(text)


def _keys_of(record: Record) -> frozenset[str]:
    stated = [record.get(name) for name in NAMES]
    return frozenset(key(text) for text in stated if isinstance(text, str) and text.strip())


def _once(records: tuple[Record, ...]) -> Iterator[Record]:
    """Yield the records without those that are there twice, as where pages overlap."""
    seen: list[Record] = []
    for record in records:
        if record not in seen[-200:]:
            yield record
        seen.append(record)


def _parsed(record: Record, name: str) -> tcia.TciaRecord | str:
    try:
        return tcia.TciaRecord.model_validate(record)
    except ValidationError as error:
        complaint = error.errors()[0]
        problem = complaint["msg"].removeprefix("Value error, ")
        where = f"{located_yaml.spell(complaint['loc'])}: {problem}"
        return f"TCIA: {name}, {str(record.get('slug') or record.get('id'))[:80]}: left as it was, since {where}"


def _shared(published: list[tcia.Published]) -> list[tcia.Published]:
    dois = Counter(each.record.doi for each in published)
    names = Counter(compare_key(each.record.short_title) for each in published)
    return [each for each in published if dois[each.record.doi] > 1 or names[compare_key(each.record.short_title)] > 1]
