"""A registry of a few real datasets, and files to write."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tcia_policy.model import Archive
from tcia_policy.registry import Registry
from tests.cohorts import idc
from tests.registry.small_registry import dataset, part, registry_of

Write = Callable[[str, str | bytes], Path]


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """LIDC-IDRI and a dataset made from it, three collections of CPTAC and CMB, and one that only IDC has."""
    return registry_of(
        tmp_path_factory.mktemp("registry"),
        dataset(
            "LIDC-IDRI",
            idc.LIDC,
            [
                part("41", "Images", "CC-BY-3.0", data_types=["CT", "SEG"]),
                part("42", "Radiologist Annotations/Segmentations", "CC-BY-3.0", file_types=["XML"]),
                part("43", "Patient Diagnoses", "CC-BY-3.0", data_types=["Diagnosis"], file_types=["XLS"]),
            ],
            idc_collections=["lidc_idri"],
        ),
        dataset("DICOM-LIDC-IDRI-Nodules", idc.NODULES, idc_collections=["lidc_idri"], derived_from=["LIDC-IDRI"]),
        dataset("CPTAC-SAR", idc.CPTAC_SAR, program="CPTAC", idc_collections=["cptac_sar"]),
        dataset("CPTAC-PDA", idc.CPTAC_PDA, program="CPTAC", idc_collections=["cptac_pda"]),
        dataset("CPTAC-PDA-Tumor-Annotations", "10.7937/bw9v-bx61", program="CPTAC"),
        dataset(
            "CMB-AML",
            idc.CMB_AML,
            [
                part("51", "Images"),
                part("52", "Images (restricted)", "LicenseRef-NIH-Controlled-Data-Access"),
                part("53", "Clinical Data", file_types=["CSV"]),
            ],
        ),
        dataset("NLST", "10.7937/tcia.hmq8-j677"),
        dataset("idc-gtex", idc.GTEX, [part("idc")], archive=Archive.IDC),
        idc={"lidc_idri": ["LIDC-IDRI"], "cptac_sar": ["CPTAC-SAR"]},
    )


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file into the test's folder and return its path."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


def manifest_of(uids: list[str], end: str = "\n") -> str:
    """Return a manifest as TCIA writes it."""
    header = [
        "downloadServerUrl=https://public.cancerimagingarchive.net/nbia-download/servlet/DownloadServlet",
        "includeAnnotation=true",
        "noOfrRetry=4",
        "databasketId=manifest-1617905855234.tcia",
        "manifestVersion=3.0",
        "ListOfSeriesToDownload=",
    ]
    return "".join(line + end for line in (*header, *uids))
