"""The datasets of the registry that a manuscript cites or names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from tcia_policy.documents.model import CitationKeyUse, Entry, Manuscript, SourceLocation, TextBlock
from tcia_policy.evidence.mentions.mentions import BY_PAGE, NameFinder, NameUse, finder_of
from tcia_policy.evidence.mentions.sentences import link_around
from tcia_policy.evidence.mentions.short_forms import is_short_for
from tcia_policy.evidence.mentions.stance import Said, Stance, Stances, in_doubt, rank
from tcia_policy.evidence.paper_marks import FEWEST_WORDS, IN_ARCHIVE, is_paper, is_title_of_paper
from tcia_policy.evidence.reference_items import data_without_doi
from tcia_policy.evidence.references import References, Sighting
from tcia_policy.evidence.references import rank as seen_rank
from tcia_policy.evidence.said_of_data import SaidOf, SaidOnLines, most_telling
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import Found
from tcia_policy.references.bib_matching import is_of_kind
from tcia_policy.registry import DoiFinder, Registry, normalize_doi
from tcia_policy.registry.index import IndexEntry
from tcia_policy.text.name_keys import compare_key

FARTHEST = 600  # characters before a dataset's DOI in a list of references that may belong to its reference
_ITEM_BEGINS = pattern(r"\n\s*\n|\n\s*(?:\[\d{1,4}\]|\d{1,4}[.)])\s|10\.\d{4,9}/\S+")
_ANY_DOI = pattern(r"10\.\d{4,9}/")
_OF_DATA = pattern(rf"{IN_ARCHIVE.pattern}|\bdata\s?sets?\b", re.IGNORECASE)
_LINKED = (BY_PAGE, "in a link to the archive")


@dataclass(frozen=True)
class CitedDataset:
    """A dataset whose DOI is cited or printed, and where the DOI was seen."""

    doi: str
    seen: Sighting


@dataclass(frozen=True)
class _Named:
    use: NameUse
    said: Said
    is_printed: bool


class DatasetUses:
    """The datasets of a registry in one manuscript. Each question is answered once and remembered."""

    def __init__(self, manuscript: Manuscript, registry: Registry) -> None:
        self._manuscript = manuscript
        self._registry = registry

    @cached_property
    def cited(self) -> Mapping[str, CitedDataset]:
        """Return each dataset whose DOI is cited or printed, in the order of the manuscript."""
        found = ((self._registry.by_doi(doi), CitedDataset(doi, seen)) for doi, seen in self._references.cited_dois)
        return {name: cited for name, cited in found if name is not None}

    @cached_property
    def named(self) -> Mapping[str, NameUse]:
        """Return the first place where each dataset is named in the text."""
        return {item.use.dataset: item.use for item in reversed(self._names)}

    @cached_property
    def named_as_used(self) -> Mapping[str, NameUse]:
        """Return the first place where each dataset is named, unless the text says that it is not used.

        A link to its page does not print its name.
        """
        named = (item for item in reversed(self._names) if item.use.how != BY_PAGE)
        return {item.use.dataset: item.use for item in named if item.is_printed and item.said.is_of_the_study}

    @cached_property
    def entries_by_name(self) -> Mapping[str, Sequence[Entry]]:
        """Return the entries of data that have no DOI and name a dataset."""
        found: dict[str, list[Entry]] = {}
        for entry in self._manuscript.entries:
            if _ANY_DOI.search(entry.text) or not _OF_DATA.search(entry.text):
                continue
            for use in self._finder.find(_as_prose(entry, is_references=False)):
                found.setdefault(use.dataset, []).append(entry)
        return found

    @cached_property
    def listed_by_name(self) -> Mapping[str, SourceLocation]:
        """Return where a printed list of references first cites each dataset by its name, without any DOI."""
        lists = (prose for prose in self.printed if prose.is_references)
        items = (item for prose in lists for item in data_without_doi(prose))
        found: dict[str, SourceLocation] = {}
        for use in (use for item in items for use in self._finder.find(item)):
            found.setdefault(use.dataset, use.place)
        return found

    @cached_property
    def cited_by_name(self) -> Mapping[str, Sighting]:
        """Return where a list has each dataset by its name or page without DOI, or where the text links to its page."""
        found = {name: _listed(place) for name, place in self.listed_by_name.items()}
        for item in self._names:
            if item.use.how in _LINKED and item.is_printed and item.said.is_of_the_study:
                found.setdefault(
                    item.use.dataset, _without_doi(f"its page is linked in {item.use.place}", item.use.place)
                )
        return found

    @cached_property
    def cited_without_doi(self) -> Mapping[str, Sighting]:
        """Return where each dataset is cited as data, by its name or page, whose DOI is cited nowhere."""
        found = {}
        for dataset in self.entries_by_name:
            seen = (self._references.of_entry(entry) for entry in self._entries_of_data(dataset))
            cited = min(seen, key=seen_rank, default=None)
            if cited is not None and cited.found is Found.CITED_WITHOUT_DOI:
                found[dataset] = cited
        listed = {name: _listed(place) for name, place in self.listed_by_name.items()}
        return {name: seen for name, seen in {**listed, **found}.items() if name not in self.cited}

    def _entries_of_data(self, dataset: str) -> list[Entry]:
        """Return the entries without DOI that name a dataset and its archive, and are of no paper."""
        citation = self._registry.get(dataset).citation
        named = self.entries_by_name.get(dataset, ())
        return [
            entry
            for entry in named
            if IN_ARCHIVE.search(entry.text) and not is_paper(entry) and is_of_kind(entry, citation)
        ]

    def named_in(self, entry: Entry) -> frozenset[str]:
        """Return the datasets that an entry names."""
        return frozenset(use.dataset for use in self._finder.find(_as_prose(entry, is_references=False)))

    @property
    def printed(self) -> tuple[TextBlock, ...]:
        """Return the blocks of text that are printed for certain, lists of references among them."""
        return tuple(prose for prose in self._manuscript.prose if prose.doubt is None and not prose.is_code)

    @property
    def perhaps_printed(self) -> tuple[TextBlock, ...]:
        """Return the text of which nobody can tell whether it is printed."""
        return tuple(
            prose
            for prose in self._manuscript.prose
            if prose.doubt is not None and not prose.is_code and not prose.is_references
        )

    @cached_property
    def printed_text(self) -> tuple[TextBlock, ...]:
        """Return the text and the references of data, without papers: a paper's title does not say what was used."""
        text = (prose for prose in self.printed if not prose.is_references)
        lists = (prose for prose in self.printed if prose.is_references)
        entries = (_as_prose(entry) for entry in self._references.cited_entries if self._is_of_data(entry))
        return (*text, *entries, *(item for prose in lists for item in self._data_in_list(prose)))

    @cached_property
    def _names(self) -> Sequence[_Named]:
        found = []
        for prose in self._manuscript.prose:
            stances = Stances(prose)
            uses = () if prose.is_references else self._finder.find(prose)
            uses = [use for use in uses if not _is_title_of_paper(use, prose.text)]
            is_printed = prose.doubt is None and not prose.is_code
            found += [_Named(use, stances.at(*_span(use, prose.text)), is_printed) for use in uses]
        return found

    @cached_property
    def said(self) -> Mapping[str, SaidOf]:
        """Return what is said of each dataset that is named or cited, where most shows that the study used it.

        What stands in a list of references says nothing of data that the text names. A dataset that the text denies to
        use in one place, and only names in another, may have been used.
        """
        found: dict[str, list[SaidOf]] = {}
        for item in self._names:
            found.setdefault(item.use.dataset, []).append(SaidOf(item.said, item.use.name, str(item.use.place)))
        by_doi = {name: SaidOf(Said(Stance.NAMED), cited.doi, cited.seen.where) for name, cited in self.cited.items()}
        by_name = {name: SaidOf(Said(Stance.NAMED), name, seen.where) for name, seen in self.cited_without_doi.items()}
        for dataset, listed in {**by_doi, **by_name}.items():
            in_text = list(self._said_where_cited(dataset))
            found[dataset] = [*found.get(dataset, ()), *in_text] or [listed]
        return {dataset: self._unless_short(dataset, some) for dataset, some in found.items()}

    def _unless_short(self, dataset: str, some: Sequence[SaidOf]) -> SaidOf:
        """Return what is said of a dataset; of one that is only named, that this may be short for one that is cited.

        `TCGA-GBM` may be short for `BraTS-TCGA-GBM`, if the text has the longer name, too, and cites it.
        """
        told = most_telling(some)
        if told.said.stance is not Stance.NAMED or dataset in self.cited or dataset in self.cited_without_doi:
            return told
        names = {compare_key(item.written) for item in some}
        cited = (other for other in (*self.cited, *self.cited_without_doi) if other in self.named)
        longer = next((other for other in cited if is_short_for(names, self._entries[other])), None)
        if longer is None:
            return told
        return replace(told, said=Said(Stance.SHORT_FORM, f", where it may be short for {longer}, which is cited"))

    @cached_property
    def _entries(self) -> Mapping[str, IndexEntry]:
        return {entry.id: entry for entry in self._registry.entries}

    def said_where_cited(self, dataset: str) -> SaidOf | None:
        """Return what the text says where it cites a dataset, `None` where only a list of references has it."""
        return min(self._said_where_cited(dataset), key=lambda item: rank(item.said), default=None)

    def _said_where_cited(self, dataset: str) -> Iterator[SaidOf]:
        dois = self._registry.get(dataset).dois
        for doi in dois:
            for seen in self._references.all_of(doi):
                if seen.said is not None:
                    yield SaidOf(seen.said, doi, seen.where)
        entries = [entry for doi in dois for entry in self._references.matches.with_doi(doi)]
        for entry in (*entries, *self._entries_of_data(dataset)):
            for use in self._references.uses_of(entry):
                if use.in_text:
                    yield SaidOf(self._said_at_key(use, dataset), dois[0], f"cited in {use.place}")

    def _said_at_key(self, use: CitationKeyUse, dataset: str) -> Said:
        """Return what is said on the line of a citation: of the dataset by its name, else by the sentences there."""
        named = self._said_by_name.get((dataset, use.place))
        said = named if named is not None else self._lines.said_at(use.place)
        return in_doubt(use.doubt) if use.doubt is not None and said.is_of_the_study else said

    @cached_property
    def _said_by_name(self) -> Mapping[tuple[str, SourceLocation], Said]:
        found: dict[tuple[str, SourceLocation], Said] = {}
        for item in self._names:
            key = (item.use.dataset, item.use.place)
            found[key] = min(found.get(key, item.said), item.said, key=rank)
        return found

    @cached_property
    def _lines(self) -> SaidOnLines:
        return SaidOnLines(self._manuscript.prose)

    @cached_property
    def _finder(self) -> NameFinder:
        return finder_of(self._registry)

    @cached_property
    def _references(self) -> References:
        return References(self._manuscript, (doi for entry in self._registry.entries for doi in entry.dois))

    @cached_property
    def _dois(self) -> DoiFinder:
        return DoiFinder(doi for entry in self._registry.entries for doi in entry.dois)

    def _is_of_data(self, entry: Entry) -> bool:
        own = None if entry.doi is None else normalize_doi(entry.doi)
        if own is not None:
            return self._registry.by_doi(own) is not None
        return bool(self._dois.find(entry.text)) or (
            IN_ARCHIVE.search(entry.text) is not None and entry in self._entries_with_name
        )

    @cached_property
    def _entries_with_name(self) -> frozenset[Entry]:
        """Return the entries that are in `entries_by_name`; there may be thousands of one dataset."""
        return frozenset(entry for some in self.entries_by_name.values() for entry in some)

    def _data_in_list(self, prose: TextBlock) -> Iterator[TextBlock]:
        """Yield the text before each dataset's DOI in a printed list, from the beginning of its reference."""
        for offset, _doi in self._dois.find(prose.text):
            first = max(0, offset - FARTHEST)
            ends = [match.end() for match in _ITEM_BEGINS.finditer(prose.text, first, offset)]
            start = ends[-1] if ends else first
            place = prose.place(offset)
            yield TextBlock(
                place.file, prose.text[start:offset], numbers=(place.number or 1,), unit=place.unit, is_references=True
            )


def _span(use: NameUse, text: str) -> tuple[int, int]:
    """Return where a name begins and ends; of one in a link, where the link does."""
    end = use.offset + len(use.name)
    link = link_around(text, use.offset, end)
    return (use.offset, end) if link is None else (end - len(link), end)


def _is_title_of_paper(use: NameUse, text: str) -> bool:
    return len(use.name.split()) >= FEWEST_WORDS and is_title_of_paper(text, use.offset + len(use.name))


def _listed(place: SourceLocation) -> Sighting:
    return _without_doi(f"cited in the list of references, {place}", place)


def _without_doi(where: str, place: SourceLocation) -> Sighting:
    return Sighting(Found.CITED_WITHOUT_DOI, f"{where}, without its DOI", (str(place),))


def _as_prose(entry: Entry, *, is_references: bool = True) -> TextBlock:
    return TextBlock(
        entry.place.file,
        entry.text,
        numbers=(entry.place.number or 1,),
        unit=entry.place.unit,
        is_references=is_references,
    )
