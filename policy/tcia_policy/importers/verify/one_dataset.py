"""Whether what the registry says of one dataset fits together."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from tcia_policy.files.model_shape import YamlPath
from tcia_policy.importers.dataset_sources import sources_of
from tcia_policy.importers.verify.complaint import Wrong
from tcia_policy.model import Dataset, LicenseClaim, Notice, PastClaim


def wrong_in(dataset: Dataset) -> Iterator[Wrong]:
    """Yield what does not fit together in the file of a dataset."""
    yield from _creators(dataset)
    yield from _parts(dataset)
    for position, notice in enumerate(dataset.notices):
        yield from _notice(notice, dataset, ("notices", position))
    missing = sorted(set(sources_of(dataset)) - set(dataset.sources))
    if missing:
        problem = f"lacks a source that a fact of the dataset names: {', '.join(missing)}"
        yield Wrong(("sources",), problem, "every source of the dataset's facts is listed")


def _creators(dataset: Dataset) -> Iterator[Wrong]:
    if not dataset.citation.creators:
        right = "at least one creator; `truncated: true` says that there are more than are known"
        yield Wrong(("citation", "creators"), "has no creators", right)


def _parts(dataset: Dataset) -> Iterator[Wrong]:
    seen: set[str] = set()
    for number, part in enumerate(dataset.distributions):
        place: YamlPath = ("distributions", number)
        if part.id in seen:
            yield Wrong((*place, "id"), f"is the id of another part of {dataset.id}: {part.id!r}", "an id of its own")
        seen.add(part.id)
        for position, claim in enumerate(part.claims):
            yield from _claim(claim, (*place, "claims", position))
        for position, past in enumerate(part.past):
            yield from _past(past, (*place, "past", position))


def _claim(claim: LicenseClaim, place: YamlPath) -> Iterator[Wrong]:
    days = (("since", claim.since), ("as_of", claim.as_of), ("until", claim.until))
    yield from _in_order([(name, day) for name, day in days if day is not None], place)


def _past(past: PastClaim, place: YamlPath) -> Iterator[Wrong]:
    yield from _in_order([("first", past.first), ("last", past.last)], place)


def _in_order(days: list[tuple[str, date]], place: YamlPath) -> Iterator[Wrong]:
    for (earlier, first), (later, last) in pairwise(days):
        if first > last:
            problem = f"is after `{later}`: {first.isoformat()} is later than {last.isoformat()}"
            yield Wrong((*place, earlier), problem, f"a day up to that of `{later}`")


def _notice(notice: Notice, dataset: Dataset, place: YamlPath) -> Iterator[Wrong]:
    if (notice.as_of is None) == (notice.before is None):
        right = "`as_of`, the day on which it was read, or else `before`, a day by which it was there"
        yield Wrong(place, "has no day" if notice.as_of is None else "has two days", right)
    parts = {part.id for part in dataset.distributions}
    for position, id_ in enumerate(notice.distributions or ()):
        if id_ not in parts:
            problem = f"is about a part that {dataset.id} does not have: {id_!r}"
            yield Wrong((*place, "distributions", position), problem, "the id of a part, or leave it out for all parts")
