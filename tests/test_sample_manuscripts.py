"""Whole manuscripts, and what must be found in each: `tests/sample_manuscripts/*/expected.yaml` says it in words."""

import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tcia_policy.documents.read_documents import read_manuscript
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.study import Study
from tcia_policy.evidence.mentions.mentions import NameFinder
from tcia_policy.model import Assessment, Duty, DutyKind, DutyStatus
from tcia_policy.registry import DoiFinder, Registry

HERE = Path(__file__).parent / "sample_manuscripts"
FOLDERS = sorted(path.parent.name for path in HERE.glob("*/expected.yaml"))
SAID = ("manuscript-says-data-not-used", "manuscript-may-have-used-data")
PAPERS = {doi for folder in FOLDERS for doi in yaml.safe_load((HERE / folder / "expected.yaml").read_text())["dois"]}


@cache
def registry() -> Registry:
    return Registry.load()


def expected(folder: str) -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load((HERE / folder / "expected.yaml").read_text(encoding="utf-8"))
    return content


@cache
def assessment(folder: str) -> Assessment:
    return judged(HERE / folder)


def judged(path: Path) -> Assessment:
    return assess(Case.open(path, library=Library(registry())))


def citing(duties: tuple[Duty, ...], work: str) -> Duty:
    doi = work if work.startswith("10.") else registry().get(work).doi
    return next(duty for duty in duties if duty.kind is DutyKind.CITE and duty.doi == doi)


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_reference_owed_is_found_as_it_stands_there(folder: str) -> None:
    result = assessment(folder)
    for work, wanted in expected(folder)["references"].items():
        duty = citing(result.duties, work)
        evidence = duty.evidence or ""
        assert (work, duty.found) == (work, wanted["found"]), evidence
        assert duty.status is (DutyStatus.MET if wanted["found"] == "cited" else DutyStatus.OPEN)
        assert wanted.get("where", "") in evidence
        assert wanted.get("says", "") in evidence


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_wording_owed_is_found_as_it_stands_there(folder: str) -> None:
    result = assessment(folder)
    wordings = expected(folder).get("wordings", {})
    for subject, found in wordings.items():
        duties = [duty for duty in result.duties if duty.wordings and subject in (duty.rule, *_datasets(duty, result))]
        assert [duty.found for duty in duties] == [found] * max(len(duties), 1)
    for rule in expected(folder).get("met", ()):
        statuses = {duty.id: duty.status for duty in result.duties if duty.rule == rule}
        assert set(statuses.values()) == {DutyStatus.MET}, statuses


def _datasets(duty: Duty, result: Assessment) -> Iterator[str]:
    yield from (holding.dataset or "" for holding in result.holdings if holding.id in duty.holdings)


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_named_or_cited_and_not_declared_is_said(folder: str) -> None:
    said = {
        finding.because
        for finding in assessment(folder).findings
        if finding.rule in ("manuscript-cites-undeclared-data", "manuscript-names-undeclared-data")
    }
    undeclared = expected(folder)["undeclared"]
    assert len(said) == len(undeclared)
    for name, where in undeclared.items():
        assert any(f" {name}" in because and where in because for because in said), said


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_cannot_be_read_is_said(folder: str) -> None:
    read = assessment(folder).manuscript
    assert read is not None
    wanted = expected(folder).get("problems", ())
    assert len(read.problems) == len(wanted), read.problems
    for start in wanted:
        assert any(start in problem for problem in read.problems), read.problems


@pytest.mark.parametrize("folder", FOLDERS)
def test_without_a_project_the_manuscript_selects_the_data(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with_project = assessment(folder)
    paths = tuple(str(HERE / folder / path) for path in with_project.project.manuscript or ())
    result = assess(Case.open(None, CaseOptions(manuscript=paths), Library(registry())))
    assert result.manuscript is not None
    assert result.manuscript.selects
    assert result.exit_code != 0
    held = {holding.dataset for holding in result.holdings}
    left_out = set(expected(folder).get("left_out", ()))
    assert held >= {*expected(folder)["named"], *expected(folder)["undeclared"]} - left_out
    assert held.isdisjoint(left_out)
    told = [finding.because for finding in result.findings if finding.rule in SAID]
    assert all(any(f" {name} in " in because for because in told) for name in left_out)


@pytest.mark.parametrize("what", ["named", "dois"])
def test_just_the_names_and_dois_that_stand_there_are_found(what: str) -> None:
    for folder in FOLDERS:
        found = names_in(folder) if what == "named" else dois_in(folder)
        assert found == set(expected(folder)[what]), folder


def names_in(folder: str) -> set[str]:
    manuscript = read_manuscript(Study.load(HERE / folder).project.manuscript or (), HERE / folder)
    finder = NameFinder(registry().entries)
    return {use.dataset for prose in manuscript.prose if not prose.is_references for use in finder.find(prose)}


def dois_in(folder: str) -> set[str]:
    manuscript = read_manuscript(Study.load(HERE / folder).project.manuscript or (), HERE / folder)
    finder = DoiFinder([*(entry.doi for entry in registry().entries), *PAPERS])
    texts = [*(prose.text for prose in manuscript.prose), *(entry.text for entry in manuscript.entries)]
    return {doi for text in texts for _, doi in finder.find(text)}


def test_a_zip_as_overleaf_makes_it_gives_what_its_folder_gives(tmp_path: Path) -> None:
    shutil.copytree(HERE / "thesis", tmp_path / "thesis")
    shutil.make_archive(str(tmp_path / "thesis" / "overleaf"), "zip", HERE / "thesis")
    project = tmp_path / "thesis" / "tcia-policy.yaml"
    project.write_text(project.read_text(encoding="utf-8").replace("[thesis.tex]", "[overleaf.zip]"), encoding="utf-8")
    zipped = judged(project)
    plain = assessment("thesis")
    assert [(duty.id, duty.status, duty.found) for duty in zipped.duties] == [
        (duty.id, duty.status, duty.found) for duty in plain.duties
    ]
    assert any("overleaf.zip/chapters/data.tex:5" in (duty.evidence or "") for duty in zipped.duties)


def test_a_folder_gives_what_its_main_file_gives(tmp_path: Path) -> None:
    shutil.copytree(HERE / "thesis", tmp_path / "study" / "paper")
    project = tmp_path / "study" / "tcia-policy.yaml"
    (tmp_path / "study" / "paper" / "tcia-policy.yaml").rename(project)
    project.write_text(project.read_text(encoding="utf-8").replace("[thesis.tex]", "[paper]"), encoding="utf-8")
    result = judged(project)
    assert [(duty.id, duty.found) for duty in result.duties] == [
        (duty.id, duty.found) for duty in assessment("thesis").duties
    ]
