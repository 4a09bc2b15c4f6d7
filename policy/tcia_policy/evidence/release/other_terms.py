"""Terms in the sentences of a release that take away what its license gives: `You may not share the masks.`

What is said of the data that it was made from restricts those, and is left to the rules on the data.
"""

import re
from functools import cached_property

from tcia_policy.evidence.release.said import ReleaseSaid
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import License, LicenseFamily
from tcia_policy.registry.license_expressions import clauses_of

# A name of a license, and use of both kinds, are no limit of a use.
NO_LIMIT = pattern(
    r"attribution[\s-]*non[\s-]?commercial|\bcommercial,?\s+(?:and|or|as\s+well\s+as)\s+non[\s-]?commercial"
    r"|non[\s-]?commercial,?\s+(?:and|or|as\s+well\s+as)\s+commercial"
)
_NARROW = r"(?:research|academic|educational|education|scientific|non[\s-]?profit|non[\s-]?commercial|personal|private)"
_OF_COMMERCE = pattern(
    r"\bnon[\s-]?commercial(?:ly)?\b|\b(?:not|no|never|without)\b[^.;]{0,40}\bcommercial(?:ly)?\b(?!\s+(?:products?|software|scanners?))"
    r"|\bcommercial\b[^.;]{0,60}\b(?:not|prohibit\w*|forbidden|requires?|needs?|must|contact|excluded|permission)\b"
    rf"|\b{_NARROW}(?:[\s,/&-]+(?:and|or|purposes?|uses?|usage|{_NARROW})\b)*\s+only\b"
    rf"|\b(?:only|solely|exclusively|restricted|limited)\s+(?:be\s+)?(?:\w+\s+){{0,2}}?(?:for|to)\s+(?:\w+\s+)?{_NARROW}\b",
    re.IGNORECASE,
)
_OF_ANYBODY = pattern(
    r"\b(?:may|must|shall|can)\s?not\s+(?:be\s+)?(?:\w+\s+(?:or|and|,)\s+){0,2}?(?:us(?:e|ed)|shar(?:e|ed)|redistributed?"
    r"|distributed?|modif(?:y|ied)|cop(?:y|ied)|s(?:ell|old)|adapt(?:ed)?|reproduced?)\b"
    r"|\b(?:use|redistribution|sharing|modification|distribution)\s+(?:\w+\s+){0,4}?is\s+(?:not\s+(?:allowed|permitted)"
    r"|prohibited|forbidden)\b|\b(?:redistribution|distribution|copying|use)\s+(?:is\s+)?prohibited\b"
    r"|\b(?:prior|written|explicit)\s+(?:\w+\s+)?(?:permission|consent|authori[sz]ation)\b"
    r"|\bsigned?\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,2}?agreement\b"
    r"|\bby\s+(?:downloading|using|accessing)\b[^.;]{0,60}\byou\s+agree\b|\bdata\s+use\s+agreement\b",
    re.IGNORECASE,
)
_RESERVED = pattern(r"\ball\s+rights\s+reserved\b", re.IGNORECASE)
# A sentence that states a license: `The masks are shared under CC BY-SA 4.0`, `License: ...`.
_STATES = pattern(
    r"^\W*licen[cs]es?\s*:|^\W*licen[cs]e\W*\|"
    r"|\b(?:(?:this|these|the|our|all)\s+(?:\w+\s+){0,3}?(?:masks?|weights|models?|data\s?sets?|data|segmentations?"
    r"|annotations?|labels?|images?|files?|code|release|repository|work|contents?|material)\b[^.;]{0,60}"
    r"\b(?:licen[cs]ed|released|shared|distributed|available|published|provided|is|are)\s+under)\b",
    re.IGNORECASE,
)
# Words for what is released; without them, a sentence that names data is about those.
_OF_THE_RELEASE = pattern(
    r"\b(?:this|these|our)\s+(?:\w+\s+)?(?:masks?|weights|models?|segmentations?|annotations?|labels?|release|repository"
    r"|work|package|code)\b|\b(?:masks|weights|model|segmentations|annotations|labels)\s+(?:is|are|may|must|can)\b",
    re.IGNORECASE,
)


# What takes nothing away: Apache's notice, BSD's clause on names, and warnings on the use in the clinic.
_TAKES_NOTHING = pattern(
    r"\bexcept\s+in\s+compliance\b|\bneither\s+the\s+name\b|\bused\s+to\s+endorse\b", re.IGNORECASE
)
_CLINICAL = pattern(r"\b(?:clinic\w*|diagnos\w*|medical\s+(?:device|advice|purpose)\w*|treatment)\b", re.IGNORECASE)


@dataclass(frozen=True)
class OtherTerms:
    """What sentences say against the licenses that the files of a release state."""

    said: ReleaseSaid

    @cached_property
    def _stated(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.license for each in self.said.licenses if each.license is not None))

    @cached_property
    def _known(self) -> list[License]:
        names = (name for each in self._stated for clause in clauses_of(each) for name in clause)
        found = (self.said.known(name) for name in dict.fromkeys(names))
        return [license_ for license_ in found if license_ is not None]

    @cached_property
    def _gives_commerce(self) -> bool:
        return any("commercial-use" not in each.prohibits for each in self._known)

    def restrict(self, text: str) -> bool:
        """Return whether a sentence takes away from a license, and is not about the data."""
        takes_away = self._of_commerce(text) or self._of_anybody(text) or self._names_another(text)
        return takes_away and (_OF_THE_RELEASE.search(text) is not None or not self.said.names_data(text))

    def _of_commerce(self, text: str) -> bool:
        return self._gives_commerce and _OF_COMMERCE.search(NO_LIMIT.sub(" ", text.lower())) is not None

    def _of_anybody(self, text: str) -> bool:
        if not self._known or _TAKES_NOTHING.search(text) or _CLINICAL.search(text):
            return False
        is_software = any(each.family is LicenseFamily.PERMISSIVE for each in self._known)
        is_reserved = not is_software and _RESERVED.search(text) is not None
        return is_reserved or _OF_ANYBODY.search(text) is not None

    def _names_another(self, text: str) -> bool:
        """Return whether a sentence states a license that none of the stated ones gives all of."""
        if _STATES.search(text) is None or not self._stated:
            return False
        return all(self.said.names_a_stricter(each, text) for each in self._stated)
