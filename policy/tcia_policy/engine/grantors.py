"""Who may grant rights in a dataset: those whom the registry records as its contacts and creators."""

import re
import unicodedata

from tcia_policy.lazy import pattern
from tcia_policy.model import Contact, Creator, Dataset

ARCHIVE = "cancerimagingarchive.net"
MOST_NAMED = 3
_EMAIL = pattern(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# A name, and after it at most an address or an organization in brackets.
_SIGNED = pattern(r"(?P<name>[^<>()]+?)\s*(?:<(?P<address>[^<>()]+)>|\((?P<organization>[^<>()]+)\))?")
_NAME = pattern(r"(?:[^\W\d_]|[\s.,'’`-])+")
_NAME_WORD = pattern(r"(?:[^\W\d_]|[.,'’&-])+")
_TITLES = frozenset("prof professor dr drs mr mrs ms md phd msc bsc mba ir ing sir dipl med".split())
_ORGANIZATIONS = frozenset(
    (
        "university universite universitat universiteit universita institute institut instituut hospital hospitals "
        "clinic clinics center centers centrum college school faculty department division laboratory foundation "
        "academy maastro umc"
    ).split()
)
_LINKING = frozenset("of the for and at in de der des di du für van von & et und en".split())
_DENYING = frozenset(
    (
        "no not never nobody none without former formerly ex declined declines refused refuses denied denies rejected "
        "unanswered unsigned unknown pending withdrawn absent deceased friend assistant cousin behalf my yet"
    ).split()
)
FEWEST_WORDS = 2  # of a name; one word is nobody in particular


def may_grant(grantor: str, dataset: Dataset) -> bool:
    """Return whether `grantor` is one of the recorded contacts or creators of the dataset, by name or address.

    The whole text has to be that name or that address. Case, accents and titles do not matter, and an organization or
    an address may follow (`Prof. Hugo J. W. L. Aerts, Maastro`). Where only initials are recorded, a first name in full
    may be anybody's. The help desk of the archive passes requests on, and owns nothing.
    """
    text = unicodedata.normalize("NFKC", grantor).strip()
    contacts = _contacts(dataset)
    if _EMAIL.fullmatch(text):
        return text.casefold() in {contact.email.casefold() for contact in contacts if contact.email is not None}
    if _is_body(text, dataset):
        return True
    return any(_is_recorded(said, dataset, contacts) for said in _ways_to_read(text))


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


def _is_body(text: str, dataset: Dataset) -> bool:
    """Return whether the text is the name of an organization that the citation names, with or without its acronym."""
    names = [item.literal for item in dataset.citation.creators if item.literal]
    names += [re.sub(r"\s*\([^()]*\)$", "", name) for name in names]
    return any(len(_words(name)) >= FEWEST_WORDS and plain(text) == plain(name) for name in names)


def _ways_to_read(text: str) -> list[list[str]]:
    """Return the words of the name, read as `Hugo Aerts, Maastro` and as `Aerts, Hugo`; none if it says more."""
    signed = _SIGNED.fullmatch(text)
    if signed is None or not _NAME.fullmatch(signed["name"]):
        return []
    if signed["address"] is not None and not _EMAIL.fullmatch(signed["address"].strip()):
        return []
    if signed["organization"] is not None and not _is_organization(signed["organization"]):
        return []
    first, *rest = signed["name"].split(",")
    found = []
    if all(_may_follow(part) for part in rest):
        found.append(_words(first))
    if rest and all(_may_follow(part) for part in rest[1:]):
        found.append([*_words(rest[0]), *_words(first)])
    return found


def _may_follow(part: str) -> bool:
    """Return whether what follows a name after a comma is titles, or an organization."""
    return not _words(part) or _is_organization(part)


def _is_organization(text: str) -> bool:
    words = {word.strip(".,") for word in plain(text).split()}
    return is_named(text) and bool(words & _ORGANIZATIONS)


def is_named(text: str) -> bool:
    """Return whether each word may be of a proper name: it has a capital or links two words, and denies nothing."""
    words = text.split()
    plain_words = {word.strip(".,") for word in plain(text).split()}
    letters = all(_NAME_WORD.fullmatch(word) for word in words)
    named = all(word[:1].isupper() or plain(word) in _LINKING for word in words)
    return bool(words) and letters and named and not plain_words & _DENYING


def plain(text: str) -> str:
    """Return a text without case, accents and repeated blanks."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(char for char in letters if not unicodedata.combining(char)).split())


def _words(text: str | None) -> list[str]:
    """Return the words of a name without titles; a hyphen joins two."""
    words = re.sub(r"['’`]", "", plain(text or "")).replace(".", " ").split()
    return [word for word in (word.strip("-,") for word in words) if word and word not in _TITLES]


def _is_recorded(said: list[str], dataset: Dataset, contacts: list[Contact]) -> bool:
    """Return whether the words are the given names and the family name of somebody recorded."""
    people = [(name[-1:], name[:-1]) for name in (_words(contact.name) for contact in contacts)]
    for item in dataset.citation.creators:
        people.append((_words(item.family), _words(item.given)))
        people.append((_words(f"{item.family} {item.suffix}"), _words(item.given)))
    for family, _ in people:
        if family and len(said) > len(family) and said[-len(family) :] == family:
            recorded = [given for other, given in people if other == family and given]
            if any(_is_given(said[: -len(family)], given) for given in _put_together(recorded)):
                return True
    return False


def _put_together(recorded: list[list[str]]) -> list[list[str]]:
    """Return the given names of one family name, and `Hugo J. W. L.` besides where `Hugo` and `H. J. W. L.` are."""
    full = [given for given in recorded if len(given) == 1 and len(given[0]) > 1]
    initials = [given for given in recorded if len(given[0]) == 1]
    joined = [[*one, *other[1:]] for one in full for other in initials if one[0].startswith(other[0])]
    return [*recorded, *joined]


def _is_given(said: list[str], recorded: list[str]) -> bool:
    """Return whether given names are the recorded ones; later ones may be left out, and each may be an initial.

    A first name in full is not known from a recorded initial.
    """
    if not _is_short_for(said[0], recorded[0]):
        return False
    later = iter(recorded[1:])
    return all(any(_is_short_for(name, other) for other in later) for name in said[1:])


def _is_short_for(said: str, recorded: str) -> bool:
    return said == recorded or (len(said) == 1 and recorded.startswith(said))
