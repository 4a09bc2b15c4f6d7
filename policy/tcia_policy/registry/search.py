"""Datasets by words: those that have all of them in what the registry knows, wherever it stands."""

from collections.abc import Iterable, Iterator, Sequence

from tcia_policy.lazy import pattern
from tcia_policy.model import Dataset
from tcia_policy.text.suggest import similar

WHOLE_WORD = 3  # letters: `CT` is no beginning of another word, `lung` may be one of `lungs`
_TOKEN = pattern(r"[^\W_]+")


def datasets_with(words: Sequence[str], datasets: Iterable[Dataset]) -> list[Dataset]:
    """Return the datasets that have all `words`, in their order; all of them for no words.

    A word may be the beginning of one that is there, unless it is very short. Case and punctuation do not matter.
    """
    wanted = [token for word in words for token in _tokens(word)]
    return [dataset for dataset in datasets if _has_all(wanted, frozenset(_tokens_of(dataset)))]


def words_like(words: Sequence[str], datasets: Iterable[Dataset]) -> list[str]:
    """Return words of the datasets that are spelled like those of `words` that none of them has."""
    known = {token for dataset in datasets for token in _tokens_of(dataset)}
    missing = [token for word in words for token in _tokens(word) if not _has(token, known)]
    return [found for token in missing for found in similar(token, known, most=1, as_a_whole=True)]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())


def _has_all(wanted: Sequence[str], known: frozenset[str]) -> bool:
    return all(_has(token, known) for token in wanted)


def _has(token: str, known: Iterable[str]) -> bool:
    if len(token) <= WHOLE_WORD:
        return token in known
    return any(each.startswith(token) for each in known)


def _tokens_of(dataset: Dataset) -> Iterator[str]:
    for text in _texts_of(dataset):
        yield from _tokens(text)


def _texts_of(dataset: Dataset) -> Iterator[str]:
    """Yield names, title, DOI, kind, place and program, and of each part its title and its types of data and files."""
    yield from (dataset.id, dataset.title, dataset.doi, dataset.kind.value, dataset.archive.value)
    yield dataset.program or ""
    yield from dataset.aliases
    yield from (other.name for other in dataset.also_called if "/" not in other.name)
    yield from dataset.idc_collections
    for part in dataset.distributions:
        yield from (part.title, *part.data_types, *part.file_types)
