"""A table that was audited, as text: the answer, a line for each group, what keeps it from being clear."""

from collections.abc import Iterator, Sequence

from tcia_policy.model.audit import Audited, AuditedGroup, Barrier, SeriesCount
from tcia_policy.reports.labels import activity_names, in_a_row
from tcia_policy.reports.lines import Page, table
from tcia_policy.text.english import count, first_of
from tcia_policy.text.sanitize import clean, shortened

MOST_GROUPS = 15
MOST_ITEMS = 10
MOST_BARRIERS = 2
MOST_NAMES = 3
LONGEST_NAME = 32
NO_GROUP = "(none)"


def render_audit(audited: Audited, width: int = 80, *, verbose: bool = False) -> str:
    """Return the answer; the groups, the worst first, with what keeps each from being clear; then all data items.

    Of many it has the first, and says how many more there are; `verbose` has all.
    """
    page = Page(width)
    lines = page.wrapped(f"{_short(audited.summary)}.", "AUDIT  ")
    lines += page.wrapped(_use(audited), "       ")
    groups = audited.groups if verbose else audited.groups[:MOST_GROUPS]
    lines += ["", *_groups(groups, page, verbose=verbose)]
    lines += _more(len(audited.groups) - len(groups), "group")
    items = audited.items if verbose else audited.items[:MOST_ITEMS]
    lines += ["", "All groups together, each series once" if audited.each_series_once else "All groups together"]
    lines += table(
        [
            (
                _name(item.name),
                item.verdict.value,
                "" if item.series is None else f"{item.series:,} series",
                f"in {count(item.groups, 'group')}",
            )
            for item in items
        ],
        "  ",
    )
    lines += _more(len(audited.items) - len(items), "data item")
    return "\n".join([*lines, "", *_notes(audited, page)]) + "\n"


def _use(audited: Audited) -> str:
    purpose = "purpose not stated" if audited.purpose is None else f"{audited.purpose.value} use"
    activities = activity_names(audited.activities) if audited.activities_stated else "activities not stated"
    return f"{purpose}: {activities}"


def _groups(groups: Sequence[AuditedGroup], page: Page, *, verbose: bool) -> Iterator[str]:
    """Yield the groups in columns, and below each what keeps it from being clear."""
    rows = [("group", "stands", "series", "not found", "rows")]
    rows += [
        (
            _group_name(each.group),
            each.stands,
            f"{each.counted.series:,}",
            _unknown(each.counted),
            f"{each.counted.rows:,}",
        )
        for each in groups
    ]
    heading, *lines = table(rows, "  ")
    yield heading
    for group, line in zip(groups, lines, strict=True):
        yield line
        barriers = group.barriers if verbose else group.barriers[:MOST_BARRIERS]
        for barrier in barriers:
            yield from page.wrapped(_barrier(barrier, group), "      ", "        ")
        if len(group.barriers) > len(barriers):
            yield f"      and {len(group.barriers) - len(barriers)} more: -v"
        if group.counted.rows_without_series:
            yield f"      {count(group.counted.rows_without_series, 'row')} without a series"


def _barrier(barrier: Barrier, group: AuditedGroup) -> str:
    names = {item.id: _short(item.name) for item in group.items}
    about = in_a_row(first_of([names.get(each, each) for each in barrier.items], MOST_NAMES)) or "the study"
    missing = f" (not known: {in_a_row(first_of(barrier.missing, MOST_NAMES))})" if barrier.missing else ""
    return f"{'open' if barrier.verdict is None else barrier.verdict.value}: {barrier.title}: {about}{missing}"


def _notes(audited: Audited, page: Page) -> Iterator[str]:
    if not audited.counted.unknown_is_exact:
        yield from page.wrapped("Series not found are counted by their hashes: their number is within some percent.")
    yield from page.wrapped(
        f"Counted by {audited.engine}; series as of idc-index-data {audited.versions.idc_index_data}, "
        f"rules of {audited.as_of.isoformat()}, registry {audited.versions.registry}."
    )
    yield from page.wrapped("No manuscript was looked at: citations and other texts that are owed are not checked.")
    yield from page.wrapped(audited.disclaimer)


def _unknown(counted: SeriesCount) -> str:
    return f"{'' if counted.unknown_is_exact else '~'}{counted.unknown_series:,}"


def _more(number: int, what: str) -> list[str]:
    return [f"  and {count(number, f'more {what}')}: -v"] if number else []


def _group_name(name: str | None) -> str:
    """Return the name of a group. One that is `(none)` itself is told apart by quotation marks."""
    if name is None:
        return NO_GROUP
    shown = _name(name)
    return f"‘{shown}’" if shown == NO_GROUP or not shown else shown


def _name(text: str) -> str:
    return shortened(clean(text), LONGEST_NAME)


def _short(text: str) -> str:
    return shortened(clean(text), 300)
