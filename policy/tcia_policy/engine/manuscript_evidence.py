"""The interface between the engine and a manuscript: which duties it meets, and what else it shows."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from tcia_policy.evidence.observations import (
    DifferingLicenseFile,
    EvidenceRemark,
    NothingNamed,
    Observations,
    ReleaseRemark,
    Spoken,
    UndeclaredDataset,
)
from tcia_policy.model import CitationOwed, Dataset, Duty, Holding, ManuscriptRead
from tcia_policy.rules.fact_value import Facts, truth


class ManuscriptEvidence(Protocol):
    """A manuscript that was read. `read` says in which files."""

    @property
    def read(self) -> ManuscriptRead:
        """The files that were read, and what could not be read of them."""
        ...

    def verify(
        self, duties: Sequence[Duty], citations: Sequence[CitationOwed], datasets: Mapping[str, Dataset]
    ) -> tuple[Duty, ...]:
        """Return the duties, each with what was seen of it: `met`, or `open` where it was looked for and not found."""
        ...

    def keys(
        self, duties: Sequence[Duty], citations: Sequence[CitationOwed], datasets: Mapping[str, Dataset]
    ) -> Mapping[str, str]:
        """Return, by the DOI of each citation, the key of its entry in the authors' bibliography, or of a new one."""
        ...

    def observe(self, holdings: Sequence[Holding], datasets: Mapping[str, Dataset]) -> Observations:
        """Return what the manuscript shows that the project does not say."""
        ...


Placeholders = Mapping[str, str]
"""Values for the placeholders of a rule's text, by name."""


def _of_dataset(item: UndeclaredDataset) -> Placeholders:
    return {
        "manuscript.dataset": item.dataset,
        "manuscript.name": item.written,
        "manuscript.place": item.place,
    }


def _nothing(seen: Observations) -> NothingNamed:
    return seen.nothing_named or NothingNamed()


def _of_spoken(item: Spoken | None) -> Sequence[Placeholders]:
    return [] if item is None else [{"manuscript.name": item.word, "manuscript.place": item.place}]


def _of_license_file(item: DifferingLicenseFile) -> Placeholders:
    return {
        "output.kind": item.output,
        "output.license": item.stated or "no license",
        "output.file": item.file,
        "output.found": item.found,
    }


def _of_evidence(item: EvidenceRemark) -> Placeholders:
    return {
        "evidence.field": item.field,
        "evidence.text": item.text,
        "evidence.place": item.place,
        "evidence.problem": item.problem,
        "evidence.right": item.right,
        "evidence.name": item.name or item.text,
    }


def _of_release(item: ReleaseRemark) -> Placeholders:
    return {"release.place": item.place, "release.text": item.text, "release.other": item.other}


# For each fact that only a manuscript or a document shows: the values of placeholders, once for each thing seen.
_SEEN: Mapping[str, Callable[[Observations], Sequence[Placeholders]]] = MappingProxyType(
    {
        "manuscript.unread": lambda seen: [{}] if seen.unread else [],
        "manuscript.names_nothing": lambda seen: [] if seen.nothing_named is None else [{}],
        "manuscript.names_archive_alone": lambda seen: _of_spoken(_nothing(seen).archive),
        "manuscript.speaks_of_data": lambda seen: _of_spoken(_nothing(seen).data),
        "manuscript.cites_undeclared": lambda seen: [_of_dataset(item) for item in seen.cited],
        "manuscript.names_undeclared": lambda seen: [_of_dataset(item) for item in seen.named],
        "manuscript.may_have_used": lambda seen: [_of_dataset(item) for item in seen.asked],
        "manuscript.says_not_used": lambda seen: [_of_dataset(item) for item in seen.denied],
        "outputs.license_file_differs": lambda seen: [_of_license_file(item) for item in seen.license_files],
        "evidence.counts_for_nothing": lambda seen: [_of_evidence(item) for item in seen.evidence.unusable],
        "evidence.grantor_in_doubt": lambda seen: [_of_evidence(item) for item in seen.evidence.doubtful],
        "evidence.grant_falls_short": lambda seen: [_of_evidence(item) for item in seen.evidence.short],
        "evidence.has_ended": lambda seen: [_of_evidence(item) for item in seen.evidence.ended],
        "evidence.position_unsigned": lambda seen: [_of_evidence(item) for item in seen.evidence.unsigned],
        "release_folder.unread": lambda seen: [_of_release(item) for item in seen.release.unread],
        "release_folder.broken": lambda seen: [_of_release(item) for item in seen.release.broken],
        "release_folder.unlicensed": lambda seen: [_of_release(item) for item in seen.release.unlicensed],
        "release_folder.not_understood": lambda seen: [_of_release(item) for item in seen.release.not_understood],
        "release_folder.disagrees": lambda seen: [_of_release(item) for item in seen.release.disagreeing],
        "release_folder.narrowed": lambda seen: [_of_release(item) for item in seen.release.narrowed],
        "release_folder.differs": lambda seen: [_of_release(item) for item in seen.release.differing],
        "release_folder.undeclared": lambda seen: [_of_release(item) for item in seen.release.undeclared],
        "release_folder.names_undeclared": lambda seen: [_of_release(item) for item in seen.release.named],
        "release_folder.base_model_undeclared": lambda seen: [_of_release(item) for item in seen.release.base_models],
        "release_folder.unclear": lambda seen: [_of_release(item) for item in seen.release.unclear],
        "release_folder.asked": lambda seen: [_of_release(item) for item in seen.release.asked],
        "release_folder.denied": lambda seen: [_of_release(item) for item in seen.release.denied],
        "release_folder.data_license": lambda seen: [_of_release(item) for item in seen.release.data_licenses],
        "release_folder.data_license_differs": lambda seen: [
            _of_release(item) for item in seen.release.other_data_licenses
        ],
    }
)


def observed_facts(seen: Observations) -> Facts:
    """Return each fact that only a manuscript shows: true where something of the kind was seen, never unknown."""
    return {fact: truth(bool(values(seen))) for fact, values in _SEEN.items()}


def observed_values(seen: Observations, fact: str) -> Sequence[Placeholders]:
    """Return the values of a rule's placeholders, once for each thing seen of this fact."""
    return _SEEN[fact](seen) if fact in _SEEN else []
