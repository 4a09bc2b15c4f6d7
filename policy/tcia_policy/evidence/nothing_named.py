"""What a manuscript that names no dataset says of data all the same: the archive, data in general, or references."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from tcia_policy.documents.model import Entry, Manuscript, SourceLocation
from tcia_policy.evidence.mentions.sentences import archive_named
from tcia_policy.evidence.observations import NothingNamed, Spoken
from tcia_policy.lazy import pattern
from tcia_policy.registry import DoiFinder, Registry

# A word by which a text may mean data of others, in any form that people write. `metadata` and `data type` do, too:
# whoever uses no data has to say so in words that this list does not have. A word may be a part of a name in a
# program: `Data_Training`.
_OF_DATA = pattern(
    r"(?<![^\W_])(?:data|data[\s-]?sets?|data\s?bases?|cohorts?|patients?|subjects?|participants?|volunteers?|cases"
    r"|imag(?:e|es|ing)|scans?|slides?|WSIs?|radiograph\w*|radiolog\w*|mammogra\w*|tomogra\w*|histolog\w*|histopatholog\w*"
    r"|patholog\w*|DICOM|CTs?|MRIs?|PET|X-?rays?|ultrasound|tumou?rs?|cancers?|lesions?|nodules?"
    r"|annotations?|segment(?:ation|ations|ed)|trained|training|fine-?tuned|weights|checkpoints?|pre-?trained)(?![^\W_])",
    re.IGNORECASE,
)


def nothing_named(manuscript: Manuscript) -> NothingNamed:
    """Return what a manuscript says of data in which no dataset was found."""
    archive = next(_archives(manuscript), None)
    if archive is not None:
        return NothingNamed(archive=archive)
    return NothingNamed(data=next(_words_for_data(manuscript), None))


def datasets_listed(manuscript: Manuscript, registry: Registry) -> tuple[str, ...]:
    """Return the ids of the datasets whose DOIs are in a bibliography, if there is nothing but bibliographies."""
    if manuscript.prose:
        return ()
    finder = DoiFinder(doi for entry in registry.entries for doi in entry.dois)
    dois = (doi for entry in manuscript.entries for _, doi in finder.find(entry.text))
    found = (registry.by_doi(doi) for doi in dois)
    return tuple(dict.fromkeys(name for name in found if name is not None))


def _archives(manuscript: Manuscript) -> Iterator[Spoken]:
    for text, place in _texts(manuscript):
        found = archive_named(text)
        if found is not None:
            yield Spoken(" ".join(found.group().split()), str(place(found.start())))


def _words_for_data(manuscript: Manuscript) -> Iterator[Spoken]:
    for text, place in _texts(manuscript):
        found = _OF_DATA.search(text)
        if found is not None:
            yield Spoken(f"“{found.group()}”", str(place(found.start())))
    for problem in manuscript.problems:
        yield Spoken("not all of it was read", str(problem.place))


def _texts(manuscript: Manuscript) -> Iterator[tuple[str, Callable[[int], SourceLocation]]]:
    """Yield the text, and then what the bibliographies list, each with what tells where a character of it stands."""
    blocks = sorted(manuscript.prose, key=lambda block: block.is_references)
    for block in blocks:
        yield block.text, block.place
    yield from ((entry.text, partial(_at, entry)) for entry in manuscript.entries)


def _at(entry: Entry, _offset: int) -> SourceLocation:
    return entry.place
