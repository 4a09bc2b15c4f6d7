"""Which distributions of a dataset are meant: by the words of a user, or by what IDC can have."""

from collections.abc import Collection, Mapping, Sequence

from tcia_policy.cohorts.parts_meant import parts_meant
from tcia_policy.errors import InputError
from tcia_policy.model import Access, ClaimScope, Dataset, Distribution, License

DICOM = "DICOM"
IDC_INDEX = "idc-index-data"


def named_parts(datasets: Sequence[Dataset], words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return distribution ids by dataset id for what `words` name.

    A word is an id, a title, a data or file type, or a plain word (`images`, `segmentations`, `clinical`,
    `pathology`). It names every part that it may mean (`parts_meant`). A dataset that none of the words fits is left
    out. Raise `InputError` for a word that fits nothing in any of the datasets.
    """
    meant = {(dataset.id, word): parts_meant(dataset, word) for dataset in datasets for word in words}
    for word in words:
        if not any(meant[dataset.id, word] for dataset in datasets):
            raise no_such_part(word, datasets)
    found = {
        dataset.id: tuple(
            part.id for part in dataset.distributions if any(part.id in meant[dataset.id, word] for word in words)
        )
        for dataset in datasets
    }
    return {id_: parts for id_, parts in found.items() if parts}


def no_such_part(word: str, datasets: Sequence[Dataset], elsewhere: Sequence[str] = ()) -> InputError:
    """Return the error for a word that fits no part, with all parts, and the words for what a place has beside them."""
    named = " or ".join(dataset.id for dataset in datasets)
    listed = "; ".join(
        f"{part.id} '{part.title}' ({', '.join((*part.file_types, *part.data_types)) or 'of unstated type'})"
        for dataset in datasets
        for part in dataset.distributions
    )
    hint = f"it has: {listed}"
    if elsewhere:
        hint += f"; words for parts that only this place has: {', '.join(elsewhere)}"
    return InputError(f"{named} has no distribution {word!r}", field="distributions", hint=hint)


def is_part_of(dataset: Dataset, word: str) -> bool:
    """Return whether the word names some part of the dataset that the registry has."""
    return bool(parts_meant(dataset, word))


def parts_in_idc(dataset: Dataset, licenses: Mapping[str, License], named: Collection[str] = ()) -> tuple[str, ...]:
    """Return the ids of the distributions that series in IDC may belong to.

    IDC has DICOM files that anyone may download: so the DICOM parts that are not under controlled access. Where that
    leaves none, all DICOM parts. Of the DICOM parts it is those that the user `named`, by id, if there are any: a
    series is not a spreadsheet, whatever its item says.
    """
    dicom = _dicom_parts(dataset)
    meant = [part for part in dicom if part.id in named]
    public = [part for part in dicom if not is_controlled(part, licenses)]
    return tuple(part.id for part in meant or public or dicom)


def held_by_idc(dataset: Dataset) -> frozenset[str]:
    """Return the ids of the parts whose license IDC's index states: IDC has these, and is not known to have others."""
    return frozenset(
        part.id for part in dataset.distributions if any(claim.source == IDC_INDEX for claim in part.claims)
    )


def as_idc_has_it(dataset: Dataset, parts: Sequence[str], licenses: Mapping[str, License]) -> tuple[str, ...]:
    """Return those of `parts` that a copy from IDC can be, of a dataset that is controlled in part.

    IDC has public data only. All of `parts` come back where IDC has none of them, or where nothing is controlled.
    """
    if not any(is_controlled(part, licenses) for part in dataset.distributions):
        return tuple(parts)
    return tuple(part for part in parts if part in held_by_idc(dataset)) or tuple(parts)


def dicom_parts(dataset: Dataset) -> tuple[str, ...]:
    """Return the ids of the parts that DICOM series may belong to, open or not."""
    return tuple(part.id for part in _dicom_parts(dataset))


def _dicom_parts(dataset: Dataset) -> tuple[Distribution, ...]:
    """Return the DICOM parts. Where no part is known to be DICOM, return those of unknown type, else all."""
    parts = dataset.distributions
    known = tuple(part for part in parts if DICOM in part.file_types)
    return known or tuple(part for part in parts if not part.file_types) or parts


def is_controlled(part: Distribution, licenses: Mapping[str, License]) -> bool:
    """Return whether all that is stated of exactly this part (else of the whole collection) says so."""
    own = [claim for claim in part.claims if claim.scope is ClaimScope.DISTRIBUTION] or list(part.claims)
    return bool(own) and all(
        claim.access is Access.CONTROLLED
        or (claim.license in licenses and licenses[claim.license].access is Access.CONTROLLED)
        for claim in own
    )
