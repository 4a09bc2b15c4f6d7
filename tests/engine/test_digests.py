"""The digests in an assessment: what was used has one, and no other input has the same."""

import shutil
from pathlib import Path

import pytest

from tcia_policy import render
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.digests import json_of
from tcia_policy.engine.study import Study
from tcia_policy.files.shipped import shipped
from tcia_policy.model import DataItem, Digests
from tcia_policy.registry import Registry
from tcia_policy.reports.detail import Detail
from tcia_policy.reports.digests_used import digests_line
from tcia_policy.reports.formats import Screen, format_named

PROJECT = """use: {purpose: noncommercial, activities: [analyze]}
data: [{manifest: series.txt}]
manuscript: [paper.md]
release: [model]
"""
HOUSE = """policy: {id: house, title: House rules, url: https://example.org/rules, as_of: 2026-11-22}
rules:
  - id: house-note
    title: A note
    applies_to: {dataset.program: TCGA}
    note: true
    because: So it was decided.
    reference: {title: Minutes, url: https://example.org/minutes, authority: instrument, reading: full}
    examples:
      - {given: {dataset.program: TCGA}, expect: note}
      - {given: {dataset.program: CPTAC}, expect: silent}
"""
SERIES = "1.3.6.1.4.1.14519.5.2.1.3983.9002.115167364022629200526785371114\n"
SHIPPED = Registry.load()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "tcia-policy.yaml").write_text(PROJECT, encoding="utf-8")
    (folder / "series.txt").write_text(SERIES, encoding="utf-8")
    (folder / "paper.md").write_text("We used TCGA-LUAD.\n", encoding="utf-8")
    (folder / "model").mkdir()
    (folder / "model" / "README.md").write_text("---\nlicense: mit\n---\n# Model\n", encoding="utf-8")
    return folder


def digests(project: Path, registry: Registry = SHIPPED, *settings: str) -> Digests:
    return Case.open(project, CaseOptions(settings=settings), Library(registry)).versions.digests


def test_what_was_used_has_a_digest_and_the_same_inputs_have_the_same(project: Path) -> None:
    found = digests(project)
    assert all(len(digest) == 64 for name, digest in found if name not in ("house_rules", "review"))
    assert found.house_rules is None
    assert digests(project) == found


@pytest.mark.parametrize(
    ("file", "name"), [("series.txt", "cohorts"), ("paper.md", "manuscript"), ("model/README.md", "release")]
)
def test_one_byte_more_in_an_input_changes_its_digest_alone(project: Path, file: str, name: str) -> None:
    before = digests(project)
    path = project / file
    path.write_text(path.read_text(encoding="utf-8") + "# and more\n", encoding="utf-8")
    after = digests(project)
    assert [key for key, digest in after if digest != getattr(before, key)] == [name]


def test_another_project_has_another_digest_and_a_comment_makes_none(project: Path) -> None:
    before = digests(project)
    path = project / "tcia-policy.yaml"
    path.write_text("# a comment\n" + PROJECT, encoding="utf-8")
    assert digests(project) == before
    path.write_text(PROJECT.replace("[analyze]", "[analyze, train-model]"), encoding="utf-8")
    assert [key for key, digest in digests(project) if digest != getattr(before, key)] == ["project"]


def test_a_supposed_fact_is_another_project(project: Path) -> None:
    assert digests(project, SHIPPED, "use.purpose=commercial").project != digests(project).project


def test_house_rules_have_a_digest_of_their_own(project: Path, tmp_path: Path) -> None:
    house = tmp_path / "house"
    house.mkdir()
    (house / "rules.yaml").write_text(HOUSE, encoding="utf-8")
    found = Case.open(project, CaseOptions(house_rules=house), Library(SHIPPED)).versions.digests
    assert found.house_rules is not None
    (house / "notes.txt").write_text("for us\n", encoding="utf-8")
    again = Case.open(project, CaseOptions(house_rules=house), Library(SHIPPED)).versions.digests
    assert again.house_rules != found.house_rules


def test_two_registries_that_differ_in_one_byte_never_print_the_same_line(project: Path, tmp_path: Path) -> None:
    shutil.copytree(shipped("data"), tmp_path / "data")
    same = Registry.load(tmp_path / "data")
    assert digests(project, same) == digests(project)
    other = tmp_path / "data" / "datasets" / "victre.yaml"  # no dataset of the study
    other.write_bytes(other.read_bytes() + b"\n")
    lines = {
        digests_line(Case.open(project, library=Library(registry)).versions.digests)
        for registry in (SHIPPED, Registry.load(tmp_path / "data"))
    }
    assert len(lines) == 2


def test_every_report_says_from_what_it_was_made(project: Path) -> None:
    assessment = assess(Case.open(project, library=Library(SHIPPED)))
    digest = assessment.versions.digests.registry
    assert digest is not None
    for name in ("markdown", "html", "json"):
        assert digest[:12] in render(assessment, name)
    assert digest[:12] in format_named("text").render(assessment, Screen(detail=Detail.ALL))


@pytest.mark.parametrize("path", sorted(shipped("data").parent.glob("examples/*/tcia-policy.yaml")), ids=str)
def test_the_digest_of_a_project_is_that_of_the_json_that_pydantic_writes(path: Path) -> None:
    project = Study.load(path).project
    assert json_of(project) == project.model_dump_json()


def test_a_cohort_file_whose_name_is_no_text_is_judged(tmp_path: Path) -> None:
    name = b"cohort-\xff.txt".decode("utf-8", "surrogateescape")
    (tmp_path / name).write_text(SERIES, encoding="utf-8")
    study = Study.of([DataItem.model_construct(manifest=name)], tmp_path)
    assert Case.open(study, library=Library(SHIPPED)).versions.digests.project
