"""The parts of a dataset that a word may mean: every one, by data type and title, never a choice among them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import Dataset, Distribution

if TYPE_CHECKING:
    from tcia_policy.registry.part_words import PartKind

Stems = tuple[str, ...]
PartIds = frozenset[str]

NONE: PartIds = frozenset()
_ASIDE = pattern(r"\([^)]*\)")
_AND = pattern(r"\b(?:and|or|plus|with|as well as)\b|[&,;+/|]")
_UNTYPED = ("Other",)


def parts_meant(dataset: Dataset, word: str) -> tuple[str, ...]:
    """Return the ids of the parts that `word` may mean, in the order of the dataset; none if it fits no part.

    An id, or a whole title of two words or more, means that part alone. The dataset's own name means all parts. Else
    each thing that is named (`images and clinical data`) means what its words have in common, by the kinds of data in
    `rules/reference/part-words.yaml`. What only stands in some title, and in no such list, may mean any part.
    """
    found = _exactly(dataset, word) or _Parts(dataset).meant_by(word)
    return tuple(part.id for part in dataset.distributions if part.id in found)


def _exactly(dataset: Dataset, word: str) -> PartIds:
    """Return the part with this id, or the parts with this title, with or without what the title has in brackets."""
    written = word.strip().casefold()
    by_id = frozenset(part.id for part in dataset.distributions if part.id.casefold() == written)
    wanted = _stems(word)
    if by_id or len(wanted) < 2:  # noqa: PLR2004
        return by_id
    titles = {part.id: (_stems(part.title), _stems(_ASIDE.sub(" ", part.title))) for part in dataset.distributions}
    return frozenset(id_ for id_, forms in titles.items() if wanted in forms)


def names_any(word: str, recorded: Iterable[str]) -> bool:
    """Return whether a word is made of recorded words (`raw proteomics data`), beside words that tell nothing."""
    names = _each(recorded)
    words = _words()
    stems = set(_stems(_AND.sub(" ", word.casefold())))
    return bool(stems & names) and stems <= names | words.everything | words.details | words.stop


@dataclass(frozen=True)
class _Meaning:
    """What one word, or several that belong together, may mean. `narrows`: beside other words, they must agree.

    `adds` are parts that it adds beside other words, if it does not narrow. `typed` are those of `parts` whose data are
    of the kind that the word names, or the images that it tells apart; the others only have the word in their title.
    """

    parts: PartIds
    narrows: bool = True
    modality: bool = False
    adds: PartIds = NONE
    typed: PartIds = NONE


@dataclass(frozen=True)
class _Parts:
    """The parts of one dataset, looked up by words."""

    dataset: Dataset

    def meant_by(self, word: str) -> PartIds:
        """Return the parts that a word may mean; none if one of the things that it names fits no part."""
        if _stems(word) in self._names:
            return self._all
        things = [stems for stems in map(_stems, _AND.split(unicodedata.normalize("NFKC", word).casefold())) if stems]
        meant = [self._thing(stems) for stems in things]
        return frozenset().union(*meant) if all(meant) else NONE

    def _thing(self, stems: Stems) -> PartIds:
        """Return the parts that one thing may be: `CT images`, `radiotherapy structures`."""
        said, turned = self._without_negations(stems)
        meanings = list(self._meanings(said))
        if not all(meaning.parts for meaning in meanings):
            return NONE
        if turned:
            return self._all if said else NONE
        narrowing = [meaning for meaning in meanings if meaning.narrows]
        if not narrowing:
            alone = (self._own | _words().everything | self._titled) - _words().stop
            return self._all if set(stems) & alone else NONE
        added = frozenset().union(*(meaning.adds for meaning in meanings))
        return _agreed(narrowing) | added

    def _without_negations(self, stems: Stems) -> tuple[Stems, bool]:
        """Return the words without those that turn others around, and whether one of these turns a telling word.

        `not` always does. `pre` does before a word that narrows (`pre-defaced`), not in `pre-contrast`.
        """
        words = _words()
        said = tuple(stem for stem in stems if stem not in words.negations)
        if len(said) < len(stems):
            return tuple(stem for stem in said if stem not in words.before), True
        telling = tuple(stem for stem in stems if stem not in words.stop)
        for place, stem in enumerate(telling):
            after = islice(self._meanings(telling[place + 1 :]), 1)
            if stem in words.before and any(meaning.narrows for meaning in after):
                return tuple(each for each in stems if each not in words.before), True
        return stems, False

    def _meanings(self, stems: Stems) -> Iterator[_Meaning]:
        """Yield the meaning of each word, or of each run of words that belong together, the longest first."""
        rest = stems
        while rest:
            length = next((number for number in range(len(rest), 1, -1) if rest[:number] in self._phrases), 1)
            yield self._meaning(rest[:length])
            rest = rest[length:]

    def _meaning(self, run: Stems) -> _Meaning:
        """Return what a run of words may mean: a kind of data, a type, images of some sort, a document, or nothing."""
        words = _words()
        kinds = words.kinds.get(run, ())
        titled = frozenset(id_ for id_, title in self._title_stems.items() if _has(title, run))
        typed = self._of_kinds(kinds) | self._by_type.get(run, NONE)
        if typed:
            modality = any(kind.modality for kind in kinds) or run in words.modalities
            is_in_name = not modality and set(run) <= set(_stems(self.dataset.id))
            return _Meaning(self._all if is_in_name else typed | titled, modality=modality, typed=typed)
        if run in words.telling and titled:
            images = self._told_apart(run, titled)
            return _Meaning(images, typed=images)
        if (run in words.titles or kinds) and titled:
            return _Meaning(titled)
        tells_nothing = titled or set(run) <= self._own | words.everything | words.details | words.stop
        adds = NONE if set(run) <= words.everything | words.stop else titled
        return _Meaning(self._all if tells_nothing else NONE, narrows=False, adds=adds)

    def _told_apart(self, run: Stems, titled: PartIds) -> PartIds:
        """Return the images that a telling word means: not those whose title has it after `not`, but the others."""
        negations = _words().negations
        denied = frozenset(
            id_ for id_ in titled if any(_has(self._title_stems[id_], (negation, *run)) for negation in negations)
        )
        meant = titled - denied or self._images - denied
        return meant & self._images or meant or titled

    def _of_kinds(self, kinds: Iterable["PartKind"]) -> PartIds:
        return frozenset(part.id for part in self.dataset.distributions for kind in kinds if _is_of(part, kind))

    @property
    def _all(self) -> PartIds:
        return frozenset(part.id for part in self.dataset.distributions)

    @cached_property
    def _names(self) -> tuple[Stems, ...]:
        """The names of the dataset, longest first."""
        names = {_stems(name) for name in (self.dataset.id, self.dataset.title, *self.dataset.aliases)}
        return tuple(sorted(names, key=lambda stems: (-len(stems), stems)))

    @cached_property
    def _own(self) -> frozenset[str]:
        """The words of the dataset's short names. Its title is a sentence, whose words mean many things."""
        return frozenset(stem for name in (self.dataset.id, *self.dataset.aliases) for stem in _stems(name))

    @cached_property
    def _titled(self) -> frozenset[str]:
        return frozenset(stem for title in self._title_stems.values() for stem in title)

    @cached_property
    def _title_stems(self) -> Mapping[str, Stems]:
        """The words of each title, without the names of the dataset that stand in it."""
        found = {}
        for part in self.dataset.distributions:
            title = _stems(part.title)
            for name in self._names:
                title = _without(title, name) if len(name) < len(title) else title
            found[part.id] = title
        return found

    @cached_property
    def _by_type(self) -> Mapping[Stems, PartIds]:
        found: dict[Stems, PartIds] = {}
        for part in self.dataset.distributions:
            for type_ in (*part.data_types, *part.file_types):
                if type_ not in _UNTYPED:
                    found[_stems(type_)] = found.get(_stems(type_), NONE) | {part.id}
        return found

    @cached_property
    def _phrases(self) -> frozenset[Stems]:
        return _words().phrases | {stems for stems in self._by_type if len(stems) > 1}

    @cached_property
    def _images(self) -> PartIds:
        return self._of_kinds(_words().kinds[_stems("images")])


def _agreed(meanings: Sequence[_Meaning]) -> PartIds:
    """Return the parts that all of the meanings share; if they do not agree, those of any of them.

    Modalities side by side count as one. Meanings agree where they share a part that each of them picks by more than a
    word in its title: a table whose title has `CT` does not make `treatment CT` that table.
    """
    together = [meaning for meaning in meanings if meaning.modality]
    joined = _Meaning(
        frozenset().union(*(meaning.parts for meaning in together)),
        typed=frozenset().union(*(meaning.typed for meaning in together)),
    )
    each = [meaning for meaning in meanings if not meaning.modality] + ([joined] if together else [])
    shared = frozenset.intersection(*(meaning.parts for meaning in each))
    if len(each) == 1 or all(shared & meaning.typed for meaning in each):
        return shared
    return frozenset().union(*(meaning.parts for meaning in each))


@dataclass(frozen=True)
class _Words:
    """The words of `part-words.yaml`, by their stems."""

    kinds: Mapping[Stems, tuple["PartKind", ...]]
    titles: frozenset[Stems]
    telling: frozenset[Stems]
    everything: frozenset[str]
    details: frozenset[str]
    negations: frozenset[str]
    before: frozenset[str]
    stop: frozenset[str]

    @cached_property
    def modalities(self) -> frozenset[Stems]:
        """The types that are modalities: two of them side by side (`CT XA`) mean either."""
        return frozenset(
            _stems(type_) for kinds in self.kinds.values() for kind in kinds if kind.modality for type_ in kind.types
        )

    @cached_property
    def phrases(self) -> frozenset[Stems]:
        """What has several words."""
        return frozenset(stems for stems in (*self.kinds, *self.titles, *self.telling) if len(stems) > 1)


@cache
def _words() -> _Words:
    from tcia_policy.registry.part_words import load_part_words  # noqa: PLC0415 - 0.5 ms, only for words of parts

    recorded = load_part_words()
    kinds: dict[Stems, tuple[PartKind, ...]] = {}
    for kind in recorded.kinds:
        for word in kind.words:
            kinds[_stems(word)] = (*kinds.get(_stems(word), ()), kind)
    return _Words(
        kinds=kinds,
        titles=frozenset(map(_stems, recorded.titles)),
        telling=frozenset(map(_stems, recorded.telling)),
        everything=_each(recorded.everything),
        details=_each(recorded.details),
        negations=_each(recorded.negations),
        before=_each(recorded.before),
        stop=_each(recorded.stop),
    )


def _each(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem for word in words for stem in _stems(word))


def _is_of(part: Distribution, kind: "PartKind") -> bool:
    """Return whether a part is of a kind of data: by its types, or by its title if it has none."""
    types = [type_ for type_ in part.data_types if type_ not in _UNTYPED]
    if not set(kind.types).isdisjoint((*types, *part.file_types)):
        return True
    return not part.data_types and any(_has(_stems(part.title), _stems(word)) for word in kind.words)


@lru_cache(maxsize=4096)
def _stems(text: str) -> Stems:
    """Return the words in their order, without case and without a plural's `s`."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return tuple(word.removesuffix("s") or word for word in re.findall(r"[^\W_]+", folded))


def _has(title: Stems, run: Stems) -> bool:
    return any(title[start : start + len(run)] == run for start in range(len(title) - len(run) + 1))


def _without(title: Stems, name: Sequence[str]) -> Stems:
    """Return a title without a name that stands in it."""
    for start in range(len(title) - len(name) + 1):
        if name and title[start : start + len(name)] == tuple(name):
            return title[:start] + _without(title[start + len(name) :], name)
    return title
