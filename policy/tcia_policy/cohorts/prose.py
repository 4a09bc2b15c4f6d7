"""Lines of prose in a list: sentences around what is listed, as notes in Markdown have them. They are no entries.

Names of datasets are no sentences: they have no verbs, pronouns and articles in small letters, or begin most words with
a capital. What may be a name stays an entry.
"""

import re

FEWEST_WORDS = 3
IN_SMALL_LETTERS = 6  # of ten words, at least
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9]{0,40}[-_]?[0-9]{2}")  # of a patient, or a case
_OF_SENTENCES = frozenset(
    (
        *("a", "an", "the", "we", "it", "they", "you", "this", "that", "these", "those", "which", "our", "your"),
        *("is", "are", "was", "were", "be", "been", "has", "have", "had", "do", "does", "did", "can", "could", "will"),
        *("should", "may", "must", "not", "used", "please", "there"),
    )
)


def is_prose(line: str) -> bool:
    """Return whether a line without UIDs is a sentence, or a part of one, in which nothing may be an id."""
    if len(line.split()) < FEWEST_WORDS or _ID.search(line) is not None:
        return False
    words: list[str] = _WORD.findall(line)
    if len(words) < FEWEST_WORDS or not any(word in _OF_SENTENCES for word in words):
        return False
    return sum(word[0].islower() for word in words) * 10 >= len(words) * IN_SMALL_LETTERS
