"""Who may grant rights in a dataset: those whom the registry records as its contacts and creators."""

import re
import unicodedata

from tcia_policy.model import Contact, Creator, Dataset

ARCHIVE = "cancerimagingarchive.net"
MOST_NAMED = 3
_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
_TITLES = frozenset("prof professor dr drs mr mrs ms md phd msc bsc mba ir ing sir dipl med the".split())


def may_grant(grantor: str, dataset: Dataset) -> bool:
    """Return whether `grantor` is one of the recorded contacts or creators of the dataset, by name or address.

    Case, accents, titles and initials do not matter (`Prof. Hugo J. W. L. Aerts, Maastro`); a family name alone is
    nobody in particular. The help desk of the archive passes requests on, and owns nothing.
    """
    contacts = _contacts(dataset)
    addresses = {contact.email.casefold() for contact in contacts if contact.email is not None}
    if any(address.casefold() in addresses for address in _EMAIL.findall(grantor)):
        return True
    names = [_words(contact.name) for contact in contacts]
    people = [(name[-1:], name[:-1]) for name in names]
    people += [(_words(item.family), _words(item.given or "")) for item in dataset.citation.creators if item.family]
    bodies = {*map(tuple, names), *(tuple(_words(item.literal)) for item in dataset.citation.creators if item.literal)}
    return any(
        tuple(said) in bodies or any(_is_person(said, family, given) for family, given in people)
        for said in _ways_to_read(grantor)
    )


def owners_in_words(dataset: Dataset) -> str:
    """Return the recorded contacts with their addresses; without any, the first creators of the data citation."""
    contacts = [f"{item.name} ({item.email})" if item.email else item.name for item in _contacts(dataset)]
    if contacts:
        return " or ".join(dict.fromkeys(contacts))
    creators = [_spelled(item) for item in dataset.citation.creators]
    more = " and others" if len(creators) > MOST_NAMED or dataset.citation.truncated else ""
    return ", ".join(creators[:MOST_NAMED]) + more


def _contacts(dataset: Dataset) -> list[Contact]:
    """Return the recorded contacts of the data, without the archive's own addresses."""
    contacts = [*dataset.contacts, *(contact for notice in dataset.notices for contact in notice.contacts)]
    return [item for item in contacts if item.email is None or not item.email.casefold().endswith(ARCHIVE)]


def _spelled(creator: Creator) -> str:
    return creator.literal or " ".join(filter(None, (creator.given, creator.family)))


def _ways_to_read(grantor: str) -> list[list[str]]:
    """Return the words of the name, read as `Hugo Aerts, Maastro` and as `Aerts, Hugo`."""
    name = re.split(r"[<(;|]", _EMAIL.sub("", grantor))[0]
    first, *rest = [_words(part) for part in name.split(",")]
    return [first, *([[*rest[0], *first]] if rest else [])]


def _words(text: str | None) -> list[str]:
    plain = unicodedata.normalize("NFKD", text or "").casefold()
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return [word for word in re.findall(r"[^\W\d_]+", letters) if word not in _TITLES]


def _is_person(said: list[str], family: list[str], given: list[str]) -> bool:
    """Return whether the words end in the family name and begin with the first given name, or with its initial."""
    if not family or not given or said[-len(family) :] != family:
        return False
    first = said[: -len(family)][:1]
    return bool(first) and _is_same_name(first[0], given[0])


def _is_same_name(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
