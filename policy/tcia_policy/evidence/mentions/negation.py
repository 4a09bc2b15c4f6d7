"""Sentences that say that data are not used: `We excluded X`, `neither X nor Y entered the study`, `X was not used`.

A denial is of a name only if nothing but articles, words for data and other names stand between the two: `we excluded
12 patients of X` denies nothing. Where it is of a part of the work only (`not used for training`), it is one in part.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import Enum
from functools import cached_property

from tcia_policy.lazy import dataclass, pattern

FARTHEST = 200  # characters between a name and what denies it
_LATER = 80  # characters after a denial that say by whom, or of what

_NOT = r"(?:\b(?:not|never|cannot)|n['’]t)"
_USED = (
    r"(?:used|utili[sz]ed|employed|analy[sz]ed|included|downloaded|obtained|accessed|acquired|considered|studied"
    r"|evaluated|taken\s+into\s+account|involved|incorporated|part\s+of|eligible|touched|part\s+in)"
)
_USE = (
    r"(?:(?:download|obtain|acquir|access|retriev|tak)\w*\s+from|us(?:e|es|ed|ing)|make\s+(?:any\s+)?use\s+of|utili[sz]e|employ|analy[sz]e|includ(?:e|ing)|download"
    r"|consider|obtain|get|access"
    r"|acquire|require|need|exposed\s+to|study|evaluate|take\s+into\s+account|incorporate|rely\s+on|draw\s+on|contain|comprise|involve"
    r"|belong\s+to"
    rf"|(?:train|test|evaluat|validat|bas)(?:e|ed|ing)?\s+on|see|seen|saw|{_USED})"
)
_OUT = (
    r"(?:excluded|omitted|left\s+(?:out|aside)|discarded|ruled\s+out|dropped|removed|(?:set|put)\s+aside(?!\s+(?:as|for)\b)"
    r"|waived|withheld"
    r"|held\s+out\s+from|retired|avoided|skipped|rejected|disregarded|ignored|unused|unavailable|declined|denied|refused|abandoned)"
)
_BE = r"(?:was|were|is|are|been|be|remain(?:s|ed)?)"
_FEW = r"(?:(?!not\b|never\b|only\b|just\b|all\b|every\b)\w+\s+)"
_BETWEEN = r"(?:(?:be|been|being|have|to|able|yet|then|also|possible|allowed|therefore|further|now|(?!only\b)\w+ly)\s+)"
_TOKEN = pattern(r"\([^()]*\)|\[[^\[\]]*\]|[^\s,(\[]+|,|[(\[]")

# What denies the name that follows.
_BEFORE = pattern(
    rf"^\W*(?:not\s+{_USED}|excluded|omitted|unused)\s+(?:was|were|is|are)\b|^\W*not\b(?=\s+(?:the\s+)?\S{{0,40}}(?-i:[A-Z]{{2}}))"
    rf"|(?P<use>{_NOT}\s+{_BETWEEN}{{0,3}}?(?:(?:\w+,\s+){{0,2}}\w+,?\s+or\s+)?(?:(?:have|get|gain|obtain|granted"
    rf"|given)\s+(?:any\s+)?access\s+to|{_USE})\b)"
    rf"|\b(?:unable|failed)\s+to\s+{_BETWEEN}{{0,2}}?(?:(?:get|gain|obtain)\s+access\s+to|{_USE})\b"
    rf"|\bno\s+(?:access\s+to|use\s+(?:was\s+made\s+)?of|need\s+(?:for|of|to\s+use))\b|\bno\s+longer\s+{_USE}\b"
    rf"|\b(?:stopped|ceased|quit)\s+(?:using|including|training\s+on)\b|\b(?:is|are)\s+(?:false|untrue|wrong)\s+that\s+we\s+\w+\b"
    rf"|\bcannot\s+(?:claim|say)\s+that\b|\bnone\s+of\s+(?:\w+\s+){{1,3}}?(?:has|have|had)\s+(?:ever\s+)?(?:been\s+)?{_USE}\b"
    r"|\bapart\s+from\b(?=[^.;]{0,120}\b(?:all|every)\b)"
    r"|\bin\s+lieu\s+of\b|\bas\s+an?\s+(?:alternative|substitute|replacement)\s+(?:to|for)\b"
    r"|\b(?:decid\w+|decision)\s+against(?:\s+(?:using|including|the\s+use\s+of))?\b"
    r"|\b(?:refrain\w*|abstain\w*)\s+from(?:\s+\w+ing)?\b|\bdispens\w+\s+with\b|\bforgo\w*\b|\bforwent\b"
    r"|\brenounc\w+(?:\s+(?:on|of))?(?:\s+\w+ing)?\b"
    r"|(?P<without>\bwithout\b(?:\s+(?:using|including|the\s+use\s+of|use\s+of|access\s+to))?)"
    r"|\binstead\s+of\b|\bin\s+place\s+of\b|\brather\s+than\b|\bunlike\b|\bin\s+contrast\s+to\b|\bas\s+opposed\s+to\b"
    r"|(?P<except>\b(?:except(?:\s+for)?|excepting|excluding|with\s+the\s+(?:exception|exclusion)\s+of"
    r"|(?:all|every\w*|any)\s+(?:\w+\s+){0,3}?(?:but|save|other\s+than)))\b"
    r"|(?:\(|[,—–]\s*|\b(?:but|and|or)\s+)(?:also\s+)?not\b"
    r"|(?P<out>\b(?:exclud(?:e|ed|ing)|omit(?:ted|ting)?|discard(?:ed|ing)?|drop(?:ped|ping)?|remov(?:e|ed|ing)"
    r"|left\s+(?:out|aside)|ignor(?:e|ed|ing)|avoid(?:ed|ing)?|skip(?:ped|ping)?"
    r"|leav(?:e|ing)\s+out|rul(?:ed|ing)\s+out|disregard(?:ed|ing)?|set\s+aside|reject(?:ed|ing)?))\b"
    rf"|(?P<list>(?:\b(?:excluded|unused|omitted|discarded)|\bnot\s+{_USED})(?:[\s\w]{{0,40}}):)",
    re.IGNORECASE,
)
# What denies the name before it.
_AFTER = pattern(
    rf"(?P<use>\b(?:was|were|is|are|has|have|had|could|can|will)(?:\s+been)?(?:\s+(?:(?!only\b)\w+ly\s+)?(?:not|never)"
    rf"|n['’]t)\s+(?:be(?:en)?\s+)?{_FEW}{{0,2}}?{_USED}\b)"
    rf"|\b(?:has|have)\s+been\s+(?:not|never)\s+{_USED}\b"
    r"|(?P<enter>\b(?:did|does|do)(?:\s+not|n['’]t)\s+(?:enter|belong\s+to|meet\s+(?:our|the)|qualify|form\s+part"
    r"|take\s+part)\b|\bfailed\s+(?:to\s+meet\s+)?(?:our|the)\s+(?:\w+\s+)?criteri)"
    rf"|\b{_BE}\s+(?:considered|selected|planned|downloaded|discussed)\W{{0,2}}\s*(?:and|but)\s+(?:{_BE}\s+)?{_FEW}{{0,2}}?"
    rf"not\s+{_FEW}?{_USED}\b"
    rf"|\b{_BE}\s+(?:\w+\s+){{0,2}}?(?:un|not\s+)suit(?:able|ed)\b|\b{_BE}\s+not\s+(?:permitted|possible|feasible)\b"
    rf"|\b{_BE}\s+out\s+of\s+scope\b|\baside\b(?!\s+(?:as|for)\b)"
    r"|\b(?:was|were)(?:\s+not|n['’]t)\s+(?:yet\s+)?(?:available|accessible|granted|obtainable)\b"
    r"|\b(?:is|are)\s+not\s+(?:available|accessible)\s+to\s+us\b"
    rf"|(?P<out>\b{_BE}\s+(?:{_FEW}{{0,2}}?(?:considered|selected|planned)\s+(?:and"
    rf"|but)\s+)?{_FEW}{{0,3}}?{_OUT}\b|\bhad\s+to\s+be\s+{_OUT}\b)"
    r"|\b(?:is|are|was|were|lies?)\s+(?:outside|beyond)\s+(?:of\s+)?(?:the|our)\s+scope\b"
    r"|\b(?:was|were|is|are|did|does|had)\s+not\s*(?=[.;,)]|$)"
    rf"|\b(?:which|that)\s+we\s+(?:did|do|could|have)\s+not\s+{_FEW}?{_USE}\b"
    rf"|[(—–:]\s*(?:not\s+{_USED}|unused|excluded)\b|\s-\s+(?:not\s+{_USED}|unused|excluded)\b",
    re.IGNORECASE,
)
_NONE = pattern(r"\b(?:no|none|neither|nor|nothing|not\s+(?:a\s+single|one))\b", re.IGNORECASE)
_IS_USED = pattern(
    rf"\b{_USED}\b|\bent(?:er|ers|ered)\b|\b(?:is|are|were|was)\s+from\b|\bserved?\b|\bavailable\s+to\s+us\b",
    re.IGNORECASE,
)
_USES_NONE = pattern(
    r"\b(?:us(?:e|es|ed|ing)|contain\w*|includ\w+|analy[sz]\w+|employ\w*|ha(?:s|d|ve)|download\w*|requir\w+|need\w*|h[eo]ld\w*)\s*$",
    re.IGNORECASE,
)
_IS_OUT = pattern(rf"\b(?:{_OUT}|excluding|lost)\b", re.IGNORECASE)
_OF_IT = pattern(
    rf"\b(?:it|they|these)\s+(?:was|were|is|are|had\s+to\s+be)\s+{_FEW}{{0,2}}?(?:not\s+{_FEW}{{0,2}}?{_USED}"
    rf"|{_OUT})\b"
    rf"|\b(?:it|they)\s+could\s+not\s+be\s+{_USED}\b|{_NOT}\s+{_FEW}{{0,2}}?{_USE}\s+(?:it|them)\b",
    re.IGNORECASE,
)
_IT_FIRST = pattern(
    r"\W*(?:(?:however|therefore|thus|but|yet|so|finally),?\s+)?(?:it|they|this\s+(?:data\s?set|collection)|we|I)\b",
    re.IGNORECASE,
)
_BY_OTHERS = pattern(r"\s+by\s+(?!us\b|this\b|the\s+(?:present|current)\b)", re.IGNORECASE)
_A_PART = pattern(
    r"\b(?:train\w*|fine-?tun\w*|pre-?train\w*|test\w*|validat\w*|develop\w*|evaluat\w*|tun(?:ed|ing))\b",
    re.IGNORECASE,
)
_OTHER_PART = pattern(
    r"\b(?:but|and|only)\s+(?:only\s+)?(?:for|to|as|in)\b|\b(?:serv\w+|kept|reserved|(?:was|were|is|are)\s+used"
    r"|and\s+used)\s+(?:only\s+)?(?:as|for)\b",
    re.IGNORECASE,
)
_TELLS_USERS = pattern(r"^\s*(?:please\s+)?do\s*$|\byou\s+(?:\w+\s+)?$", re.IGNORECASE)
_NOT_SHIPPED = pattern(
    r"\s+(?:in|with)\s+(?:this|the|our)\s+(?:\w+\s+)?(?:repo\w*|package|release|archive|bundle|download|folder"
    r"|supplement\w*|wheel|image|container)\b",
    re.IGNORECASE,
)
_A_FEW_OF = pattern(
    r"\b(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|some|several|few|many|most"
    r"|half|no|none|any)\s+"
    r"(?:[\w-]+\s+){0,3}(?:of|from|in)\s[^;:]{0,80}$"
    r"|\b(?:patients?|subjects?|cases?|slices?|nodules?|lesions?|tumou?rs?|labels?|annotations?|masks?|contours?"
    r"|files?|phases?|sequences?"
    r"|modalit(?:y|ies)|examinations?|exams?|studies|duplicates?|outliers?|parts?|subsets?"
    r"|values?)\b[^,;:]{0,40}\b(?:of|from|in|within|for)\s[^,;:]{0,80}$"
    r"|^\s*(?:in|within|from|for|on)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ON_THE_USE = pattern(r"\bon\s+the\s+use\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_OTHERS_DENY = pattern(
    r"\bet\s+al\b|\b(?:their|whose)\s+authors\b|\bauthors\s+of\b|\bthey\b|\b(?:previous|prior|earlier|other|these)\s+(?:\w+\s+)?(?:studies|works?)\b",
    re.IGNORECASE,
)

_ARTICLES = frozenset(
    "doi the a an all any both either our their its of from in with public whole entire complete".split()
)
_SETS = frozenset(
    "data dataset datasets collection collections scan scans image images cohort cohorts database databases series set "
    "sets imaging volumes ct mri pet slides".split()
)
_JOINTS = frozenset(", and or nor & / as well +".split())
_AFTER_A_NAME = frozenset("however therefore thus hence which that too also itself themselves of at from — – -".split())
_OF_A_SET = frozenset(
    "scan scans case cases patient patients image single in of from our set sets the stem stems comes come".split()
)
_THE = frozenset(("the",))
_NEVER_FIRST = frozenset(", and or nor of from in with but as".split())


class Denial(Enum):
    """Whether data are said not to be used: in no part of the work, or not in a part of it."""

    WHOLE = "whole"
    IN_PART = "in part"


def denies_what_came_before(sentence: str) -> bool:
    """Return whether a sentence begins by denying what the one before it named: `We did not use it.`"""
    first = sentence[:_LATER]
    return _IT_FIRST.match(first) is not None and _OF_IT.search(first) is not None


@dataclass(frozen=True)
class SentenceDenials:
    """What one sentence denies. What stands in it is found once, however many names it has."""

    text: str

    @cached_property
    def _before(self) -> list[re.Match[str]]:
        return list(_BEFORE.finditer(self.text))

    @cached_property
    def _before_ends(self) -> list[int]:
        return [match.end() for match in self._before]

    @cached_property
    def _after(self) -> list[re.Match[str]]:
        return list(_AFTER.finditer(self.text))

    @cached_property
    def _after_starts(self) -> list[int]:
        return [match.start() for match in self._after]

    @cached_property
    def _none(self) -> list[int]:
        return [match.end() for match in _NONE.finditer(self.text)]

    @cached_property
    def _of_it(self) -> int:
        """Return where `it was not used` or the like last begins, or -1."""
        return max((match.start() for match in _OF_IT.finditer(self.text)), default=-1)

    @cached_property
    def _is_silent(self) -> bool:
        return not (self._before or self._after or self._none or self._of_it >= 0)

    def of(self, start: int, end: int) -> Denial | None:
        """Return the denial of what stands from `start` to `end`, or `None`."""
        if self._is_silent or _SUBJECT.match(self.text, end):
            return None
        found = self._of_following(start) or self._of_preceding(start, end)
        if found is None and (self._of_none(start, end) or self._of_it > end):
            found = Denial.WHOLE
        if found is Denial.IN_PART and _OTHER_PART.search(self.text, end):
            return None
        return found

    def _of_following(self, start: int) -> Denial | None:
        """Return the denial by what stands before the name (`we excluded X`)."""
        for match in self._nearest_before(start):
            gap = self.text[match.end() : start]
            if not _is_gap(gap, _ARTICLES | _SETS | _JOINTS):
                continue
            lead = self.text[max(0, match.start() - _LATER) : match.start()]
            if self._is_taken_back(match, lead):
                continue
            is_of_some = match["out"] and re.search(r"\b(?:scans|images|series)\s+(?:of|from)\b", gap)
            is_in_part = is_of_some or (match["use"] and _A_PART.search(lead + match.group()))
            return Denial.IN_PART if is_in_part else Denial.WHOLE
        return None

    def _nearest_before(self, start: int) -> Iterator[re.Match[str]]:
        position = bisect_right(self._before_ends, start)
        for match in reversed(self._before[max(0, position - 2) : position]):
            if start - match.end() <= FARTHEST:
                yield match

    def _is_taken_back(self, match: re.Match[str], lead: str) -> bool:
        """Return whether what stands before a denial makes it none: `not possible without X`, `no data except X`."""
        if match["use"] is not None:
            if _TELLS_USERS.search(lead):
                return True
            return _OTHERS_DENY.search(lead) is not None and re.search(r"\bwe\b|\bour\b", lead, re.IGNORECASE) is None
        if match["out"] is not None:
            return _IS_NOT.search(lead) is not None
        if match["without"] is not None or match["except"] is not None:
            return _DENIED_BEFORE.search(lead) is not None
        return False

    def _of_preceding(self, start: int, end: int) -> Denial | None:
        """Return the denial by what stands after the name (`X was excluded`)."""
        position = bisect_left(self._after_starts, end)
        for match in self._after[position : position + 2]:
            gap = self.text[end : match.start()]
            if len(gap) > FARTHEST or not _is_gap(gap, _SETS | _JOINTS | _AFTER_A_NAME | _THE, follows_a_name=True):
                return None
            if _ends_a_list(gap, match.group()) or (match["out"] and self._follows_none(start)):
                return None
            lead = self.text[max(0, start - FARTHEST) : start]
            if _A_FEW_OF.search(lead) and not _ON_THE_USE.search(lead):
                return None
            later = self.text[match.end() : match.end() + _LATER]
            if _BY_OTHERS.match(later) or (match["use"] and _NOT_SHIPPED.match(later)):
                return None
            return Denial.IN_PART if _is_of_a_part(match, later) else Denial.WHOLE
        return None

    def _follows_none(self, start: int) -> bool:
        """Return whether a name follows `no`, `none`, `neither` or `nor`: `no data of X were excluded`."""
        position = bisect_right(self._none, start)
        gaps = (self.text[place:start] for place in self._none[max(0, position - 2) : position])
        return any(
            len(gap) <= FARTHEST and _is_gap(gap, _ARTICLES | _SETS | _JOINTS | _OF_A_SET, may_begin=True)
            for gap in gaps
        )

    def _of_none(self, start: int, end: int) -> bool:
        """Return whether it says that none of the data were used (`no data of X entered`, `neither X nor Y`)."""
        position = bisect_right(self._none, start)
        for place in reversed(self._none[max(0, position - 2) : position]):
            gap = self.text[place:start]
            if len(gap) > FARTHEST or not _is_gap(gap, _ARTICLES | _SETS | _JOINTS | _OF_A_SET, may_begin=True):
                continue
            rest, lead = self.text[end : end + FARTHEST], self.text[max(0, place - FARTHEST) : place]
            if _IS_OUT.search(rest):
                return False
            says_so = (
                _IS_USED.search(rest)
                or _USES_NONE.search(_NONE.sub("", lead))
                or re.search(r"\b(?:stem|come)s?\b", gap)
            )
            if says_so or (self.text[place - 3 : place].lower() == "nor" and _USES_NEITHER.search(lead)):
                return True
        return False


_BRACKETS = pattern(r"\([^()]*\)|\[[^\[\]]*\]")
_SINGULAR = pattern(r"(?:was|is|has)\b", re.IGNORECASE)
_REASON = pattern(r"[;.]|,\s|\b(?:but|because|since|as|when|before|after|due)\b", re.IGNORECASE)
_SUBJECT = pattern(r"[-_]\d{2,}")  # `they were excluded` is said of patients, not of data
_NO_NAMES = frozenset("we i our they he she this these only no".split())
_IS_NOT = pattern(r"\b(?:not|never|no|none)\b[^,;]{0,40}$", re.IGNORECASE)
_DENIED_BEFORE = pattern(r"\b(?:not|never|no|nothing|none|hardly|impossible|cannot)\b|n['’]t\b", re.IGNORECASE)
_USES_NEITHER = pattern(r"\b(?:us|analy[sz]|includ|employ|download|contain)\w*\s+neither\b", re.IGNORECASE)


def _ends_a_list(gap: str, denial: str) -> bool:
    """Return whether a denial in the singular is of another name: `we used X, Y was not used`."""
    words = _BRACKETS.sub("", gap)
    is_another = re.search(r",|\band\b|&", words) is not None and re.search(r"[A-Z]{2}", words) is not None
    return is_another and _SINGULAR.match(denial) is not None and re.search(r"\bn?or\b", words) is None


def _is_of_a_part(match: re.Match[str], later: str) -> bool:
    """Return whether a denial is of training, testing or the like alone."""
    return _A_PART.search(_REASON.split(match.group() + later, maxsplit=1)[0]) is not None


def _is_gap(gap: str, allowed: frozenset[str], *, follows_a_name: bool = False, may_begin: bool = False) -> bool:
    """Return whether a gap has nothing but `allowed` words, other names, and what stands in brackets."""
    for number, token in enumerate(_TOKEN.findall(gap)):
        word = token.strip("\"'“”‘’*`.:)]").lower()
        if number == 0 and not follows_a_name and not may_begin and word in _NEVER_FIRST:
            return False
        is_name = any(map(str.isupper, token)) and word not in _NO_NAMES and not token.endswith(":")
        if not (is_name or token[0] in "([" or "://" in token or word in allowed or not word):
            return False
    return True
