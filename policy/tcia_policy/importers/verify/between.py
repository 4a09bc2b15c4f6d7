"""Whether the datasets of a registry fit together: names and DOIs of one only, and origins without a circle."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tcia_policy.files.model_shape import YamlPath
from tcia_policy.importers.verify.complaint import Wrong
from tcia_policy.model import Dataset
from tcia_policy.registry.addresses import read_address
from tcia_policy.text.name_keys import compare_key

Placed = tuple[str, Wrong]
"""The id of a dataset, and what is wrong in its file."""


def wrong_between(datasets: Sequence[Dataset]) -> Iterator[Placed]:
    """Yield what does not fit together between datasets."""
    yield from _shared(datasets)
    yield from _circles(datasets)


def _shared(datasets: Sequence[Dataset]) -> Iterator[Placed]:
    """Yield each id, DOI, name and page by which a dataset is found and that another dataset has, too.

    Datasets may have one title: then it is asked which is meant. No title is the name of another dataset.
    """
    owners: dict[str, str] = {}
    for dataset in datasets:
        for key, place, written in _called(dataset):
            owner = owners.setdefault(key, dataset.id)
            if owner != dataset.id:
                right = "a name of one dataset only; what several are called is asked about (`shared` of names.yaml)"
                problem = f"is also that of {owner!r}: {written!r}"
                yield dataset.id, Wrong(place, problem, right, is_asked=not key.startswith("doi:"))
    for dataset in datasets:
        owner = owners.get(f"name:{compare_key(dataset.title)}", dataset.id)
        if owner != dataset.id:
            problem = f"is also a name of {owner!r}: {dataset.title!r}"
            yield dataset.id, Wrong(("title",), problem, "a title of its own", is_asked=True)


def _called(dataset: Dataset) -> Iterator[tuple[str, YamlPath, str]]:
    """Yield what leads to a dataset: as it is compared, its place, and as it is written."""
    yield f"name:{compare_key(dataset.id)}", ("id",), dataset.id
    yield f"doi:{dataset.doi}", ("doi",), dataset.doi
    for position, alias in enumerate(dataset.aliases):
        yield f"name:{compare_key(alias)}", ("aliases", position), alias
    if dataset.page is not None:
        yield _key(dataset.page), ("page",), dataset.page
    for position, other in enumerate(dataset.also_called):
        yield _key(other.name), ("also_called", position, "name"), other.name


def _key(name: str) -> str:
    """Return what two spellings of a name, an address or a DOI have in common."""
    if name.startswith("10."):
        return f"doi:{name}"
    address = read_address(name)
    if address is None:
        return f"name:{compare_key(name)}"
    return f"page:{address.key or name}" if address.name is None else f"name:{compare_key(address.name)}"


def _circles(datasets: Sequence[Dataset]) -> Iterator[Placed]:
    """Yield each dataset that is, over others, its own origin: once a circle, for the first of it."""
    origins = {each.id: tuple(item.dataset for item in each.derived_from if item.dataset) for each in datasets}
    told: set[str] = set()
    for id_ in sorted(origins):
        circle = () if id_ in told else _way_back(id_, origins)
        told.update(circle)
        if circle:
            way = " from ".join((*circle, id_))
            yield id_, Wrong(("derived_from",), f"goes in a circle: {way}", "no dataset is made from itself")


def _way_back(start: str, origins: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the shortest way from a dataset over its origins to itself; nothing where there is none."""
    ways: dict[str, tuple[str, ...]] = {start: (start,)}
    waiting = [start]
    for id_ in waiting:  # it grows by those that are reached
        for origin in origins.get(id_, ()):
            if origin == start:
                return ways[id_]
            if origin not in ways:
                ways[origin] = (*ways[id_], origin)
                waiting.append(origin)
    return ()


def names_by_key(datasets: Sequence[Dataset]) -> Mapping[str, frozenset[str]]:
    """Return the datasets that each name stands for, by the name as it is compared."""
    found: dict[str, set[str]] = defaultdict(set)
    for dataset in datasets:
        for name in (dataset.id, dataset.title, *dataset.aliases):
            found[compare_key(name)].add(dataset.id)
    return {key: frozenset(ids) for key, ids in found.items()}
