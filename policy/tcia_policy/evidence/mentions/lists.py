"""Names that stand where a document lists its data: items of a list, headings, sections on data."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from tcia_policy.documents.model import Heading
from tcia_policy.lazy import pattern

LONGEST_LIST = 3000  # characters between the sentence that introduces a list and an item of it
LONGEST_ITEM = 400
_LONGEST_INTRODUCTION = 300
_NEAR = 40
_AROUND_A_NAME = " \t*_`\"'“”‘’~†‡§•·"
_BULLET = pattern(r"(?:[-*+•·–]|\(?\w{1,3}[.)])?[\s*_`\"“‘]*(?:(?:the|TCIA|NIH|IDC)\s+)?$", re.IGNORECASE)
_BEHIND_AN_ITEM = pattern(r"[\s*_`\"”’]*(?:[:,;.(\[|–—-]|https?:|\n|$|(?:data|images|scans|CTs?|MRIs?)\b)")
_OF_SETS = pattern(
    r"\b(?:data[\s-]?sets?|data\s?bases?|data\s+sources?|data|collections?|benchmarks?|cohorts?)\b", re.IGNORECASE
)
_TITLE_OF_SETS = pattern(
    r"^[\W\d_]*(?:(?:the|public|publicly\s+available|open|imaging|image|training|test|external|source|used|supported|TCIA"
    r"|medical|and|validation|available|3D|CT|MRI|list\s+of)\s+)*"
    r"(?:data[\s-]?sets?|data|data\s+sources?|collections?|data\s?bases?|cohorts?|benchmarks?|downloads?)"
    r"(?:\s+(?:used|and\s+\w+|sources?|sets|collection|availability|description|preparation|download|access))*\W*$",
    re.IGNORECASE,
)


class Sections:
    """Which parts of a text are sections on data, by their titles; linear in their number."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self._starts: list[int] = []
        self._of_sets: list[bool] = []
        around: list[Heading] = []
        for heading in headings:
            while around and around[-1].level >= heading.level:
                around.pop()
            around.append(heading)
            self._starts.append(heading.offset)
            self._of_sets.append(any(_TITLE_OF_SETS.match(each.title[:80]) for each in around[-6:]))

    def is_of_sets(self, offset: int) -> bool:
        """Return whether the character at `offset` is in a section whose title says that it is about data."""
        position = bisect_right(self._starts, offset) - 1
        return position >= 0 and self._of_sets[position]


def alone_on_its_line(text: str, start: int, end: int) -> bool:
    """Return whether a name is all that its paragraph says, as a heading or an item of a list is."""
    before = text[max(0, start - _NEAR) : start].rsplit("\n", 1)[-1]
    after = text[end : end + _NEAR].split("\n", 1)[0]
    if before.strip(_AROUND_A_NAME) or after.strip(_AROUND_A_NAME):
        return False
    begins, ends = start - len(before), end + len(after)
    is_first = begins == 0 or text[max(0, begins - 2) : begins] == "\n\n"
    return is_first and (ends == len(text) or text[ends : ends + 2] == "\n\n")


def begins_an_item(text: str, start: int, end: int) -> bool:
    """Return whether a name begins its line, with no more than a bullet before it, and is not a part of a sentence."""
    line = text.rfind("\n", max(0, start - _NEAR), start) + 1
    if line == 0 and start > LONGEST_ITEM:
        return False
    return _BULLET.fullmatch(text[line:start]) is not None and _BEHIND_AN_ITEM.match(text, end, end + 20) is not None


def introduced_as_sets(text: str, start: int) -> bool:
    """Return whether the sentence that introduces the list around an item speaks of data (`... datasets:`)."""
    nearest = max(0, start - LONGEST_LIST)
    colon = max(text.rfind(":\n", nearest, start), text.rfind(": \n", nearest, start))
    if colon < 0 or any(len(item) > LONGEST_ITEM for item in text[colon:start].split("\n")):
        return False
    introduction = text[max(0, colon - _LONGEST_INTRODUCTION) : colon].rsplit("\n\n", 1)[-1]
    return _OF_SETS.search(introduction.rsplit(". ", 1)[-1]) is not None
