"""The registry's state and the disagreements in it, as text."""

from collections.abc import Mapping, Sequence

from tcia_policy.model import ClaimScope, Distribution, IdcRun, License, RegistryPlace, Source, SourceAge
from tcia_policy.registry.conflicts import Conflict
from tcia_policy.registry.standing import Standing, StandingClaim
from tcia_policy.registry.status import RegistryStatus
from tcia_policy.reports.labels import dated
from tcia_policy.text import english
from tcia_policy.text.sanitize import clean

PLACES = {
    RegistryPlace.SHIPPED: "the one that came with the program",
    RegistryPlace.OWN: "your own",
    RegistryPlace.NAMED: "the one that was named",
}


def render_status(status: RegistryStatus) -> str:
    """Return which registry it is, counts by kind, the index of series, and every source with its day and age."""
    ages = {each.id: each for each in status.ages}
    lines = [status.summary, f"  {PLACES[status.place]}{'' if status.folder is None else f': {clean(status.folder)}'}"]
    lines += [f"  {count:>4}  {kind}" for kind, count in status.kinds.items()]
    lines += [f"Index: {status.series:,} series of IDC, as of idc-index-data {status.idc_index_data}; undamaged"]
    lines += ["", "Sources"]
    for source in status.sources:
        version = f", version {source.version}" if source.version else ""
        lines += [f"  {source.title}{version}: {_days(source)}{_ago(ages.get(source.id))}", f"    {source.url}"]
    return "\n".join(lines) + "\n"


def _days(source: Source) -> str:
    return dated(source) if source.until is None else f"{dated(source)} to {source.until.isoformat()}"


def _ago(age: SourceAge | None) -> str:
    if age is None or age.age < 0:
        return ""
    return f", {'at least ' if age.at_least else ''}{english.count(age.age, 'day')} ago"


def render_conflicts(
    conflicts: Sequence[Conflict], left_out: int, licenses: Mapping[str, License], sources: Mapping[str, Source]
) -> str:
    """Return each conflict with its claims side by side; last, how many there are, and how many were left out."""
    lines: list[str] = []
    for conflict in conflicts:
        lines.append(f"{conflict.dataset} ({', '.join(conflict.distributions)}){_of_which_times(conflict)}")
        lines += [f"  {line}" for line in claim_lines(conflict.claims, licenses, sources)]
    count = sum(conflict.is_open for conflict in conflicts)
    lines += ["", f"The sources disagree today in {english.count(count, 'place')}."]
    if left_out:
        lines.append(
            f"{left_out} further differences are history, or a matter of which part is meant; --all shows them."
        )
    return "\n".join(lines) + "\n"


def _of_which_times(conflict: Conflict) -> str:
    if not conflict.is_open:
        return ""
    return ", stated at the same time" if conflict.is_of_one_time else ", stated at different times"


def claim_lines(
    claims: Sequence[StandingClaim], licenses: Mapping[str, License], sources: Mapping[str, Source]
) -> list[str]:
    """Return a line for each claim: license, who states it, when, in which words and where, and what became of it."""
    rows = []
    for item in claims:
        claim = item.claim
        title = sources[claim.source].title if claim.source in sources else claim.source
        whole = ", of the whole collection" if claim.scope is ClaimScope.COLLECTION else ""
        said = f"{title}, {claim.as_of.isoformat()}: {clean(claim.stated_as)} ({claim.field}{whole})"
        rows.append((_named(claim.license, licenses), said + _what_became_of(item, sources)))
    width = max((len(named) for named, _ in rows), default=0)
    return [f"{named:<{width}}  {said}" for named, said in rows]


def past_lines(part: Distribution, licenses: Mapping[str, License]) -> list[str]:
    """Return a line for each label that the part had before, with the days on which it was seen."""
    return [
        f"before: {clean(past.stated_as or 'no license')}"
        f"{'' if past.license is None else f' ({_named(past.license, licenses)})'},"
        f" seen from {past.first.isoformat()} to {past.last.isoformat()}"
        for past in part.past
    ]


def idc_lines(runs: Sequence[IdcRun], licenses: Mapping[str, License]) -> list[str]:
    """Return a line for each run of versions of IDC's index, with what they gave the series of a dataset."""
    lines = []
    for run in runs:
        stated = [_named(name, licenses) for name in run.licenses] + (["no license"] if run.unlabeled else [])
        versions = run.first if run.first == run.last else f"{run.first} to {run.last}"
        lines.append(f"{versions}: {' or '.join(stated)}")
    return lines


def _what_became_of(item: StandingClaim, sources: Mapping[str, Source]) -> str:
    if item.standing is Standing.OTHER_PART:
        return " [meant for another part]"
    if item.standing is Standing.OLDER_FIELD:
        return " [an older field; the newer one counts]"
    if item.standing is Standing.DEFERRING and item.replaced_by is not None:
        return f" [defers to: {item.replaced_by.stated_as}]"
    if item.replaced_by is not None:
        newer = item.replaced_by
        return f" [history: {newer.stated_as} on {(newer.since or newer.as_of).isoformat()}]"
    source = sources.get(item.claim.source)
    return " [a copy of TCIA's label]" if source is not None and source.copies is not None else ""


def _named(license_id: str, licenses: Mapping[str, License]) -> str:
    return licenses[license_id].short_name if license_id in licenses else license_id
