"""Ids of patients that say by their form which archive gave them, so that they are known under any heading.

The forms are those of the PatientIDs of idc-index-data 25.0.5 (2026-11-29) that begin with a word of the collection's
own, and those of heads and necks and of gliomas that only TCIA has, as its pages show them. TCGA's barcodes are
described at https://docs.gdc.cancer.gov/Encyclopedia/pages/TCGA_Barcode/.
"""

import re

from tcia_policy.lazy import pattern

_FORMS = (
    *(r"TCGA-[A-Z0-9]{2}-[A-Z0-9]{4}", r"C3[LN]-\d{5}", r"LIDC-IDRI-\d{4}", r"LUNG1-\d{3}", r"ProstateX-\d{4}"),
    *(r"DBT-P\d{5}", r"EAY131-\d{5,7}", r"EA1141-\d{6,7}", r"Prostate-MRI-US-Biopsy-\d{4}", r"ISPY[12][-_]\d{4,6}"),
    *(r"ACRIN-\d{4}-\d{6}", r"ACRIN-(?:[A-Za-z0-9]{1,20}-){1,5}\d{2,6}", r"ACRIN-FLT-Breast_\d{3}"),
    *(r"Breast_MRI_\d{3}", r"AMBL-\d{3}", r"PCAMPMRI-\d{5}"),
    *(r"UPENN-GBM-\d{5}", r"(?:Calc|Mass)-(?:Training|Test)_P_\d{5}_(?:LEFT|RIGHT)_(?:CC|MLO)(?:_\d)?"),
    *(r"BLGSP-\d\d-\d\d-\d{5}", r"HTMCP-\d\d-\d\d-\d{5}", r"Lung_Dx-[A-Z]\d{4}", r"VS-(?:SEG|MC-RC)-\d{3}"),
    *(r"StageII-Colorectal-CT-\d{3}", r"KiTS-\d{5}", r"CRLM-CT-\d{4}", r"MIDRC-RICORD-1[ABC]-[A-Z0-9]{5,6}-\d{6}"),
    *(r"HCM-[A-Z]{4}-\d{4}-C\d\d", r"Prostate-AEC-\d{3}", r"ReMIND-\d{3}", r"(?:Prostate|Breast)Dx-\d\d-\d{4}"),
    *(r"(?:MED|ABD)_LYMPH_\d{3}", r"QIN-(?:BREAST|SARCOMA)-\d\d-\d{4}", r"PANCREAS_\d{4}", r"Prostate3T-\d\d-\d{4}"),
    *(r"RIDER-\d{10}", r"COVID-19-AR-\d{8}", r"LUNG3-\d\d", r"UCSF-BR-\d\d", r"Pediatric-CT-SEG-[0-9A-F]{8}"),
    *(r"PETCT_[0-9a-f]{10}", r"Adrenal_Ki67_Seg_\d{3}", r"Pancreas-CT-CB_\d{3}"),
    *(r"HNSCC-01-\d{4}", r"HN-(?:CHUM|CHUS|HGJ|HMR)-\d{3}", r"RADCURE-\d{4}", r"UCSF-PDGM-\d{4}"),
    *(
        r"QIN-HEADNECK-\d\d-\d{4}",
        r"LUNGx-CT\d{3}",
        r"Pelvic-Ref-\d{3}",
        r"LCTSC-(?:Train|Test)-S\d-\d{3}",
        r"MIP-PROSTATE-\d\d-\d{4}",
    ),
)
_KNOWN = pattern(rf"(?<![A-Za-z0-9])(?:{'|'.join(_FORMS)})(?![A-Za-z0-9])")
# The number of a finding, or the day of a study, after the id of a patient: `ProstateX-0204-1`.
_NUMBERED = pattern(rf"({'|'.join(_FORMS)})[-_.][0-9][0-9\-_]{{0,19}}")
_TCGA_SAMPLE = pattern(r"(TCGA-[A-Z0-9]{2}-[A-Z0-9]{4})[-_.].*", re.DOTALL)


def known_patients_in(text: str) -> list[str]:
    """Return the ids of patients in a text that are known by their form, each once."""
    return list(dict.fromkeys(_KNOWN.findall(text)))


def of_patient(id_: str) -> str:
    """Return the patient of one of TCGA's samples or slides, or of a finding: `ProstateX-0204` of `ProstateX-0204-1`.

    No id that an archive gave is shortened.
    """
    if known_patients_in(id_) == [id_]:
        return id_
    found = _TCGA_SAMPLE.fullmatch(id_) or _NUMBERED.fullmatch(id_)
    return id_ if found is None else found.group(1)
