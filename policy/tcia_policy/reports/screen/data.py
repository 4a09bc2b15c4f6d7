"""The data items and the outputs of a study on a screen, with the claims on each part."""

from collections.abc import Iterator

from tcia_policy.model import HoldingKind, Route
from tcia_policy.reports.how_counted import counted_in_words
from tcia_policy.reports.labels import activity_names, extent, in_a_row, place
from tcia_policy.reports.screen.painted_page import BOLD, VERDICT_COLOR, PaintedPage
from tcia_policy.reports.view import HoldingView, PartView, ReportView


def all_of(number: int) -> str:
    """Return `both`, or `all 5`."""
    return "both" if number == 2 else f"all {number}"  # noqa: PLR2004


def data_lines(page: PaintedPage, content: ReportView) -> Iterator[str]:
    """Yield each data item with its licenses, its parts with who states what of them, and its verdicts."""
    for number, item in enumerate(content.holdings):
        if number:
            yield ""
        yield from page.wrapped(item.holding.name, 0, BOLD)
        yield from page.wrapped(_facts(item), 2, first="  ")
        for read in item.words:
            yield from page.labeled("parts", read, 2)
        for part in item.parts:
            yield from page.labeled("part", _claims(part, content), 2)
        for then in _then(item, content):
            yield from page.labeled("judged by", then, 2)
        for verdict, activities in item.verdicts:
            is_all = len(item.verdicts) == 1 and len(activities) > 1
            text = f"{all_of(len(activities))} activities" if is_all else activity_names(activities)
            yield from page.labeled(verdict.value, text, 2, VERDICT_COLOR[verdict])


def output_lines(page: PaintedPage, content: ReportView) -> Iterator[str]:
    """Yield each output with its verdict and what it comes from, where the project says so of one."""
    if content.outputs:
        yield page.painted("Outputs", BOLD)
    for item in content.outputs:
        output, verdict = item.clearance.output, item.clearance.verdict
        cleared = "cleared" if item.clearance.cleared else "not cleared"
        yield from page.labeled(verdict.value, f"{output.name}: {cleared}", 2, VERDICT_COLOR[verdict])
        yield from page.labeled("", f"from {in_a_row(item.sources)}", 2)
        if item.tested_on:
            yield from page.labeled("", f"tested on {in_a_row(item.tested_on)}", 2)


def _facts(item: HoldingView) -> str:
    if item.holding.kind is HoldingKind.OWN:
        return "own data"
    route = item.holding.obtained_from
    parts = [
        in_a_row(item.licenses) or "no license known",
        extent(item.holding),
        "" if route is Route.TCIA else f"from {place(route)}",
        in_a_row(item.holding.parts_named),
        f"named as {item.holding.named_otherwise}" if item.holding.named_otherwise else "",
        *counted_in_words(item.holding),
    ]
    return " · ".join(part for part in parts if part)


def _then(item: HoldingView, content: ReportView) -> Iterator[str]:
    """Yield, for parts of which the sources state another license today, what counts for the copy, and who says so."""
    if item.holding.obtained_on is None and item.holding.version is None:
        return
    terms = next((each for each in content.assessment.terms if each.holding == item.holding.id), None)
    for part, found in zip(item.parts, () if terms is None else terms.parts, strict=False):
        if not {stated.license for stated in found.stated} <= {claim.license for claim in part.claims}:
            said = (f"{content.names.license(each.license)} ({'; '.join(each.sources)})" for each in found.stated)
            yield f"{found.title or part.id}: {' or '.join(said)}"


def _claims(part: PartView, content: ReportView) -> str:
    """Return `Images (43115): CC BY 3.0 by TCIA Collection Manager (2026-08-21); CC BY-NC 3.0 by NBIA ...`."""
    title = part.id if part.distribution is None else f"{part.distribution.title} ({part.id})"
    said: dict[str, list[str]] = {}
    for claim in part.claims:
        source = f"{content.names.source(claim.source)} ({claim.as_of.isoformat()})"
        said.setdefault(content.names.license(claim.license), []).append(source)
    claims = [f"{license_} by {', '.join(dict.fromkeys(sources))}" for license_, sources in said.items()]
    return f"{title}: {'; '.join(claims) or 'no claim on its license'}"
