"""What held for a copy when it was obtained: by the version of IDC, or by the day.

A license that was granted stays granted for that copy. A record of the day never opens more than what is stated today:
where it would, both count. The day and the version are the user's word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tcia_policy.model import Access, ClaimScope, Dataset, Distribution, Holding, IdcRun, License, Route
from tcia_policy.registry.idc_releases import releases_named, releases_of
from tcia_policy.registry.standing import Registered

NOT_STATED = "LicenseRef-none-stated"
CHANGING = "LicenseRef-changing-label"
UNDESCRIBED = "LicenseRef-earlier-label"


@dataclass(frozen=True)
class Then:
    """The licenses on record for the copy, each with who stated it; what is none to rely on has an id of its own."""

    licenses: Mapping[str, str]


def with_license_then(
    now: Mapping[str, tuple[str, ...]], part: Distribution, dataset: Dataset, holding: Holding, registered: Registered
) -> dict[str, tuple[str, ...]]:
    """Return the licenses that a copy of the part may be under, `now` being those that the sources state today.

    Where the record of the day is of one license that restricts no less than those of today, it alone counts. Where
    the record is of another, of several, or of none to rely on, both it and those of today count. Data that are
    controlled today stay what they are: whether an early copy of them is open is a question of its own.
    """
    then = _record(part, dataset, holding, registered)
    if then is None or set(then.licenses) <= set(now) or _is_closed(now, registered.licenses):
        return dict(now)
    told: dict[str, tuple[str, ...]] = {
        name: (f"{said}; {_since(now, part, registered)}",) for name, said in then.licenses.items()
    }
    (first, *others) = told
    if not others and _restricts_no_less(first, now, registered.licenses):
        return told
    return told | {name: sources for name, sources in now.items() if name not in told}


def _record(part: Distribution, dataset: Dataset, holding: Holding, registered: Registered) -> Then | None:
    if holding.obtained_from is Route.IDC:
        return _record_of_idc(dataset, holding, registered)
    if holding.obtained_from is Route.TCIA:
        return _record_of_tcia(part, holding, registered)
    return None


def _record_of_idc(dataset: Dataset, holding: Holding, registered: Registered) -> Then | None:
    known = registered.releases
    meant = releases_named(holding.version, known) if holding.version else ()
    if not meant and holding.obtained_on:
        meant = releases_of(holding.obtained_on, known)
    if not meant or meant[-1].idc == known[-1].idc:
        return None
    order = [item.version for item in known]
    runs = [
        position
        for position, run in enumerate(dataset.idc_history)
        if any(order.index(run.first) <= order.index(item.version) <= order.index(run.last) for item in meant)
    ]
    if not runs:
        return None
    names = " or ".join(dict.fromkeys(f"v{item.idc}" for item in meant))
    licenses: dict[str, str] = {}
    for position in runs:
        run = dataset.idc_history[position]
        if _is_passing(position, dataset.idc_history):
            licenses[CHANGING] = f"IDC's label changed to this in {run.first} and back after {run.last}"
        if run.unlabeled:
            licenses[NOT_STATED] = f"IDC's index {run.first} stated no license"
        licenses |= dict.fromkeys(run.licenses, f"IDC {names}, when you obtained it, by your word")
    return Then(licenses)


def _is_passing(position: int, runs: Sequence[IdcRun]) -> bool:
    """Return whether the label before a run came back after it: such a label is no statement to rely on."""
    around = [(before.licenses, after.licenses) for before, after in pairwise(runs[position - 1 : position + 2 : 2])]
    return position > 0 and any(before == after != runs[position].licenses for before, after in around)


def _record_of_tcia(part: Distribution, holding: Holding, registered: Registered) -> Then | None:
    day = holding.obtained_on
    if day is None or not part.past or day < part.past[0].first or not part.claims:
        return None
    since = [claim.since for claim in part.claims if claim.since is not None and claim.scope is ClaimScope.DISTRIBUTION]
    if since and day >= min(since):
        return None
    held = [past for past in part.past if past.first <= day]
    past = held[-1]
    name = past.license or (NOT_STATED if past.stated_as is None else UNDESCRIBED)
    label = past.stated_as or "none"
    said = f"TCIA's label from {past.first} to {past.last}: {label}, when you obtained it, by your word"
    return Then({name: said})


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
