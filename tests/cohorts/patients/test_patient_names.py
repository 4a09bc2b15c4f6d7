"""Patients that a list names without saying that they are patients."""

import pytest

from tcia_policy.cohorts import resolve
from tcia_policy.cohorts.patients.patient_names import beginnings_of, datasets_named_in_ids, patients_in
from tcia_policy.model import DataItem, HoldingKind
from tcia_policy.registry import Registry
from tests.cohorts.conftest import Write

REGISTRY = Registry.load()


@pytest.mark.parametrize(
    ("line", "patients"),
    [
        ("LIDC-IDRI-0001", ["LIDC-IDRI-0001"]),
        ("LIDC-IDRI/LIDC-IDRI-0001/01-01-2000-NA-NA-30178/3000566.000000-NA-03192/1-001.dcm", ["LIDC-IDRI-0001"]),
        ("slides/TCGA-05-4244-01Z-00-DX1.svs", ["TCGA-05-4244"]),
        ("C3L-00001", ["C3L-00001"]),
        ("37a077e9095f697b17008b9f47959767  ./LSCC/C3L-00081-21.svs", ["C3L-00081"]),
        ("C3L-00081-21.bam", []),
        ("C3L-00081-21", []),
        ("imagesTr/LUNG1-001_0000.nii.gz", ["LUNG1-001"]),
        ("Prostate-MRI-US-Biopsy-0001", ["Prostate-MRI-US-Biopsy-0001"]),
        ("TCGA-05-4244-01", []),
        ("TCGA-05-4244-01A-01D-1490-08", []),
        ("TCGA-05-4244.bam", []),
        ("case_0001", []),
        ("HCC_001", []),
        ("prostate_001", []),
        ("lung_001", []),
        ("LIDC-IDRI", []),
        ("version-1.0.0", []),
    ],
)
def test_only_ids_that_begin_as_datasets_do_are_taken_for_patients(line: str, patients: list[str]) -> None:
    assert patients_in(line, beginnings_of(REGISTRY.entries)) == patients


def test_a_list_of_patients_gives_their_series_and_says_so(write: Write, registry: Registry) -> None:
    path = write("train.txt", "LIDC-IDRI-0001\nLIDC-IDRI-0002\nLIDC-IDRI-9999\ncase_0001\n")
    holdings = resolve([DataItem(manifest=path.name)], path.parent, registry).holdings
    lidc = next(holding for holding in holdings if holding.dataset == "LIDC-IDRI")
    assert lidc.whole_patients == 2
    missing = [holding for holding in holdings if holding.kind is HoldingKind.NOT_IN_IDC_INDEX]
    assert [holding.examples for holding in missing] == [("LIDC-IDRI-9999",)]
    unread = [holding for holding in holdings if holding.kind is HoldingKind.NOT_UNDERSTOOD]
    assert [holding.examples for holding in unread] == [("line 4: case_0001",)]


def test_ids_that_begin_with_a_dataset_name_it(registry: Registry) -> None:
    ids = ["CPTAC-SAR-0001", "cmb-aml_12", "CPTAC-PDA", "CPTAC-PDA-x1", "12"]
    assert datasets_named_in_ids(ids, registry.entries) == ("CPTAC-SAR", "CMB-AML")
