"""An assessment without the names of people and without the reasons of reviewers, for those who need neither.

Roles, days, kinds, ids, digests and verdicts stay. A name becomes `[name 1]`, the same one everywhere, so that a reader
still sees that two different people decided. What is public stays: datasets, citations, contacts, sources.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel

from tcia_policy.engine.answerers import is_no_person
from tcia_policy.model import Assessment, Citation, Contact, Dataset, License, Reference, Source
from tcia_policy.model.decision import Approve, DecisionRead, Waive
from tcia_policy.text.name_keys import slug
from tcia_policy.text.sanitize import clean

ModelT = TypeVar("ModelT", bound=BaseModel)
LEFT_OUT = "[left out]"
_SHORTEST_PART = 3  # letters: `Ada` is a name, the `de` of `de Vries` is none
_WORD = re.compile(r"[^\W_]+")
_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]*")
_WORD_OR_GIVEN = re.compile(r"\[name \d+\]|name-\d+|[^\W_]+")
_GIVEN = re.compile(r"\[name \d+\]|name-\d+")
_PUBLIC = (Dataset, Citation, Contact, Reference, Source, License)
# What is no text: another word in it would be another fact.
_NO_TEXT = frozenset(
    "schema_version written_by disclaimer license licenses license_file claimed_licenses governing undescribed country "
    "jurisdiction territory sha256 digest rule rules dataset doi accession accessions role roles family".split()
)
# The fields that have the name of somebody, by the model's name for them.
_PEOPLE = frozenset("by second_by from_ to owner grantor held_by".split())


def redacted(assessment: Assessment, also: Sequence[Assessment] = ()) -> Assessment:
    """Return the assessment without names of people and without reasons, those in the assessments `also` as well.

    What was redacted already stays as it is. The verdicts are the same, and the result can be rendered as any other.
    """
    together = (assessment, *also)
    names = _Names(
        [name for each in together for name in _named(each)], {name for each in together for name in _persons(each)}
    )
    reasons = {read.decision.reason for each in together for read in _decisions(each)} - {None}
    left_out = dict.fromkeys(_longer_than_a_word(filter(None, reasons)), LEFT_OUT)
    written = {text: names.without_parts(text) for each in together for text in _written(each)}
    shorter = {text: instead for text, instead in written.items() if instead != names.without(text)}
    found = _Text(names, shorter | left_out).without(assessment)
    review = found.review
    return (
        found if review is None else found.model_copy(update={"review": review.model_copy(update={"redacted": True})})
    )


def _decisions(assessment: Assessment) -> Sequence[DecisionRead]:
    return () if assessment.review is None else assessment.review.decisions


def _named(assessment: Assessment) -> Iterator[str]:
    """Yield the names of people, and of who keeps a document, in the order of the assessment."""
    yield from assessment.project.authors
    for reviewer in assessment.project.reviewers:
        yield from (text for field, text in reviewer if field != "role" and isinstance(text, str))
    for part in (assessment.project, assessment.review, assessment.evidence, assessment.duties):
        yield from _people_in(part)


def _people_in(part: object) -> Iterator[str]:
    if isinstance(part, BaseModel) and not isinstance(part, _PUBLIC):
        for field, value in part:
            if field in _PEOPLE and isinstance(value, str):
                yield value
            else:
                yield from _people_in(value)
    elif isinstance(part, tuple):
        for each in part:
            yield from _people_in(each)


def _persons(assessment: Assessment) -> Iterator[str]:
    """Yield the names that are of people for sure: who answered or keeps a document may be an office."""
    yield from assessment.project.authors
    yield from (each.name for each in assessment.project.reviewers)
    for read in _decisions(assessment):
        yield read.decision.by
        yield from (each.owner for each in read.decision.conditions) if isinstance(read.decision, Approve) else ()
        yield from (read.decision.second_by,) if isinstance(read.decision, Waive) else ()


def _written(assessment: Assessment) -> Iterator[str]:
    """Yield what people wrote about the study in their own words: its title, paths, conditions, names of decisions."""
    documents = [each.document for each in assessment.evidence]
    conditions: list[str] = []
    for read in _decisions(assessment):
        documents.append(None if read.decision.evidence is None else read.decision.evidence.path)
        conditions.append(read.decision.name)
        if isinstance(read.decision, Approve):
            conditions += [each.text for each in read.decision.conditions]
    yield from _longer_than_a_word(filter(None, (assessment.project.title, *documents, *conditions)))


def _longer_than_a_word(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts of several words, as they are and as they are shown: a single word may stand for something else."""
    return (each for text in texts for each in (text, clean(text)) if len(_WORD.findall(each)) > 1)


class _Names:
    """The names that are left out, each with what stands for it, found in a text however it spells them."""

    def __init__(self, names: Iterable[str], persons: Collection[str]) -> None:
        known = [name for name in dict.fromkeys(names) if not _GIVEN.fullmatch(name) and not is_no_person(name)]
        self._given = {name: f"[name {number}]" for number, name in enumerate(known, start=1)}
        self._by_first_word: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        self._by_part: dict[str, str] = {}
        for name in sorted(known, key=len, reverse=True):
            self._add(name, self._given[name])
            for part in _WORD.findall(clean(name).casefold()) if name in persons else ():
                if len(part) >= _SHORTEST_PART:
                    self._by_part.setdefault(part, self._given[name])

    def _add(self, name: str, given: str) -> None:
        spellings = {tuple(_WORD.findall(text.lower())) for text in (name, clean(name))} - {()}
        for words in spellings if any(letter.isalpha() for letter in name) else ():
            self._add_words(words, given)
            self._add_words(("".join(words),), given)
        if not name.isascii() and slug(name) != slug(""):
            self._add_words(tuple(slug(name).split("-")), given)

    def _add_words(self, words: tuple[str, ...], given: str) -> None:
        pattern = re.compile(r"[\W_]*".join(map(re.escape, words)) + r"(?![^\W_])", re.IGNORECASE)
        self._by_first_word.setdefault(words[0], []).append((pattern, given))

    def without(self, text: str) -> str:
        """Return the text with what stands for each name in its place; in a name such as `rita-agrees`, `name-1`.

        A name without a letter is found only where it is the whole text.
        """
        in_slug = _SLUG.fullmatch(text) is not None
        if text in self._given:
            return slug(self._given[text]) if in_slug else self._given[text]
        pieces, at = [], 0
        for word in _WORD_OR_GIVEN.finditer(text):
            found = self._at(text, word) if word.start() >= at else None
            if found is not None:
                end, given = found
                pieces += [text[at : word.start()], slug(given) if in_slug else given]
                at = end
        return "".join([*pieces, text[at:]])

    def without_parts(self, text: str) -> str:
        """Return the text without the names, and without a first name or surname alone."""
        whole = self.without(text)
        in_slug = _SLUG.fullmatch(text) is not None
        pieces, at = [], 0
        for word in _WORD_OR_GIVEN.finditer(whole):
            given = self._by_part.get(word.group().casefold())
            if given is not None:
                pieces += [whole[at : word.start()], slug(given) if in_slug else given]
                at = word.end()
        return "".join([*pieces, whole[at:]])

    def _at(self, text: str, word: re.Match[str]) -> tuple[int, str] | None:
        for pattern, given in self._by_first_word.get(word.group().lower(), ()):
            found = pattern.match(text, word.start())
            if found is not None:
                return found.end(), given
        return None


class _Text:
    """Takes names and reasons out of every text of a model."""

    def __init__(self, names: _Names, instead: Mapping[str, str]) -> None:
        self._names = names
        self._instead = sorted(instead.items(), key=lambda each: (-len(each[0]), each))

    def without(self, part: ModelT) -> ModelT:
        """Return a part of the assessment without names and reasons."""
        changed: dict[str, Any] = {}
        for field, value in part:
            if field == "reason":
                changed[field] = None
            elif field not in _NO_TEXT and not _is_choice(part, field):
                changed[field] = self._value(value)
        return part.model_copy(update=changed)

    def _value(self, value: Any) -> Any:
        if isinstance(value, BaseModel):
            return value if isinstance(value, _PUBLIC) else self.without(value)
        if isinstance(value, tuple):
            return tuple(self._value(each) for each in value)
        if isinstance(value, Mapping):
            return {key: self._value(each) for key, each in value.items()}
        return self._text(value) if type(value) is str else value

    def _text(self, text: str) -> str:
        for written, instead in self._instead:
            text = text.replace(written, instead)
        return self._names.without(text)


def _is_choice(part: BaseModel, field: str) -> bool:
    """Return whether a field takes a few words alone, so that another one would not fit."""
    annotation = type(part).model_fields[field].annotation
    return any(get_origin(each) is Literal for each in (annotation, *get_args(annotation)))
