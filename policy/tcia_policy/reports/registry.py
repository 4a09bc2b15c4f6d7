"""The registry's state and the disagreements in it, as text."""

from collections import Counter
from collections.abc import Mapping, Sequence

from tcia_policy.model import ClaimScope, License, LicenseClaim, Source
from tcia_policy.registry import IndexEntry, Registry
from tcia_policy.registry.conflicts import Conflict
from tcia_policy.reports.labels import dated
from tcia_policy.text.sanitize import clean


def render_status(registry: Registry) -> str:
    """Return counts by kind, and every source with its day."""
    kinds = Counter(entry.kind for entry in registry.entries)
    lines = [f"Registry of {registry.version}: {len(registry.entries)} datasets"]
    lines += [f"  {count:>4}  {kind}" for kind, count in sorted(kinds.items())]
    lines += ["", "Sources"]
    for source in registry.sources.values():
        version = f", version {source.version}" if source.version else ""
        lines += [f"  {source.title}{version}: {dated(source)}", f"    {source.url}"]
    return "\n".join(lines) + "\n"


def render_entries(entries: Sequence[IndexEntry]) -> str:
    """Return a line for each dataset: id, kind, program, DOI, licenses that any source states."""
    rows = [
        (entry.id, entry.kind.value, entry.program or "-", entry.doi, ", ".join(entry.licenses)) for entry in entries
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "".join(
        "  ".join((*(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)), row[-1])) + "\n"
        for row in rows
    )


def render_conflicts(
    conflicts: Sequence[Conflict], licenses: Mapping[str, License], sources: Mapping[str, Source]
) -> str:
    """Return each conflict with its claims side by side; last, how many there are."""
    lines: list[str] = []
    for conflict in conflicts:
        lines.append(f"{conflict.dataset} ({', '.join(conflict.distributions)})")
        lines += [f"  {line}" for line in claim_lines(conflict.claims, licenses, sources)]
    datasets = len({conflict.dataset for conflict in conflicts})
    lines += ["", f"{datasets} datasets have parts for which the sources state different licenses."]
    return "\n".join(lines) + "\n"


def claim_lines(
    claims: Sequence[LicenseClaim], licenses: Mapping[str, License], sources: Mapping[str, Source]
) -> list[str]:
    """Return a line for each claim: license, who states it, when, in which words and where."""
    rows = []
    for claim in claims:
        named = licenses[claim.license].short_name if claim.license in licenses else claim.license
        title = sources[claim.source].title if claim.source in sources else claim.source
        whole = ", of the whole collection" if claim.scope is ClaimScope.COLLECTION else ""
        rows.append((named, f"{title}, {claim.as_of.isoformat()}: {clean(claim.stated_as)} ({claim.field}{whole})"))
    width = max((len(named) for named, _ in rows), default=0)
    return [f"{named:<{width}}  {said}" for named, said in rows]
