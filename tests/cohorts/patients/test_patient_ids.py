"""Ids of patients that are known by their form."""

import pytest

from tcia_policy.cohorts.patients.patient_ids import known_patients_in, of_patient


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("TCGA-02-0003", ["TCGA-02-0003"]),
        ("data/LIDC-IDRI/LIDC-IDRI-0001/0001_NI000_slice000.npy", ["LIDC-IDRI-0001"]),
        ("TCGA-02-0003_t1.nii.gz, TCGA-02-0006", ["TCGA-02-0003", "TCGA-02-0006"]),
        ("Mass-Training_P_00001_LEFT_CC/1.3.6", ["Mass-Training_P_00001_LEFT_CC"]),
        ("ACRIN-NSCLC-FDG-PET-001", ["ACRIN-NSCLC-FDG-PET-001"]),
        ("C3L-00625", ["C3L-00625"]),
        ("RIDER-1129164940/RETEST", ["RIDER-1129164940"]),
        ("PETCT_0a3b1c2d4e/CT.nii.gz", ["PETCT_0a3b1c2d4e"]),
        ("HNSCC-01-0026", ["HNSCC-01-0026"]),
        ("HN-CHUM-001", ["HN-CHUM-001"]),
        ("UCSF-PDGM-0004_FU003d", ["UCSF-PDGM-0004"]),
        ("LIDC-IDRI", []),
        ("LIDC-IDRI-00012", []),
        ("MYTCGA-02-0003", []),
        ("P001", []),
        ("slice-0001", []),
    ],
)
def test_ids_are_found_by_their_form(text: str, ids: list[str]) -> None:
    assert known_patients_in(text) == ids


def test_samples_and_slides_of_tcga_are_of_a_patient() -> None:
    assert of_patient("TCGA-3C-AALI-01Z-00-DX1") == "TCGA-3C-AALI"
    assert of_patient("TCGA-3C-AALI") == "TCGA-3C-AALI"
    assert of_patient("LIDC-IDRI-0001") == "LIDC-IDRI-0001"


@pytest.mark.parametrize(
    ("id_", "patient"),
    [
        ("ProstateX-0204-1", "ProstateX-0204"),
        ("ProstateX-0000_07-07-2011", "ProstateX-0000"),
        ("PCAMPMRI-00775_20040701_0927", "PCAMPMRI-00775"),
        ("ACRIN-6698-107700", "ACRIN-6698-107700"),
        ("ACRIN-6698-107700_0003", "ACRIN-6698-107700"),
        ("ACRIN-FLT-Breast_001", "ACRIN-FLT-Breast_001"),
        ("ACRIN-Contralateral-Breast-MR-1004", "ACRIN-Contralateral-Breast-MR-1004"),
        ("ACRIN-FMISO-Brain-001", "ACRIN-FMISO-Brain-001"),
        ("MIDRC-RICORD-1A-419639-000082", "MIDRC-RICORD-1A-419639-000082"),
        ("LIDC-IDRI-0001-copy", "LIDC-IDRI-0001-copy"),
        ("mine-0204-1", "mine-0204-1"),
    ],
)
def test_findings_and_days_are_of_a_patient_and_no_id_of_an_archive_is_shortened(id_: str, patient: str) -> None:
    assert of_patient(id_) == patient
