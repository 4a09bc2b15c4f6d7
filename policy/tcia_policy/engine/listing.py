"""The datasets of the registry that have some words, and may be used for something."""

from collections.abc import Sequence
from datetime import date

from tcia_policy.engine.case import Library
from tcia_policy.engine.usable import Usability, Wanted, usability
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, Archive, DatasetKind, Purpose, Verdict
from tcia_policy.model.base import Contract, Day
from tcia_policy.model.result import Result
from tcia_policy.registry import IndexEntry, Registry
from tcia_policy.registry.search import datasets_with, words_like
from tcia_policy.text.english import count


class Listed(Contract):
    """A dataset, as the registry's index has it. `usable` is how it was judged, where a use was asked for.

    `withdrawn` is the day on which its archive was first seen without it.
    """

    id: str
    file: str
    title: str
    doi: str
    kind: DatasetKind
    archive: Archive
    program: str | None
    aliases: tuple[str, ...]
    idc_collections: tuple[str, ...]
    licenses: tuple[str, ...]
    addresses: tuple[str, ...]
    versions: tuple[str, ...]
    withdrawn: Day | None = None
    usable: Usability | None = None


class Listing(Result):
    """The datasets that were asked for.

    `datasets` have all `words`, and where a use was asked for (`activities`), may be used for it. `unknown` cannot be
    judged, and are not to be taken as usable; `not_usable` counts the others. `similar` are words of the registry that
    are spelled like one that nothing has.
    """

    registry: str
    words: tuple[str, ...]
    purpose: Purpose | None = None
    activities: tuple[Activity, ...] = ()
    datasets: tuple[Listed, ...]
    unknown: tuple[Listed, ...] = ()
    not_usable: int = 0
    similar: tuple[str, ...] = ()


@dataclass(frozen=True)
class Search:
    """What is asked for. `entries` are the datasets to choose from; `wanted` is `None` where no use is asked for."""

    entries: Sequence[IndexEntry]
    words: Sequence[str] = ()
    wanted: Wanted | None = None
    as_of: date | None = None


def listing(search: Search, library: Library) -> Listing:
    """Return the datasets that `search` asks for. Only those that have the words are judged."""
    registry = library.registry or Registry.load()
    entries = search.entries
    alike: list[str] = []
    if search.words:
        datasets = [registry.get(entry.id) for entry in entries]
        having = {dataset.id for dataset in datasets_with(search.words, datasets)}
        alike = [] if having else words_like(search.words, datasets)
        entries = [entry for entry in entries if entry.id in having]
    judged = {}
    if search.wanted is not None:
        judged = usability([entry.id for entry in entries], search.wanted, library, search.as_of)
    listed = [Listed(**entry._asdict(), usable=judged.get(entry.id)) for entry in entries]
    usable = tuple(item for item in listed if item.usable is None or item.usable.is_usable)
    unknown = tuple(item for item in listed if item.usable and item.usable.verdict is Verdict.UNDETERMINED)
    found = Listing(
        summary="",
        registry=registry.version,
        words=tuple(search.words),
        purpose=None if search.wanted is None else search.wanted.purpose,
        activities=() if search.wanted is None else search.wanted.activities,
        datasets=usable,
        unknown=unknown,
        not_usable=len(listed) - len(usable) - len(unknown),
        similar=tuple(alike),
    )
    return found.model_copy(update={"summary": _in_short(found, search.wanted)})


def _in_short(found: Listing, wanted: Wanted | None) -> str:
    """Return `12 of 40 datasets with lung, CT may be used for ...`."""
    total = len(found.datasets) + len(found.unknown) + found.not_usable
    having = f" with {', '.join(found.words)}" if found.words else ""
    if wanted is None:
        return f"{count(total, 'dataset')}{having}"
    once = sum(item.usable is not None and item.usable.verdict is Verdict.CONDITIONAL for item in found.datasets)
    which = "" if once == len(found.datasets) else f"{once} of them "
    owing = f", {which}once what is owed is done" if once else ""
    parts = [f"{len(found.datasets)} of {count(total, 'dataset')}{having} may be used for {wanted.in_words}{owing}"]
    parts += [f"{len(found.unknown)} cannot be judged"] if found.unknown else []
    parts += [f"{found.not_usable} may not be used"] if found.not_usable else []
    return "; ".join(parts)
