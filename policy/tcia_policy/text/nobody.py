"""Whether what stands for a name names somebody, or only stands in for a name that is still to come."""

import re
import unicodedata

from tcia_policy.lazy import pattern

_STAND_INS = frozenset(
    (
        "todo tbd tba tbc tbn fixme xxx placeholder dummy sample example none nil null na nan unknown pending "
        "missing empty blank nobody noone somebody someone anybody anyone everybody everyone whoever who name names "
        "licensee grantee recipient no not one any some to be of the a an and or yet "
        "announced added confirmed decided defined determined done filled named stated in later here soon available "
        "applicable lorem ipsum"
    ).split()
)

_LINK = pattern(r"\S+://\S+")
_NO_NAMES = frozenset("author authors coauthors team group us we me i my our myself et al n nn".split())


def names_somebody(text: str | None) -> bool:
    """Return whether a text has a word that stands in for nothing; `-`, `TBD`, `N/A` and unseen blanks have none."""
    return any(word not in _STAND_INS for word in _words(text))


def names_a_person(text: str) -> bool:
    """Return whether a text names somebody by a name: `the authors`, `us`, `N.N.` and a link do not."""
    words = (word for word in _words(_LINK.sub(" ", text)) if not word.isdigit())
    return any(word not in _STAND_INS and word not in _NO_NAMES for word in words)


def _words(text: str | None) -> list[str]:
    plain = unicodedata.normalize("NFKC", text or "").casefold()
    return re.findall(r"[^\W_]+", plain.replace("n/a", "na").replace("n.a.", "na"))
