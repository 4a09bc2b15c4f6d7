"""The known texts of licenses, `rules/reference/license-texts/`, and what a file says beside the text of one."""

import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from tcia_policy.files import limits
from tcia_policy.files.shipped import shipped
from tcia_policy.files.text import read_text
from tcia_policy.lazy import dataclass, pattern

# What stands in license files beside the text of a license: around Creative Commons', and below it in NBIA's.
NOTICES = "Creative-Commons-notices"
POLICY = "NBIA-data-usage-policy.sha256"
_DIGITS = 10  # of the SHA-256 of each word of that policy
_WORD = pattern(r"[a-z0-9]+(?:\.[0-9]+)*")
_NAMED_HOLDER = pattern(
    r"neither\s+the\s+names?\s+of\s+(?:(?!neither)[^.;:]){1,80}?\s+nor\s+the\s+names?\s+of\s+(?:its|any|the|their)\s+contributors"
)
_HOLDER = "neither the name of the copyright holder nor the names of its contributors"
_OWNER = pattern(r"copyright\s+owner")
# What CC's own pages are called in its texts, where a text in Markdown links them.
_CC_LINK = pattern(
    r"\[more considerations for (?:licensors|the public)\]\(http://wiki\.creativecommons\.org/considerations_for_[\w#]+\)\.?"
    r"|(?<=\])\(http://creativecommons\.org(?:/policies)?/?\)"
)
_LETTER = pattern(r"^(?:[a-z]|\d) ")  # of a list; texts of one license differ in them
_SHORT = 3  # words; a shorter line counts only where the text goes on with it


@cache
def words_of(license_id: str) -> str | None:
    """Return the text of the license as words with single spaces; `None` where no text of it is known."""
    path = _folder() / f"{license_id}.txt"
    return _words(_plain(read_text(path, limits.LICENSE_FILE))) if path.is_file() else None


@cache
def _policy() -> str:
    return f" {' '.join(read_text(_folder() / POLICY, limits.LICENSE_FILE).split())} "


def _folder() -> Path:
    return shipped("rules") / "reference" / "license-texts"


@dataclass
class _Known:
    """A known text as words in the `form` that they are kept in, and where in it the last line ended."""

    whole: str
    form: Callable[[str], str] = str
    at: int = 0

    def goes_on_with(self, words: str) -> bool:
        """Return whether the words stand further on, and if so go on from there."""
        end = _end(self.whole, self.form(words), self.at) or _end(
            self.whole, self.form(_LETTER.sub("", words)), self.at
        )
        is_policy = self.form is _digests
        # the policy names NonCommercial licenses: a line of it alone would say that one holds
        if end is None or (is_policy and end != self.at + len(self.form(words)) + 1):
            return False
        self.at = end
        return True


def lines_beside(text: str, license_id: str) -> Iterator[str]:
    """Yield the lines that are not from the text of the license, or from what usually stands beside it.

    Each line must stand in the text word by word, after the line before it. Case, punctuation and line breaks do not
    count, and who "the copyright holder" of a BSD license is may be named.
    """
    plain = (words for words in (words_of(license_id), words_of(NOTICES)) if words is not None)
    known = [*(_Known(f" {words} ") for words in plain), _Known(_policy(), _digests)]
    for line in _plain(text).splitlines():
        words = _words(line)
        if words and not any(one.goes_on_with(words) for one in known):
            yield line


def _end(whole: str, words: str, at: int) -> int | None:
    """Return where the words end in the text from `at` on; `None` where they are not there."""
    found = whole.find(f" {words} ", at)
    if found < 0 or (found != at and words.count(" ") + 1 < _SHORT):
        return None
    return found + len(words) + 1


def _plain(text: str) -> str:
    one_form = _CC_LINK.sub("", text.lower().replace("https://", "http://"))
    return _NAMED_HOLDER.sub(_HOLDER, _OWNER.sub("copyright holder", one_form))


def _digests(words: str) -> str:
    return " ".join(hashlib.sha256(word.encode()).hexdigest()[:_DIGITS] for word in words.split())


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text))
