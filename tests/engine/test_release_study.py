"""The study that a release describes by itself."""

from pathlib import Path

import pytest

from tcia_policy.documents.model import SourceLocation
from tcia_policy.engine.release_study import disagreeing, licenses_of, outputs_said, project_of
from tcia_policy.evidence.release.said import ReleaseSaid
from tcia_policy.evidence.release.verify_release import ReleaseVerifier
from tcia_policy.evidence.verify_duties import ProjectContext
from tcia_policy.registry import Registry
from tcia_policy.releases.model import Release, Released, ReleaseFile, Stated, Topic
from tcia_policy.releases.read_release import read_release

REGISTRY = Registry.load()


def stated(topic: Topic, text: str, line: int = 1, says: Released | None = None) -> Stated:
    return Stated(topic, text, "field", SourceLocation("m/README.md", line), says=says)


def said(*statements: Stated, released: Released = Released.MODEL) -> ReleaseSaid:
    return ReleaseSaid([Release("m", (ReleaseFile("m/README.md", "card", released, statements),))], REGISTRY)


def verifier(*statements: Stated, released: Released = Released.MODEL) -> ReleaseVerifier:
    return ReleaseVerifier(said(*statements, released=released), REGISTRY, ProjectContext(selects=True))


def test_the_lists_of_a_model_are_what_its_card_states() -> None:
    project = project_of(
        verifier(
            stated(Topic.LICENSE, "mit"),
            stated(Topic.MADE_FROM, "LIDC-IDRI"),
            stated(Topic.TESTED_ON, "NLST"),
            stated(Topic.BASE_MODEL, "somebody/weights"),
        )
    )
    (output,) = project.use.outputs or ()
    assert (output.trained_on, output.tested_on, output.base_model) == (
        ("LIDC-IDRI",),
        ("NLST",),
        ("somebody/weights",),
    )
    assert [str(each) for each in project.use.activities or ()] == ["release-model"]
    assert project.use.purpose is None


def test_data_that_the_registry_does_not_have_are_data_of_an_unknown_license() -> None:
    project = project_of(verifier(stated(Topic.MADE_FROM, "Scans of our friends")))
    assert [(item.other.name, item.other.license) for item in project.data if item.other] == [
        ("Scans of our friends", None)
    ]


def test_a_release_that_names_no_data_has_some_that_nobody_knows() -> None:
    (item,) = project_of(verifier(stated(Topic.LICENSE, "mit"))).data
    assert item.other is not None
    assert item.other.license is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Segmentations of LIDC-IDRI", "segmentations"),
        ("Radiomics of the lungs", "features"),
        ("Lung CT", "derived-images"),
    ],
)
def test_the_title_tells_what_kind_of_data_it_is(title: str, kind: str) -> None:
    found = outputs_said(said(stated(Topic.TITLE, title), released=Released.DATA))
    assert [output.kind for output in found] == [kind]


def test_code_and_weights_may_have_licenses_of_their_own() -> None:
    found = said(
        stated(Topic.LICENSE, "mit", 1, Released.CODE),
        stated(Topic.LICENSE, "cc-by-nc-4.0", 2, Released.MODEL),
        stated(Topic.LICENSE, "mit", 3, Released.UNKNOWN),
    )
    assert list(disagreeing(found)) == []
    assert licenses_of(Released.MODEL, found) == ("CC-BY-NC-4.0",)
    assert licenses_of(Released.CODE, found) == ("MIT",)


def test_a_file_that_does_not_say_what_it_is_about_is_about_all() -> None:
    found = said(stated(Topic.LICENSE, "cc-by-nc-4.0", 1), stated(Topic.LICENSE, "mit", 2, Released.UNKNOWN))
    assert [(one.license, two.license) for one, two in disagreeing(found)] == [("CC-BY-NC-4.0", "MIT")]
    assert licenses_of(Released.MODEL, found) == ("CC-BY-NC-4.0", "MIT")


def test_a_license_file_is_about_what_has_no_license_of_its_own(tmp_path: Path) -> None:
    of_code = stated(Topic.LICENSE, "mit", 1, Released.CODE)
    assert licenses_of(Released.MODEL, said(of_code, stated(Topic.LICENSE, "mit", 2, Released.UNKNOWN))) == ()
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nlicense = "MIT"\n', encoding="utf-8")
    (tmp_path / "LICENSE").write_text("SPDX-License-Identifier: MIT\n", encoding="utf-8")
    found = ReleaseSaid(read_release(["."], tmp_path, Path()), REGISTRY)
    assert licenses_of(Released.MODEL, found) == ("MIT",)
