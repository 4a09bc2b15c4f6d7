"""Data of somebody's own, in words that a dataset is called by, too (`Riverside Children's Pancreas CT dataset`)."""

import re

_BEFORE = 80  # characters before a name that say whose it is
_OWNER = re.compile(r"\b(?P<owner>[A-Z][\w.]*?)(?:['’]s?)\s+(?:\w+\s+)?$|\b(?P<word>[A-Z][\w-]{2,})\s+$")
_OWN = re.compile(
    r"\b(?:our(?:\s+own)?|in-house|institutional|local|private|proprietary|internal|hospital)(?:['’]s)?\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_NO_OWNER = frozenset(
    (
        "A Additionally All An And As At Both By CPTAC Collection Data Dataset Datasets Download For From IDC IDRI In "
        "Moreover NCI NIH On Public QIN RIDER TCGA TCIA Task The These Thus Training Test Using Validation We With"
    ).split()
)
_BEGINS_A_SENTENCE = re.compile(r"(?:^|[.!?\n|:]\s*)$")


def is_of_another_owner(text: str, start: int, *, has_own_hyphens: bool) -> bool:
    """Return whether ordinary words from `start` on are somebody's own data (`our Lung Phantom`).

    If they have the name's own spelling with its hyphens, only the authors' own are.
    """
    before = text[max(0, start - _BEFORE) : start]
    if _OWN.search(before):
        return True
    owner = _OWNER.search(before)
    if owner is None or has_own_hyphens:
        return False
    is_possessive = owner["owner"] is not None
    begins_a_sentence = _BEGINS_A_SENTENCE.search(before[: owner.start()]) is not None
    return (owner["owner"] or owner["word"]) not in _NO_OWNER and (is_possessive or not begins_a_sentence)
