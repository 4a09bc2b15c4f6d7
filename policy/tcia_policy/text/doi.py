"""DOI names in any spelling, brought to one form."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from tcia_policy.lazy import pattern
from tcia_policy.text.sanitize import JOINERS, WITHOUT_WIDTH

# A DOI is a prefix `10.` with a registrant of four or more digits, and a suffix of any printable characters
# (https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html). Names are case-insensitive; we keep lower case.
_RESOLVER = pattern(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/+", re.IGNORECASE)
_LABEL = pattern(r"info:doi/|(?:urn:)?doi(?:\s*:\s*|\s+)", re.IGNORECASE)
_DOI = pattern(r"10\.\d{4,9}(?:\.\d+)*/\S{1,200}")
_UNSEEN = pattern(f"[{WITHOUT_WIDTH}{JOINERS}\u061c\u200e\u200f\u202a-\u202e\u2061-\u206f]")
_AROUND = "<>\"'`*\u2018\u2019\u201c\u201d"
_BEFORE = _AROUND + "([{"
_AFTER = _AROUND + ".,;:/#?&\\"
_CLOSES = {")": "(", "]": "[", "}": "{"}


def normalize_doi(text: str) -> str | None:
    """Return `10.7937/k9/tcia.2015.lo9ql9sx` for any spelling of it; `None` for no DOI.

    It may stand after a resolver or `doi:`, percent-encoded, in capitals, in quotes or brackets, and before marks of
    the sentence or address that it was taken from. Behind a resolver, what follows `?` or `#` is no part of it.
    """
    written = _without(_LABEL, _UNSEEN.sub("", text).strip().lstrip(_BEFORE))
    name = _without(_RESOLVER, written)
    if name != written:
        name = re.split(r"[?#]", name, maxsplit=1)[0]
    name = _without_marks(_UNSEEN.sub("", unquote(_without(_LABEL, name))))
    return name.lower() if _DOI.fullmatch(name) else None


def _without(beginning: re.Pattern[str], text: str) -> str:
    match = beginning.match(text)
    return text if match is None else text[match.end() :]


def _without_marks(name: str) -> str:
    """Return the name without the marks behind it. A bracket that also opens in it belongs to it."""
    kept = name
    while kept and (kept[-1] in _AFTER or _is_left_over(kept)):
        kept = kept[:-1]
    return kept


def _is_left_over(name: str) -> bool:
    opens = _CLOSES.get(name[-1])
    return opens is not None and name.count(name[-1]) > name.count(opens)


class DoiFinder:
    """Finds known DOIs in text, however it spells them.

    Upper or lower case, after `doi:` or any resolver, percent-encoded, with LaTeX's escapes and braces, and broken over
    lines as a PDF's text layer has them. A longer DOI that begins like a known one is not that one.
    """

    def __init__(self, dois: Iterable[str]) -> None:
        """Take `dois` in any spelling; they are given back in lower case without a resolver."""
        self._known = frozenset(doi for doi in map(normalize_doi, dois) if doi is not None)
        self._lengths = sorted({len(doi) for doi in self._known}, reverse=True)

    def find(self, text: str) -> list[tuple[int, str]]:
        """Return where in `text` each DOI begins, and which it is, in the order of the text."""
        found = []
        longest = max(self._lengths, default=0)
        for start in _PREFIX.finditer(text):
            window = text[start.start() : start.start() + _WINDOW]
            letters, ends = _compact(window, longest)
            known = next((letters[:length] for length in self._lengths if letters[:length] in self._known), None)
            if known is not None and not _goes_on(window, ends[len(known) - 1]):
                found.append((start.start(), known))
        return found


_PREFIX = pattern(r"(?<![\d.])1\s?0\s?\.\s?\d")
_WINDOW = 400
# What stands within a DOI in a source or a text layer and is no part of it.
_NOISE = pattern(
    r"(?P<underscore>\{?\\textunderscore(?:\{\})?\}?|\\_|%5[fF])|(?P<slash>\\slash(?:\{\})?|%2[fF])|(?P<hyphen>[\u2010-\u2013\u2212])"
    r"|(?P<nothing>\s+|\\(?:allowbreak|penalty0|linebreak|newline)(?:\{\})?|\\[-/]|"
    rf"[\\{{}}${WITHOUT_WIDTH}{JOINERS}])|(?P<letter>.)",
    re.DOTALL,
)
_STANDS_FOR = {"underscore": "_", "slash": "/", "hyphen": "-", "nothing": ""}


def _compact(window: str, most: int) -> tuple[str, list[int]]:
    """Return the window in lower case without noise, `most` characters at most, and where each ends in the window."""
    letters: list[str] = []
    ends: list[int] = []
    for match in _NOISE.finditer(window):
        if len(letters) >= most:
            break
        kind = match.lastgroup or "letter"
        letter = match.group().lower() if kind == "letter" else _STANDS_FOR[kind]
        if letter:
            letters.append(letter[0])
            ends.append(match.end())
    return "".join(letters), ends


def _goes_on(window: str, end: int) -> bool:
    """Return whether the DOI is longer than what ends here: more letters, or a joint with something small after it."""
    return re.match(r"\w|[./_-]+(?:[a-z0-9]|V\d)|\\_\w|%[0-9A-Fa-f]{2}\w", window[end:]) is not None
