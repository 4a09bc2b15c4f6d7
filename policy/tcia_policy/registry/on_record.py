"""What was on record of a dataset's licenses on an earlier day: the claims of that day, as history keeps them.

A label stays on record until the same source states another. The labels that a source stated before its first record
here, and those of a part that came later, are nothing.
"""

from collections.abc import Iterator
from datetime import date

from tcia_policy.lazy import dataclass
from tcia_policy.model import ClaimScope, Dataset, Distribution, LicenseClaim, PastClaim
from tcia_policy.registry.licenses import NONE_STATED, unrecognized
from tcia_policy.registry.standing import Registered


@dataclass(frozen=True)
class _Said:
    """A claim of any time, with the first day and, if it is past, the last day on which it was seen."""

    claim: LicenseClaim
    first: date
    last: date | None = None


@dataclass(frozen=True)
class _OnPart:
    """All that was ever stated of a part, and the sources that state something of it today."""

    said: tuple[_Said, ...]
    still_speak: frozenset[str]
    registered: Registered

    def is_over(self, past: _Said, day: date) -> bool:
        """Return whether a past statement no longer stood on the day: its source had said something newer.

        Where the source says nothing of the part today, who speaks in its place says it: TCIA's own records after a
        copy of its labels. What repeats another source, and says nothing today, is over with its last day. That a
        source states no license takes nothing back.
        """
        source = past.claim.source
        last = past.last or past.first
        later = {
            each.claim.source
            for each in self.said
            if each is not past and last < each.first <= day and each.claim.license != NONE_STATED
        }
        if source in self.still_speak or source in later:
            return source in later
        speaks = self.registered.speaks_for_itself
        return not speaks(source) or any(map(speaks, later))


def dataset_on(dataset: Dataset, day: date, registered: Registered) -> Dataset:
    """Return the dataset with the claims on its parts that were on record on a day; all else is as it is now."""
    parts = (
        part.model_copy(update={"claims": tuple(_claims_on(part, day, registered))}) for part in dataset.distributions
    )
    return dataset.model_copy(update={"distributions": tuple(parts)})


def license_of_past(past: PastClaim) -> str:
    """Return the license of a past statement; one that is not described, or not stated, has an id of its own."""
    return past.license or (NONE_STATED if past.stated_as is None else unrecognized(past.stated_as))


def days_of_labels(dataset: Dataset) -> list[date]:
    """Return the days on which labels came on record, oldest first."""
    return sorted({each.first for part in dataset.distributions for each in _said(part)})


def _claims_on(part: Distribution, day: date, registered: Registered) -> Iterator[LicenseClaim]:
    said = tuple(_said(part))
    on = _OnPart(said, frozenset(claim.source for claim in part.claims), registered)
    for each in said:
        has_begun, is_seen = each.first <= day, each.last is None or day <= each.last
        if has_begun and (is_seen or not on.is_over(each, day)):
            yield _seen_by(each.claim, day)


def _said(part: Distribution) -> Iterator[_Said]:
    """Yield what was ever stated of the part, each from the first day on which it is on record."""
    for claim in part.claims:
        yield _Said(claim, claim.since or claim.as_of)
    for past in part.past:
        yield _Said(_as_claim(past, part), past.first, past.last)


def _as_claim(past: PastClaim, part: Distribution) -> LicenseClaim:
    """Return a past statement as it was a claim. It spoke of what all claims of its source speak of today."""
    scopes = {claim.scope for claim in part.claims if claim.source == past.source}
    return LicenseClaim(
        license=license_of_past(past),
        source=past.source,
        as_of=past.last,
        since=past.first,
        stated_as=past.stated_as or "none stated",
        scope=ClaimScope.COLLECTION if scopes == {ClaimScope.COLLECTION} else ClaimScope.DISTRIBUTION,
    )


def _seen_by(claim: LicenseClaim, day: date) -> LicenseClaim:
    """Return the claim as it was known on the day: nobody had seen it later than that."""
    if max(claim.as_of, claim.until or claim.as_of) <= day:
        return claim
    return claim.model_copy(update={"as_of": min(claim.as_of, day), "until": None})
