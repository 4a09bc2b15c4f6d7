"""The statements of a release, understood: licenses by their identifiers, data by the datasets of the registry."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath

from tcia_policy.documents.model import Manuscript, TextBlock
from tcia_policy.errors import InputError
from tcia_policy.evidence.license_file import license_of_text, names_a_stricter, unless_more_is_said
from tcia_policy.evidence.mentions.mentions import NameFinder, finder_of
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import License
from tcia_policy.registry import DoiFinder, Registry, normalize_doi
from tcia_policy.registry.license_expressions import clauses_of
from tcia_policy.registry.license_spellings import LicenseSpellings
from tcia_policy.releases.model import Release, Released, ReleaseFile, Stated, Topic

TEXT_OF_LICENSE = "text"  # the field of a statement that stands for the whole text of a license file
SECTION = "section "  # how the field of a statement begins that stands below a heading
MOST_STATEMENTS = 2000
# What cards say where the license is told elsewhere: https://huggingface.co/docs/hub/repositories-licenses
ELSEWHERE = ("other", "unknown")
# Paths of programs, as REUSE.toml lists them.
_OF_CODE = pattern(r"(?:^|/)(?:src|code|scripts?|lib|tests?)/|\.(?:py|r|jl|m|c|cpp|h|java|js|ts|sh|ipynb)$", re.I)


# What a README says that has a trained model beside the code.
_OFFERS_MODEL = pattern(
    r"\bthis\s+model\b|\bmodel\s+weights\b|\b(?:our|these)\s+(?:weights|checkpoints?)\b"
    r"|\b(?:pre-?)?trained\s+(?:models?|weights)\s+(?:\w+\s+){1,4}(?:available|released|provided|download\w*)\b"
    r"|\bdownload\s+(?:the\s+|our\s+)?(?:pre-?)?trained\b",
    re.IGNORECASE,
)


# The page of a record of Zenodo, whose DOI has its number.
_ZENODO = pattern(r"https?://(?:www\.)?zenodo\.org/records?/(?P<number>\d{1,12})(?![\w])")


@dataclass(frozen=True)
class LicenseSaid:
    """A license that a file states. `license` is its identifier; `None` where it was not understood."""

    stated: Stated
    released: Released
    license: str | None

    @property
    def where(self) -> str:
        """Return `model/README.md:3`."""
        return str(self.stated.place)


@dataclass(frozen=True)
class DataSaid:
    """Data that a file names; `datasets` are those of the registry that they are, none for other data."""

    stated: Stated
    datasets: tuple[str, ...]


class ReleaseSaid:
    """What the files of several releases say."""

    def __init__(self, releases: Sequence[Release], registry: Registry) -> None:
        self.releases = tuple(releases)
        self._registry = registry
        self._licenses = registry.licenses
        self._spellings = LicenseSpellings(registry.licenses)

    @property
    def files(self) -> tuple[ReleaseFile, ...]:
        """Return the files of all releases."""
        return tuple(file for release in self.releases for file in release.files)

    @cached_property
    def text(self) -> Manuscript:
        """Return what people read in all files, as one manuscript."""
        return Manuscript.joined(
            part if part.files else _named(part, file.file) for file in self.files for part in (file.text,)
        )

    @cached_property
    def licenses(self) -> tuple[LicenseSaid, ...]:
        """Return the licenses that the files state of what is released."""
        return tuple(
            LicenseSaid(stated, _released(stated, file), self._license(stated, file))
            for file, stated in self._about(Topic.LICENSE)
        )

    @cached_property
    def data_licenses(self) -> tuple[LicenseSaid, ...]:
        """Return the licenses that the files state of the data that the release was made from."""
        return tuple(
            LicenseSaid(stated, Released.DATA, self._license(stated, file))
            for file, stated in self._about(Topic.DATA_LICENSE)
        )

    @cached_property
    def made_from(self) -> tuple[DataSaid, ...]:
        """Return the data that the files state that the release was made from."""
        return tuple(DataSaid(stated, self._named(stated)) for _, stated in self._about(Topic.MADE_FROM))

    @cached_property
    def tested_on(self) -> tuple[DataSaid, ...]:
        """Return the data that the files state that the release was only tested on."""
        return tuple(DataSaid(stated, self._named(stated)) for _, stated in self._about(Topic.TESTED_ON))

    @cached_property
    def base_models(self) -> tuple[Stated, ...]:
        """Return the weights that the files state that the release was made from."""
        return tuple(stated for _, stated in self._about(Topic.BASE_MODEL))

    @cached_property
    def kinds(self) -> tuple[Released, ...]:
        """Return what is released, as far as the files say, each once."""
        said = [each.released for each in self.licenses] + [file.released for file in self.files]
        known = tuple(dict.fromkeys(kind for kind in said if kind is not Released.UNKNOWN))
        return (*known, Released.MODEL) if known == (Released.CODE,) and self._has_model else known

    @cached_property
    def _has_model(self) -> bool:
        """Return whether the text offers a trained model: code with weights is no code alone."""
        return any(_OFFERS_MODEL.search(block.text) for block in self.text.prose if not block.is_code)

    def known(self, license_: str) -> License | None:
        """Return what is known of a license, by its identifier."""
        return self._licenses.get(license_)

    def names_data(self, text: str) -> bool:
        """Return whether a text names a dataset of the registry."""
        return bool(self._datasets(text))

    def names_a_stricter(self, license_: str, text: str) -> bool:
        """Return whether a text names a license that asks or forbids more than this one, or that nobody knows."""
        return names_a_stricter(license_, text, self._licenses)

    def _about(self, topic: Topic) -> Iterator[tuple[ReleaseFile, Stated]]:
        found = ((file, stated) for file in self.files for stated in file.about(topic))
        for _, pair in zip(range(MOST_STATEMENTS), found, strict=False):
            yield pair

    def _license(self, stated: Stated, file: ReleaseFile) -> str | None:
        """Return the license of a statement: of the text that it stands for, of its words, or of what it points to.

        A name that nobody knows is settled by the text that is beside it in the folder, and not by an address.
        """
        if stated.field == TEXT_OF_LICENSE:
            return self._of_text(file)
        section = _section(stated, file)
        if section is None:
            return self._of_words(stated)
        one = self._in_words(section, file.file)
        first = self._of_words(stated) if one is None else one
        return first if one is not None or first is None else unless_more_is_said(first, section, self._licenses)

    def _of_words(self, stated: Stated) -> str | None:
        said = stated.text.strip()
        found = self._spellings.recognize(said) if said else ""
        if found and self._is_known(found):
            return None if self._leads_elsewhere(stated, found) else found
        if " " in said and (in_sentence := self._in_words(said, stated.place.file)) is not None:
            return in_sentence
        link = (stated.link or "").strip()
        if "://" in link or not link:
            return self._spellings.one(link) if said.lower() in (*ELSEWHERE, link.lower()) else None
        meant = str(PurePosixPath(stated.place.file).parent / link)
        beside = (each for each in self.files if each.file == meant)
        return next((self._of_text(each) for each in beside), None)

    def _leads_elsewhere(self, stated: Stated, license_: str) -> bool:
        """Return whether the address beside a license is that of another one."""
        leads_to = self._spellings.one((stated.link or "").strip())
        return leads_to is not None and leads_to in self._licenses and leads_to != license_

    def _is_known(self, license_: str) -> bool:
        return all(one in self._registry.licenses for clause in clauses_of(license_) for one in clause)

    def _of_text(self, file: ReleaseFile) -> str | None:
        """Return the license whose text a file is; `None` for one that is not known, or that says more."""
        text = "\n".join(block.text for block in file.text.prose)
        return self._in_words(text, file.file) if text else None

    def _in_words(self, text: str, file: str) -> str | None:
        """Return the license that a text is, or that a sentence such as `This dataset is under CC0` states."""
        try:
            return license_of_text(text.encode(), Path(file), self._licenses)
        except InputError:
            return None

    def _named(self, stated: Stated) -> tuple[str, ...]:
        """Return the datasets that a statement names, else those that its address leads to."""
        return self._datasets(stated.text) or self._datasets(stated.link or "")

    def _datasets(self, text: str) -> tuple[str, ...]:
        """Return the datasets that a text is the name, DOI or address of, else those that it names."""
        for name in _names_in(text):
            if self._registry.knows(name):  # `find` would compare an unknown name with all that are known
                return self._registry.find(name)
        cited = (self._registry.by_doi(doi) for _offset, doi in self._dois.find(text))
        named = (use.dataset for use in self._finder.find(TextBlock("", text)))
        return tuple(dict.fromkeys(name for name in (*cited, *named) if name is not None))

    @cached_property
    def _finder(self) -> NameFinder:
        return finder_of(self._registry)

    @cached_property
    def _dois(self) -> DoiFinder:
        return DoiFinder(doi for entry in self._registry.entries for doi in entry.dois)


def _section(stated: Stated, file: ReleaseFile) -> str | None:
    """Return the text of the section that a statement stands in; `None` for one that stands in no section."""
    title = stated.field.removeprefix(SECTION)
    for block in file.text.prose if stated.field.startswith(SECTION) else ():
        for index, heading in enumerate(block.headings):
            below = block.headings[index + 1 :]
            end = next((other.offset for other in below if other.level <= heading.level), len(block.text))
            if heading.title == title and heading.offset <= _offset(block, stated) < max(end, 1):
                return block.text[heading.offset : end].removeprefix(title).strip() or None
    return None


def _offset(block: TextBlock, stated: Stated) -> int:
    """Return where the line of a statement begins in a block."""
    starts = (start for start, number in zip(block.starts, block.numbers, strict=True) if number == stated.place.number)
    return next(starts, 0)


def _released(stated: Stated, file: ReleaseFile) -> Released:
    """Return what a license is for: what the statement or the file says, else code where it covers code alone."""
    said = stated.says or file.released
    is_code = bool(stated.covers) and all(map(_OF_CODE.search, stated.covers))
    return Released.CODE if said is Released.UNKNOWN and is_code else said


def _named(text: Manuscript, file: str) -> Manuscript:
    return Manuscript((file,), text.prose, text.entries, text.citations, text.problems)


def _names_in(text: str) -> Iterator[str]:
    """Yield what may be the name of one dataset: all of the text, its DOI, what stands behind `user/` on a hub."""
    text = text.strip()
    if not text or "\n" in text:
        return
    yield text
    doi = normalize_doi(text)
    if doi is not None:
        yield doi
    record = _ZENODO.match(text)
    if record is not None:
        yield f"10.5281/zenodo.{record['number']}"
    owner, _, name = text.partition("/")
    if name and "/" not in name and " " not in text and owner:
        yield name
