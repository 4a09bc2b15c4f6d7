"""Finding the entries of works in an author's bibliography, by what the author put where.

- A DOI in `doi` decides; without one, a DOI in `url`, `howpublished`, `eprint` or another link; without one, a DOI in
  `note`, if the entry is of the work's kind. So a paper whose note or link names its data is not the data's entry, and
  a DOI in `abstract`, `annote`, `keywords` or `file` is nobody's. Where the fields that decide name several works,
  title and year must agree too.
- An entry without any DOI is the work's if title and year agree, and if it is of the work's kind: data are often called
  what their paper is called. Where two of the works share title and year, none is found by them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from tcia_policy.documents.bibtex.bib_file import Block
from tcia_policy.documents.latex.fragment import printed_text
from tcia_policy.model import Citation
from tcia_policy.references.citation_parts import ARTICLE, written_doi
from tcia_policy.registry import DoiFinder, normalize_doi
from tcia_policy.text.name_keys import compare_key
from tcia_policy.text.years import stated_year

_DOI_FIELD = re.compile(r"doi")
_LINK_FIELDS = re.compile(r"url|howpublished|eprint|link|ee|adsurl|bdsk-url-\d+")
_NOTE_FIELDS = re.compile(r"note|addendum")
_ANY_DOI = re.compile(r"(?<![\d.])10\.\d{4,9}(?:\.\d+)*(?:/|%2f|slash)", re.IGNORECASE)
_SAYS_DATA = re.compile(r"\[data ?(?:set)?\]", re.IGNORECASE)

_CONTAINERS = ("journal", "journaltitle", "booktitle", "school")
_BOOKS = ("book", "mvbook", "inbook", "collection", "incollection", "proceedings", "inproceedings", "conference")
_NEVER_DATA = frozenset((*_BOOKS, "thesis", "phdthesis", "mastersthesis"))
_NEVER_A_PAPER = frozenset(("dataset", "data", "software", "online", "electronic", "www"))
_NEVER_CITED = frozenset(("xdata",))


class Matches:
    """The entries of works, in the order of the file."""

    def __init__(self, blocks: Iterable[Block], citations: Sequence[Citation]) -> None:
        known = _KnownDois(citations)
        self._with_doi: dict[str, list[_Entry]] = defaultdict(list)
        self._without_doi: dict[tuple[str, int | None], list[_Entry]] = defaultdict(list)
        for block in blocks:
            if block.type not in _NEVER_CITED:
                self._add(_Entry(block, known))
        called = Counter(_called(citation) for citation in citations)
        self._ambiguous = {each for each, count in called.items() if count > 1 or not each[0]}

    def _add(self, entry: "_Entry") -> None:
        for doi in entry.dois:
            self._with_doi[doi].append(entry)
        if not entry.dois and not entry.names_other_works:
            for title in entry.titles:
                self._without_doi[title, entry.year].append(entry)

    def with_doi(self, citation: Citation) -> list[Block]:
        """Return the entries that its DOI makes its own."""
        return [entry.block for entry in self._with_doi.get(citation.doi, ()) if entry.is_of_its_doi(citation)]

    def without_doi(self, citation: Citation) -> list[Block]:
        """Return the entries that only title and year make its own."""
        called = _called(citation)
        entries = () if called in self._ambiguous else self._without_doi.get(called, ())
        return [entry.block for entry in entries if entry.is_of_kind(citation)]


def _called(citation: Citation) -> tuple[str, int]:
    return compare_key(citation.title), citation.year


class _KnownDois:
    """The DOIs that are looked for, in any spelling, and in that of our own files."""

    def __init__(self, citations: Iterable[Citation]) -> None:
        dois = [citation.doi for citation in citations]
        self._finder = DoiFinder(dois)
        self._by_normal = {normalize_doi(doi): doi for doi in dois}
        self._by_written = {written_doi(doi, in_ascii).lower(): doi for doi in dois for in_ascii in (False, True)}

    def find(self, text: str) -> list[str]:
        written = self._by_written.get(text.strip().lower())
        return [written] if written is not None else [self._by_normal[doi] for _, doi in self._finder.find(text)]


class _Entry:
    """An entry, and the work that it says it is of.

    `dois` are the known ones in the fields that decide; `names_other_works`: there are others beside a single one.
    """

    def __init__(self, block: Block, known: _KnownDois) -> None:
        self.block = block
        for self._deciding in (_DOI_FIELD, _LINK_FIELDS, _NOTE_FIELDS):
            text = "\n".join(field.value for field in block.fields if self._deciding.fullmatch(field.name))
            found = known.find(text) if text else []
            self.dois = tuple(dict.fromkeys(found))
            any_doi = _ANY_DOI.findall(re.sub(r"[{}\\]", "", text))
            self.names_other_works = len(self.dois) > 1 or len(any_doi) > len(found)
            if self.dois or self.names_other_works:
                break

    def is_of_its_doi(self, citation: Citation) -> bool:
        """Return whether a DOI among its own stands for the work."""
        if self.names_other_works and not (compare_key(citation.title) in self.titles and self.year == citation.year):
            return False
        return self._deciding is not _NOTE_FIELDS or self.is_of_kind(citation)

    def is_of_kind(self, citation: Citation) -> bool:
        """Return whether it can be data, or a paper, as the work is."""
        containers = [
            compare_key(printed_text(self.block.value(name))) for name in _CONTAINERS if self.block.value(name)
        ]
        if citation.resource_type == ARTICLE:
            return self.block.type not in _NEVER_A_PAPER and (self.block.type != "misc" or bool(containers))
        if self.block.type in _NEVER_DATA or (self.block.type == "article" and not containers):
            return False
        archive = compare_key(citation.publisher or "")
        return all(archive and archive in container for container in containers)

    @cached_property
    def titles(self) -> frozenset[str]:
        """Return its title without and with the subtitle, letters and digits only."""
        title, subtitle = self.block.value("title"), self.block.value("subtitle")
        return frozenset(compare_key(_SAYS_DATA.sub("", printed_text(text))) for text in (title, f"{title} {subtitle}"))

    @cached_property
    def year(self) -> int | None:
        """Return the year that it states."""
        return stated_year(self.block.value("year")) or stated_year(self.block.value("date"))
