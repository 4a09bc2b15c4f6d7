"""Which distributions of a dataset are meant: by the words of a user, or by what IDC can have."""

import re
from collections.abc import Collection, Mapping, Sequence

from tcia_policy.errors import InputError
from tcia_policy.model import Access, ClaimScope, Dataset, Distribution, License

DICOM = "DICOM"
RADIOLOGY = frozenset(("CT", "MR", "PT", "CR", "DX", "MG", "US", "NM", "XA", "RF", "SC", "OT"))
PATHOLOGY = frozenset(
    (
        *("Histopathology", "Whole Slide Image", "Whole Mount Tissue", "Tissue Microarray", "Immunohistochemistry"),
        *("Immunofluorescence", "CODEX images", "Photomicrograph", "Single-cell Image", "Multiphoton", "SM"),
        *("Hyperspectral", "Multispectral Imaging"),
    )
)
SEGMENTATIONS = frozenset(("SEG", "Segmentation", "RTSTRUCT"))
# Plain words for several of TCIA's data types at once; any other word is looked for in titles and types as it is.
MEANINGS: Mapping[str, frozenset[str]] = {
    "image": RADIOLOGY | PATHOLOGY | {"Capsule Endoscopy"},
    "radiology": RADIOLOGY,
    "pathology": PATHOLOGY | {"Pathology Detail"},
    "slide": PATHOLOGY,
    "segmentation": SEGMENTATIONS,
    "annotation": SEGMENTATIONS | {"SR", "PR", "KO", "Fiducial", "Classification", "Measurement", "ANN"},
    "clinical": frozenset(
        ("Demographic", "Diagnosis", "Treatment", "Follow-Up", "Exposure", "Family History", "Molecular Test")
    ),
}


def named_parts(datasets: Sequence[Dataset], words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return distribution ids by dataset id for what `words` name.

    A word is an id, a title, a data or file type, or a plain word (`images`, `segmentations`, `clinical`,
    `pathology`). A dataset that none of the words fits is left out. Raise `InputError` for a word that fits nothing in
    any of the datasets.
    """
    for word in words:
        if not any(_fits(word, part) for dataset in datasets for part in dataset.distributions):
            raise _no_such_part(word, datasets)
    found = {
        dataset.id: tuple(part.id for part in dataset.distributions if any(_fits(word, part) for word in words))
        for dataset in datasets
    }
    return {id_: parts for id_, parts in found.items() if parts}


def is_part_of(dataset: Dataset, word: str) -> bool:
    """Return whether the word names some part of the dataset that the registry has."""
    return any(_fits(word, part) for part in dataset.distributions)


def parts_in_idc(dataset: Dataset, licenses: Mapping[str, License], named: Collection[str] = ()) -> tuple[str, ...]:
    """Return the ids of the distributions that series in IDC may belong to.

    IDC has DICOM files that anyone may download: so the DICOM parts that are not under controlled access. Where that
    leaves none, all DICOM parts. Of the DICOM parts it is those that the user `named`, by id, if there are any: a
    series is not a spreadsheet, whatever its item says.
    """
    dicom = _dicom_parts(dataset)
    meant = [part for part in dicom if part.id in named]
    public = [part for part in dicom if not _is_controlled(part, licenses)]
    return tuple(part.id for part in meant or public or dicom)


def _dicom_parts(dataset: Dataset) -> tuple[Distribution, ...]:
    """Return the DICOM parts. Where no part is known to be DICOM, return those of unknown type, else all."""
    parts = dataset.distributions
    known = tuple(part for part in parts if DICOM in part.file_types)
    return known or tuple(part for part in parts if not part.file_types) or parts


def _is_controlled(part: Distribution, licenses: Mapping[str, License]) -> bool:
    """Return whether all that is stated of exactly this part (else of the whole collection) says so."""
    own = [claim for claim in part.claims if claim.scope is ClaimScope.DISTRIBUTION] or list(part.claims)
    return bool(own) and all(
        claim.access is Access.CONTROLLED
        or (claim.license in licenses and licenses[claim.license].access is Access.CONTROLLED)
        for claim in own
    )


def _fits(word: str, part: Distribution) -> bool:
    wanted = word.strip().casefold()
    types = (*part.data_types, *part.file_types)
    if wanted in {part.id.casefold(), part.title.casefold(), *(each.casefold() for each in types)}:
        return True
    stems = _stems(wanted)
    meant = MEANINGS.get(next(iter(stems)), frozenset()) if len(stems) == 1 else frozenset()
    return not meant.isdisjoint(types) or (bool(stems) and stems <= _stems(" ".join((part.title, *part.data_types))))


def _stems(text: str) -> frozenset[str]:
    """Return the words without case and without a plural's `s`."""
    return frozenset(word.removesuffix("s") for word in re.findall(r"[^\W_]+", text.casefold()))


def _no_such_part(word: str, datasets: Sequence[Dataset]) -> InputError:
    named = " or ".join(dataset.id for dataset in datasets)
    listed = "; ".join(
        f"{part.id} '{part.title}' ({', '.join((*part.file_types, *part.data_types)) or 'of unstated type'})"
        for dataset in datasets
        for part in dataset.distributions
    )
    return InputError(f"{named} has no distribution {word!r}", field="distributions", hint=f"it has: {listed}")
