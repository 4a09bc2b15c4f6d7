"""What a selection resolved to, as text."""

from collections.abc import Mapping, Sequence

from tcia_policy.engine.resolved import Resolved
from tcia_policy.model import Holding, HoldingKind, License
from tcia_policy.reports.how_counted import counted_in_words
from tcia_policy.reports.labels import place
from tcia_policy.reports.lines import Page
from tcia_policy.text.english import count, size
from tcia_policy.text.sanitize import clean


def render_resolved(found: Resolved, licenses: Mapping[str, License], width: int = 80) -> str:
    """Return the answer; a line for each data item: name, series, size, license by IDC's index; then what is missing.

    Last, how words for parts were read.
    """
    page = Page(width)
    known = [holding for holding in found.holdings if holding.id not in found.not_found]
    missing = [holding for holding in found.holdings if holding.id in found.not_found]
    lines = [*page.wrapped(f"{found.summary}.", "RESOLVE  ")]
    lines += ["", *_lines(known, licenses)] if known else []
    lines += ["", "Not found", *_lines(missing, licenses)] if missing else []
    if found.words:
        lines += ["", "Words for parts, as they were read"]
        for read in found.words:
            lines += page.wrapped(f"{read.holding}: ‘{read.word}’ is {'; '.join(read.parts)}", "  ", "    ")
    for each in found.remarks:
        lines += ["", *page.wrapped(f"{clean(each.text)}.", "NOTE  ")]
    if found.idc_index_data is not None:
        lines += ["", *page.wrapped(f"Series as of idc-index-data {found.idc_index_data}, registry {found.registry}.")]
    return "\n".join(lines) + "\n"


def _lines(holdings: Sequence[Holding], licenses: Mapping[str, License]) -> list[str]:
    rows = [_row(holding, licenses) for holding in holdings]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = []
    for holding, (name, series, extent, rest) in zip(holdings, rows, strict=True):
        lines.append(f"{name:<{widths[0]}}  {series:>{widths[1]}}  {extent:>{widths[2]}}  {rest}".rstrip())
        lines += [f"    {_quoted(example)}" for example in holding.examples]
        lines += [f"    {clean(said)}" for said in counted_in_words(holding)]
        if holding.shown_by is not None:
            lines.append(f"    from {place(holding.obtained_from)}, shown by {clean(holding.shown_by)}")
        if holding.named_otherwise:
            lines.append(f"    the file is named after {clean(holding.named_otherwise)}")
    return lines


def _row(holding: Holding, licenses: Mapping[str, License]) -> tuple[str, str, str, str]:
    series = "" if holding.series is None else f"{holding.series:,} series"
    extent = "" if holding.size_mb is None else size(holding.size_mb)
    if holding.kind is not HoldingKind.DATASET:
        return clean(holding.name), series, extent, f"[{holding.kind.value}] {clean(holding.license or '')}"
    named = ", ".join(licenses[item].short_name if item in licenses else item for item in holding.claimed_licenses)
    parts = "" if holding.series is not None else count(len(holding.distributions), "part")
    return clean(holding.name), series or parts, extent, clean(named)


def _quoted(line: str) -> str:
    """Return a line of a file, made safe; its tabs keep its cells apart."""
    return "\t".join(map(clean, line.split("\t")))
