"""Creators of an APA reference: read from text, and written back.

The archives print APA 7 as citation processors make it, which leaves marks of its own: names without a capital are not
reduced to initials (`chiang, veronica`), suffixes stand with the family name (`Small Jr., W.`), organizations stand
bare among people, and more than twenty creators are cut to nineteen, an ellipsis and the last.
"""

import re
import unicodedata
from collections.abc import Sequence

from tcia_policy.model import Creator

MOST_CREATORS = 20
ELLIPSIS = "…"
ORGANIZATION_WORDS = frozenset(
    {
        "alliance",
        "archive",
        "association",
        "atlas",
        "biobank",
        "center",
        "centre",
        "collaboration",
        "college",
        "committee",
        "consortium",
        "database",
        "foundation",
        "group",
        "hospital",
        "initiative",
        "institute",
        "institutes",
        "investigators",
        "laboratory",
        "network",
        "organization",
        "program",
        "programme",
        "project",
        "registry",
        "research",
        "society",
        "study",
        "team",
        "trial",
        "university",
    }
)

_SUFFIX = re.compile(r"^(?P<family>.+?),? (?P<suffix>[JS]r\.?|II|III|IV)$")
_INITIAL = re.compile(r"^[^\W\d_]\.(-[^\W\d_]\.)*$")
_NAME_AND_INITIALS = re.compile(r"^[^\W\d_][\w'’-]+( [^\W\d_]\.)+$")
_WORDS_OF_A_NAME = range(2, 5)


def parse_creators(text: str) -> tuple[tuple[Creator, ...], bool]:
    """Return the creators that `text` names, in order, and whether an ellipsis stands before the last of them.

    `text` is what precedes the year in an APA reference, on one line and without markup.
    """
    listed = text.replace(", & ", ", ").replace(" & ", ", ").replace("...", ELLIPSIS).strip()
    truncated = ELLIPSIS in listed
    if ";" in listed:
        return tuple(_inverted(part) for part in listed.split(";") if part.strip()), truncated
    parts = [part.replace(ELLIPSIS, "").strip() for part in listed.split(", ")]
    return _creators([part for part in parts if part]), truncated


def render_creators(creators: Sequence[Creator], truncated: bool = False) -> str:
    """Return the creators in APA 7: up to twenty all, of more the first nineteen, an ellipsis and the last.

    `truncated` puts the ellipsis before the last of however many there are.
    """
    names = [render_creator(creator) for creator in creators]
    if truncated or len(names) > MOST_CREATORS:
        return f"{', '.join(names[:-1][: MOST_CREATORS - 1])}, {ELLIPSIS} {names[-1]}"
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])}, & {names[-1]}"


def render_creator(creator: Creator) -> str:
    """Return `Small Jr., W.` for a person, the name as it is for an organization."""
    if creator.literal is not None:
        return creator.literal
    family = f"{creator.family} {creator.suffix}" if creator.suffix else str(creator.family)
    return f"{family}, {initials(creator.given)}" if creator.given else family


def initials(given: str) -> str:
    """Return `S.-H. A.` for `Sin-Ho Anna`; a name without any capital stays whole, as the archives leave it."""
    if not any(letter.isupper() for letter in given):
        return given
    words = re.sub(r"\.(?=[^\s\-.])", ". ", given).split()
    return " ".join(word if _is_particle(word) else _initial(word) for word in words)


def person(family: str, given: str) -> Creator:
    """Return a person, with `Jr.`, `II` and the like taken off the family name."""
    match = _SUFFIX.match(family)
    if match is None:
        return Creator(family=_without_stray_marks(family), given=given)
    return Creator(family=_without_stray_marks(match["family"]), given=given, suffix=match["suffix"])


def _creators(parts: list[str]) -> tuple[Creator, ...]:
    if not any(_is_initials(part) for part in parts):
        if len(parts) % 2 == 0 and not all(" " in part for part in parts):
            return tuple(_inverted(f"{family}, {given}") for family, given in zip(parts[::2], parts[1::2], strict=True))
        return tuple(_bare(part) for part in parts)
    found: list[Creator] = []
    rest = parts
    while rest:
        if len(rest) > 1 and not _is_initials(rest[0]) and _is_given(rest[1]):
            found.append(person(rest[0], _without_full_stop(rest[1])))
            rest = rest[2:]
        else:
            found.append(_bare(rest[0]))
            rest = rest[1:]
    return tuple(found)


def _inverted(text: str) -> Creator:
    family, _, given = text.strip().partition(", ")
    return person(family, _without_full_stop(given)) if given else _bare(family)


def _bare(part: str) -> Creator:
    """Return a creator without initials: an organization, or a person whose given name is printed first."""
    name = _without_full_stop(part)
    words = name.split()
    if len(words) in _WORDS_OF_A_NAME and all(_is_name(word) for word in words):
        return person(words[-1], " ".join(words[:-1]))
    return Creator(literal=name)


def _is_name(word: str) -> bool:
    return (
        word[0].isupper() and word.replace("-", "").isalpha() and word.casefold() not in ORGANIZATION_WORDS
    ) or bool(_INITIAL.match(word))


def _is_given(part: str) -> bool:
    return _is_initials(part) or part == part.lower() or bool(_NAME_AND_INITIALS.match(part))


def _is_initials(part: str) -> bool:
    first, *others = part.split()
    return bool(_INITIAL.match(first)) and all(_INITIAL.match(word) or _is_particle(word) for word in others)


def _is_particle(word: str) -> bool:
    return word.islower() or word.startswith("(")


def _initial(word: str) -> str:
    return "-".join(f"{piece[0]}." for piece in word.split("-") if piece)


def _without_full_stop(name: str) -> str:
    return name if _INITIAL.match(name.rsplit(maxsplit=1)[-1]) else name.removesuffix(".")


def _without_stray_marks(name: str) -> str:
    """Return the name without combining marks at its beginning, which belong to no letter."""
    while name and unicodedata.category(name[0]) == "Mn":
        name = name[1:]
    return name
