"""Texts that differ in a few words, told once: with a slot for what differs, and what stands there in each case.

Nothing is lost: whoever puts the name of a data item for `[data item]`, and the words of its case for the other slots,
has the text as a rule says it.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from string import ascii_uppercase

from tcia_policy.lazy import dataclass, pattern

ITEM_SLOT = "[data item]"
DOI_SLOT = "[its DOI]"
_SENTENCE_END = pattern(r"(?<=[.;!?”]) ")
_SPACE = pattern(r"(?<!\bCC) ")  # the name of a license stays whole
_MARKS = {".", ",", ";", ":"}
_LOOKS_LIKE_A_SLOT = pattern(r"\[(?:[A-Z]\d*|data item|its DOI)\]")

Texts = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """What stands in the slots (`A`: `phs004225`) of the texts that have these `numbers` in the order given."""

    values: tuple[tuple[str, str], ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Told:
    """Texts with slots such as `[A]`, and the cases that they are told for."""

    texts: Texts
    cases: tuple[Case, ...]

    def in_full(self, case: Case) -> Texts:
        """Return the texts as they are in `case`, the data item still a slot."""
        filled = self.texts
        for letter, value in case.values:
            filled = tuple(text.replace(f"[{letter}]", value) for text in filled)
        return filled


def with_slots(text: str, name: str | None, address: str | None = None) -> str:
    """Return `text` with `[data item]` where it names the data item, and `[its DOI]` for the address of what is cited.

    A text in which something looks like a slot already stays as it is.
    """
    if _LOOKS_LIKE_A_SLOT.search(text):
        return text
    if address:
        text = text.replace(address, DOI_SLOT)
    if name:
        text = re.sub(rf"(?<![\w/-]){re.escape(name)}(?![\w/-])", ITEM_SLOT, text)
    return text


def told_once(members: Sequence[Texts]) -> tuple[Told, ...]:
    """Return the texts of all `members`, those of one shape together, in the order in which they first occur.

    Of one shape are texts that have as many sentences. Each sentence that is not the same in all gets a slot.
    """
    shapes: dict[tuple[int, ...], list[int]] = {}
    for number, texts in enumerate(members):
        alone = -number - 1 if any(re.search(r"\[[A-Z]\d*\]", text) for text in texts) else 0
        shape = (alone, *(len(_SENTENCE_END.split(text)) for text in texts))
        shapes.setdefault(shape, []).append(number)
    return tuple(_told(members, numbers) for numbers in shapes.values())


def _told(members: Sequence[Texts], numbers: Sequence[int]) -> Told:
    slots: dict[tuple[str, ...], str] = {}
    texts = []
    for position in range(len(members[numbers[0]])):
        sentences = zip(*(_SENTENCE_END.split(members[number][position]) for number in numbers), strict=True)
        texts.append(" ".join(_with_slot(variants, slots) for variants in sentences))
    cases: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for place, number in enumerate(numbers):
        values = tuple((letter, variants[place]) for variants, letter in slots.items())
        cases.setdefault(values, []).append(number)
    return Told(tuple(texts), tuple(Case(values, tuple(found)) for values, found in cases.items()))


def _with_slot(variants: tuple[str, ...], slots: dict[tuple[str, ...], str]) -> str:
    """Return the sentence, what differs within it as a slot; `slots` remembers the letter of what differs alike."""
    if len(set(variants)) == 1:
        return variants[0]
    words = [_SPACE.split(variant) for variant in variants]
    start = _same(words)
    end = _same([found[start:][::-1] for found in words])
    if any(len(found) == start + end for found in words):  # a slot is never empty
        start, end = (start - 1, end) if start else (start, max(end - 1, 0))
    middles = tuple(" ".join(found[start : len(found) - end]) for found in words)
    ends = {middle[-1:] for middle in middles}
    mark = ends.pop() if len(ends) == 1 and ends <= _MARKS and all(len(middle) > 1 for middle in middles) else ""
    letter = slots.setdefault(tuple(middle.removesuffix(mark) for middle in middles), _letter(len(slots)))
    first = words[0]
    return " ".join([*first[:start], f"[{letter}]{mark}", *first[len(first) - end :]])


def _same(words: Sequence[Sequence[str]]) -> int:
    """Return how many words all begin with."""
    return sum(1 for _ in takewhile(lambda alike: len(set(alike)) == 1, zip(*words, strict=False)))


def _letter(number: int) -> str:
    round_, place = divmod(number, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(round_) if round_ else "")
