"""Which entries of a bibliography are of which work. `check` and `cite --into` both ask here, so that they agree.

- A DOI among the fields that are printed makes an entry the work's: in `doi`, `url`, `howpublished`, `eprint` or
  `note`, in any spelling. If the entry has another DOI of its own in `doi`, it only names the work: a paper whose note
  or link names its data is not the data's entry.
- An entry without any DOI is the work's if title and year agree, and if it is of the work's kind: data are often called
  what their paper is called. Titles agree if they are spelled almost alike and have the same numbers, years if they
  differ by one or one is left out. If an entry would be of several works in this way, `of_works` gives it to none.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from rapidfuzz import fuzz

from tcia_policy.documents.model import Entry
from tcia_policy.lazy import dataclass
from tcia_policy.model import Citation
from tcia_policy.references.citation_parts import ARTICLE, written_doi
from tcia_policy.registry import DoiFinder, normalize_doi
from tcia_policy.text.name_keys import compare_key

LEAST_ALIKE = 92  # of 100, rapidfuzz's ratio of titles without spaces and punctuation
_NUMBERS = re.compile(r"[0-9]+")
_SAYS_DATA = re.compile(r"\[data ?(?:set)?\]", re.IGNORECASE)
_ANY_DOI = re.compile(r"(?<![\d.])10\.\d{4,9}(?:\.\d+)*(?:/|%2f|slash)", re.IGNORECASE)

_BOOKS = ("book", "mvbook", "inbook", "collection", "incollection", "proceedings", "inproceedings", "conference")
_NEVER_DATA = frozenset((*_BOOKS, "thesis", "phdthesis", "mastersthesis"))
_NEVER_A_PAPER = frozenset(("dataset", "data", "software", "online", "electronic", "www"))


@dataclass(frozen=True)
class OfWork:
    """The entries of one work: with a DOI of it, without any DOI, and with its title and a DOI of another work."""

    with_doi: tuple[Entry, ...] = ()
    without_doi: tuple[Entry, ...] = ()
    with_another_doi: tuple[Entry, ...] = ()

    @property
    def serving(self) -> tuple[Entry, ...]:
        """Return the entries by which the work can be cited, the best one first."""
        return (*self.with_doi, *self.without_doi)


Finder = Callable[[Sequence[Entry], Sequence[Citation]], Mapping[str, OfWork]]
"""Return, by the DOI of each citation in lower case, the entries of its work."""


class EntryMatches:
    """The entries of a manuscript or of a bibliography, by the works that they are of."""

    def __init__(self, entries: Iterable[Entry], dois: Iterable[str]) -> None:
        """`dois` are all that can be asked for, in any spelling."""
        known = tuple(dict.fromkeys(dois))
        self._finder = DoiFinder(known)
        # As our own files spell what no DOI may have in it.
        self._written = {written_doi(doi, ascii_).lower(): doi.lower() for doi in known for ascii_ in (False, True)}
        self.entries = tuple((entry, tuple(self._dois(entry))) for entry in entries)

    def _dois(self, entry: Entry) -> Iterator[str]:
        yield from (doi for _, doi in self._finder.find(entry.text))
        written = self._written.get((entry.doi or "").strip().lower())
        if written is not None:
            yield written

    @cached_property
    def without_known_doi(self) -> tuple[Entry, ...]:
        """Return the entries that have none of the DOIs."""
        return tuple(entry for entry, dois in self.entries if not dois)

    def with_doi(self, doi: str) -> list[Entry]:
        """Return the entries that a DOI (in lower case) makes its own."""
        return [entry for entry in self._by_doi.get(doi, ()) if self.other_work(entry, doi) is None]

    def other_work(self, entry: Entry, doi: str) -> str | None:
        """Return the entry's own DOI if it is another one, because only its note may mention the data."""
        own = None if entry.doi is None else normalize_doi(entry.doi)
        if own is None or own == doi or self._written.get((entry.doi or "").strip().lower()) == doi:
            return None
        return own

    @cached_property
    def _by_doi(self) -> Mapping[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry, dois in self.entries:
            for doi in dict.fromkeys(dois):
                found.setdefault(doi, []).append(entry)
        return found

    def titled(self, citation: Citation) -> Iterator[Entry]:
        """Yield the entries without a known DOI that have the title, the year if they have one, and the kind."""
        wanted = compare_key(citation.title)
        for entry, titles in self._titles:
            if entry.year is not None and abs(entry.year - citation.year) > 1:
                continue
            alike = any(_are_alike(title, wanted) for title in titles)
            if alike and is_of_kind(entry, citation):
                yield entry

    @cached_property
    def _titles(self) -> list[tuple[Entry, tuple[str, ...]]]:
        return [(entry, tuple(_titles(entry))) for entry in self.without_known_doi if entry.title is not None]


def _titles(entry: Entry) -> Iterator[str]:
    """Yield the title without and with the subtitle, letters and digits only."""
    for text in dict.fromkeys((entry.title or "", f"{entry.title} {entry.subtitle}")):
        key = compare_key(_SAYS_DATA.sub("", text))
        if key:
            yield key


def _are_alike(title: str, wanted: str) -> bool:
    """Return whether titles are spelled almost alike. One with another number (`PROSTATEx-2`) is of another work."""
    same_numbers = _NUMBERS.findall(title) == _NUMBERS.findall(wanted)
    return same_numbers and bool(fuzz.ratio(title, wanted, score_cutoff=LEAST_ALIKE))


def says_any_doi(entry: Entry) -> bool:
    """Return whether an entry has any DOI, known or not."""
    return entry.doi is not None or _ANY_DOI.search(re.sub(r"[{}\\]", "", entry.text)) is not None


def is_of_kind(entry: Entry, citation: Citation) -> bool:
    """Return whether an entry can be data, or a paper, as the work is; true where it does not say what it is."""
    if citation.resource_type == ARTICLE and not entry.containers and _SAYS_DATA.search(entry.title or ""):
        return False
    if not entry.type:
        return True
    containers = [compare_key(name) for name in entry.containers]
    if citation.resource_type == ARTICLE:
        return entry.type not in _NEVER_A_PAPER and (entry.type != "misc" or bool(containers))
    if entry.type in _NEVER_DATA or (entry.type == "article" and not containers):
        return False
    archive = compare_key(citation.publisher or "")
    return all(archive and archive in container for container in containers)


def of_works(entries: Sequence[Entry], citations: Sequence[Citation]) -> Mapping[str, OfWork]:
    """Return the entries of each work by DOI and title alone."""
    matches = EntryMatches(entries, (citation.doi for citation in citations))
    found = {}
    for citation in citations:
        titled = list(matches.titled(citation))
        found[citation.doi.lower()] = OfWork(
            with_doi=by_kind(matches.with_doi(citation.doi.lower()), citation),
            without_doi=tuple(entry for entry in titled if not says_any_doi(entry)),
            with_another_doi=tuple(entry for entry in titled if says_any_doi(entry)),
        )
    return without_doubtful(found)


def by_kind(entries: Iterable[Entry], citation: Citation) -> tuple[Entry, ...]:
    """Return the entries, each once, those of the work's kind first, in the order of the file."""
    return tuple(sorted(dict.fromkeys(entries), key=lambda entry: not is_of_kind(entry, citation)))


def without_doubtful(found: Mapping[str, OfWork]) -> dict[str, OfWork]:
    """Return the same without the entries that several works would have by title or name alone."""
    claims = Counter(entry for of_work in found.values() for entry in dict.fromkeys(of_work.without_doi))
    return {
        doi: OfWork(
            of_work.with_doi,
            tuple(entry for entry in dict.fromkeys(of_work.without_doi) if claims[entry] == 1),
            of_work.with_another_doi,
        )
        for doi, of_work in found.items()
    }
