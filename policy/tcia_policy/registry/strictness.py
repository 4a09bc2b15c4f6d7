"""Which of two licenses is the stricter: in what it permits, asks and forbids, and in who gets the data.

Nobody is told that terms are as strict or less strict where that is not certain: of licenses that are not described, or
that rules read by other rules, nothing is said.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from tcia_policy.model import Access, License
from tcia_policy.registry.standing import adds_restriction


class Meaning(StrEnum):
    """What a change of terms means.

    `stricter`: they forbid more, ask for more or close the data, and `less-strict` is the opposite. `mixed`: some of
    both. `as-strict`: as before. `unknown`: what was or is stated cannot be compared, or nothing was or is stated.
    """

    STRICTER = "stricter"
    LESS_STRICT = "less-strict"
    MIXED = "mixed"
    AS_STRICT = "as-strict"
    UNKNOWN = "unknown"


def strictest(stated: Sequence[str], licenses: Mapping[str, License]) -> str | None:
    """Return the one license that is as strict as each other in everything; `None` if there is none, or several."""
    described = _described(stated, licenses)
    if described is None:
        return None
    found = [one for one in described if all(_is_as_strict(one, other) for other in described)]
    return found[0].id if len(found) == 1 else None


def of_licenses(before: Sequence[str], after: Sequence[str], licenses: Mapping[str, License]) -> Meaning:
    """Return what it means that the licenses `after` are stated in place of those `before`; all of a side count."""
    old, new = _described(before, licenses), _described(after, licenses)
    if not old or not new:
        return Meaning.UNKNOWN
    adds, drops = (_restricts_more(*pair, licenses) for pair in ((after, before), (before, after)))
    if adds:
        return Meaning.MIXED if drops else Meaning.STRICTER
    covers, is_covered = _covers(new, old), _covers(old, new)
    if drops or not covers:
        found = Meaning.LESS_STRICT if is_covered else Meaning.MIXED
    else:
        found = Meaning.AS_STRICT if is_covered else Meaning.STRICTER
    are_read_alike = {each.family for each in old} == {each.family for each in new}
    return found if are_read_alike or found is Meaning.STRICTER else Meaning.UNKNOWN


def of_access(before: Access | None, after: Access | None) -> Meaning:
    """Return what it means that the access is another; `None` is one that is not known."""
    if before is None or after is None:
        return Meaning.UNKNOWN
    if before is after:
        return Meaning.AS_STRICT
    return Meaning.STRICTER if after is Access.CONTROLLED else Meaning.LESS_STRICT


def _described(stated: Sequence[str], licenses: Mapping[str, License]) -> list[License] | None:
    """Return the licenses; `None` where the terms of one are not known."""
    found = [licenses[name] for name in stated if name in licenses and licenses[name].terms_known]
    return found if len(found) == len(stated) else None


def _restricts_more(these: Collection[str], those: Collection[str], licenses: Mapping[str, License]) -> bool:
    """Return whether one of these closes or forbids something that none of those does."""
    return any(all(adds_restriction(one, (other,), licenses) for other in those) for one in these)


def _covers(these: Sequence[License], those: Sequence[License]) -> bool:
    """Return whether for each of those, one of these is as strict."""
    return all(any(_is_as_strict(one, other) for one in these) for other in those)


def _is_as_strict(one: License, other: License) -> bool:
    return (
        set(one.permits) <= set(other.permits)
        and set(one.requires) >= set(other.requires)
        and set(one.prohibits) >= set(other.prohibits)
        and (one.access is Access.CONTROLLED or other.access is Access.OPEN)
    )
