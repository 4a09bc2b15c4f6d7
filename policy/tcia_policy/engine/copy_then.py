"""What held for a copy when it was obtained: by the version of IDC, or by the day.

A license that was granted stays granted for that copy. A record of the day never opens more than what is stated today:
where it would, both count. The day and the version are the user's word.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from tcia_policy.cohorts.distributions import dicom_parts
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import Access, ClaimScope, Dataset, Distribution, Holding, IdcRun, License, PastClaim, Route
from tcia_policy.registry.idc_releases import (
    last_versions_of_removed,
    may_have_removed,
    releases_meant,
    runs_meant,
)
from tcia_policy.registry.licenses import NONE_STATED
from tcia_policy.registry.standing import Registered, Standing, standing_claims

CHANGING = "LicenseRef-changing-label"
UNDESCRIBED = "LicenseRef-earlier-label"
_A_DAY = timedelta(days=1)
_VERSION = pattern(r"(?:version|v)?\.?\s*(?P<number>\d{1,6}(?:\.[1-9]\d{0,5})?)(?:\.0)?", re.IGNORECASE)


@dataclass(frozen=True)
class Then:
    """The licenses on record for the copy, each with who stated it; what is none to rely on has an id of its own.

    `is_earliest`: the copy may be older than every record, and these are the earliest labels.
    """

    licenses: Mapping[str, str]
    is_earliest: bool = False


def with_license_then(
    now: Mapping[str, tuple[str, ...]], part: Distribution, dataset: Dataset, holding: Holding, registered: Registered
) -> dict[str, tuple[str, ...]]:
    """Return the licenses that a copy of the part may be under, `now` being those that the sources state today.

    Where the record of the day is of one license that restricts no less than those of today, it alone counts. Where
    the record is of another, of several, or of none to rely on, both it and those of today count; so it is for a copy
    that is older than every record, with the earliest label. Data that are controlled today stay what they are: whether
    an early copy of them is open is a question of its own.
    """
    if _is_closed(now, registered.licenses):
        return dict(now)
    then = _record(part, dataset, holding, registered)
    if then is None or then.is_earliest:
        now = _with_replaced(now, part, dataset, holding, registered)
    if then is None or set(then.licenses) <= set(now):
        return dict(now)
    told: dict[str, tuple[str, ...]] = {
        name: (f"{said}; {_since(now, part, registered)}",) for name, said in then.licenses.items()
    }
    (first, *others) = told
    if not others and not then.is_earliest and _restricts_no_less(first, now, registered.licenses):
        return told
    return told | {name: sources for name, sources in now.items() if name not in told}


def is_off_idc_record(dataset: Dataset, holding: Holding, registered: Registered) -> bool:
    """Return whether the version or the day stated for a copy from IDC is one for which no index read has the dataset.

    It is older or newer than all that were read, or the dataset was not in IDC then.
    """
    if holding.obtained_from is not Route.IDC:
        return False
    meant = releases_meant(holding.version, holding.obtained_on, registered.releases)
    if meant is None:
        return False
    return meant.may_be_unread or not runs_meant(meant, dataset.idc_history, registered.releases)


def may_have_removed_series(dataset: Dataset, holding: Holding, registered: Registered) -> bool:
    """Return whether a copy from IDC, by its version or day, may have series of the dataset that IDC removed since.

    Not where its series are listed, or where each of its parts is named by the id of a part. Only DICOM parts count.
    """
    if holding.obtained_from is not Route.IDC or holding.series is not None:
        return False
    if holding.words_read and all(read.word.strip() in read.parts for read in holding.words_read):
        return False
    if not set(dicom_parts(dataset)) & set(holding.distributions):
        return False
    meant = releases_meant(holding.version, holding.obtained_on, registered.releases)
    return meant is not None and may_have_removed(meant, dataset.dois, registered.releases, last_versions_of_removed())


def _with_replaced(
    now: Mapping[str, tuple[str, ...]], part: Distribution, dataset: Dataset, holding: Holding, registered: Registered
) -> dict[str, tuple[str, ...]]:
    """Return the licenses of today with those that were replaced after the copy was obtained, as far as is on record.

    What is history today may have held for an earlier copy. IDC keeps a record of its own.
    """
    days = None if holding.obtained_from is Route.IDC else _days_of_copy(holding, dataset)
    if days is None:
        return dict(now)
    day = days.first
    replaced = [item.claim for item in standing_claims(part, dataset, registered) if item.standing is Standing.HISTORY]
    told = dict(now)
    for claim in replaced:
        if claim.license not in now and day <= (claim.until or claim.as_of):
            source = registered.sources[claim.source].title if claim.source in registered.sources else claim.source
            said = f"{source}, {claim.as_of.isoformat()}; {_since(now, part, registered)}, after you obtained it"
            told[claim.license] = (*told.get(claim.license, ()), said)
    return dict(_closed_since(now, part, day, registered)) | told


def _closed_since(
    now: Mapping[str, tuple[str, ...]], part: Distribution, day: date, registered: Registered
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what sources that repeat another, or defer to it, last stated after the day, and state no longer."""
    for past in part.past:
        source = registered.sources.get(past.source)
        name = past.license or UNDESCRIBED
        if source is None or past.stated_as is None or name in now or day > past.last:
            continue
        if source.older_form_of is None and not registered.speaks_for_itself(past.source):
            yield name, (f"{source.title}, until {past.last}; {_since(now, part, registered)}, after you obtained it",)


def _record(part: Distribution, dataset: Dataset, holding: Holding, registered: Registered) -> Then | None:
    if holding.obtained_from is Route.IDC:
        return _record_of_idc(dataset, holding, registered)
    if holding.obtained_from is Route.TCIA:
        return _record_of_tcia(part, dataset, holding, registered)
    return None


def _record_of_idc(dataset: Dataset, holding: Holding, registered: Registered) -> Then | None:
    known = registered.releases
    meant = releases_meant(holding.version, holding.obtained_on, known)
    if meant is None:
        return None
    if not meant.releases:
        return _earliest_of_idc(dataset)
    if meant.releases[0].idc == known[-1].idc:
        return None
    runs = runs_meant(meant, dataset.idc_history, known)
    if not runs:
        return None
    names = " or ".join(dict.fromkeys(f"v{item.idc}" for item in meant.releases))
    licenses: dict[str, str] = {}
    for position in runs:
        run = dataset.idc_history[position]
        if _is_passing(position, dataset.idc_history):
            licenses[CHANGING] = f"IDC's label changed to this in {run.first} and back after {run.last}"
        if run.unlabeled:
            licenses[NONE_STATED] = f"IDC's index {run.first} stated no license"
        licenses |= dict.fromkeys(run.licenses, f"IDC {names}, when you obtained it, by your word")
    return Then(licenses)


def _earliest_of_idc(dataset: Dataset) -> Then | None:
    """Return IDC's earliest labels on record, for a copy of a release before them, or of one that is not known."""
    if not dataset.idc_history:
        return None
    first = dataset.idc_history[0]
    said = f"IDC's earliest label on record, {first.first}; what it was when you obtained it is not on record"
    return Then(dict.fromkeys(first.licenses, said), is_earliest=True)


def _is_passing(position: int, runs: Sequence[IdcRun]) -> bool:
    """Return whether the label before a run came back after it: such a label is no statement to rely on."""
    around = [(before.licenses, after.licenses) for before, after in pairwise(runs[position - 1 : position + 2 : 2])]
    return position > 0 and any(before == after != runs[position].licenses for before, after in around)


def _record_of_tcia(part: Distribution, dataset: Dataset, holding: Holding, registered: Registered) -> Then | None:
    """Return the labels that TCIA may have had while the copy was obtained; `None` where it is that of today.

    Between the last day of a label and the first of the next one, either may have held.
    """
    days = _days_of_copy(holding, dataset)
    of_tcia = tuple(past for past in part.past if registered.speaks_for_itself(past.source))
    if days is None or not of_tcia or not part.claims:
        return None
    # What a copy of TCIA's labels has had since before the last of the earlier ones is of another time.
    since = [
        claim.since
        for claim in part.claims
        if claim.since is not None
        and claim.scope is ClaimScope.DISTRIBUTION
        and (claim.since > of_tcia[-1].first or registered.speaks_for_itself(claim.source))
    ]
    if since and days.first >= min(since):
        return None
    held = [past for past in of_tcia if _may_have_held(past, days, of_tcia, since)]
    when = days.when if held else "the earliest on record, later than your copy"
    licenses = {
        past.license or (NONE_STATED if past.stated_as is None else UNDESCRIBED): (
            f"TCIA's label from {past.first} to {past.last}: {past.stated_as or 'none'}, {when}"
        )
        for past in held or of_tcia[:1]
    }
    return Then(licenses, is_earliest=not held or days.first < of_tcia[0].first)


@dataclass(frozen=True)
class _DaysOfCopy:
    """The days on which a copy may have been obtained, both included, and by whose word."""

    first: date
    last: date
    when: str


def _days_of_copy(holding: Holding, dataset: Dataset) -> _DaysOfCopy | None:
    """Return the day that the user states, or else the days on which the version was the newest of its archive.

    `None` where neither is known.
    """
    if holding.obtained_on is not None:
        return _DaysOfCopy(holding.obtained_on, holding.obtained_on, "when you obtained it, by your word")
    named = _number_of(holding.version or "")
    dated = [each for each in dataset.versions if each.day is not None]
    began = next((each.day for each in dated if _number_of(each.number) == named), None) if named else None
    if began is None:
        return None
    later = [each.day for each in dated if each.day is not None and each.day > began]
    return _DaysOfCopy(began, min(later, default=date.max), f"while version {named} was the newest, which is your word")


def _number_of(version: str) -> str:
    """Return `2` for `2`, `v2`, `version 2` and `2.0`; nothing for what is no number of a version."""
    found = _VERSION.fullmatch(version.strip())
    return "" if found is None else found["number"]


def _may_have_held(past: PastClaim, days: _DaysOfCopy, of_tcia: Sequence[PastClaim], since: Sequence[date]) -> bool:
    """Return whether the label may have held on one of the days: after the one before it, and before the next.

    That no license was stated for a while takes nothing back.
    """
    before = max((each.last for each in of_tcia if each.last < past.first), default=None)
    next_ones = (each.first for each in of_tcia if each.stated_as is not None or past.stated_as is None)
    after = min((day for day in (*next_ones, *since) if day > past.last), default=None)
    begins = past.first if before is None else before + _A_DAY
    return begins <= days.last and (after is None or days.first < after)


def _since(now: Mapping[str, tuple[str, ...]], part: Distribution, registered: Registered) -> str:
    names = [registered.licenses[name].short_name if name in registered.licenses else name for name in now]
    days = sorted({claim.since for claim in part.claims if claim.license in now and claim.since is not None})
    return f"{' or '.join(names) or 'no license'} today{f', on record since {days[0]}' if days else ''}"


def _is_closed(names: Iterable[str], licenses: Mapping[str, License]) -> bool:
    return any(name in licenses and licenses[name].access is Access.CONTROLLED for name in names)


def _restricts_no_less(name: str, now: Iterable[str], licenses: Mapping[str, License]) -> bool:
    """Return whether the license is known and open, and grants no more than each of those of today."""
    mine = licenses.get(name)
    others = [licenses.get(other) for other in now]
    if mine is None or not mine.terms_known or mine.access is Access.CONTROLLED or not others:
        return False
    return all(
        other is not None and set(mine.permits) <= set(other.permits) and set(mine.prohibits) >= set(other.prohibits)
        for other in others
    )
