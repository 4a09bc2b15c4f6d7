"""What is told of a file that is no entry of it: UIDs beside what counts or of images in a table, prose in a list."""

from collections.abc import Iterator, Mapping, Sequence

from tcia_policy.cohorts.cohort import EntryKind, Unread, printable
from tcia_policy.text import english

MOST_HEADINGS = 3
WHOLE = {EntryKind.STUDY: "studies", EntryKind.PATIENT: "patients"}


def told_aside(aside: Mapping[tuple[str, EntryKind | None], int], *, withheld: bool) -> Iterator[str]:
    """Yield what is told of UIDs by their heading and by what counts for them; where it is `withheld`, no heading.

    The number is 0 where it was not counted.
    """
    for (heading, whole), number in list(aside.items())[:MOST_HEADINGS]:
        column = "a column" if withheld else f"the column {printable(heading)!r}"
        yield f"{column} has {_of_uids(number) if whole is None else _of_images(number, WHOLE[whole])}"


def told_sheets(without: Sequence[str], *, withheld: bool) -> Iterator[str]:
    """Yield what is told of sheets that have no column of ours; their names only where they may be shown."""
    if without:
        names = "" if withheld else f": {english.first_few(map(printable, without))}"
        yield f"{english.count(len(without), 'sheet')} without a column that counts{names}"


def told_prose(prose: Unread) -> Iterator[str]:
    """Yield what is told of sentences in a list: how many, and the first of them, if it may be shown."""
    if prose.count:
        first = f" ({prose.examples[0]})" if prose.examples else ""
        yield f"{english.count(prose.count, 'line')} of prose without a UID, passed over{first}"


def _of_uids(number: int) -> str:
    uids = english.count(number, "UID") if number else "UIDs"
    return f"{uids} beside what counts; if they are series, call it SeriesInstanceUID"


def _of_images(number: int, whole: str) -> str:
    images = english.count(number, "image")
    return f"the UIDs of {images}, which no index has: all series of their {whole} count; name their series instead"
