"""What an update of the registry came to, as text."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tcia_policy.registry.changes import Change
from tcia_policy.registry.standing import Registered
from tcia_policy.registry.standing_facts import FactKind
from tcia_policy.registry.updated import Outcome, RegistryUpdate, SourceUpdate
from tcia_policy.registry.watched import WATCHED
from tcia_policy.reports.lines import Page
from tcia_policy.reports.registry_changes import change_lines
from tcia_policy.text.english import count, joined
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
    told = _told(update.changes, registered, page)
    if told:
        lines += ["", "What would change" if update.dry_run else "What changed", *told]
    return "\n".join(lines) + "\n"


def _told(changes: Sequence[Change], registered: Registered, page: Page) -> list[str]:
    """Return what changed; where that is much, first what studies rely on.

    What a source says for the first time is counted: if it decides, the change of the license is told.
    """
    rest = [each for each in changes if not _is_first(each)]
    lines = change_lines(rest, registered, page)
    if len(lines) > MOST:
        lines = change_lines(sorted(rest, key=lambda each: each.kind not in WATCHED), registered, page)
        lines[MOST:] = [f"  {count(len(lines) - MOST, 'more line')}; --format json has all"]
    counted = Counter(name for each in changes if _is_first(each) for name in each.sources)
    titles = {source.id: source.title for source in registered.sources.values()}
    said = [f"{count(number, 'first statement')} by {titles.get(name, name)}" for name, number in counted.items()]
    firsts = page.wrapped(f"{clean(joined(said))}; --format json has them", "  ", "    ") if said else []
    return [*lines, *([""] if firsts else []), *firsts]


def _is_first(change: Change) -> bool:
    return change.kind is FactKind.STATEMENT and change.before is None


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
