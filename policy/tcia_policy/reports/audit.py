"""A table that was audited, as text: the answer, a line for each group, what keeps it from being clear."""

from collections.abc import Iterator, Sequence

from tcia_policy.model.audit import Audited, AuditedGroup, Barrier, SeriesCount
from tcia_policy.reports.labels import activity_names, in_a_row
from tcia_policy.reports.lines import Page, table
from tcia_policy.text.english import count, first_of
from tcia_policy.text.sanitize import clean, shortened

MOST_GROUPS = 15
MOST_ITEMS = 10
MOST_BARRIERS = 8
LONGEST_NAME = 40
NO_GROUP = "(none)"
HEADS = ("series", "not found", "rows")


def render_audit(audited: Audited, width: int = 80, *, verbose: bool = False) -> str:
    """Return the answer; the groups, the worst first; what keeps them from being clear; and all data items.

    Of many it has the first, and says how many more there are. `verbose` has all, and what is said of each group.
    """
    page = Page(width)
    lines = page.wrapped(f"{_short(audited.summary)}.", "AUDIT  ")
    lines += page.wrapped(_use(audited), "       ")
    lines += ["", *_groups(audited.groups, page, None if verbose else MOST_GROUPS)]
    told = list(_barriers(audited.groups))
    if told:
        lines += ["", "What keeps groups from being clear"]
        lines += [line for each in told[: None if verbose else MOST_BARRIERS] for line in page.wrapped(*each)]
        lines += [] if verbose else _more(len(told) - MOST_BARRIERS, "reason")
    lines += ["", "All groups together, each series once" if audited.each_series_once else "All groups together"]
    items = audited.items[: None if verbose else MOST_ITEMS]
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


def _groups(groups: Sequence[AuditedGroup], page: Page, most: int | None) -> Iterator[str]:
    """Yield the groups in columns; where all are told (`most` is `None`), each with what is said of it."""
    told = groups[:most]
    numbers = [(f"{each.counted.series:,}", _unknown(each.counted), f"{each.counted.rows:,}") for each in told]
    broad = [max(map(len, column)) for column in zip(*numbers, HEADS, strict=True)]
    heads = tuple(f"{head:>{width}}" for head, width in zip(HEADS, broad, strict=True))
    rows = [("group", "stands", *heads)]
    for group, values in zip(told, numbers, strict=True):
        shown = (f"{value:>{width}}" for value, width in zip(values, broad, strict=True))
        rows.append((_group_name(group.group), group.stands, *shown))
    heading, *lines = table(rows, "  ")
    yield heading
    for group, line in zip(told, lines, strict=True):
        yield line
        if most is None:
            yield from _details(group, page)
    yield from _more(len(groups) - len(told), "group")


def _details(group: AuditedGroup, page: Page) -> Iterator[str]:
    names = {item.id: _short(item.name) for item in group.items}
    for barrier in group.barriers:
        about = in_a_row(first_of([names.get(each, each) for each in barrier.items])) or "the study"
        missing = f" (not known: {in_a_row(barrier.missing)})" if barrier.missing else ""
        yield from page.wrapped(f"{_word(barrier)}: {barrier.title}: {about}{missing}", "      ", "        ")
    if group.counted.example is not None:
        others = " and others" if group.counted.unknown_series > 1 else ""
        yield f"      not found: {shortened(clean(group.counted.example), 70)}{others}"
    if group.counted.rows_without_series:
        yield f"      {count(group.counted.rows_without_series, 'row')} without a series"


def _barriers(groups: Sequence[AuditedGroup]) -> Iterator[tuple[str, str, str]]:
    """Yield each thing that keeps groups from being clear: in how many, and which data items it is about."""
    alike: dict[tuple[str, str], list[tuple[AuditedGroup, Barrier]]] = {}
    for group in groups:
        for barrier in group.barriers:
            alike.setdefault((_word(barrier), barrier.title), []).append((group, barrier))
    for (word, title), told in alike.items():
        items = dict.fromkeys(
            _short(item.name) for group, barrier in told for item in group.items if item.id in barrier.items
        )
        about = in_a_row(first_of(list(items))) or "the study"
        text = f"{title}: {about} ({count(len(told), 'group')})"
        yield text, f"  {word:<14}", " " * 16


def _word(barrier: Barrier) -> str:
    return "open" if barrier.verdict is None else barrier.verdict.value


def _notes(audited: Audited, page: Page) -> Iterator[str]:
    if audited.counted.rows_without_series:
        rows = f"{audited.counted.rows_without_series:,}"
        yield from page.wrapped(
            f"Rows that name no series: {rows}. They are passed over; a group that has nothing else is undetermined."
        )
    if not audited.counted.unknown_is_exact:
        yield from page.wrapped("Series not found are counted by their hashes: their number is within some percent.")
    yield from page.wrapped(
        f"Counted by {audited.engine}; series as of idc-index-data {audited.versions.idc_index_data}, "
        f"rules of {audited.as_of.isoformat()}, registry {audited.versions.registry}."
    )
    yield from page.wrapped(
        "No manuscript was looked at: citations and other texts that are owed, also by groups that are clear, are not "
        "checked."
    )
    yield from page.wrapped(audited.disclaimer)


def _unknown(counted: SeriesCount) -> str:
    return f"{'' if counted.unknown_is_exact else '~'}{counted.unknown_series:,}"


def _more(number: int, what: str) -> list[str]:
    return [f"  and {count(number, f'more {what}')}: -v"] if number > 0 else []


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
