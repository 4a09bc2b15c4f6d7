"""Credit in a release: what a file of it says of the data that CC's licenses ask for wherever they are passed on.

CC BY 4.0, section 3(a)(1), and CC BY 3.0, section 4(a) and (b), ask for the creators, the title or address of the data,
their license with its address or text, and a notice of changes. A file counts for what stands in it: no sentence such
as `we followed the license` is credit, and the license that the release states for itself is none of the data.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from tcia_policy.documents.model import Manuscript, TextBlock
from tcia_policy.evidence.dataset_uses import DatasetUses
from tcia_policy.evidence.release.said import SECTION, TEXT_OF_LICENSE, LicenseSaid
from tcia_policy.files.written_by import SAY_CHANGES
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import Dataset, Holding, License, LicenseFamily
from tcia_policy.model.dataset import Creator
from tcia_policy.registry import Registry
from tcia_policy.registry.license_spellings import LicenseSpellings

_APART = pattern(r"[\s_,()\[\]<>-]+")
_ADDRESS = pattern(r"https?://(?:www\.)?", re.IGNORECASE)
_PAGE = pattern(r"/(?:legalcode|deed)(?:\.[a-z-]{2,7})?$")
# A sentence on the license of what is released; it ends in the version of a license at the latest.
_OF_RELEASE = pattern(
    r"\b(?:this|the|our|these)\s+(?:\w+\s+)?(?:model|weights?|network|code|software|repository|bundle|checkpoints?)"
    r"\s+(?:is|are)\b[^.\n]{0,200}",
    re.IGNORECASE,
)
# A denial, with what it takes back: "not licensed under CC BY 3.0".
_DENIED = pattern(
    r"\b(?:not|never|no longer|neither|nor|cannot)(?: be)?"
    r" (?:licensed|released|distributed|provided|shared|available|governed|covered|subject|under)(?: [\w.-]+){0,6} ?$"
)
_DENIED_WITHIN = 100  # characters before the name of a license
_MOST_SENTENCES = 50  # on the release itself, in one section
_SHORT = 3  # letters of a family name that may as well be a word


@dataclass(frozen=True)
class Credit:
    """The file in which a dataset is named, `None` for nowhere, and what of its credit that file says.

    `license` says that one of the licenses of the data stands beside their name, `address` that its address or text is
    there, `creators` that one of the people who made the data is named, `source` that their title or DOI is. What
    nobody knows of the data, such as their creators, is not asked for. `has_gap` says that the changes to the data are
    still to be filled in there.
    """

    data: str | None
    license: bool = False
    address: bool = False
    creators: bool = False
    source: bool = False
    has_gap: bool = False

    @property
    def is_whole(self) -> bool:
        """Return whether all of it is there but the changes, which nobody can see in a text."""
        return self.license and self.address and self.creators and self.source

    @property
    def parts(self) -> int:
        """Return how much of it is there."""
        return self.license + self.address + self.creators + self.source


@dataclass(frozen=True)
class _Section:
    """The words of a section with the headings above it, and those sentences that are on the release itself."""

    words: str
    of_release: tuple[str, ...]


class CreditFinder:
    """Looks for credit in the text of a release. Each file is read on its own.

    `own` is what the files say of the license of the release itself. It is no credit; but the text of a license among
    the files is as good as its address.
    """

    def __init__(self, text: Manuscript, registry: Registry, own: Sequence[LicenseSaid] = ()) -> None:
        self._text = text
        self._registry = registry
        self._spellings = LicenseSpellings(registry.licenses)
        self._texts = {each.license for each in own if each.stated.field == TEXT_OF_LICENSE}
        self._own = [
            (said.place.file, said.field.removeprefix(SECTION), _flat(said.text))
            for said in (each.stated for each in own)
            if said.field.startswith(SECTION) and said.text.strip()
        ]

    def of(self, holding: Holding, dataset: Dataset | None, licenses: Iterable[License]) -> Credit:
        """Return the credit of a data item: that of the file which says most of it, and has nothing left to fill in."""
        licenses = list(licenses)
        found = [self._in_file(file, holding, dataset, licenses) for file in self._files_naming(holding, dataset)]
        return max(found, key=lambda credit: (credit.parts, not credit.has_gap), default=Credit(None))

    def _in_file(self, file: str, holding: Holding, dataset: Dataset | None, licenses: Sequence[License]) -> Credit:
        words = self._words[file]
        names = _Names(holding, dataset)
        beside = list(self._beside(file, names))
        named = [each for each in licenses if any(self._names_license(text, each) for text in beside)]
        return Credit(
            data=file,
            license=bool(named),
            address=any(each.id in self._texts or _has_address(words, each) for each in named),
            creators=names.has_creator(self._plain[file]),
            source=names.has_source(words),
            has_gap=_flat(SAY_CHANGES) in words,
        )

    def _files_naming(self, holding: Holding, dataset: Dataset | None) -> Iterable[str]:
        for file, uses in self._uses.items():
            if dataset is None:
                if _flat(holding.name) in self._words[file]:
                    yield file
            elif dataset.id in uses.cited or dataset.id in uses.named_as_used:
                yield file

    def _beside(self, file: str, names: "_Names") -> Iterator[str]:
        """Yield the words of each section that names the data, without those on the license of the release itself."""
        for section in self._sections[file]:
            if names.are_in(section.words):
                about_others = (said for said in section.of_release if not names.are_in(said))
                words = section.words
                for said in about_others:
                    words = words.replace(said, " ", 1)
                yield words

    @cached_property
    def _sections(self) -> Mapping[str, Sequence[_Section]]:
        return {file: tuple(self._sections_of(file, part)) for file, part in self._by_file.items()}

    def _sections_of(self, file: str, part: Manuscript) -> Iterator[_Section]:
        sections: dict[tuple[str, ...], list[str]] = {}
        for block in part.prose:
            starts = sorted({0, *(heading.offset for heading in block.headings)})
            for start, end in zip(starts, [*starts[1:], len(block.text)], strict=True):
                sections.setdefault(block.sections_at(start), []).append(block.text[start:end])
        for titles, texts in sections.items():
            own = (said for name, title, said in self._own if (name, (title,)) == (file, titles[-1:]))
            sentences = (_flat(said[0]) for said in islice(_OF_RELEASE.finditer("\n".join(texts)), _MOST_SENTENCES))
            yield _Section(_flat(" ".join((*titles, *texts))), (*own, *sentences))

    def _names_license(self, words: str, license_: License) -> bool:
        spelled = {*self._spellings.spellings_of(license_), license_.id.lower(), license_.name.lower()}
        return any(_is_said(words, each) for each in spelled)

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
        return {file: _flat(" ".join(block.text for block in part.prose)) for file, part in self._by_file.items()}

    @cached_property
    def _plain(self) -> Mapping[str, str]:
        return {file: _plain(" ".join(block.text for block in part.prose)) for file, part in self._by_file.items()}


class _Names:
    """What a data item, its source and the people who made it are called."""

    def __init__(self, holding: Holding, dataset: Dataset | None) -> None:
        self._dataset = dataset
        self._titles = () if dataset is None else (dataset.title, dataset.citation.title)
        self._names = (holding.name, *self._titles, *(() if dataset is None else (dataset.id, *dataset.aliases)))
        self._dois = () if dataset is None else dataset.dois

    def are_in(self, words: str) -> bool:
        """Return whether the data are named there, or their DOI is."""
        return any(_has(words, name) for name in self._names) or self._has_doi(words)

    def has_source(self, words: str) -> bool:
        """Return whether the title of the data or their DOI is there, if anybody knows them."""
        return self._dataset is None or any(_has(words, title) for title in self._titles) or self._has_doi(words)

    def has_creator(self, text: str) -> bool:
        """Return whether a text without marks names the first who made the data, if anybody knows them."""
        creators = () if self._dataset is None else self._dataset.citation.creators
        return not creators or _is_named(creators[0], text)

    def _has_doi(self, words: str) -> bool:
        return any(doi.lower() in words for doi in self._dois)


def _is_named(creator: Creator, text: str) -> bool:
    """Return whether a text has the name of a creator; one that may be a word only with `et al.` or initials."""
    if creator.family is None:
        return _has(_flat(text), (creator.literal or "").partition("(")[0])
    name = re.escape(_plain(creator.family))
    after = rf",?\s(?:et\s+al|{re.escape(_plain(creator.given or '')[:1])})" if len(creator.family) <= _SHORT else ""
    return re.search(rf"\b{name}\b{after}", text) is not None


def _plain(text: str) -> str:
    """Return a text without the marks of its letters, since many write names without them."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def _has_address(words: str, license_: License) -> bool:
    """Return whether the address of a license is there; of a license that is not CC's nobody asks for it."""
    known = [each for each in (license_.url, license_.legal_code) if each is not None]
    return license_.family is not LicenseFamily.CREATIVE_COMMONS or any(_has(words, each) for each in known)


def _is_said(words: str, name: str) -> bool:
    """Return whether a name stands somewhere without a denial before it."""
    around, wanted = f" {words} ", f" {_flat(name)} "
    place = around.find(wanted)
    while place >= 0:
        if _DENIED.search(around[max(0, place - _DENIED_WITHIN) : place]) is None:
            return True
        place = around.find(wanted, place + 1)
    return False


def _has(words: str, name: str) -> bool:
    return f" {_flat(name)} " in f" {words} "


def _flat(text: str) -> str:
    """Return a text in lower case, its words with single blanks between them, addresses without their scheme."""
    words = _APART.split(_ADDRESS.sub(" ", text.lower()))
    return " ".join(_PAGE.sub("", word.strip(".;:'\"/")).strip("/") for word in words).strip()
