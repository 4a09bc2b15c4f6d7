"""Duties on a screen, as a checklist with their texts."""

from collections.abc import Iterator, Sequence

from tcia_policy.model import Duty
from tcia_policy.reports.alike import ITEM_SLOT, with_slots
from tcia_policy.reports.labels import STATUS_MARK, contact, in_a_row, reference
from tcia_policy.reports.screen.painted_page import BOLD, DIM, STATUS_COLOR, PaintedPage
from tcia_policy.reports.view import DutyGroup, DutyView
from tcia_policy.text.english import count


def duty_lines(page: PaintedPage, groups: Sequence[DutyGroup], heading: str, *, in_full: bool = False) -> Iterator[str]:
    """Yield the duties by kind with their texts. What one rule asks of several data items is told once, unless
    `in_full`: then each has its own text, rule and source."""
    if groups:
        marks = ", ".join(f"{mark} {status.value}" for status, mark in STATUS_MARK.items())
        yield f"{page.painted(heading, BOLD)}  {page.painted(marks, DIM)}"
    for group in groups:
        kind = group.kind.value
        yield f"  {kind}" if len(group.duties) == 1 else f"  {kind} ({count(len(group.duties), 'item')})"
        for alike in _by_rule(group.duties):
            if len(alike) > 1 and alike[0].duty.title and not in_full:
                yield from _duty_for_all(page, alike)
            else:
                for item in alike:
                    yield from _duty(page, item)
                    yield from _basis(page, item) if in_full else ()


def _by_rule(duties: Sequence[DutyView]) -> list[list[DutyView]]:
    """Return duties of one rule and status together, references each by itself."""
    groups: dict[tuple[object, ...], list[DutyView]] = {}
    for number, item in enumerate(duties):
        alone = number if item.citation is not None or item.duty.evidence or item.duty.wordings else None
        groups.setdefault((item.duty.rule, item.duty.status, alone), []).append(item)
    return list(groups.values())


def _duty_for_all(page: PaintedPage, alike: Sequence[DutyView]) -> Iterator[str]:
    """Yield what one rule asks of several data items: once its title with the items, once its text for all of them."""
    duty = alike[0].duty
    mark = page.painted(STATUS_MARK[duty.status], STATUS_COLOR[duty.status])
    about = in_a_row(list(dict.fromkeys(name for item in alike for name in item.holdings)))
    yield from page.wrapped(f"{duty.title}: {about}{_hearsay(duty)} [{duty.rule}]", 8, first=f"    {mark} ")
    texts = dict.fromkeys(with_slots(item.duty.text, item.holdings[0] if item.holdings else None) for item in alike)
    for text in texts:
        yield from page.wrapped(text.replace(ITEM_SLOT, "these data"), 10, first=" " * 10)


def _duty(page: PaintedPage, item: DutyView) -> Iterator[str]:
    status = item.duty.status
    mark = page.painted(STATUS_MARK[status], STATUS_COLOR[status])
    evidence = f" ({item.duty.evidence})" if item.duty.evidence else ""
    missing = [name for name in item.holdings if name not in item.label]
    about = f" (for {in_a_row(missing)})" if missing and item.citation is None else ""
    yield from page.wrapped(f"{item.label}{about}{_hearsay(item.duty)}{evidence}", 8, first=f"    {mark} ")
    for wording in item.duty.wordings:
        yield from page.wrapped(f"“{wording}”", 10, first=" " * 10)
    for person in item.duty.contacts:
        yield from page.wrapped(contact(person), 8, DIM, first=" " * 8)


def _hearsay(duty: Duty) -> str:
    """Return ` (third party copy)` and the like where what the duty rests on is no official text."""
    standings = [source.standing for source in duty.references[:1] if source.standing and not source.is_official]
    return f" ({standings[0]})" if standings else ""


def _basis(page: PaintedPage, item: DutyView) -> Iterator[str]:
    """Yield what a duty says, where its label is shorter, and its rule and sources."""
    if item.label != item.duty.text:
        yield from page.wrapped(item.duty.text, 10, first=" " * 10)
    sources = "; ".join(dict.fromkeys(map(reference, item.duty.references)))
    yield from page.wrapped(f"{sources} [{item.duty.rule}]", 10, DIM, first=" " * 10)
