"""What a text says of the data that it names: that the study used them, did not, plans to, or that others did.

A sentence is judged clause by clause, with the titles of the sections around it. Where nothing is said, data are named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from tcia_policy.documents.model import TextBlock
from tcia_policy.evidence.mentions.listed import excludes, introduction_of, row_at
from tcia_policy.evidence.mentions.negation import Denial, SentenceDenials
from tcia_policy.evidence.mentions.sentences import Sentence, Sentences


class Stance(StrEnum):
    """What is said of data, from what shows most that the study used them to what shows least."""

    USED = "used"
    NAMED = "named"
    INTRODUCED = "introduced"
    IN_CODE = "in-code"
    IN_PART = "not-used-in-part"
    PLANNED = "planned"
    OF_OTHERS = "of-others"
    DENIED = "not-used"


@dataclass(frozen=True)
class Said:
    """What is said at one place; `why` goes on after the place (`main.tex:12, where the text ...`)."""

    stance: Stance
    why: str = ""

    @property
    def is_of_the_study(self) -> bool:
        """Return whether it can show what the study did: it is said as used, or no more is said than the name."""
        return self.stance in (Stance.USED, Stance.NAMED, Stance.INTRODUCED)


NAMED = Said(Stance.NAMED)
DENIED = Said(Stance.DENIED, ", where the text says that it was not used")
IN_PART = Said(Stance.IN_PART, ", where the text says that a part of the work did not use it")
PLANNED = Said(Stance.PLANNED, ", where the text speaks of what is planned")
OF_OTHERS = Said(Stance.OF_OTHERS, ", where the text speaks of the work of others")
IN_CODE = Said(Stance.IN_CODE, ", in code, which is run and not printed")

_VERB = (
    r"(?:us(?:e|ed|ing)|utili[sz]\w+|employ\w*|analy[sz]\w+|train\w*|pre-?train\w*|fine-?tun\w*|test(?:ed|ing)?|evaluat\w+|validat\w+|download\w*"
    r"|obtain\w*|select\w*|includ\w+|pool\w*|split|segment\w*|process\w*|acquir\w+|appl(?:y|ied)|stud(?:y|ied)|retriev\w+|took|take\w*|draw\w*|drew"
    r"|benchmark\w*|adopt\w*|experiment\w*|annotat\w+|merg\w+|combin\w+|preprocess\w*|normali[sz]\w+|comput\w+|measur\w+|converted|registered)"
)
_CLAUSE_ENDS = re.compile(
    r";|(?<!\bal)\.\s+(?=(?:trained|used|proposed|evaluated|tested|reported|analy[sz]ed|applied|developed|presented|introduced|achieved)\s)"
    r"|(?:,\s*|\s)(?=(?:but|whereas|while|although|though|so|which|that|who)\s)|,?\s(?=and\s+(?:will|plan|intend|hope|we|it)\s)",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"\b(?:[Ww]e|[Oo]ur|ours|us|I|[Mm]y)\b|\b[Tt]his\s+(?:work|study|paper|article|thesis|project|model|network|repository|report|notebook)\b"
    r"|\b[Tt]he\s+(?:present|proposed|current)\s+\w+|\b[Hh]ere(?:in)?\b"
)
_REVIEWS = re.compile(
    r"\b[Ww]e\s+(?:\w+\s+){0,1}(?:review|survey|summari[sz]e|list|discuss|refer|mention|describe|cover)\w*\b|\b[Tt]his\s+(?:\w+\s+)?(?:review|survey|overview)\b"
)
_OWN_USE = re.compile(
    rf"\b(?:we|I)\b\s+(?:(?!not\b|never\b|will\b|plan\b)\w+\s+){{0,3}}?{_VERB}\b|\bour\s+(?:\w+\s+){{0,2}}?(?:training|test|data|model|experiments?|network|evaluation|method)\b"
    rf"|\bthis\s+(?:work|study|paper|model|network|project)\s+(?:\w+\s+){{0,2}}?{_VERB}\b|\buse\s+(?:it|them)\b",
    re.IGNORECASE,
)
_PASSIVE_USE = re.compile(rf"\b(?:was|were|is|are|been|being)\s+(?:(?!not\b|never\b)\w+\s+){{0,2}}?{_VERB}\b", re.IGNORECASE)
_MADE_ON = re.compile(
    r"(?<!be )\b(?:trained|tested|evaluated|validated|fine-?tuned|pre-?trained|based|derived|computed|built|obtained|downloaded|taken)"
    r"\s+(?:\w+\s+)?(?:on|with|from|using)\s+(?:the\s+)?[^,;]{0,60}$",
    re.IGNORECASE,
)
_PLAN_VERB = (
    r"(?:use|used|include|included|evaluate|evaluated|test|tested|validate|validated|train|trained|extend|extended|add|added|apply|applied|incorporate|incorporated"
    r"|explore|explored|investigate|investigated|consider|considered|repeat|repeated|analy[sz]ed?|assess|assessed|serve|fine-?tuned?|benchmark(?:ed)?|expand(?:ed)?"
    r"|integrated?|employ(?:ed)?|be\s+(?:validation|training|testing|an?\s+\w+))"
)
_PLAN = re.compile(
    rf"\b(?:will|shall|could|should|would|might)\s+(?:(?!not\b)\w+\s+){{0,2}}?{_PLAN_VERB}\b"
    r"|\b(?:[Ii]n|[Ff]or|[Aa]s)\s+(?:the\s+|our\s+)?(?:near\s+)?future\b|\b[Ff]uture\s+(?:work|stud\w+|research|directions?|versions?|releases?|experiments?|investigations?)\b"
    r"|\b[Ff]urther\s+(?:work|research|studies)\b|\bnext\s+(?:step|aim|goal)s?\b|\bremains?\s+to\s+be\b|\bstill\s+to\s+be\b|\b(?:has|have)\s+yet\s+to\b"
    r"|\b(?:[Ww]e|authors|I)\s+(?:\w+\s+)?(?:plan|intend|hope|aim)\b|\bare\s+planning\b|(?<![Aa]s )\b(?:is|are)\s+planned\b|\bplan(?:s|ned)?\s+to\b"
    r"|\bwould\s+be\s+(?:interesting|desirable|useful|worth\w*)\b|\bTODO\b|^\s*-\s+\[ \]"
    r"|\b(?:[Tt]raining|[Tt]esting|[Ee]valuati(?:on|ng)|[Vv]alidati(?:on|ng)|[Ff]ine-?tuning)\b[^,;]{0,60}\b(?:may|might|could|would)\b"
)
_TO_USERS = re.compile(r"\b(?:you|users?|readers?|your)\b", re.IGNORECASE)
_HAVE_DONE = rf"(?:(?:have|has|had|was|were|are|is)\b|report\w*\b|propos\w+\b|present\w*\b|achiev\w+\b|publish\w*\b|introduc\w+\b|develop\w*\b|{_VERB}\b)"
_OTHERS = re.compile(
    rf"(?<!\bof )(?<!\bby )(?<!\blike )(?<!\bwith )(?<!\bfrom )\b[A-Z][\w'’-]+\s+(?:et\s+al\.?,?|and\s+(?:colleagues|co-?workers))\s*(?:\[[\d,\s–-]*\]|\(\d{{4}}\w?\)|\(\))?\s*(?:\w+ly\s+)?{_HAVE_DONE}"
    rf"|(?<!like )(?<!than )(?<!those of )(?<!with )(?<!to )(?<![Aa]s in )(?<!of )\b(?:[Pp]revious|[Pp]rior|[Ee]arlier|[Rr]ecent|[Ss]everal|[Mm]any|[Mm]ost|[Oo]ther|[Ee]xisting|[Ss]ome|[Nn]umerous"
    rf"|[Vv]arious|[Rr]elated|[Ff]ew)\s+(?:\w+\s+){{0,2}}?(?:stud(?:y|ies)|works?|authors?|approaches|methods?|groups?|papers?|researchers|models?|networks?|algorithms?"
    rf"|teams|publications?|efforts|investigators)\b\s*(?:\([^()]{{0,60}}\)\s*)?(?:\w+ly\s+)?{_HAVE_DONE}"
    rf"|\b(?:[Tt]he|[Tt]heir)\s+authors\s*(?:of\s+\[[\d,\s–-]+\]\s*)?(?:\w+ly\s+)?{_VERB}\b|\b[Rr]esearchers\s+(?:have|has|had|{_VERB})\b|\b[Ii]n\s+their\s+(?:work|study|paper)\b"
    r"|^\s*[Ii]n\s+\[[\d,\s–-]+\]\s*,"
    rf"|\b{_VERB}\s+in\s+(?:[Rr]ef\w*\.?\s*)?\[\d"
    rf"|(?<!\bas )\b{_VERB}\s+by\s+(?:[A-Z][\w'’-]+\s+(?:et\s+al|and\s+[A-Z])|(?:many|several|others?|most|previous|prior|other)\b)"
    rf"|\b(?:has|have)\s+been\s+(?:\w+ly\s+)?{_VERB}\b|\b(?:is|are)\s+(?:widely|commonly|frequently|often)\s+used\b"
    r"|\bin\s+the\s+literature\b|^\s*(?:trained|used|proposed|evaluated|tested|analy[sz]ed|applied|developed|presented|introduced)\s"
)
_CATALOG = re.compile(
    r"\b(?:public|publicly\s+available|open|popular|well-known|common|commonly\s+used|widely\s+used|existing|available)\s+(?:\w+\s+){0,2}?"
    r"(?:data\s?sets?|benchmarks?|collections|databases|resources|repositories)\s*,?\s*(?:such\s+as|like|includ\w+|are\b|e\.g|among\s+them|have\s+enabled)"
    r"|\bone\s+of\s+the\s+(?:most|largest|first|best)\b|\ba\s+(?:popular|commonly\s+used|widely\s+used|well-known)\s+(?:data\s?set|benchmark|collection|database)\b"
    r"|\bdata\s?sets\s+used\s+in\b|\bthere\s+(?:are|exist)\s+(?:\w+\s+){0,4}?(?:data\s?sets|collections|databases)\b|\b(?:lists|summarizes)\s+(?:\w+\s+){0,2}?(?:data\s?sets|collections)\b",
    re.IGNORECASE,
)
_CITED_IN_BRACKETS = re.compile(r"\([^()]{0,120}\d{4}[a-z]?\)|\((?:see\s+)?[^()]{0,80}\bet\s+al[^()]{0,40}\)")
_FUTURE = re.compile(r"\bfuture\b|\boutlook\b|\bnext\s+steps\b|\broad\s?map\b|\bto-?do\b|\bplanned\b", re.IGNORECASE)
_OF_EXCLUDED = re.compile(r"\b(?:excluded|unused|omitted)\b|\bnot\s+(?:used|included)\b", re.IGNORECASE)
_RELATED = re.compile(
    r"\b(?:related|prior|previous|earlier|existing|other)\s+(?:works?|stud(?:y|ies)|research|literature|methods|approaches|art|data\s?sets)\b"
    r"|\bliterature\b|\bstate[\s-]of[\s-]the[\s-]art\b|\bsurvey\b|\bawesome\b|\bsimilar\s+(?:data\s?sets|projects)\b|\bsee\s+also\b|\bfurther\s+reading\b"
    r"|\b(?:overview|list|review)\s+of\s+(?:\w+\s+){0,3}?(?:data\s?sets|collections|databases)\b",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(r"^[\W\d]*(?:introduction|background(?:\s+and\s+\w+)?|motivation|(?:clinical|medical)\s+background)\W*$", re.IGNORECASE)
_SURVEY = re.compile(
    r"\b(?:this|our|the\s+present)\s+(?:\w+\s+){0,2}?(?:survey|literature\s+review|systematic\s+review|scoping\s+review|narrative\s+review|review\s+(?:article|paper|covers|summari[sz]es|discusses))\b"
    r"|\bwe\s+(?:\w+\s+)?(?:survey|review)(?:ed)?\s+(?:\w+\s+){0,3}?(?:data\s?sets|literature|studies|papers|methods|publications)\b|\bPRISMA\b",
    re.IGNORECASE,
)
_NEAR = 120  # characters
_LONGEST_TITLE = 80  # characters of a section's title that are quoted


@dataclass(frozen=True)
class _Clause:
    """One clause of a sentence, from `start` on."""

    text: str
    start: int

    @cached_property
    def is_own(self) -> bool:
        """Return whether the study speaks of itself, and does not review others."""
        return _FIRST_PERSON.search(self.text) is not None and _REVIEWS.search(self.text) is None

    @cached_property
    def says_use(self) -> bool:
        """Return whether the study says that it used something."""
        return _OWN_USE.search(self.text) is not None and _REVIEWS.search(self.text) is None

    @cached_property
    def has_passive_use(self) -> bool:
        return _PASSIVE_USE.search(self.text) is not None

    @cached_property
    def is_plan(self) -> bool:
        return _PLAN.search(self.text) is not None and _TO_USERS.search(self.text) is None

    @cached_property
    def is_of_others(self) -> bool:
        """Return whether its subject are others, or it tells which data there are."""
        if self.is_own:
            return False
        text = _CITED_IN_BRACKETS.sub("", self.text)
        if _OTHERS.search(text) is not None or _REVIEWS.search(text) is not None:
            return True
        return _CATALOG.search(text) is not None and not self.has_passive_use


@dataclass(frozen=True)
class _Judged:
    """A sentence with its clauses and what it denies."""

    sentence: Sentence

    @cached_property
    def denials(self) -> SentenceDenials:
        return SentenceDenials(self.sentence.text)

    @cached_property
    def uses_it(self) -> bool:
        """Return whether the study says `we use it` or `we did`, of what was named before."""
        return _USES_IT.search(self.sentence.text) is not None

    @cached_property
    def clauses(self) -> tuple[_Clause, ...]:
        return tuple(_clauses(self.sentence.text))

    def clause(self, offset: int) -> _Clause:
        return next(each for each in reversed(self.clauses) if each.start <= offset)


_USES_IT = re.compile(r"\bwe\s+(?:(?!not\b|never\b)\w+\s+){0,2}?use[d]?\s+(?:it|them|both)\b|;\s*we\s+did\b|\bwe\s+did\s*[.;]|,\s*we\s+used?\s*\.", re.IGNORECASE)


def _clauses(text: str) -> Iterator[_Clause]:
    ends = [match.start() for match in _CLAUSE_ENDS.finditer(text)]
    for start, end in pairwise([0, *ends, len(text)]):
        yield _Clause(text[start:end], start)


class Stances:
    """What one block of text says of what it names. What is asked of a sentence is found once."""

    def __init__(self, prose: TextBlock, sentences: Sentences | None = None) -> None:
        self._prose = prose
        self._sentences = Sentences(prose.text) if sentences is None else sentences
        self._judged: dict[int, _Judged] = {}

    def at(self, start: int, end: int) -> Said:
        """Return what is said of the name, or of the DOI, from `start` to `end` of the text."""
        if self._prose.is_code:
            return IN_CODE
        row = row_at(self._prose.text, start)
        if row is not None:
            return DENIED if row.denies else self._in_section(start, is_own=False, is_used=False) or NAMED
        introduction = introduction_of(self._prose.text, start)
        if introduction is not None and excludes(introduction):
            return DENIED
        judged = self._sentence(start)
        offset = start - judged.sentence.start
        clause = judged.clause(offset)
        denial = None if judged.uses_it else judged.denials.of(offset, end - judged.sentence.start)
        if denial is not None:
            return DENIED if denial is Denial.WHOLE else IN_PART
        return self._affirmed(start, clause, judged, offset)

    def _affirmed(self, start: int, clause: _Clause, judged: _Judged, offset: int) -> Said:
        is_used = judged.uses_it or (clause.says_use and not clause.is_plan)
        is_made_on = _MADE_ON.search(clause.text[max(0, offset - clause.start - _NEAR) : offset - clause.start]) is not None
        if clause.is_plan and not is_made_on and not judged.uses_it:
            return PLANNED
        if clause.is_of_others and not judged.uses_it:
            return OF_OTHERS
        by_section = self._in_section(start, is_own=is_used, is_used=is_used or is_made_on or clause.has_passive_use)
        if by_section is not None:
            return by_section
        return Said(Stance.USED) if is_used or clause.has_passive_use or is_made_on else NAMED

    def _in_section(self, start: int, *, is_own: bool, is_used: bool) -> Said | None:
        """Return what the titles of the sections around say of what the sentence does not say itself."""
        titles = self._prose.sections_at(start)
        for title in reversed(titles):
            said = f", under “{title[:_LONGEST_TITLE]}”"
            if _OF_EXCLUDED.search(title):
                return Said(Stance.DENIED, said)
            if _FUTURE.search(title) and not is_used:
                return Said(Stance.PLANNED, said)
            if _RELATED.search(title) and not is_own:
                return Said(Stance.OF_OTHERS, said)
            if _INTRODUCTION.match(title) and not is_used:
                return Said(Stance.INTRODUCED, said)
        if self._is_survey and not is_own:
            return Said(Stance.OF_OTHERS, ", in a survey of others' work")
        return None

    @cached_property
    def _is_survey(self) -> bool:
        return _SURVEY.search(self._prose.text) is not None

    def _sentence(self, offset: int) -> _Judged:
        sentence = self._sentences.around(offset)
        if sentence.start not in self._judged:
            self._judged[sentence.start] = _Judged(sentence)
        return self._judged[sentence.start]
