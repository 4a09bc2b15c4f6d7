"""What people call datasets beside their own names, as `data/curated/names.yaml` has it."""

from collections.abc import Iterable

from tcia_policy.errors import InputError
from tcia_policy.files.shipped import curated
from tcia_policy.importers.upstream import Collected, Inputs, Upstream
from tcia_policy.model import Dataset, OtherName
from tcia_policy.registry.names_in_use import FILE, NamesInUse, SeenAt, load_names
from tcia_policy.text.name_keys import compare_key

WIKI_PAGE = "https://wiki.cancerimagingarchive.net/pages/viewpage.action?pageId="


def annotate(datasets: Iterable[Dataset], names: NamesInUse) -> tuple[Dataset, ...]:
    """Return the datasets with the names, pages and DOIs that the file has for them; those of others are left out.

    Raise `InputError` for a name that is another dataset's already.
    """
    known = tuple(datasets)
    _refuse_taken(known, names)
    found: dict[str, list[OtherName]] = {dataset.id: list(dataset.also_called) for dataset in known}
    for item in names.names:
        found.setdefault(item.dataset, []).append(_other_name(item.name, item.seen, names.source.id))
    for page in names.pages:
        found.setdefault(page.dataset, []).append(_other_name(f"{WIKI_PAGE}{page.page}", page.seen, names.source.id))
    for version in names.versions:
        found.setdefault(version.dataset, []).append(_other_name(version.doi, version.seen, names.source.id))
    return tuple(dataset.model_copy(update={"also_called": tuple(found[dataset.id])}) for dataset in known)


def _other_name(name: str, seen: SeenAt, source: str) -> OtherName:
    return OtherName(name=name, seen_in=seen.title, url=seen.url, source=source, as_of=seen.as_of, before=seen.before)


def _refuse_taken(datasets: Iterable[Dataset], names: NamesInUse) -> None:
    owners = {compare_key(name): item.id for item in datasets for name in (item.id, item.title, *item.aliases)}
    for item in names.names:
        owner = owners.setdefault(compare_key(item.name), item.dataset)
        if owner != item.dataset:
            raise InputError(f"{item.name!r} is a name of {owner!r}", file=curated() / FILE, field=item.dataset)


def _add(_inputs: Inputs, collected: Collected) -> Collected:
    names = load_names()
    here = {dataset.id for dataset in collected.datasets}
    pairs = [(item.dataset, item.name) for item in names.names if item.dataset in here]
    return collected.with_(annotate(collected.datasets, names), pairs)


UPSTREAM = Upstream(describe=lambda _inputs: load_names().source, add=_add)
