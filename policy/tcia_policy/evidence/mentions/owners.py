"""Data of somebody's own, in words that a dataset is called by, too (`Riverside Children's Pancreas CT dataset`)."""

_BEFORE = 60  # characters before a name that say whose it is
_WORDS_BEFORE = 2
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_AROUND_A_WORD = "\"'“”‘’([*_`"
_LEAST_OWNER = 3  # letters
_OWN = frozenset("our in-house institutional local private proprietary internal hospital".split())
_NO_OWNER = frozenset(
    (
        "additionally all also and at both by collection cptac data dataset datasets download for from idc idri in "
        "moreover nci nih on our public qin rider task tcga tcia test the these they this thus training using "
        "validation we with"
    ).split()
)


def is_of_another_owner(text: str, start: int, *, has_own_hyphens: bool) -> bool:
    """Return whether ordinary words from `start` on are somebody's own data (`our Lung Phantom`).

    If they have the name's own spelling with its hyphens, only the authors' own are.
    """
    before = text[max(0, start - _BEFORE) : start]
    words = [word.strip(_AROUND_A_WORD) for word in before.rsplit("\n", 1)[-1].split()[-_WORDS_BEFORE - 1 :]]
    if not words or not before[-1].isspace():
        return False
    nearest = words[-_WORDS_BEFORE:]
    if any(_bare(word) in _OWN for word in nearest):
        return True
    if has_own_hyphens:
        return False
    owners = [word for word in nearest if word.endswith(_POSSESSIVE) and word[0].isupper()]
    return any(_bare(word) not in _NO_OWNER for word in owners) or _is_a_name_in_a_sentence(words)


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s").lower()


def _is_a_name_in_a_sentence(words: list[str]) -> bool:
    """Return whether the last word has a capital that is not that of a sentence (`the Northfield Lung Phantom`)."""
    last = words[-1]
    begins_a_sentence = len(words) == 1 or words[-2].endswith((".", "!", "?", ":", "|")) or not words[-2].isascii()
    is_name = len(last) >= _LEAST_OWNER and last[0].isupper() and last.replace("-", "").isalpha()
    return is_name and not begins_a_sentence and last.lower() not in _NO_OWNER
