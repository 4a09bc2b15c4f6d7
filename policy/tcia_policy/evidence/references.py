"""The works that a manuscript refers to, how, and where."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

from tcia_policy.documents.model import CitationKeyUse, Entry, Manuscript, SourceLocation, TextBlock
from tcia_policy.evidence.citation_keys import KeyUses
from tcia_policy.evidence.mentions.stance import Said, Stance, Stances
from tcia_policy.evidence.paper_marks import is_title_of_paper
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import Citation, Found
from tcia_policy.references.bib_matching import EntryMatches
from tcia_policy.references.citation_parts import ARTICLE
from tcia_policy.registry import DoiFinder
from tcia_policy.text.name_keys import compare_key

LONGEST_DOI = 80  # characters, where one is quoted
SHORTEST_TITLE = 25  # letters and digits of a title that is looked for in a printed list of references
_CREDITS_NOBODY = (Stance.DENIED, Stance.IN_PART, Stance.IN_CODE)
_LINK_ENDS = pattern(r"[\s)\]]")
_LINK_BEGINS = pattern(r"[^\s(\[]*$")
_BEST_FIRST = (
    Found.CITED,
    Found.IN_DOUBT,
    Found.CITED_WITHOUT_DOI,
    Found.NAMED,
    Found.LISTED,
    Found.ABSENT,
)


@dataclass(frozen=True)
class Sighting:
    """How one work was found, and where: `cited in paper.tex:41 as armato2015 (refs.bib:12)`.

    `at` are the places at which to do what is missing, `key` is that of the entry that lacks something. `said` is what
    the text says where a DOI is printed in it, `None` for entries and lists of references.
    """

    found: Found
    where: str
    at: tuple[str, ...] = ()
    key: str | None = None
    said: Said | None = field(default=None, compare=False)


class References:
    """The works that a manuscript refers to, found by DOI and by title."""

    def __init__(self, manuscript: Manuscript, dois: Iterable[str]) -> None:
        """`dois` are all that can be asked for, in any spelling."""
        self._manuscript = manuscript
        known = tuple(dois)
        self._finder = DoiFinder(known)
        self.matches = EntryMatches(manuscript.entries, known)
        self._uses = KeyUses(manuscript)

    def by_doi(self, doi: str) -> Sighting | None:
        """Return the best sighting of the work with this DOI (lower case), or `None` if it was not found."""
        return self._by_doi.get(doi)

    def by_title(self, citation: Citation, entries: Iterable[Entry] | None = None) -> Sighting | None:
        """Return the best sighting of a work whose DOI was not found, by its title and year.

        `entries` are those that have its title, by default all that `matches` knows. A paper may be cited without its
        DOI, data may not.
        """
        cited = Found.CITED if citation.resource_type == ARTICLE else Found.CITED_WITHOUT_DOI
        titled = self.matches.titled(citation) if entries is None else entries
        sightings = [self._of_entry(entry, cited, _without_doi(entry)) for entry in titled]
        sightings += [
            in_doubt(Sighting(cited, f"cited in {place}, without its DOI", (str(place),)), doubt, place)
            for place, doubt in self._titled(citation)
        ]
        return min(sightings, key=rank, default=None)

    def is_cited(self, entry: Entry) -> bool:
        """Return whether the text cites an entry."""
        return self._uses.of(entry) is not None

    def of_entry(self, entry: Entry) -> Sighting:
        """Return the sighting of data that an entry names without their DOI."""
        return self._of_entry(entry, Found.CITED_WITHOUT_DOI, _without_doi(entry))

    def all_of(self, doi: str) -> Sequence[Sighting]:
        """Return every sighting of the work with this DOI (lower case), in the order of the manuscript."""
        return self._all_by_doi.get(doi, ())

    def uses_of(self, entry: Entry) -> list[CitationKeyUse]:
        """Return where the text cites an entry by its key, or lists it."""
        return self._uses.all_of(entry)

    @property
    def cited_dois(self) -> Iterator[tuple[str, Sighting]]:
        """Return every known DOI that is cited or printed (`NAMED`), in the order of the manuscript."""
        return ((doi, seen) for doi, seen in self._by_doi.items() if seen.found is not Found.LISTED)

    @property
    def unresolved(self) -> str | None:
        """Return a cited key that no entry has, and where: `data (main.tex:41)`."""
        return self._uses.unresolved

    @cached_property
    def cited_entries(self) -> tuple[Entry, ...]:
        """Return the entries that are printed in the list of references for certain."""
        return tuple(entry for entry in self._manuscript.entries if _is_surely_printed(entry) or self._is_cited(entry))

    def _is_cited(self, entry: Entry) -> bool:
        use = self._uses.of(entry)
        return use is not None and use.doubt is None

    def _titled(self, citation: Citation) -> Iterator[tuple[SourceLocation, str | None]]:
        """Yield where a printed list has the title of a work; if that is data, not where it is the title of a paper."""
        wanted = compare_key(citation.title)
        for prose, letters, offsets in self._lists if len(wanted) >= SHORTEST_TITLE else ():
            position = letters.find(wanted)
            if position < 0:
                continue
            last = offsets[position + len(wanted) - 1] + 1
            if citation.resource_type == ARTICLE or not is_title_of_paper(prose.text, last):
                yield prose.place(offsets[position]), prose.doubt

    @cached_property
    def _lists(self) -> list[tuple[TextBlock, str, list[int]]]:
        """Return the printed lists of references as letters and digits only, with where each stood."""
        return [(prose, *_letters(prose.text)) for prose in self._manuscript.prose if prose.is_references]

    @cached_property
    def _by_doi(self) -> Mapping[str, Sighting]:
        return {doi: min(seen, key=rank) for doi, seen in self._all_by_doi.items()}

    @cached_property
    def _all_by_doi(self) -> Mapping[str, Sequence[Sighting]]:
        found: dict[str, list[Sighting]] = {}
        for doi, sighting in self._sightings():
            found.setdefault(doi, []).append(sighting)
        return found

    def _sightings(self) -> Iterator[tuple[str, Sighting]]:
        for entry, dois in self.matches.entries:
            for doi in dois:
                other = self.matches.other_work(entry, doi)
                found, remark = (
                    (Found.CITED, "") if other is None else (Found.NAMED, f", which is the entry of {other}")
                )
                yield doi, self._of_entry(entry, found, remark)
        for prose in self._manuscript.prose:
            yield from self._printed(prose)

    def _printed(self, prose: TextBlock) -> Iterator[tuple[str, Sighting]]:
        stances = Stances(prose)
        for offset, doi in self._finder.find(prose.text):
            place = prose.place(offset)
            if prose.is_references:
                yield (
                    doi,
                    in_doubt(Sighting(Found.CITED, f"cited in the list of references, {place}"), prose.doubt, place),
                )
                continue
            said = stances.at(*_link_around(prose.text, offset))
            is_credit = said.stance not in _CREDITS_NOBODY
            where = f"its DOI stands in {place}{'' if is_credit else said.why}"
            seen = Sighting(Found.CITED if is_credit else Found.NAMED, where, said=said)
            yield doi, in_doubt(seen, prose.doubt, place)

    def _of_entry(self, entry: Entry, cited: Found, remark: str) -> Sighting:
        use = self._uses.of(entry)
        known_as = "" if entry.key is None else f" as {entry.key}"
        at = (str(entry.place),)
        if use is not None and (use.doubt is None or not _is_surely_printed(entry)):
            verb = "cited" if use.in_text else "put into the list of references"
            seen = Sighting(cited, f"{verb} in {use.place}{known_as} ({entry.place}){remark}", at, entry.key)
            return in_doubt(seen, use.doubt, use.place)
        if entry.printed:
            where = f"cited in the list of references, {entry.place}{known_as}{remark}"
            return in_doubt(Sighting(cited, where, at, entry.key), entry.doubt, entry.place)
        return Sighting(Found.LISTED, f"listed in {entry.place}{known_as}, but not cited{remark}", at, entry.key)


def _is_surely_printed(entry: Entry) -> bool:
    return entry.printed and entry.doubt is None


def in_doubt(seen: Sighting, doubt: str | None, place: SourceLocation) -> Sighting:
    """Return the sighting of what is printed only if `doubt`: it shows nothing, and `place` is to be looked at.

    What would show nothing even if it is printed stays what it is.
    """
    if doubt is None:
        return seen
    where = f"{seen.where}, but that is printed {doubt}"
    if seen.found in (Found.CITED, Found.PRESENT):
        return replace(seen, found=Found.IN_DOUBT, where=where, at=(str(place),))
    return replace(seen, where=where)


def _link_around(text: str, offset: int) -> tuple[int, int]:
    """Return where the link with the DOI at `offset` begins and ends, as far as it stands on one line."""
    before = _LINK_BEGINS.search(text, max(0, offset - LONGEST_DOI), offset)
    after = _LINK_ENDS.search(text, offset, offset + LONGEST_DOI)
    start = offset if before is None else before.start()
    return start, min(len(text), offset + LONGEST_DOI) if after is None else after.start()


def _without_doi(entry: Entry) -> str:
    return ", without its DOI" if entry.doi is None else f", with another DOI ({entry.doi[:LONGEST_DOI]})"


def rank(sighting: Sighting) -> int:
    """Return the rank of a sighting, as a number; lower is better."""
    return _BEST_FIRST.index(sighting.found)


def _letters(text: str) -> tuple[str, list[int]]:
    kept = [(letter, offset) for offset, character in enumerate(text) for letter in compare_key(character)]
    return "".join(letter for letter, _ in kept), [offset for _, offset in kept]
