"""What is there to decide and what was decided, on a screen."""

from collections.abc import Iterator
from itertools import groupby

from tcia_policy.model.decision import DecisionRead
from tcia_policy.model.matter import MatterKind
from tcia_policy.model.open_entry import OpenEntry, ReviewListing
from tcia_policy.reports.lines import Page

HEADS = {MatterKind.QUESTION: "QUESTION", MatterKind.PROHIBITION: "PROHIBITED", MatterKind.DUTY: "DUTY"}


def render_review_list(listing: ReviewListing, width: int) -> str:
    """Return the list: the summary, each open thing with its id and what may be decided, and every decision."""
    page = Page(width)
    title = f"{listing.title}: " if listing.title else ""
    lines = [*page.wrapped(f"{title}{listing.summary}"), ""]
    for is_duty, entries in groupby(listing.entries, key=lambda each: each.kind is MatterKind.DUTY):
        if is_duty:
            lines += _of_duties(tuple(entries), page)
        else:
            lines += (line for entry in entries for line in _of_entry(entry, page))
    for each in listing.decisions:
        lines += _of_decision(each, page)
    return "\n".join(lines).rstrip("\n") + "\n"


def head_of(entry: OpenEntry) -> str:
    """Return what kind of thing an entry is: `QUESTION 2`, with the number that `check` has for it."""
    return HEADS[entry.kind] if entry.number is None else f"{HEADS[entry.kind]} {entry.number}"


def _of_entry(entry: OpenEntry, page: Page) -> Iterator[str]:
    where = f" ({entry.place})" if entry.place else ""
    yield from page.labeled(head_of(entry), f"{entry.id}{where}")
    yield from page.labeled("", entry.text)
    if entry.ask:
        yield from page.labeled("", f"ask {entry.ask}")
    yield from _what_is_known(entry, page)
    if entry.choices and not entry.decided_by:
        yield from page.labeled("", _choices(entry))


def _of_duties(entries: tuple[OpenEntry, ...], page: Page) -> Iterator[str]:
    """Return the lines of duties: those of one text below it, and what may be decided on them once, at the end."""
    for text in dict.fromkeys(each.text for each in entries):
        yield from page.labeled("DUTY", text)
        for entry in (each for each in entries if each.text == text):
            status = "" if entry.status is None else f" ({entry.status.value})"
            yield from page.labeled("", f"{entry.id}{status}")
            yield from _what_is_known(entry, page)
    for said in dict.fromkeys(_choices(each) for each in entries if each.choices and not each.decided_by):
        yield from page.labeled("each duty", said)


def _what_is_known(entry: OpenEntry, page: Page) -> Iterator[str]:
    for asked in entry.referred:
        yield from page.labeled("", f"asked already: {asked}")
    if entry.decided_by:
        yield from page.labeled("", f"decided: {', '.join(entry.decided_by)}")


def _choices(entry: OpenEntry) -> str:
    return f"choices: {', '.join(each.key for each in entry.choices)}"


def _of_decision(each: DecisionRead, page: Page) -> Iterator[str]:
    decision = each.decision
    yield from page.labeled("DECISION", f"{decision.name}: {decision.kind.value}, {each.status.value}")
    yield from page.labeled("", f"{each.text} ({decision.by}, {decision.role}, {decision.on.isoformat()})")
    for said in (each.why, each.right):
        if said is not None:
            yield from page.labeled("", said)
