"""Where a text spells a name, whatever hyphens, spaces and line breaks it puts in: one pass over its words."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import IntEnum
from functools import lru_cache

from tcia_policy.evidence.mentions.name_forms import Form, Kind
from tcia_policy.evidence.mentions.normalize import Folded
from tcia_policy.evidence.mentions.sentences import link_around
from tcia_policy.lazy import dataclass, pattern

_KEY = 24  # letters of a name that are looked up before it is compared
_IN_A_LINK = ("/", "=")
_WORD = pattern(r"[^\W_]+")
_ESCAPED_SPACE = pattern(r"\+|%20")  # in a link: `display/Public/CT+Lymph+Nodes`
_WORD_OR_ESCAPE = pattern(r"%(?:20|2[fF]|3[aAdDfF]|26)|[^\W_]+")  # `collection%2Fnsclc-radiomics`
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"
# Between the parts of a name: a hyphen, slash, underscore or space; of a title: any punctuation.
_GAP = pattern(rf"\+|%20|\s{{0,40}}(?:(?:[{_HYPHENS}]{{1,3}}|[/_])\s{{0,40}})?")
_TITLE_GAP = pattern(r"[\W_]{1,40}")
_HYPHEN = pattern(rf"[{_HYPHENS}]{{1,3}}")
_BROKEN = pattern(r"-[ \t]{0,40}\r?\n\s{0,40}")
_JOINED_BEFORE = pattern(r"([^\W_]+)[-_\u2010\u2011]$")
_JOINED_AFTER = pattern(r"[-_\u2010\u2011][ \t]{0,9}(?:\n[ \t]{0,40})?(?=[^\W_])([^\W_]+)|[-_\u2010\u2011](?=[^\W_])")
_SUBJECT = pattern(r"(?:[-_]\d{2,})+(?![^\W_])")
_BEFORE_A_NAME = frozenset("non pre post cross multi ex tcia nih".split())
_AFTER_A_NAME = frozenset(
    (
        "based derived trained specific style like only wide related sourced pretrained finetuned tuned and or to "
        "nbia manifest "
        "test train training testing validation dataset datasets data collection cohort subset images scans"
    ).split()
)
_LEAST_SUBJECT = 3  # digits


class Case(IntEnum):
    """How the letters of a name are written, from its own to none of its capitals."""

    LOWER = 0
    MIXED = 1
    CAPITALIZED = 2
    CAPITALS = 3
    OWN = 4


@dataclass(frozen=True)
class Spelling:
    """How a text writes a name: found out once for all places that write it so.

    `written` is the name as it stands there; a line break after a hyphen is gone, any other space is a single one.
    `letters` are its letters and digits. `joints` is what joins its parts: hyphens as `-`, a space, a slash, an
    underscore. `has_escapes` says that they are joined as in links only. `is_its_own` says that letters, hyphens and
    spaces are those of the name; `telling_have_capitals` that the parts that make it distinctive have their capitals.
    """

    written: str
    letters: str
    joints: str
    has_escapes: bool
    case: Case
    is_its_own: bool
    telling_have_capitals: bool


@lru_cache(maxsize=4096)
def _spelling(form: Form, piece: str) -> Spelling:
    written = " ".join(_ESCAPED_SPACE.sub(" ", _BROKEN.sub("-", piece)).split())
    letters = "".join(_WORD.findall(written))
    joints = re.sub(r"[^\W_]+", "", _HYPHEN.sub("-", written))
    pairs = [(letters[start:end], form.letters[start:end]) for start, end in form.parts]
    return Spelling(
        written=written,
        letters=letters,
        joints=joints,
        has_escapes=_ESCAPED_SPACE.search(piece) is not None,
        case=_case(letters, form.letters, pairs),
        is_its_own=letters == form.letters and joints == form.joints,
        telling_have_capitals=all(
            _has_capitals_of(part, own) for (part, own), telling in zip(pairs, form.telling, strict=True) if telling
        ),
    )


def _case(letters: str, own_letters: str, pairs: list[tuple[str, str]]) -> Case:
    if letters == own_letters:
        return Case.OWN
    if all(_has_capitals_of(part, own) for part, own in pairs):
        return Case.CAPITALS
    if all(part[0].isupper() or not own[0].isupper() for part, own in pairs):
        return Case.CAPITALIZED
    return Case.LOWER if letters.islower() else Case.MIXED


@dataclass(frozen=True)
class Match:
    """A form from `start` to `end` of a folded text; `is_subject` says that a subject's number follows it."""

    form: Form
    text: str
    start: int
    end: int
    spelling: Spelling
    is_subject: bool = False

    @classmethod
    def at(cls, form: Form, text: str, start: int, end: int, *, is_subject: bool = False) -> "Match":
        """Return the match of a form, and how it is written there."""
        return cls(form, text, start, end, _spelling(form, text[start:end]), is_subject)


def _has_capitals_of(part: str, own: str) -> bool:
    return all(letter.isupper() or not capital.isupper() for letter, capital in zip(part, own, strict=True))


@dataclass(frozen=True)
class Words:
    """Where the words of a text stand, and which of them begin with which letters: found once for all matchers."""

    spans: Sequence[tuple[int, int]]
    _by_beginning: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, folded: Folded) -> "Words":
        """Return the words of a text; linear in its length."""
        lower = folded.lower
        spans = [match.span() for match in _WORD_OR_ESCAPE.finditer(lower) if not match.group().startswith("%")]
        found: dict[str, list[int]] = defaultdict(list)
        for position, (start, end) in enumerate(spans):
            found[lower[start : min(end, start + _KEY)]].append(position)
        return cls(spans, found)

    def that_begin_with(self, beginnings: AbstractSet[str]) -> list[int]:
        """Return the positions of the words whose first letters, as many as are looked up, are one of `beginnings`."""
        return sorted(
            position for key in self._by_beginning.keys() & beginnings for position in self._by_beginning[key]
        )


class FormMatcher:
    """Finds forms in texts. At one place the longest comes first; in what counts, nothing else is found."""

    def __init__(self, forms: Iterable[Form]) -> None:
        by_key: dict[str, list[Form]] = defaultdict(list)
        for form in forms:
            by_key[form.compact[:_KEY]].append(form)
        self._by_key = {key: sorted(some, key=lambda form: -len(form.compact)) for key, some in by_key.items()}
        self._beginnings = frozenset(key[:length] for key in by_key for length in range(1, len(key) + 1))
        self._long_beginnings = frozenset(
            form.compact[: form.parts[0][1]] for some in by_key.values() for form in some if form.is_long
        )

    def matches(self, folded: Folded, counts: Callable[[Match], bool], words: Words | None = None) -> None:
        """Offer every match to `counts`, in the order of the text; linear in its length.

        With the `words` of the text, it is linear in the number of words that begin as a form does.
        """
        text, lower = folded.text, folded.lower
        words = Words.of(folded) if words is None else words
        spans = words.spans
        next_free = 0
        for position in words.that_begin_with(self._beginnings):
            start, end = spans[position]
            if position < next_free:
                continue
            in_lower_case = text[start:end].islower() and text[end : end + 1].isspace()
            in_lower_case = in_lower_case and text[start - 1 : start] not in _IN_A_LINK
            if in_lower_case and lower[start:end] not in self._long_beginnings:
                continue
            forms = self._that_begin_at(folded, spans, position)
            if in_lower_case:
                forms = (form for form in forms if form.is_long)
            next_free = _longest_at(folded, spans, position, _Offer(forms, counts))

    def _that_begin_at(self, folded: Folded, spans: Sequence[tuple[int, int]], position: int) -> Iterable[Form]:
        """Return the forms that begin like the words from `position` on, longest first."""
        letters, keys = "", []
        for start, end in spans[position : position + _KEY]:
            letters += folded.lower[start : min(end, start + _KEY)]
            if letters[:_KEY] not in self._beginnings:
                break
            if letters[:_KEY] in self._by_key:
                keys.append(letters[:_KEY])
            if len(letters) >= _KEY:
                break
        return (form for key in reversed(keys) for form in self._by_key[key])


@dataclass(frozen=True)
class _Offer:
    """The forms to compare at one place, longest first, and what says whether a match counts."""

    forms: Iterable[Form]
    counts: Callable[[Match], bool]


def _longest_at(folded: Folded, spans: Sequence[tuple[int, int]], position: int, offer: _Offer) -> int:
    """Return the position after what counted at `position`, or the next one."""
    for form in offer.forms:
        last = _spelled_until(form, folded, spans, position)
        match = None if last is None else _standing_alone(form, folded.text, spans[position][0], spans[last][1])
        if last is not None and match is not None and offer.counts(match):
            return last + 1
    return position + 1


def _spelled_until(form: Form, folded: Folded, spans: Sequence[tuple[int, int]], position: int) -> int | None:
    """Return the position of the word that ends the form, if it is spelled from `position` on."""
    gap = _TITLE_GAP if form.kind is Kind.TITLE else _GAP
    length = 0
    for last in range(position, len(spans)):
        start, end = spans[last]
        if length:
            between = folded.text[spans[last - 1][1] : start]
            is_break = length in form.breaks and gap.fullmatch(between) and between.count("\n") <= 1
            if not is_break and not _BROKEN.fullmatch(between):
                return None
        if not form.compact.startswith(folded.lower[start:end], length):
            return None
        length += end - start
        if length == len(form.compact):
            return last
    return None


def _standing_alone(form: Form, text: str, start: int, end: int) -> Match | None:
    """Return the match, unless it is a part of a longer name (`TCGA-GBM` in `TCGA-GBM-xyz`)."""
    before = _JOINED_BEFORE.search(text[max(0, start - 30) : start])
    after = _JOINED_AFTER.match(text, end, end + 80)
    if (before is not None or after is not None) and _is_word_of_a_link(form, text, start, end):
        return Match.at(form, text, start, end)
    if before is not None and before[1].lower() not in _BEFORE_A_NAME:
        return None
    if after is None or (after[1] or "").lower() in _AFTER_A_NAME:
        return Match.at(form, text, start, end)
    subject = _SUBJECT.match(text, end, end + 40)
    if subject is None or sum(map(str.isdigit, subject.group())) < _LEAST_SUBJECT:
        return None
    return Match.at(form, text, start, end, is_subject=True)


def _is_word_of_a_link(form: Form, text: str, start: int, end: int) -> bool:
    """Return whether a link has the name with its hyphen between underscores (`/E2MIP_LIDC-IDRI_segmentation`)."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    is_word = form.kind is Kind.DISTINCTIVE and "-" in text[start:end] and "-" not in around
    return is_word and link_around(text, start, end) is not None
