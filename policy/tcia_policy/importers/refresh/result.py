"""What a refresh gives: the registry with what one source says now, and what a reader should know of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tcia_policy.errors import InputError
from tcia_policy.importers import tcia
from tcia_policy.importers.content import Content
from tcia_policy.importers.dataset_sources import sources_of
from tcia_policy.importers.refresh.restated import last_day
from tcia_policy.lazy import dataclass
from tcia_policy.model import Dataset, Source
from tcia_policy.text.name_keys import compare_key

FEWER = 5  # a source that has less than this part of what it had, a fifth, is taken for one that did not answer whole


@dataclass(frozen=True)
class Refreshed:
    """The registry, and remarks: what was left as it was and why, and what a reviewer should look at."""

    content: Content
    remarks: tuple[str, ...] = ()


def last_day_of(source: str, content: Content) -> date | None:
    """Return the last day on which the registry has read a source; `None` for one that it has not read."""
    found = next((each for each in content.sources if each.id == source), None)
    return None if found is None else found.until or found.as_of


def has_claims_of(dataset: Dataset, source: str, day: date | None) -> bool:
    """Return whether the source made claims on the dataset when it was read on this day."""
    claims = (claim for part in dataset.distributions for claim in part.claims if claim.source == source)
    return any(last_day(claim) == day for claim in claims)


def refuse_shrunk(what: str, now: int, before: int) -> None:
    """Raise `InputError` where a source has more than a fifth fewer of something than the registry has of it."""
    if (before - now) * FEWER > before:
        raise InputError(
            f"has {now:,} {what}, and the registry has {before:,}: more than a fifth fewer",
            hint="nothing of this source is taken over; if it is right, a new version of tcia-policy will have it",
        )


def with_datasets(content: Content, datasets: Iterable[Dataset], read: Iterable[Source]) -> Content:
    """Return the registry with these datasets in place of its own, and with the sources that were read."""
    found = tuple(
        dataset.model_copy(update={"sources": sources_of(dataset)})
        for dataset in sorted(datasets, key=lambda dataset: dataset.id)
    )
    by_id = {source.id: source for source in (*content.sources, *read)}
    taken = {compare_key(name) for item in found for name in (item.id, item.title, *item.aliases)}
    return replace(
        content,
        version=_version(content, by_id.get(tcia.SOURCE)),
        datasets=found,
        sources=tuple(by_id[id_] for id_ in sorted(by_id)),
        asked_about=tuple(item for item in content.asked_about if compare_key(item.name) not in taken),
    )


def _version(content: Content, archive: Source | None) -> date:
    """Return the day of the registry: that of TCIA's records, by which licenses stand, and of no other source's."""
    day = None if archive is None else archive.until or archive.as_of
    return content.version if day is None else max(content.version, day)
