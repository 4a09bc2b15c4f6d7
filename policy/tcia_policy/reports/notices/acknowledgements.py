"""The acknowledgements: datasets and repositories by name, then the wordings that sources ask to be printed."""

from collections.abc import Iterator

from tcia_policy.model import Duty, DutyKind, HoldingKind, Route
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.notices.context import NoticeContext
from tcia_policy.reports.notices.datasets_used import Material
from tcia_policy.reports.notices.markup import Gap, Paragraph, Remark, Run, in_text
from tcia_policy.reports.notices.provenance import warning, written_from
from tcia_policy.reports.notices.repositories import repository


def acknowledgements(known: NoticeContext) -> Iterator[Paragraph | Remark]:
    """Yield what is required first, then what is only asked for, under a remark that says so."""
    yield Remark("Acknowledgements. Fill in what stands in square brackets, and take these remarks out.")
    against = warning(known)
    if against is not None:
        yield Remark(against)
    opening = _opening(known)
    if opening:
        yield Paragraph(opening)
    for material in known.materials:
        if material.dataset is None and not _is_own(material):
            yield Paragraph((Gap(f"{material.name}: say what its owner asks to be said; nothing is known of it here"),))
    yield from _what_is_owed(known, in_text(*opening))
    yield Remark(written_from(known))


def _is_own(material: Material) -> bool:
    return all(held.holding.kind is HoldingKind.OWN for held in material.held)


def _what_is_owed(known: NoticeContext, said: str) -> Iterator[Paragraph | Remark]:
    """Yield the acknowledgements that what is `said` already does not cover."""
    owed = [duty for duty in known.assessment.duties if duty.kind is DutyKind.ACKNOWLEDGE and not _is_said(duty, said)]
    for duty in owed:
        if duty.required:
            yield from _said(duty, known.names)
    requested = [duty for duty in owed if not duty.required]
    if requested:
        yield Remark("What follows is asked for and not required.")
    for duty in requested:
        yield from _said(duty, known.names)


def _opening(known: NoticeContext) -> tuple[Run, ...]:
    """Return `This work used A and B, obtained from TCIA; and C, obtained from IDC.`"""
    routes: dict[Route, dict[str, Material]] = {}
    for material in known.materials:
        if material.dataset is None:
            continue
        for held in material.held:
            routes.setdefault(held.holding.obtained_from, {})[material.name] = material
    runs: list[Run] = []
    for number, (route, group) in enumerate(routes.items()):
        runs.append("This work used " if number == 0 else "; and ")
        for position, material in enumerate(group.values()):
            runs += [_joint(position, len(group)), *_dataset(material, known)]
        runs += [", obtained from ", repository(route)]
    return (*runs, ".") if runs else ()


def _joint(position: int, count: int) -> str:
    if position == 0:
        return ""
    return " and " if position == count - 1 else ", "


def _dataset(material: Material, known: NoticeContext) -> list[Run]:
    assert material.dataset is not None
    return [material.name, known.cited(material.dataset.citation)]


def _is_said(duty: Duty, said: str) -> bool:
    """Return whether the first sentence says already all that is asked."""
    return not duty.wordings and bool(duty.printed) and all(any(name in said for name in one) for one in duty.printed)


def _said(duty: Duty, names: Names) -> Iterator[Paragraph | Remark]:
    data = f" of users of {', '.join(names.holdings_of(duty.holdings))}" if duty.holdings else ""
    level = f"Required{data}" if duty.required else f"Asked{data}, not required"
    if not duty.wordings:
        yield Remark(f"{level}; to be said in your own words [{duty.rule}].")
        yield Paragraph((Gap(duty.text),))
        return
    more = "; any one of several forms serves, and this is the first" if len(duty.wordings) > 1 else ""
    yield Remark(f"{level}{more} [{duty.rule}].")
    yield Paragraph((duty.wordings[0],))
    for wording in duty.wordings[1:]:
        yield Remark(f"Or: {wording}")
