"""Which datasets a cohort file is named after."""

from pathlib import Path

import pytest

from tcia_policy.cohorts import resolve
from tcia_policy.cohorts.filename_check import datasets_named_in_filename
from tcia_policy.model import DataItem
from tcia_policy.registry import Registry
from tests.cohorts import idc
from tests.cohorts.conftest import Write, manifest_of

SHIPPED = Registry.load()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("TCIA-CPTAC-SAR_v9_20230224.tcia", ("CPTAC-SAR",)),
        ("TCIA_RIDER_NEURO_MRI_06-22-2015.tcia", ("RIDER NEURO MRI",)),
        ("nsclc radiomics.csv", ("NSCLC-Radiomics",)),
        ("NSCLC-Radiomics-Interobserver1-Aug-30-2019-NBIA-manifest.tcia", ("NSCLC-Radiomics-Interobserver1",)),
        ("cptac-pda-tumor-annotations.tcia", ("CPTAC-PDA-Tumor-Annotations",)),
        ("LIDC-IDRI_and_NSCLC-Radiomics.tcia", ("LIDC-IDRI", "NSCLC-Radiomics")),
        ("NLST_subset.csv", ("NLST",)),
        ("ispy1-2016.tcia", ("ISPY1",)),
        ("catch-all.csv", ()),
        ("exact_matches.tcia", ()),
        ("MyNLSTdata.csv", ()),
        ("CPTAC-SARCOMA.tcia", ()),
        ("BSC-DBT-Validation-manifest.tcia", ()),
        ("manifest-1617905855234.tcia", ()),
        ("study_manifest_aws.s5cmd", ()),
    ],
)
def test_a_name_is_recognized_as_whole_words_the_longest_first(name: str, expected: tuple[str, ...]) -> None:
    assert datasets_named_in_filename(Path("LIDC-IDRI") / name, SHIPPED) == expected


def named_otherwise(registry: Registry, path: Path) -> dict[str, str | None]:
    holdings = resolve([DataItem(manifest=str(path))], path.parent, registry).holdings
    return {holding.id: holding.named_otherwise for holding in holdings}


def test_a_file_named_after_one_dataset_that_holds_another_says_so_of_the_other(
    registry: Registry, write: Write
) -> None:
    uids = idc.uids_of(idc.CPTAC_SAR, 1) + idc.uids_of(idc.CPTAC_PDA, 1)
    path = write("LIDC-IDRI.tcia", manifest_of(uids))
    assert named_otherwise(registry, path) == {"CPTAC-PDA": "LIDC-IDRI", "CPTAC-SAR": "LIDC-IDRI"}
    path = write("cptac-sar.tcia", manifest_of(uids))
    assert named_otherwise(registry, path) == {"CPTAC-PDA": "CPTAC-SAR", "CPTAC-SAR": None}


def test_relatives_of_the_dataset_in_the_name_are_no_mismatch(registry: Registry, write: Write) -> None:
    uids = idc.uids_of(idc.LIDC, 1) + idc.uids_of(idc.NODULES, 1)
    for name in ("LIDC-IDRI.tcia", "DICOM-LIDC-IDRI-Nodules.tcia"):
        found = named_otherwise(registry, write(name, manifest_of(uids)))
        assert found == {"LIDC-IDRI": None, "DICOM-LIDC-IDRI-Nodules": None}


def test_a_name_that_names_no_dataset_is_no_mismatch(registry: Registry, write: Write) -> None:
    path = write("manifest-1677267704131.tcia", manifest_of(idc.uids_of(idc.CPTAC_PDA, 1)))
    assert named_otherwise(registry, path) == {"CPTAC-PDA": None}
