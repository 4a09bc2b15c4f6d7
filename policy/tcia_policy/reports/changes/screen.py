"""What changed, on a screen."""

from collections.abc import Iterator

from tcia_policy.model.changes import AssessmentDiff, Turn
from tcia_policy.reports.changes.told import Entry, first_line, groups, since
from tcia_policy.reports.screen.painted_page import BOLD, DIM, GREEN, RED, PaintedPage

COLOR = {Turn.WORSE: (RED,), Turn.BETTER: (GREEN,), Turn.NEITHER: ()}


def render_changes(diff: AssessmentDiff, width: int = 80, color: bool = False) -> str:
    """Return the first line, which is the answer, and then all changes by kind; what is worse comes first in each."""
    page = PaintedPage(width, color)
    word, sentence = first_line(diff)
    lines = page.after(f"{word}  ", sentence, BOLD, *COLOR[diff.turn], indent=2)
    lines += page.wrapped(since(diff), 0, DIM)
    for group in groups(diff):
        lines += ["", page.painted(group.heading, BOLD)]
        for entry in group.entries:
            lines += _entry(entry, page)
    return "\n".join(lines) + "\n"


def _entry(entry: Entry, page: PaintedPage) -> Iterator[str]:
    yield from page.after(f"  {entry.mark}", entry.text, *COLOR[entry.turn], indent=4)
    for more in entry.more:
        yield from page.wrapped(more, 6, DIM, first=" " * 6)
