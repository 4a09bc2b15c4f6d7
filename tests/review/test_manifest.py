"""What is signed: the same text for the same study, and every change of it named."""

import json
from datetime import date
from pathlib import Path

from tcia_policy.engine.case import Case, CaseOptions
from tcia_policy.files.digests import digest_of_file
from tcia_policy.model.signature import Manifest
from tcia_policy.review.manifest import assessed, canonical, manifest_of, what_differs
from tests.review.keys import small_project


def manifest(folder: Path) -> Manifest:
    case = Case.open(folder, CaseOptions(as_of=date(2026, 11, 22)))
    return manifest_of(case, assessed(case))


def test_it_has_the_digest_of_each_part_and_its_text_is_canonical(tmp_path: Path) -> None:
    study = small_project(tmp_path / "study")
    made = manifest(study)
    assert made.project_file == digest_of_file(study / "tcia-policy.yaml")
    assert made.evidence == {"legal/leave.txt": digest_of_file(study / "legal" / "leave.txt")}
    assert made.review is None
    text = canonical(made)
    assert text.startswith(b'{"about":"review of a project of tcia-policy","as_of":"2026-11-22","assessment":"')
    assert Manifest.model_validate_json(text) == made
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":")).encode()


def test_two_folders_with_the_same_study_have_the_same_text(tmp_path: Path) -> None:
    one, other = (manifest(small_project(tmp_path / name)) for name in ("a", "b"))
    assert canonical(one) == canonical(other)
    assert what_differs(one, other) == ()


def test_each_part_that_differs_is_named(tmp_path: Path) -> None:
    made = manifest(small_project(tmp_path / "study"))
    other = made.model_copy(update={"review": "1" * 64, "evidence": {}, "assessment": "2" * 64})
    assert [line.partition(":")[0] for line in what_differs(made, other)] == [
        "review.yaml",
        "evidence legal/leave.txt",
        "assessment",
    ]
