"""The datasets of the registry that a manuscript cites or names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tcia_policy.documents.model import CitationKeyUse, Entry, Manuscript, SourceLocation, TextBlock
from tcia_policy.evidence.mentions.mentions import BY_PAGE, NameFinder, NameUse
from tcia_policy.evidence.mentions.stance import Said, Stance, Stances, in_doubt, rank
from tcia_policy.evidence.reference_items import data_without_doi
from tcia_policy.evidence.references import References, Sighting
from tcia_policy.registry import DoiFinder, Registry, normalize_doi
from tcia_policy.registry.papers import load_papers

FARTHEST = 600  # characters before a dataset's DOI in a list of references that may belong to its reference
_ITEM_BEGINS = re.compile(r"\n\s*\n|\n\s*(?:\[\d{1,4}\]|\d{1,4}[.)])\s|10\.\d{4,9}/\S+")
_ANY_DOI = re.compile(r"10\.\d{4,9}/")
_OF_DATA = re.compile(
    r"cancer imaging archive|imaging data commons|\bTCIA\b|\bdata (?:from|set)|dataset", re.IGNORECASE
)
_IN_ARCHIVE = re.compile(r"cancer imaging archive|imaging data commons|\bTCIA\b|\bdata from\b", re.IGNORECASE)


@dataclass(frozen=True)
class CitedDataset:
    """A dataset whose DOI is cited or printed, and where the DOI was seen."""

    doi: str
    seen: Sighting


@dataclass(frozen=True)
class SaidOf:
    """What is said of a dataset where it is named or cited: `written` is its name or DOI, `place` where it stands."""

    said: Said
    written: str
    place: str

    @property
    def selects(self) -> bool:
        """Return whether the study used it, as far as the text alone can tell."""
        return self.said.stance in (Stance.USED, Stance.NAMED)

    @property
    def where(self) -> str:
        """Return the place, and what the text says there, in words."""
        return f"{self.place}{self.said.why}"


@dataclass(frozen=True)
class _Named:
    use: NameUse
    said: Said
    is_printed: bool


def _most_telling(some: Sequence[SaidOf]) -> SaidOf:
    first = min(some, key=lambda item: rank(item.said))
    denied = next((item for item in some if item.said.stance is Stance.DENIED), None)
    if first.said.stance is not Stance.NAMED or denied is None:
        return first
    return SaidOf(Said(Stance.IN_PART, f"; {denied.where.removeprefix('cited in ')}"), first.written, first.place)


class SaidOnLines:
    """What is said on each line, page or paragraph of the text, where nothing is named."""

    def __init__(self, prose: Sequence[TextBlock]) -> None:
        self._prose = [block for block in prose if not block.is_references]
        self._found: dict[SourceLocation, Said] = {}

    def said_at(self, place: SourceLocation) -> Said:
        """Return what shows most that the study used what is cited at a place."""
        if place not in self._found:
            spans = self._spans.get(place, ())
            said = (stances.over(start, end) for stances, start, end in spans)
            self._found[place] = min(said, key=rank, default=Said(Stance.NAMED))
        return self._found[place]

    @cached_property
    def _spans(self) -> Mapping[SourceLocation, Sequence[tuple[Stances, int, int]]]:
        found: dict[SourceLocation, list[tuple[Stances, int, int]]] = {}
        for block in self._prose:
            stances = Stances(block)
            for start, end in pairwise((*block.starts, len(block.text))):
                found.setdefault(block.place(start), []).append((stances, start, end))
        return found


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
            is_printed = prose.doubt is None and not prose.is_code
            found += [_Named(use, stances.at(use.offset, use.offset + len(use.name)), is_printed) for use in uses]
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
        for dataset, cited in self.cited.items():
            in_text = list(self._said_where_cited(dataset))
            listed = SaidOf(Said(Stance.NAMED), cited.doi, cited.seen.where)
            found[dataset] = [*found.get(dataset, ()), *in_text] or [listed]
        return {dataset: _most_telling(some) for dataset, some in found.items()}

    def said_where_cited(self, dataset: str) -> SaidOf | None:
        """Return what the text says where it cites a dataset, `None` where only a list of references has it."""
        return min(self._said_where_cited(dataset), key=lambda item: rank(item.said), default=None)

    def _said_where_cited(self, dataset: str) -> Iterator[SaidOf]:
        dois = self._registry.get(dataset).dois
        for doi in dois:
            for seen in self._references.all_of(doi):
                if seen.said is not None:
                    yield SaidOf(seen.said, doi, seen.where)
            for use in self._references.uses_of(doi):
                if use.in_text:
                    yield SaidOf(self._said_at_key(use, dataset), doi, f"cited in {use.place}")

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
    def _lines(self) -> "SaidOnLines":
        return SaidOnLines(self._manuscript.prose)

    @cached_property
    def _finder(self) -> NameFinder:
        papers = (paper.title for paper in load_papers().by_doi.values())
        return NameFinder(self._registry.entries, papers)

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
            _IN_ARCHIVE.search(entry.text) is not None and any(entry in some for some in self.entries_by_name.values())
        )

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


def _as_prose(entry: Entry, *, is_references: bool = True) -> TextBlock:
    return TextBlock(
        entry.place.file,
        entry.text,
        numbers=(entry.place.number or 1,),
        unit=entry.place.unit,
        is_references=is_references,
    )
