"""What an update of the registry came to, as text."""

from collections.abc import Iterator

from tcia_policy.registry.standing import Registered
from tcia_policy.registry.updated import Outcome, RegistryUpdate, SourceUpdate
from tcia_policy.reports.lines import Page
from tcia_policy.reports.registry_changes import change_lines
from tcia_policy.text.english import count
from tcia_policy.text.sanitize import clean

MOST = 60  # lines on changes that are printed; JSON has all
REMARKS = 10  # of one source


def render_update(update: RegistryUpdate, registered: Registered, width: int = 80) -> str:
    """Return what came of each source, what is otherwise, and which registry is in force."""
    page = Page(width)
    lines = page.wrapped(clean(update.summary), "", "  ")
    lines += page.wrapped(f"begun from {clean(update.begun_from)}", "  ", "    ")
    if update.generation is not None and not update.dry_run:
        lines.append(f"  in force: {update.generation}")
    lines += ["", "Sources"]
    for source in update.sources:
        lines += _source(source, page)
    told = change_lines(update.changes, registered, page)
    if told:
        lines += ["", "What would change" if update.dry_run else "What changed", *told[:MOST]]
        lines += [f"  {count(len(told) - MOST, 'more line')}; --format json has all"] if len(told) > MOST else []
    return "\n".join(lines) + "\n"


def _source(source: SourceUpdate, page: Page) -> Iterator[str]:
    day = "" if source.day is None else f", as of {source.day.isoformat()}"
    said = {
        Outcome.UPDATED: source.says,
        Outcome.UNCHANGED: "says what it said before",
        Outcome.FAILED: "what the registry has of it stays as it was",
    }[source.outcome]
    yield from page.wrapped(f"{source.source}{day}: {said}", f"  {source.outcome.value:<9}  ", " " * 13)
    if source.problem is not None:
        yield from page.wrapped(clean(source.problem), "    ")
    for remark in source.remarks[:REMARKS]:
        yield from page.wrapped(clean(remark), "    ", "      ")
    if len(source.remarks) > REMARKS:
        yield f"    {count(len(source.remarks) - REMARKS, 'more remark')}; --format json has all"
