"""What words for parts of a dataset may mean: `rules/reference/part-words.yaml`."""

from functools import cache
from pathlib import Path

from tcia_policy.files import located_yaml
from tcia_policy.files.compiled import compiled
from tcia_policy.files.shipped import shipped
from tcia_policy.model.base import Contract

FILE = "part-words.yaml"


class PartKind(Contract):
    """A kind of data: the words for it, and the data and file types that are of it.

    Several words for a `modality` side by side (`PET CT`) mean either, not what is both.
    """

    kind: str
    words: tuple[str, ...]
    types: tuple[str, ...]
    modality: bool = False


class PartWords(Contract):
    """Everything in the file. Each word is in lower case, without punctuation.

    `titles` and `telling` are words of titles; `everything` are words for all parts; `details` are words that tell no
    parts apart; `negations` turn the words beside them around, `before` do so ahead of a word that picks parts; `stop`
    are words without a meaning of their own.
    """

    kinds: tuple[PartKind, ...]
    titles: tuple[str, ...]
    telling: tuple[str, ...]
    everything: tuple[str, ...]
    details: tuple[str, ...]
    negations: tuple[str, ...]
    before: tuple[str, ...]
    stop: tuple[str, ...]


@cache
def load_part_words(folder: Path | None = None) -> PartWords:
    """Return the words in `part-words.yaml` of the folder of reference data (the shipped one by default).

    Raise `InputError` with file, line and field for a key that is missing or unknown.
    """
    if folder is None:
        path = shipped("rules") / "reference" / FILE
        return compiled("part-words", [path], lambda: _read(path))
    return _read(folder / FILE)


def _read(path: Path) -> PartWords:
    return located_yaml.read(path).parse(PartWords)
