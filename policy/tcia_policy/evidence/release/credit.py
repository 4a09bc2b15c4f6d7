"""Credit in a release: whether a file of it names the data and, beside them, their license."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tcia_policy.documents.model import Manuscript, TextBlock
from tcia_policy.evidence.dataset_uses import DatasetUses
from tcia_policy.files.written_by import SAY_CHANGES
from tcia_policy.model import Dataset, Holding, License
from tcia_policy.registry import Registry
from tcia_policy.registry.license_spellings import LicenseSpellings

_APART = re.compile(r"[\s_,()\[\]<>-]+")
_ADDRESS = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


@dataclass(frozen=True)
class Credit:
    """Where a dataset is named, and where one of its licenses is named in the same file; `None` for nowhere.

    `has_gap` says that the changes to the data are still to be filled in there.
    """

    data: str | None
    license: str | None
    has_gap: bool = False


class CreditFinder:
    """Looks for credit in the text of a release. Each file is read on its own: a license counts beside the data."""

    def __init__(self, text: Manuscript, registry: Registry) -> None:
        self._text = text
        self._registry = registry
        self._spellings = LicenseSpellings(registry.licenses)

    def of(self, holding: Holding, dataset: Dataset | None, licenses: Iterable[License]) -> Credit:
        """Return where a data item is named, best in a file that names one of its licenses, too."""
        named = list(self._files_naming(holding, dataset))
        licenses = list(licenses)
        for file in named:
            if any(self._names_license(file, license_) for license_ in licenses):
                return Credit(file, file, _flat(SAY_CHANGES) in self._words[file])
        return Credit(named[0] if named else None, None)

    def _files_naming(self, holding: Holding, dataset: Dataset | None) -> Iterable[str]:
        for file, uses in self._uses.items():
            if dataset is None:
                if _flat(holding.name) in self._words[file]:
                    yield file
            elif dataset.id in uses.cited or dataset.id in uses.named_as_used:
                yield file

    def _names_license(self, file: str, license_: License) -> bool:
        spelled = {*self._spellings.spellings_of(license_), license_.id.lower(), license_.name.lower()}
        return any(f" {_flat(each)} " in f" {self._words[file]} " for each in spelled)

    @cached_property
    def _uses(self) -> Mapping[str, DatasetUses]:
        return {file: DatasetUses(part, self._registry) for file, part in self._by_file.items()}

    @cached_property
    def _by_file(self) -> Mapping[str, Manuscript]:
        blocks: dict[str, list[TextBlock]] = {}
        for block in self._text.prose:
            if block.doubt is None and not block.is_code:
                blocks.setdefault(block.file, []).append(block)
        return {
            file: replace(
                self._text,
                files=(file,),
                prose=tuple(prose),
                entries=tuple(entry for entry in self._text.entries if entry.place.file == file),
            )
            for file, prose in blocks.items()
        }

    @cached_property
    def _words(self) -> Mapping[str, str]:
        return {file: _words_of(part.prose) for file, part in self._by_file.items()}


def _words_of(prose: Sequence[TextBlock]) -> str:
    return _flat(" ".join(block.text for block in prose))


def _flat(text: str) -> str:
    """Return a text in lower case, its words with single blanks between them, addresses without their scheme."""
    words = _APART.split(_ADDRESS.sub(" ", text.lower()))
    return " ".join(word.strip(".;:'\"/").removesuffix("/legalcode") for word in words).strip()
