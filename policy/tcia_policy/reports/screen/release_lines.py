"""What the files of a release say, each statement with its place, as `check -v` prints it."""

from collections.abc import Iterator

from tcia_policy.model.release import ReleaseRead
from tcia_policy.reports.release_sentences import sentence
from tcia_policy.reports.screen.painted_page import BOLD, PaintedPage
from tcia_policy.text.sanitize import clean

MOST = 60


def release_lines(page: PaintedPage, read: ReleaseRead | None, *, in_full: bool) -> Iterator[str]:
    """Yield what each file says, `in_full` with the files that say nothing."""
    if read is None:
        return
    yield page.painted("What the release says", BOLD)
    said = [each for file in read.files for each in file.says]
    for each in said[: None if in_full else MOST]:
        yield from page.wrapped(f"{each.place}: {sentence(each)}", 4, first="  - ")
    if len(said) > MOST and not in_full:
        yield f"  - and {len(said) - MOST} more: -vv"
    for file in read.files:
        if not file.says:
            yield from page.wrapped(f"{file.file} ({file.format}): nothing of license or data", 4, first="  - ")
    if read.passed_over and in_full:
        yield from page.wrapped(f"not read: {', '.join(map(clean, read.passed_over))}", 4, first="  - ")
