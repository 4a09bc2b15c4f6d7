"""What a source states of a part now, in place of what it stated before: what changed is closed with its last day.

A source that states no license any more takes nothing back: its last claims stay, with the days that they have, and a
claim beside them says that it states none. So the part is undetermined until the source says something again.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from tcia_policy.model import Access, ClaimScope, Distribution, LicenseClaim, PastClaim
from tcia_policy.registry.licenses import NONE_STATED, UNRECOGNIZED, is_unrecognized

NOTHING = "none stated"
# The sources in the order in which their claims stand on a part; others come after them.
ORDER = (
    "tcia-collection-manager",
    "tcia-collection-manager-v1",
    "nbia-collection-report",
    "nbia-series",
    "idc-index-data",
    "datacite",
)

_Key = tuple[str, str, ClaimScope, Access | None]


def restated(part: Distribution, source: str, stated: Sequence[LicenseClaim], *, is_all: bool = True) -> Distribution:
    """Return the part with the claims that `source` makes now; all of them are of one day.

    A claim that it repeats has the new day, and the day since which it is on record. One that it does not repeat is
    among the `past` ones; where this is not all that the source states, since it has a label that no license lists,
    it stays as it is: that label may be another spelling of it. A label that was not recognized before, and is
    described now, is the same claim.
    """
    own = [claim for claim in part.claims if claim.source == source]
    is_open = not any(claim.license == NONE_STATED for claim in own)
    before = {key_of(claim): claim for claim in own} if is_open else {}
    found = {key_of(claim): before.get(key_of(claim)) or before.get(_key_of_label(claim)) for claim in stated}
    now = [_confirmed(found[key_of(claim)], claim) for claim in stated]
    left = [claim for claim in own if claim not in found.values()]
    if not is_all:
        return _with(part, source, [*left, *now], ())
    return _with(part, source, now, map(closed, left))


def silent(part: Distribution, source: str, day: date) -> Distribution:
    """Return the part of which the source states no license on this day: what it stated last stays as it is."""
    own = [claim for claim in part.claims if claim.source == source]
    if not own:
        return part
    nothing = LicenseClaim(license=NONE_STATED, source=source, as_of=day, stated_as=NOTHING)
    before = {key_of(claim): claim for claim in own}
    kept = [claim for claim in own if claim.license != NONE_STATED]
    return _with(part, source, [*kept, _confirmed(before.get(key_of(nothing)), nothing)], ())


def last_day(claim: LicenseClaim) -> date:
    """Return the last day on which the source is on record with the claim."""
    return claim.until or claim.as_of


def key_of(claim: LicenseClaim) -> _Key:
    """Return what makes two claims of one source the same: a license that is not described is its wording."""
    if is_unrecognized(claim.license):
        return _key_of_label(claim)
    return claim.license, "", claim.scope, claim.access


def _key_of_label(claim: LicenseClaim) -> _Key:
    """Return the key that the claim has where its label is not recognized."""
    return UNRECOGNIZED, claim.stated_as, claim.scope, claim.access


def _confirmed(before: LicenseClaim | None, now: LicenseClaim) -> LicenseClaim:
    """Return the claim of today, with the day since which the source has made it."""
    if before is None:
        return now.model_copy(update={"since": now.as_of})
    if last_day(before) >= now.as_of:
        return now.model_copy(update={"as_of": before.as_of, "since": before.since, "until": before.until})
    return now.model_copy(update={"since": before.since or before.as_of})


def closed(claim: LicenseClaim) -> PastClaim:
    """Return the claim as one that the source makes no longer."""
    is_none = claim.license == NONE_STATED
    return PastClaim(
        license=None if is_none or is_unrecognized(claim.license) else claim.license,
        source=claim.source,
        first=claim.since or claim.as_of,
        last=last_day(claim),
        stated_as=None if is_none else claim.stated_as,
    )


def _with(part: Distribution, source: str, now: Iterable[LicenseClaim], closed: Iterable[PastClaim]) -> Distribution:
    """Return the part with these claims of the source, where its claims stood, and with those that are closed."""
    claims = [*(claim for claim in part.claims if claim.source != source), *now]
    past = list(part.past)
    past += [claim for claim in closed if claim not in past]
    return part.model_copy(
        update={
            "claims": tuple(sorted(claims, key=lambda claim: place_of(claim.source))),
            "past": tuple(sorted(past, key=lambda claim: (claim.first, claim.last))),
        }
    )


def place_of(source: str) -> int:
    """Return the place of a source's claims among those of a part."""
    return ORDER.index(source) if source in ORDER else len(ORDER)
