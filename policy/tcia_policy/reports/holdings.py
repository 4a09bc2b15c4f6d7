"""What a selection resolved to, as text."""

from collections.abc import Mapping, Sequence

from tcia_policy.model import Holding, HoldingKind, License
from tcia_policy.text.english import size
from tcia_policy.text.sanitize import clean


def render_holdings(holdings: Sequence[Holding], licenses: Mapping[str, License]) -> str:
    """Return a line for each data item: name, series, size, license by IDC's index; then what did not resolve."""
    rows = [_row(holding, licenses) for holding in holdings]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = []
    for holding, (name, series, extent, rest) in zip(holdings, rows, strict=True):
        lines.append(f"{name:<{widths[0]}}  {series:>{widths[1]}}  {extent:>{widths[2]}}  {rest}".rstrip())
        lines += [f"    {clean(example)}" for example in holding.examples]
        if holding.named_otherwise:
            lines.append(f"    the file is named after {clean(holding.named_otherwise)}")
    return "\n".join(lines) + "\n"


def _row(holding: Holding, licenses: Mapping[str, License]) -> tuple[str, str, str, str]:
    series = "" if holding.series is None else f"{holding.series:,} series"
    extent = "" if holding.size_mb is None else size(holding.size_mb)
    if holding.kind is not HoldingKind.DATASET:
        return clean(holding.name), series, extent, f"[{holding.kind.value}] {clean(holding.license or '')}"
    named = ", ".join(licenses[item].short_name if item in licenses else item for item in holding.claimed_licenses)
    parts = "" if holding.series is not None else f"{len(holding.distributions)} parts"
    return clean(holding.name), series or parts, extent, clean(named)
