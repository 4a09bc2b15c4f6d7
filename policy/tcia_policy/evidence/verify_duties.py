"""Duties against a manuscript: which of them it meets, and what it shows that the project does not say."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from tcia_policy.documents.model import Entry, Manuscript, TextBlock
from tcia_policy.evidence.mentions.mentions import NameFinder, NameUse
from tcia_policy.evidence.mentions.negation import Denials
from tcia_policy.evidence.mentions.phrases import says
from tcia_policy.evidence.observations import DifferingLicenseFile, Observations, UndeclaredDataset
from tcia_policy.evidence.prescribed_wordings import look_for
from tcia_policy.evidence.references import References, Sighting, rank
from tcia_policy.model import (
    Citation,
    CitationOwed,
    Dataset,
    Duty,
    DutyKind,
    DutyStatus,
    Found,
    Holding,
    ManuscriptRead,
    NoticeKind,
)
from tcia_policy.registry import DoiFinder, Registry, normalize_doi

PAPER_IS_NOT_DATA = "a paper is not the data citation"
NOT_KNOWN = "[not known]"  # how rules' texts spell what nobody stated: no text can be looked for it
ABSENT = Sighting(Found.ABSENT, "not found in the manuscript")
UNTITLED = Sighting(Found.ABSENT, "its DOI was not found in the manuscript, and its title is not known here")
FARTHEST = 600  # characters before a dataset's DOI in a list of references that may belong to its reference
_ITEM_BEGINS = re.compile(r"\n\s*\n|\n\s*(?:\[\d{1,4}\]|\d{1,4}[.)])\s|10\.\d{4,9}/\S+")
_ANY_DOI = re.compile(r"10\.\d{4,9}/")
_OF_DATA = re.compile(
    r"cancer imaging archive|imaging data commons|\bTCIA\b|\bdata (?:from|set)|dataset", re.IGNORECASE
)
_IN_ARCHIVE = re.compile(r"cancer imaging archive|imaging data commons|\bTCIA\b|\bdata from\b", re.IGNORECASE)
_DBGAP = re.compile(r"phs\d{6}")


class ManuscriptVerifier:
    """One manuscript that was read. The engine asks it as its `ManuscriptEvidence`."""

    def __init__(
        self,
        manuscript: Manuscript,
        registry: Registry,
        *,
        is_named: bool = True,
        not_used: Iterable[str] = (),
        selects: bool = False,
        differing: Sequence[DifferingLicenseFile] = (),
        problems: Sequence[str] = (),
    ) -> None:
        """`is_named` says that a manuscript was named at all.

        `not_used` are ids of datasets that the manuscript may name or cite though the study did not use them.
        `selects` says that the data were inferred from the manuscript; `differing` are license files that contradict
        the project, `problems` what else could not be read.
        """
        self._manuscript = manuscript
        self._registry = registry
        self._is_named = is_named
        self._not_used = frozenset(not_used)
        self._differing = tuple(differing)
        self.read = ManuscriptRead(
            files=manuscript.files, problems=(*map(str, manuscript.problems), *problems), selects=selects
        )

    def verify(
        self, duties: Sequence[Duty], citations: Sequence[CitationOwed], datasets: Mapping[str, Dataset]
    ) -> tuple[Duty, ...]:
        """The duties with what was seen of each. Where nothing could be read, they stay as they are."""
        if not self._manuscript.files:
            return tuple(duties)
        owed = {item.citation.doi: item.citation for item in citations}
        by_doi = {dataset.doi: dataset for dataset in datasets.values()}
        asked = [doi for duty in duties for doi in _serving(duty)]
        papers = [notice.doi for dataset in datasets.values() for notice in dataset.notices if notice.doi is not None]
        references = References(self._manuscript, [*asked, *papers])
        return tuple(self._verified(duty, references, owed, by_doi) for duty in duties)

    def observe(self, holdings: Sequence[Holding], datasets: Mapping[str, Dataset]) -> Observations:
        """Return the datasets that the manuscript cites or names undeclared, and the license files that differ."""
        declared = self._declared(holdings, datasets)
        cited = {
            name: UndeclaredDataset(name, doi, seen.where)
            for name, (doi, seen) in self._cited_datasets.items()
            if name not in declared
        }
        named = [
            UndeclaredDataset(name, use.name, str(use.place))
            for name, use in self._names.items()
            if name not in declared and name not in cited
        ]
        return Observations(
            unread=self._is_named and not self._manuscript.files,
            cited=tuple(cited.values()),
            named=() if self.read.selects else tuple(named),
            license_files=self._differing,
        )

    def _declared(self, holdings: Sequence[Holding], datasets: Mapping[str, Dataset]) -> frozenset[str]:
        """Return the ids of what is held, of what it was made from, and of what the project says it did not use."""
        held = [datasets[holding.dataset] for holding in holdings if holding.dataset is not None]
        sources = {item.dataset for dataset in held for item in dataset.derived_from if item.dataset is not None}
        return self._not_used | sources | {dataset.id for dataset in held}

    def selection(self) -> tuple[str, ...]:
        """The ids of all datasets that the manuscript cites or names."""
        return tuple(dict.fromkeys((*self._cited_datasets, *self._names)))

    @cached_property
    def _cited_datasets(self) -> Mapping[str, tuple[str, Sighting]]:
        """Each dataset whose DOI is cited or printed, with it."""
        named = ((self._registry.by_doi(doi), doi, seen) for doi, seen in self._of_registry.cited_dois)
        return {name: (doi, seen) for name, doi, seen in named if name is not None}

    @cached_property
    def _of_registry(self) -> References:
        return References(self._manuscript, (entry.doi for entry in self._registry.entries))

    @cached_property
    def _names(self) -> Mapping[str, NameUse]:
        """The first place where each dataset is named in the text."""
        return {use.dataset: use for use, _ in reversed(self._name_uses)}

    @cached_property
    def _names_of_used(self) -> Mapping[str, NameUse]:
        """The first place where each dataset is named and not said not to be used."""
        return {use.dataset: use for use, is_denied in reversed(self._name_uses) if not is_denied}

    @cached_property
    def _name_uses(self) -> Sequence[tuple[NameUse, bool]]:
        """Every use of a dataset's name in the text, and whether it is said there that it is not used."""
        found = []
        for prose in self._manuscript.prose:
            denials = Denials(prose.text)
            uses = () if prose.is_references else self._finder.find(prose)
            found += [(use, denials.at(use.offset)) for use in uses]
        return found

    @cached_property
    def _finder(self) -> NameFinder:
        return NameFinder(self._registry.entries)

    @cached_property
    def _named_in_entries(self) -> Mapping[str, Sequence[Entry]]:
        """The entries of data without any DOI that speak of a dataset by its name."""
        found: dict[str, list[Entry]] = {}
        for entry in self._manuscript.entries:
            if _ANY_DOI.search(entry.text) or not _OF_DATA.search(entry.text):
                continue
            for use in self._finder.find(_as_prose(entry, is_references=False)):
                found.setdefault(use.dataset, []).append(entry)
        return found

    def _verified(
        self, duty: Duty, references: References, owed: Mapping[str, Citation], by_doi: Mapping[str, Dataset]
    ) -> Duty:
        if duty.status is DutyStatus.MET:
            return duty
        if duty.kind is DutyKind.CITE and duty.doi is not None:
            instead = [references.by_doi(doi) for doi in _serving(duty)[1:]]
            cited = [seen for seen in instead if seen is not None and seen.found is Found.CITED]
            seen = self._reference(duty.doi, references, owed.get(duty.doi), by_doi.get(duty.doi))
            return _with(duty, cited[0] if cited and seen.found is not Found.CITED else seen)
        if duty.wordings:
            return _with(duty, self._wording(duty.wordings))
        if duty.printed and not any(NOT_KNOWN in names for names in duty.printed):
            return _with(duty, self._printed(duty.printed))
        return duty

    def _reference(
        self, doi: str, references: References, citation: Citation | None, dataset: Dataset | None
    ) -> Sighting:
        seen = references.by_doi(doi)
        if seen is None or seen.found in (Found.NAMED, Found.LISTED):
            by_title = None if citation is None else references.by_title(citation)
            seen = by_title or seen
        if seen is not None and seen.found is Found.CITED:
            return seen
        if dataset is None:
            return seen or _as_far_as_known(UNTITLED if citation is None else ABSENT, references)
        seen = seen or self._by_name(dataset.id, references)
        paper = _paper_of(dataset, references)
        return seen if paper is None else Sighting(seen.found, "; ".join(filter(None, (seen.where, paper))))

    def _by_name(self, dataset: str, references: References) -> Sighting:
        entries = [references.of_entry(entry) for entry in self._named_in_entries.get(dataset, ())]
        if entries:
            return min(entries, key=rank)
        use = self._names.get(dataset)
        if use is None:
            return _as_far_as_known(ABSENT, references)
        if references.unresolved is None:
            return Sighting(Found.NAMED, f"named in {use.place}, and not cited")
        return _as_far_as_known(Sighting(Found.NAMED, f"named in {use.place}"), references)

    def _wording(self, wordings: Sequence[str]) -> Sighting:
        """The best that was found of any of several wordings."""
        best = ABSENT
        for wording in wordings:
            found = look_for(wording, self._manuscript.prose)
            if found.state is Found.PRESENT:
                return Sighting(Found.PRESENT, f"printed in {found.place}")
            if found.state is Found.ALTERED and best is ABSENT:
                best = Sighting(Found.ALTERED, f"altered in {found.place}: {found.differs}")
        return best

    def _printed(self, groups: Sequence[Sequence[str]]) -> Sighting:
        places = [self._said(group) for group in groups]
        if any(place is None for place in places):
            missing = [
                " or ".join(map(_asked, group)) for group, place in zip(groups, places, strict=True) if place is None
            ]
            return Sighting(Found.ABSENT, f"not found: {'; '.join(missing)}")
        return Sighting(Found.PRESENT, f"printed in {'; '.join(dict.fromkeys(place for place in places if place))}")

    def _said(self, group: Sequence[str]) -> str | None:
        """Where one of `group` stands in what is printed. A dataset may stand there by its name or by its DOI."""
        places = says([group], self._printed_text)
        if places is not None:
            return str(places[0])
        for name in group:
            use = self._names_of_used.get(name)
            if use is not None:
                return str(use.place)
            _, seen = self._cited_datasets.get(name, ("", None))
            if seen is not None and seen.found is Found.CITED:
                return seen.where
        return None

    @cached_property
    def _printed_text(self) -> tuple[TextBlock, ...]:
        """The text, and of the references those of data: a paper's title says nothing of what was used."""
        text = (prose for prose in self._manuscript.prose if not prose.is_references)
        lists = (prose for prose in self._manuscript.prose if prose.is_references)
        entries = (_as_prose(entry) for entry in self._of_registry.cited_entries if self._is_of_data(entry))
        return (*text, *entries, *(item for prose in lists for item in self._data_in_list(prose)))

    def _is_of_data(self, entry: Entry) -> bool:
        own = None if entry.doi is None else normalize_doi(entry.doi)
        if own is not None:
            return self._registry.by_doi(own) is not None
        return bool(self._data_dois.find(entry.text)) or (
            _IN_ARCHIVE.search(entry.text) is not None and self._names_data(entry)
        )

    def _names_data(self, entry: Entry) -> bool:
        return any(entry in some for some in self._named_in_entries.values())

    def _data_in_list(self, prose: TextBlock) -> Iterator[TextBlock]:
        """What stands before each dataset's DOI in a printed list, back to where its reference begins at the latest."""
        for offset, _doi in self._data_dois.find(prose.text):
            first = max(0, offset - FARTHEST)
            ends = [match.end() for match in _ITEM_BEGINS.finditer(prose.text, first, offset)]
            start = ends[-1] if ends else first
            place = prose.place(offset)
            yield TextBlock(
                place.file, prose.text[start:offset], numbers=(place.number or 1,), unit=place.unit, is_references=True
            )

    @cached_property
    def _data_dois(self) -> DoiFinder:
        return DoiFinder(entry.doi for entry in self._registry.entries)


def _serving(duty: Duty) -> tuple[str, ...]:
    """The DOI that a duty asks to be cited, and those that serve in its stead (`printed`), in lower case."""
    if duty.kind is not DutyKind.CITE or duty.doi is None:
        return ()
    others = [normalize_doi(name) for names in duty.printed for name in names]
    return tuple(dict.fromkeys((duty.doi, *(doi for doi in others if doi is not None))))


def _paper_of(dataset: Dataset, references: References) -> str | None:
    """Where a paper that the dataset's page asks for is cited, which authors take for the data citation."""
    for notice in dataset.notices:
        seen = references.by_doi(notice.doi) if notice.doi is not None else None
        if notice.kind is NoticeKind.CITATION and seen is not None and seen.found is Found.CITED:
            return f"its paper is {seen.where}; {PAPER_IS_NOT_DATA}"
    return None


def _asked(name: str) -> str:
    return f"{name} with its version ({name}.v1.p1 or as it is)" if _DBGAP.fullmatch(name) else name


def _as_far_as_known(seen: Sighting, references: References) -> Sighting:
    """What was not found may be what a key means whose entry could not be read."""
    key = references.unresolved
    if key is None:
        return seen
    return Sighting(
        seen.found, f"{seen.where}; what is cited as {key} is not known, since no entry with that key was read"
    )


def _as_prose(entry: Entry, *, is_references: bool = True) -> TextBlock:
    return TextBlock(
        entry.place.file,
        entry.text,
        numbers=(entry.place.number or 1,),
        unit=entry.place.unit,
        is_references=is_references,
    )


def _with(duty: Duty, seen: Sighting) -> Duty:
    is_met = seen.found in (Found.CITED, Found.PRESENT)
    status = DutyStatus.MET if is_met else DutyStatus.OPEN
    evidence = "; ".join(filter(None, (duty.evidence, seen.where))) or None
    return duty.model_copy(update={"status": status, "found": seen.found, "evidence": evidence})
