"""What the files of a release say, each statement with its place, as `check -v` prints it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tcia_policy.reports.release_sentences import name_told, not_looked_at, sentence
from tcia_policy.reports.screen.painted_page import BOLD, PaintedPage
from tcia_policy.text.sanitize import clean

if TYPE_CHECKING:
    from tcia_policy.model.release import ReleaseRead

MOST = 60


def release_lines(page: PaintedPage, read: "ReleaseRead | None", *, in_full: bool) -> Iterator[str]:
    """Yield what each file says, `in_full` with the files that say nothing."""
    if read is None:
        return
    yield page.painted("What the release says", BOLD)
    said = [each for file in read.files for each in file.says]
    for each in said[: None if in_full else MOST]:
        yield from page.wrapped(f"{each.place}: {sentence(each)}", 4, first="  - ")
    if len(said) > MOST and not in_full:
        yield f"  - and {len(said) - MOST} more: -vv"
    for name in read.names[: None if in_full else MOST]:
        yield from page.wrapped(f"{name.place}: {name_told(name)}", 4, first="  - ")
    if len(read.names) > MOST and not in_full:
        yield f"  - and {len(read.names) - MOST} more names: -vv"
    for file in read.files:
        if not file.says:
            yield from page.wrapped(f"{file.file} ({file.format}): nothing of license or data", 4, first="  - ")
    yield from page.wrapped(clean(not_looked_at(read)), 4, first="  - ")
