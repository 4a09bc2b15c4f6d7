"""Whether the facts that people write in `curated/` can be right, and whether the registry has them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from tcia_policy.errors import InputError, Mistakes
from tcia_policy.files import located_yaml
from tcia_policy.files.model_shape import YamlPath
from tcia_policy.importers import citation_lists, curated_terms, policy_page, reissues
from tcia_policy.importers.names_in_use import WIKI_PAGE
from tcia_policy.importers.verify.complaint import Wrong
from tcia_policy.importers.verify.values import Known, wrong_values
from tcia_policy.lazy import dataclass
from tcia_policy.model import Dataset
from tcia_policy.registry import names_in_use
from tcia_policy.text.name_keys import compare_key

ANY = "*"
IMPORT = "run `python -m tcia_policy.importers RECORDINGS -o data`, which takes it over"
TO_SPEAK_OF = "the id of a dataset of the registry"


@dataclass(frozen=True)
class Facts:
    """What the entries are held against: the values that are known, and the datasets by their ids."""

    known: Known
    datasets: Mapping[str, Dataset]


def mistakes_in(folder: Path, facts: Facts) -> tuple[InputError, ...]:
    """Return everything that is wrong in a folder of curated facts, with file, line and field.

    A file that is not there has no facts.
    """
    found = Mistakes()
    for name, wrong_in in _FILES.items():
        if (folder / name).is_file():
            with found.noted():
                content = located_yaml.read(folder / name)
                found.note_all(
                    content.mistake(each.place, each.problem, each.right) for each in wrong_in(content, facts)
                )
    return found.found


def _names(content: located_yaml.LocatedYaml, facts: Facts) -> Iterator[Wrong]:
    file = content.parse(names_in_use.NamesInUse)
    yield from wrong_values(file, facts.known)
    owners: dict[str, str] = {}
    entries = [
        *((("names", n), each.dataset, each.name, each.name) for n, each in enumerate(file.names)),
        *((("pages", n), each.dataset, f"{WIKI_PAGE}{each.page}", str(each.page)) for n, each in enumerate(file.pages)),
        *((("versions", n), each.dataset, each.doi, each.doi) for n, each in enumerate(file.versions)),
    ]
    for place, id_, name, written in entries:
        owner = owners.setdefault(compare_key(name), id_)
        if owner != id_:
            right = "an entry of `shared`, which is asked about"
            yield Wrong(place, f"is also that of {owner!r}: {written!r}", right)
        elif _lacks(id_, name, facts):
            yield Wrong(place, f"is not in the registry: {written!r}", IMPORT)
    for number, shared in enumerate(file.shared):
        for key, ids in (("may_be", shared.may_be), ("copy_of", shared.copy_of)):
            yield from _unknown(ids, ("shared", number, key), facts)


def _lacks(id_: str, name: str, facts: Facts) -> bool:
    """Return whether the registry has the dataset without this name; that it has no such dataset is told elsewhere."""
    dataset = facts.datasets.get(id_)
    return dataset is not None and all(other.name != name for other in dataset.also_called)


def _citation_list(content: located_yaml.LocatedYaml, facts: Facts) -> Iterator[Wrong]:
    file = content.parse(citation_lists.CitationList)
    yield from wrong_values(file, facts.known)
    for number, entry in enumerate(file.entries):
        dataset = facts.datasets.get(entry.dataset)
        if dataset is not None and entry.summary not in _summaries(dataset, file.source.id):
            yield Wrong(("entries", number), f"is not in the registry: {entry.doi}", IMPORT)


def _policy_page(content: located_yaml.LocatedYaml, facts: Facts) -> Iterator[Wrong]:
    file = content.parse(policy_page.PolicyPage)
    yield from wrong_values(file, facts.known)
    for number, entry in enumerate(file.entries):
        dataset = facts.datasets.get(entry.dataset)
        if dataset is not None and entry.summary not in _summaries(dataset, file.source.id):
            yield Wrong(("entries", number), f"is not in the registry: {entry.kind.value}", IMPORT)


def _reissues(content: located_yaml.LocatedYaml, facts: Facts) -> Iterator[Wrong]:
    file = content.parse(reissues.ReissuesFile)
    yield from wrong_values(file, facts.known)
    for number, dataset in enumerate(file.datasets):
        if dataset.id not in facts.datasets:
            yield Wrong(("datasets", number, "id"), f"is not in the registry: {dataset.id!r}", IMPORT)


def _terms(content: located_yaml.LocatedYaml, facts: Facts) -> Iterator[Wrong]:
    """Yield what is wrong with the decisions; the name of a dataset may be that of a program with `*`."""
    file = content.parse(curated_terms.Decisions)
    for number, taken in enumerate(file.taken):
        place: YamlPath = ("taken", number)
        if taken.on is not None or ANY not in taken.dataset:
            yield from _unknown(taken.datasets, (*place, "dataset" if taken.on is None else "on"), facts)
        for id_ in taken.datasets:
            dataset = facts.datasets.get(id_)
            if dataset is not None and taken.summary not in _summaries(dataset, curated_terms.SOURCE):
                yield Wrong(place, f"is not in the registry: {taken.becomes.value} of {id_!r}", IMPORT)
    if file.help_desk is not None:
        yield from _unknown(file.help_desk.of, ("help_desk", "of"), facts)


def _unknown(ids: Iterable[str], place: YamlPath, facts: Facts) -> Iterator[Wrong]:
    for number, id_ in enumerate(ids):
        if id_ not in facts.datasets:
            where = place if place[-1] == "dataset" else (*place, number)
            yield Wrong(where, f"names a dataset that the registry does not have: {id_[:80]!r}", TO_SPEAK_OF)


def _summaries(dataset: Dataset, source: str) -> frozenset[str]:
    return frozenset(notice.summary for notice in dataset.notices if notice.source == source)


_FILES: Mapping[str, Callable[[located_yaml.LocatedYaml, Facts], Iterator[Wrong]]] = {
    names_in_use.FILE: _names,
    reissues.FILE: _reissues,
    citation_lists.FILE: _citation_list,
    curated_terms.TERMS: _terms,
    policy_page.FILE: _policy_page,
}
