"""Datasets that a text names. docs/manuscript-names.md says what counts as a name."""

from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tcia_policy.documents.model import SourceLocation, TextBlock
from tcia_policy.evidence.mentions.company import Company
from tcia_policy.evidence.mentions.in_code import IN_CODE, names_in_code
from tcia_policy.evidence.mentions.lists import Sections
from tcia_policy.evidence.mentions.matcher import FormMatcher, Match
from tcia_policy.evidence.mentions.name_forms import Form, Kind, forms
from tcia_policy.evidence.mentions.normalize import Folded, fold
from tcia_policy.evidence.mentions.reasons import may_be_listed, why
from tcia_policy.evidence.mentions.sentences import Sentences
from tcia_policy.files.compiled import compiled
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.registry import Registry
from tcia_policy.registry.addresses import Address, addresses_in, read_address
from tcia_policy.registry.index import IndexEntry
from tcia_policy.registry.papers import files_of_papers, load_papers
from tcia_policy.text.name_keys import compare_key

BY_PAGE = "a link to its page"
_PROGRAM_AND_COHORT = 2  # parts of a name such as `TCGA-GBM`
_FARTHEST = 60  # characters to the next cohort of the same program
_MORE_OF_PROGRAM = pattern(r"\s{0,9}(?:/|,|,?\s{1,9}(?:and|or|&)\s{1,9})\s{0,9}(-?)([A-Za-z0-9]{2,9})(?![\w-])")


@dataclass(frozen=True)
class NameUse:
    """A dataset named in a text: `name` as it stands there, at `offset` of the prose's text, and `how` it counts."""

    dataset: str
    name: str
    place: SourceLocation
    offset: int
    how: str


class _Found(NamedTuple):
    """A name that counts, where it begins, as it stands there, and how it counts."""

    form: Form
    start: int
    written: str
    how: str


class NameFinder:
    """Finds the datasets of a registry by their ids, aliases, IDC collections, titles, and addresses of their pages."""

    def __init__(self, entries: Iterable[IndexEntry], papers: Iterable[str] = ()) -> None:
        """`papers` are the titles of papers on data: such a title alone names no data."""
        entries = tuple(entries)
        known = forms(entries, papers)
        self._by_address = {key: entry.id for entry in entries for key in entry.addresses}
        self._matcher = FormMatcher(known)
        self._by_compact = {form.compact: form for form in known}

    def find(self, prose: TextBlock) -> list[NameUse]:
        """Return every use of a name that counts, in the order of the text.

        A printed list of references names nothing: what stands there is cited, or is about something else. A name that
        stands for two datasets gives a use for each.
        """
        if prose.is_references:
            return []
        by_name = self._in_code(prose) if prose.is_code else self._in_text(prose)
        return sorted((*by_name, *self._by_page(prose, {use.dataset for use in by_name})), key=lambda use: use.offset)

    def _in_code(self, prose: TextBlock) -> list[NameUse]:
        return [
            NameUse(dataset, written, prose.place(offset), offset, IN_CODE)
            for offset, written, form in names_in_code(prose.text, self._by_compact)
            for dataset in form.datasets
        ]

    def _in_text(self, prose: TextBlock) -> list[NameUse]:
        folded = fold(prose.text)
        sections = Sections(prose.headings)
        sentences = Sentences(folded.text, lambda offset: sections.is_of_sets(folded.original(offset)))
        return [
            NameUse(dataset, found.written, prose.place(offset), offset, found.how)
            for found in self._found(folded, sentences)
            for offset in (folded.original(found.start),)
            for dataset in found.form.datasets
        ]

    def _by_page(self, prose: TextBlock, named: Container[str]) -> Iterator[NameUse]:
        """Yield each dataset that only a link to its page names."""
        for offset, address in addresses_in(prose.text):
            dataset = self._at(read_address(address))
            if dataset is not None and dataset not in named:
                yield NameUse(dataset, address, prose.place(offset), offset, BY_PAGE)

    def _at(self, address: Address | None) -> str | None:
        """Return the one dataset that an address leads to."""
        if address is None or address.name is None:
            return None if address is None or address.key is None else self._by_address.get(address.key)
        form = self._by_compact.get(compare_key(address.name))
        return form.datasets[0] if form is not None and len(form.datasets) == 1 else None

    def _found(self, folded: Folded, sentences: Sentences) -> Iterator[_Found]:
        for match, how in found_in(self._matcher, folded, sentences):
            yield _Found(match.form, match.start, match.spelling.written, how)
            yield from self._more_of_program(match)

    def _more_of_program(self, match: Match) -> Iterator[_Found]:
        """Yield `TCGA-LGG` for `TCGA-GBM/LGG` and for `TCGA-GBM and -LGG`."""
        program = match.form.letters[: match.form.parts[0][1]]
        if len(match.form.parts) != _PROGRAM_AND_COHORT or match.form.kind is not Kind.DISTINCTIVE:
            return
        end = match.end
        while (more := _MORE_OF_PROGRAM.match(match.text, end, end + _FARTHEST)) is not None:
            form = self._by_compact.get((program + more[2]).lower())
            is_joined = more[1] or "/" in more.group()
            if form is None or not is_joined or not _is_cohort(form, more[2]):
                return
            yield _Found(form, more.start(2), more[2], f"goes on from {match.spelling.written!r}")
            end = more.end(2)


def finder_of(registry: Registry) -> NameFinder:
    """Return what finds the datasets of a registry: made once for all texts, and for all registries with the same.

    It is kept for the next start, as the registry is: the forms of all names take a tenth of a check to find out.
    """
    return _finder_of(registry.entries, registry.index_file, registry.located.kept_as("name-finder"))


@lru_cache(maxsize=8)
def _finder_of(entries: tuple[IndexEntry, ...], index: Path, kept_as: str | None) -> NameFinder:
    def made() -> NameFinder:
        return NameFinder(entries, (paper.title for paper in load_papers().by_doi.values()))

    return made() if kept_as is None else compiled(kept_as, (index, *files_of_papers()), made)


def _is_cohort(form: Form, written: str) -> bool:
    return len(form.parts) == _PROGRAM_AND_COHORT and written[0].isupper()


def found_in(matcher: FormMatcher, folded: Folded, sentences: Sentences) -> list[tuple[Match, str]]:
    """Return every match that counts, in the order of the text, and why. `sentences` are those of the text."""
    company = Company()

    def counts(match: Match) -> bool:
        how = why(match, sentences)
        if how is None:
            return may_be_listed(match, sentences) and company.offer(match)
        company.add(match, how)
        return True

    matcher.matches(folded, counts)
    return company.counted
