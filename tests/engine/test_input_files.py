"""The files that a case was read from."""

from pathlib import Path

from tcia_policy.engine.case import Case, CaseOptions

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
