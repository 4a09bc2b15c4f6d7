"""Creators as DataCite records them, in full, and held against those that the citation shows.

DataCite is the authority for creators. Its records are typed by people, so where they swap family and given name, or
are in capitals, the name that the citation prints settles which is which.
"""

import unicodedata
from collections.abc import Sequence

from tcia_policy.importers.dataset_sources import DATACITE_API
from tcia_policy.importers.person_names import person
from tcia_policy.importers.refresh.datacite_records import CreatorRecord, DoiRecord
from tcia_policy.model import Citation, Creator

PERSONAL = "Personal"


def with_creators(citation: Citation, record: DoiRecord) -> Citation:
    """Return the citation with all creators of the record; as it is where the record has none, or one without a name.

    Where the citation shows as many creators, or cuts off a longer list, each is held against the one in its place.
    """
    found = [_creator(item) for item in record.creators]
    named = [creator for creator in found if creator is not None]
    if not named or len(named) != len(found):
        return citation
    shown = _in_place(citation, len(named))
    creators = tuple(_held_against(creator, printed) for creator, printed in zip(named, shown, strict=True))
    return citation.model_copy(
        update={"creators": creators, "truncated": False, "creators_from": f"{DATACITE_API}{record.doi}"}
    )


def _in_place(citation: Citation, count: int) -> Sequence[Creator | None]:
    """Return the creator that the citation shows in each place, as far as it can be known."""
    shown: Sequence[Creator] = citation.creators
    if len(shown) == count and not citation.truncated:
        return shown
    if citation.truncated and 1 < len(shown) < count:
        return [*shown[:-1], *[None] * (count - len(shown)), shown[-1]]
    return [None] * count


def _creator(item: CreatorRecord) -> Creator | None:
    """Return the creator, or `None` where no name is recorded. What is no person is known by its whole name."""
    if item.family is not None and item.type in (PERSONAL, None):
        found = Creator(family=item.family) if item.given is None else person(item.family, item.given)
        return found.model_copy(update={"orcid": item.orcid})
    if item.name is None:
        return None if item.family is None else Creator(literal=item.family)
    family, comma, given = item.name.partition(",")
    if item.type == PERSONAL and comma and family.strip() and given.strip():
        return person(family.strip(), given.strip()).model_copy(update={"orcid": item.orcid})
    return Creator(literal=item.name, orcid=item.orcid)


def _held_against(creator: Creator, printed: Creator | None) -> Creator:
    if printed is None or printed.family is None or creator.family is None:
        return creator
    if creator.given is not None and _folded(creator.given) == _folded(printed.family) != _folded(creator.family):
        creator = creator.model_copy(update={"family": printed.family, "given": creator.family})
    if creator.given is None and printed.given is not None and _folded(printed.family) in _folded(creator.family or ""):
        return printed.model_copy(update={"orcid": creator.orcid})
    if _folded(creator.family or "") != _folded(printed.family):
        return creator
    is_shouted = (creator.family or "").isupper() and not printed.family.isupper()
    if not is_shouted:
        return creator
    given = creator.given.title() if creator.given is not None and creator.given.isupper() else creator.given
    return creator.model_copy(update={"family": printed.family, "given": given})


def _folded(name: str) -> str:
    """Return the letters of a name without accents, case and marks."""
    parts = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in parts if letter.isalnum())
