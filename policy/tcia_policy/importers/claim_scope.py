"""Which distributions the statements of NBIA and IDC speak of.

TCIA's claims stand on its own rows. NBIA speaks of the DICOM series of a collection, IDC of the DICOM files that it
hosts, which are open: neither names a row of TCIA's, so each goes onto the rows that can be meant.
"""

from collections.abc import Iterable

from tcia_policy.importers import tcia
from tcia_policy.model import Distribution, LicenseClaim

DICOM = "DICOM"


def dicom(parts: Iterable[Distribution]) -> frozenset[str]:
    """Return the parts whose files are DICOM. Where none is known to be, return those of unstated file type."""
    parts = tuple(parts)
    listed = frozenset(part.id for part in parts if DICOM in part.file_types)
    return listed or frozenset(part.id for part in parts if not part.file_types)


def open_dicom(parts: Iterable[Distribution], controlled: frozenset[str]) -> frozenset[str]:
    """Return the DICOM parts to which TCIA gives no `controlled` license; all of them where it gives one to each.

    Where no part is DICOM, return every part: what IDC states must not get lost.
    """
    parts = tuple(parts)
    found = dicom(parts)
    closed = {part.id for part in parts if _licenses_of_tcia(part) & controlled}
    return (found - closed) or found or frozenset(part.id for part in parts)


def claimed(
    parts: Iterable[Distribution], stated: tuple[LicenseClaim, ...], covered: frozenset[str]
) -> tuple[Distribution, ...]:
    """Return the parts, with the claims added to those that are covered."""
    return tuple(
        part.model_copy(update={"claims": (*part.claims, *stated)}) if part.id in covered else part for part in parts
    )


def _licenses_of_tcia(part: Distribution) -> frozenset[str]:
    return frozenset(claim.license for claim in part.claims if claim.source == tcia.SOURCE)
