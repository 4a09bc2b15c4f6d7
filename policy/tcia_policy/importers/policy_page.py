"""What TCIA's page "Data Usage Policies and Restrictions" says of single datasets.

The page is gone from its address. The copy these facts were taken from names the CC BY 3.0 license as the usual one and
is older than 30 October 2018 by its content, so each fact carries that day as the latest.
"""

from dataclasses import dataclass
from datetime import date

from tcia_policy.model import Contact, Dataset, Distribution, Grade, Notice, NoticeKind, NoticeLevel

SOURCE = "tcia-policy-page"
BEFORE = date(2018, 10, 30)
SEGMENTATION = "Segmentation"
NOT_COMMERCIAL = (
    "TCIA's policy page lists these data as not permitted for commercial applications "
    "and refers questions to the submitter."
)
COPYRIGHTED = (
    "TCIA's policy page says that the 3D segmentation files provided as metadata to this collection are copyrighted "
    "and refers questions to the submitter."
)


@dataclass(frozen=True)
class Entry:
    """One line of the page, on a whole dataset or on its distributions of one `data_type`."""

    dataset: str
    kind: NoticeKind
    summary: str
    contact: Contact
    data_type: str | None = None


_AERTS = Contact(name="Hugo Aerts", email="hugo_aerts@dfci.harvard.edu", source=SOURCE)
_GAVRIELIDES = Contact(
    name="Marios Gavrielides", email="marios.gavrielides@fda.hhs.gov", telephone="(301) 796-2545", source=SOURCE
)
_BLOCH = Contact(name="Nicolas Bloch", email="nicolas.bloch@bmc.org", source=SOURCE)

ENTRIES = (
    Entry("Phantom FDA", NoticeKind.COMMERCIAL_RESTRICTION, NOT_COMMERCIAL, _GAVRIELIDES),
    Entry("NSCLC-Radiomics", NoticeKind.COMMERCIAL_RESTRICTION, NOT_COMMERCIAL, _AERTS),
    Entry("NSCLC-Radiomics-Genomics", NoticeKind.COMMERCIAL_RESTRICTION, NOT_COMMERCIAL, _AERTS),
    Entry("PROSTATE-DIAGNOSIS", NoticeKind.COPYRIGHT, COPYRIGHTED, _BLOCH, SEGMENTATION),
)


def annotate(dataset: Dataset) -> Dataset:
    """The dataset with the notices and contacts that the page has for it."""
    entries = [entry for entry in ENTRIES if entry.dataset == dataset.id]
    if not entries:
        return dataset
    return dataset.model_copy(
        update={
            "notices": (*dataset.notices, *(_notice(entry, dataset.distributions) for entry in entries)),
            "contacts": (*dataset.contacts, *(entry.contact for entry in entries if entry.data_type is None)),
        }
    )


def _notice(entry: Entry, distributions: tuple[Distribution, ...]) -> Notice:
    covered = tuple(part.id for part in distributions if entry.data_type in part.data_types)
    return Notice(
        kind=entry.kind,
        level=NoticeLevel.REQUIRED,
        summary=entry.summary,
        distributions=covered if entry.data_type is not None else None,
        contacts=(entry.contact,),
        grade=Grade.PRIMARY,
        source=SOURCE,
        before=BEFORE,
    )
