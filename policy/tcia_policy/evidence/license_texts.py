"""The known texts of licenses, `rules/reference/license-texts/`, and what a file says beside the text of one."""

import re
from collections.abc import Iterator
from functools import cache

from tcia_policy.files import limits
from tcia_policy.files.shipped import shipped
from tcia_policy.files.text import read_text

# What stands in license files beside the text of a license: below it in NBIA's, and around it in Creative Commons'.
POLICY = "NBIA-data-usage-policy"
BESIDE = (POLICY, "Creative-Commons-notices")
_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")
_NAMED_HOLDER = re.compile(
    r"neither\s+the\s+names?\s+of\s+(?:(?!neither)[^.;:]){1,80}?\s+nor\s+the\s+names?\s+of\s+(?:its|any|the|their)\s+contributors"
)
_HOLDER = "neither the name of the copyright holder nor the names of its contributors"
_OWNER = re.compile(r"copyright\s+owner")
_LETTER = re.compile(r"^(?:[a-z]|\d) ")  # of a list; texts of one license differ in them
_SHORT = 3  # words; a shorter line counts only where the text goes on with it


@cache
def words_of(license_id: str) -> str | None:
    """Return the text of the license as words with single spaces; `None` where no text of it is known."""
    path = shipped("rules") / "reference" / "license-texts" / f"{license_id}.txt"
    return _words(_plain(read_text(path, limits.LICENSE_FILE))) if path.is_file() else None


def lines_beside(text: str, license_id: str) -> Iterator[str]:
    """Yield the lines that are not from the text of the license, or from what usually stands beside it.

    Each line must stand in the text word by word, after the line before it. Case, punctuation and line breaks do not
    count, and who "the copyright holder" of a BSD license is may be named.
    """
    known = [f" {words} " for words in map(words_of, (license_id, *BESIDE)) if words is not None]
    policy = f" {words_of(POLICY)} "
    at = [0] * len(known)
    for line in _plain(text).splitlines():
        words = _words(line)
        if not words:
            continue
        for number, whole in enumerate(known):
            end = _end(whole, words, at[number]) or _end(whole, _LETTER.sub("", words), at[number])
            if whole == policy and end != at[number] + len(words) + 1:
                continue  # it names NonCommercial licenses: a line of it alone would say that one holds
            if end is not None:
                at[number] = end
                break
        else:
            yield line


def _end(whole: str, words: str, at: int) -> int | None:
    """Return where the words end in the text from `at` on; `None` where they are not there."""
    found = whole.find(f" {words} ", at)
    if found < 0 or (found != at and words.count(" ") + 1 < _SHORT):
        return None
    return found + len(words) + 1


def _plain(text: str) -> str:
    one_form = text.lower().replace("https://", "http://")
    return _NAMED_HOLDER.sub(_HOLDER, _OWNER.sub("copyright holder", one_form))


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text))
