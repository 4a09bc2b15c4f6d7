"""Names of people, compared: whether two spellings are one name, and whether they may be one person."""

import re
import unicodedata

from tcia_policy.lazy import pattern

_TITLES = frozenset("dr prof professor mr mrs ms mx miss sir dame herr frau".split())
_AFTER_TITLES = frozenset("med rer nat phil habil".split())
_ONLY_DEGREES = frozenset("phd dphil mph mba frcr jr sr".split())  # the others are names, too, without a comma
_DEGREES = _ONLY_DEGREES | frozenset("md msc bsc ma ba jd llm llb esq do rn ii iii iv facr".split())
_MAIL = pattern(r"[^\s<>(),;@]+@[^\s<>(),;@]+")
_ADDRESS = pattern(r"<[^>]*>|\([^)]*\)|\S+@\S+")
# Letters that look like Latin ones, from Cyrillic and Greek.
_LOOKALIKES = str.maketrans("асеорхуіјѕԁһӏкмтвнοαερτυινκ", "aceopxyijsdhlkmtbhoaeptuivk")
_WITH_DOTS = pattern(r"\b(?:[a-z]{1,3}\.){1,3}[a-z]{0,3}\b\.?")
_SPLIT = pattern(r"[^\w]+|_")


def name_key(name: str) -> str:
    """Return a name without case, spaces, titles, degrees and accents: `jane a doe` for `Dr. Jane A. DOE, PhD`.

    `Doe, Jane` is `jane doe`. Two names with one key are one name.
    """
    return " ".join(_words(name))


def may_be_one_person(one: str, other: str) -> bool:
    """Return whether two names may be of one person: equal, or with initials or names left out.

    `J. Doe` may be `Jane Doe`, and so may `Jane A. Doe`, `Jane Doe-Smith`, `Jane`, `jdoe` and `JD`; `John Doe` is not.
    In doubt they may.
    """
    first, second = ([_without_umlauts(word) for word in _words(_of_address(name))] for name in (one, other))
    if not first or not second:
        return True
    left_out = set(first) <= set(second) or set(second) <= set(first)
    return left_out or _fit(first, second) or _is_short_for(first, second) or _is_short_for(second, first)


def addresses_in(name: str) -> frozenset[str]:
    """Return the mail addresses in a name, without case."""
    return frozenset(each.casefold() for each in _MAIL.findall(name))


def _of_address(name: str) -> str:
    """Return `jane.doe` for an address that stands for a name; any other name as it is."""
    return name.strip().partition("@")[0] if _MAIL.fullmatch(name.strip()) else name


def _is_short_for(short: list[str], name: list[str]) -> bool:
    """Return whether one word is made of a name: `janedoe`, `doejane`, `jdoe`, `doej`, `jd`."""
    *given, surname = name
    if len(short) != 1 or not given:
        return False
    initials = "".join(each[0] for each in given)
    forms = {"".join(given), initials, initials[0], given[0]}
    return short[0] in {*(form + surname for form in forms), *(surname + form for form in forms), initials + surname[0]}


def _without_umlauts(word: str) -> str:
    """Return `muller` for `mueller`: how an umlaut is written tells no two people apart."""
    return re.sub(r"([aou])e", r"\1", word)


def _fit(first: list[str], second: list[str]) -> bool:
    """Return whether the surnames are one, and each given name of the shorter fits one of the longer."""
    if first[-1] != second[-1]:
        return False
    shorter, longer = sorted((first[:-1], second[:-1]), key=len)
    left = list(longer)
    for given in shorter:
        found = next((each for each in left if each.startswith(given) and len(given) == 1), None)
        found = found or next((each for each in left if given.startswith(each) and len(each) == 1), None)
        found = found or next((each for each in left if each == given), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", _ADDRESS.sub(" ", name)) if _ADDRESS.sub("", name).strip() else name
    seen = "".join(each for each in plain.casefold() if unicodedata.category(each) != "Cf").translate(_LOOKALIKES)
    decomposed = unicodedata.normalize("NFKD", seen)
    letters = "".join(each for each in decomposed if not unicodedata.combining(each))
    first, *others = (_split(part) for part in _WITH_DOTS.sub(_unless_degree, letters).split(","))
    given = [word for part in others if not set(part) <= _DEGREES for word in part]
    words = [*given, *(_without_titles(first) or first)]
    return _without_titles(words) or words


def _split(text: str) -> list[str]:
    return [word for word in _SPLIT.split(text) if word]


def _without_titles(words: list[str]) -> list[str]:
    """Return the words without the titles before a name, and without what is a degree and no name."""
    start = 0
    while start < len(words) and (words[start] in _TITLES or (start and words[start] in _AFTER_TITLES)):
        start += 1
    return [word for word in words[start:] if word not in _ONLY_DEGREES]


def _unless_degree(found: re.Match[str]) -> str:
    """Return what has dots as it is, such as initials; nothing of a degree (`Ph.D.`)."""
    return " " if found.group().replace(".", "") in _DEGREES else found.group()
