"""The titles of sections: those that a document marks, and those that surely are some in text that marks none."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tcia_policy.documents.model import Heading
from tcia_policy.documents.reference_sections import LONGEST_HEADING, Line, heading_names

MOST_WORDS = 12
_USUAL = frozenset(
    (
        "abstract summary introduction background motivation overview relatedwork relatedworks relatedliterature "
        "literaturereview reviewofliterature reviewoftheliterature stateoftheart priorwork previouswork "
        "backgroundandrelatedwork introductionandrelatedwork relatedworkandbackground "
        "data dataset datasets materials dataandmethods materialsandmethods materialandmethods materials&methods "
        "materialandmethod patientsandmethods methods method methodology methodologies approach proposedmethod "
        "proposedapproach implementation implementationdetails experiments experiment experimentalsetup "
        "experimentalsettings experimentsandresults experimentalresults evaluation evaluationmetrics results "
        "resultsanddiscussion discussion discussionandconclusion discussionandconclusions discussionandfuturework "
        "discussionsandfuturework limitations limitationsandfuturework limitation conclusion conclusions "
        "conclusionandfuturework conclusionsandfuturework conclusionandfutureworks conclusionandoutlook outlook "
        "concludingremarks futurework futureworks futuredirections futureresearch futurestudies futureplans "
        "summaryandfuturework acknowledgements acknowledgments acknowledgement acknowledgment references "
        "bibliography appendix dataavailability dataavailabilitystatement codeavailability funding ethics"
    ).split()
)
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?P<title>[A-Z].*)")
_SMALL_WORDS = frozenset("a an and as at by for from in of on or the to via with".split())
_WORDS = re.compile(r"[^\W\d_][\w'-]*")
_ENDED = re.compile(r"[.?!)\]]\s*\Z")


class Sections:
    """Gives each block of a document its headings: those that are open where it begins, and those in it."""

    def __init__(self) -> None:
        self._open: tuple[Heading, ...] = ()

    def of_block(self, lines: Iterable[tuple[str, int | None]], separator: int) -> tuple[Heading, ...]:
        """Return the headings of the next block: of its lines with their levels, joined by `separator` characters."""
        found = [replace(heading, offset=0) for heading in self._open]
        offset = 0
        for text, level in lines:
            if level:
                heading = Heading(offset, level, text.strip())
                self._open = (*(outer for outer in self._open if outer.level < level), heading)
                found.append(heading)
            offset += len(text) + separator
        return tuple(found)


def sure_levels(lines: Sequence[Line]) -> list[int | None]:
    """Return the level of each line that is the title of a section.

    What the document marks is one. Where it marks none, a line alone is: one of the usual names (`Related work`), or
    one with the next number after a heading with a number (`2 Data`, `2.1 Images`). After a usual name without number,
    a line that is written as a title (`Proposed Network`) ends its section, so that no section runs on.
    """
    if any(line.level for line in lines):
        return [None if line.cannot_head else line.level or None for line in lines]
    return list(_told_by_text(lines))


def is_usual_title(text: str) -> bool:
    """Return whether a line is nothing but one of the usual names of sections, numbered or not."""
    return not heading_names(text).isdisjoint(_USUAL)


def _told_by_text(lines: Sequence[Line]) -> Iterator[int | None]:
    last: tuple[int, ...] = ()
    may_run_on = False
    for index, line in enumerate(lines):
        level = None
        if not line.cannot_head and not line.repeats:
            number = _number(line.text)
            usual = is_usual_title(line.text)
            if number is not None and _follows(number, last, usual):
                last, may_run_on, level = number, False, len(number)
            elif number is None and usual:
                may_run_on, level = True, 1
            elif may_run_on and _is_title(lines, index):
                level = 1
        yield level


def _number(text: str) -> tuple[int, ...] | None:
    """Return the number of a line that may be a title with one, `(2, 1)` of `2.1 Images`."""
    text = text.strip()
    match = _NUMBERED.fullmatch(text) if len(text) <= LONGEST_HEADING else None
    if match is None or text.endswith((".", ",", ";", ":", "-")) or len(text.split()) > MOST_WORDS:
        return None
    return tuple(map(int, match["number"].split(".")))


def _follows(number: tuple[int, ...], last: tuple[int, ...], is_usual: bool) -> bool:
    """Return whether a number is the next one: a first one is, if its title is a usual name."""
    if not last:
        return is_usual
    if number == (*last, 1):
        return True
    return any(number == (*last[:depth], last[depth] + 1) for depth in range(len(last)))


def _is_title(lines: Sequence[Line], index: int) -> bool:
    """Return whether a line is written as a title: its words have capitals, and no sentence runs through it."""
    text = lines[index].text.strip()
    words = _WORDS.findall(text)
    if not words or len(text) > LONGEST_HEADING or len(words) > MOST_WORDS or text[-1] in ".,;:-?!":
        return False
    before = next((lines[back].text for back in range(index - 1, -1, -1) if lines[back].text.strip()), ".")
    after = lines[index + 1].text.strip() if index + 1 < len(lines) else ""
    return (
        all(word[0].isupper() or word in _SMALL_WORDS for word in words)
        and _ENDED.search(before) is not None
        and not after[:1].islower()
    )
