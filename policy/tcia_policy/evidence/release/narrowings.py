"""Sentences of a release that give less than its license does: `The weights are for noncommercial use only.`"""

from collections.abc import Iterator

from tcia_policy.documents.model import TextBlock
from tcia_policy.evidence.release.other_terms import NO_LIMIT, OtherTerms
from tcia_policy.evidence.release.said import LicenseSaid, ReleaseSaid
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.registry.license_expressions import clauses_of
from tcia_policy.releases.license_text import DATA_LICENSE, LICENSE
from tcia_policy.releases.model import ReleaseFile, Topic

LONGEST = 600  # characters of a sentence that are looked at
SHOWN = 80  # characters of it that are quoted
_CUT = "... "
_SENTENCE = pattern(r"(?<=[.!?])\s+|\n\s*\n|\n(?=[ \t]*[|*+•-])")
_PURPOSE = r"(?:academic|research|educational|teaching|scientific)"
_LIMIT = pattern(
    r"\bnon[\s-]?commercial(?:,?\s+(?:and\s+|or\s+)?\w+){0,3}?\s+(?:use|usage|purposes?|research|settings?)\b"
    r"|\b(?:not|no)\s+(?:(?:be\s+)?(?:used|licensed|intended|available|allowed|permitted)\s+)?(?:for\s+)?(?:any\s+)?"
    r"commercial(?:ly)?\b(?!\s+(?:product|software|scanner))"
    r"|\bcommercial\s+(?:use|usage|purposes?)\b[^.!?]{0,60}\b(?:prohibited|forbidden|not|require[sd]?|excluded)\b"
    rf"|\b{_PURPOSE}(?:\s*(?:,|and|or|/|&)\s*{_PURPOSE})*(?:\s+(?:use|usage|purposes?))?\s+only\b"
    rf"|\b(?:only|solely|exclusively)\b(?:\s+\w+){{0,4}}?\s+for\s+(?:\w+\s+)?{_PURPOSE}\b"
    rf"|\bfor\s+(?:\w+\s+)?{_PURPOSE}(?:\s+(?:use|usage|purposes?))?\s+(?:only|alone)\b"
    r"|\bnot\s+(?:to\s+)?(?:be\s+)?(?:re-?)?(?:distribut|sell|sold)\w*\b|\bmay\s+not\s+(?:be\s+)?(?:copied|shared|modified)\b"
    r"|^\W*(?:non[\s-]?commercial|(?:research|academic)[\s-](?:use|only))\W*$"
)
# What a sentence is about where it is about the release: all else may be about the data that it was made from.
_OF_RELEASE = pattern(
    r"\b(?:models?|weights?|checkpoints?|parameters|networks?|software|code|program|package|repository|repo|release|you)\b"
    r"|\bthis\s+(?:data(?:\s?set)?|work|project|tool|collection|material)\b"
    rf"|^\W*(?:for|not|no|only|strictly|non[\s-]?commercial|{_PURPOSE})\b"
)


@dataclass(frozen=True)
class Narrowing:
    """A sentence at `where` that gives less than a license that the release states."""

    where: str
    text: str
    license: LicenseSaid


def narrowings(said: ReleaseSaid) -> Iterator[Narrowing]:
    """Yield each sentence, and each condition of access, that gives less than a license that the release states.

    A license that prohibits commercial use itself is not narrowed by words that do; a license text is compared as a
    whole elsewhere. A sentence that was read as a license of its own, or as one that nobody knows, is told as that.
    """
    stated = [each for each in said.licenses if each.license is not None]
    wide = next((each for each in stated if _is_for_any_use(each.license or "", said)), None)
    terms = OtherTerms(said)
    against = wide or next(iter(stated), None)
    read = {each.where for each in said.licenses if against is not None and each.license != against.license}
    for file in said.files if stated else ():
        for condition in file.about(Topic.TERMS):
            if (wide is not None and _limits(condition.text)) or terms.restrict(condition.text[:LONGEST]):
                yield Narrowing(str(condition.place), _shown(condition.text), wide or stated[0])
        for where, text in _sentences(file):
            if where in read:
                continue
            if (wide is not None and _limits(text) and _OF_RELEASE.search(text.lower())) or terms.restrict(text):
                yield Narrowing(where, _shown(text), wide or stated[0])


def _is_for_any_use(license_: str, said: ReleaseSaid) -> bool:
    """Return whether no license of an expression prohibits commercial use."""
    named = (one for clause in clauses_of(license_) for one in clause)
    return not any("commercial-use" in known.prohibits for one in named if (known := said.known(one)) is not None)


def _sentences(file: ReleaseFile) -> Iterator[tuple[str, str]]:
    if file.format in (LICENSE, DATA_LICENSE):
        return
    for block in file.text.prose:
        if not block.is_code and not block.is_references and block.doubt is None:
            yield from _sentences_of(block)


def _sentences_of(block: TextBlock) -> Iterator[tuple[str, str]]:
    start = 0
    for end, after in (
        *((found.start(), found.end()) for found in _SENTENCE.finditer(block.text)),
        (len(block.text), 0),
    ):
        text = block.text[start : min(end, start + LONGEST)]
        lead = len(text) - len(text.lstrip())
        if text.strip():
            yield str(block.place(start + lead)), _flat(text)
        start = after


def _limits(text: str) -> bool:
    return _LIMIT.search(NO_LIMIT.sub(" ", _flat(text).lower())) is not None


def _shown(text: str) -> str:
    """Return a text on one line, of a long one the part that limits and what stands before it."""
    flat = _flat(text)
    found = _LIMIT.search(flat.lower())
    if len(flat) <= SHOWN or found is None:
        return flat[:SHOWN]
    start = max(0, found.end() - SHOWN + len(_CUT))
    start = flat.find(" ", start) + 1 if start else 0
    return f"{_CUT if start else ''}{flat[start : found.end()]}"


def _flat(text: str) -> str:
    return " ".join(text.split())
