"""The files that a case was read from."""

from pathlib import Path

import pytest

from tcia_policy.engine.case import Case, CaseOptions
from tcia_policy.model.file_kind import FileKind

PROJECT = """
use: {purpose: noncommercial, activities: [release-model], outputs: [{kind: model, license_file: out/LICENSE}]}
data: [{manifest: cohort.csv}, {dataset: LIDC-IDRI, license_file: copy.txt}]
manuscript: [paper]
permissions:
  - {dataset: LIDC-IDRI, grants: commercial-use, from: TCIA, on: 2026-01-02, evidence: legal/leave.txt}
  - {dataset: LIDC-IDRI, grants: commercial-use, from: TCIA, on: 2026-01-02, evidence: legal/gone.txt}
"""
FILES = {
    "cohort.csv": "SeriesInstanceUID\n1.3.6.1.4.1.14519.5.2.1.6279.6001.179049373636438705059720603192\n",
    "copy.txt": "CC BY 3.0\n",
    "out/LICENSE": "CC BY 4.0\n",
    "legal/leave.txt": "We let you use these data for your product.\n",
    "paper/main.md": "# Paper\n\nText.\n",
    "paper/notes.csv": "a,b\n",
    "rules/README": "x",
}


def test_the_license_file_of_a_folder_of_images_is_one(tmp_path: Path) -> None:
    pytest.importorskip("pydicom")
    from tests.cohorts.dicom_files import Made, dicom  # noqa: PLC0415 - needs pydicom

    images = tmp_path / "down" / "LIDC-IDRI"
    images.mkdir(parents=True)
    (images / "LICENSE").write_text("The collection is distributed under CC BY 3.0.", encoding="utf-8")
    (images / "1-1.dcm").write_bytes(dicom(Made("1.3.6.1.4.1.14519.5.2.1.6279.6001.179049373636438705059720603192")))
    (tmp_path / "tcia-policy.yaml").write_text("data: [{folder: down}]\n", encoding="utf-8")
    found = [each for each in Case.open(tmp_path).files if each.kind is FileKind.LICENSE]
    assert [each.path.relative_to(tmp_path).as_posix() for each in found] == ["down/LIDC-IDRI/LICENSE"]


def test_every_file_that_was_read_is_one_and_no_other(tmp_path: Path) -> None:
    for name, content in ({"tcia-policy.yaml": PROJECT} | FILES).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    case = Case.open(tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in case.inputs} == {
        "tcia-policy.yaml",
        "cohort.csv",
        "copy.txt",
        "out/LICENSE",
        "legal/leave.txt",
        "paper/main.md",
    }
    instead = Case.open(tmp_path, CaseOptions(manuscript=(str(tmp_path / "rules" / "README"),)))
    assert tmp_path / "rules" / "README" in instead.inputs
    assert tmp_path / "paper" / "main.md" not in instead.inputs
