"""Whole release folders, and what must be said of each: `tests/sample_releases/*/expected.yaml` says it in words."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.model import Assessment, DutyStatus
from tcia_policy.registry import Registry

HERE = Path(__file__).parent / "sample_releases"
FOLDERS = sorted(path.parent.name for path in HERE.glob("*/expected.yaml"))


@cache
def registry() -> Registry:
    return Registry.load()


def expected(folder: str) -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load((HERE / folder / "expected.yaml").read_text(encoding="utf-8"))
    return content


@cache
def assessment(folder: str) -> Assessment:
    """Judge a folder as `check --release` does where there is no project."""
    project = HERE / folder / "tcia-policy.yaml"
    if project.exists():
        return assess(Case.open(project, library=Library(registry())))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(HERE / folder)
        return assess(Case.open(None, CaseOptions(release=(".",)), Library(registry())))


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_answer_is_the_one_that_was_written_down(folder: str) -> None:
    result = assessment(folder)
    assert (result.verdict.value, result.exit_code) == (expected(folder)["verdict"], expected(folder)["exit_code"])


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_data_are_those_that_the_files_state_or_name(folder: str) -> None:
    held = {holding.dataset for holding in assessment(folder).holdings if holding.dataset is not None}
    others = {holding.name for holding in assessment(folder).holdings if holding.dataset is None}
    assert held == set(expected(folder)["held"])
    assert others == set(expected(folder).get("elsewhere", ()))
    outputs = [output.name for output in assessment(folder).project.use.outputs or ()]
    assert set(expected(folder).get("outputs", ())) <= set(outputs)


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_file_says_what_stands_there(folder: str) -> None:
    read = assessment(folder).release
    assert read is not None
    said = [statement for file in read.files for statement in file.says]
    for wanted in expected(folder).get("says", ()):
        found = [each for each in said if each.place == wanted["place"] and each.topic == wanted["topic"]]
        assert found, (wanted, [(each.place, each.topic) for each in said])
        licenses = wanted.get("license")
        assert [each.license for each in found] == (licenses if isinstance(licenses, list) else [licenses] * len(found))
        assert all(set(wanted.get("datasets", ())) <= set(each.datasets) for each in found)


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_wrong_is_told_with_its_place(folder: str) -> None:
    result = assessment(folder)
    names = {holding.id: holding.name for holding in result.holdings}
    for rule, where in expected(folder).get("findings", {}).items():
        told = [each for each in result.findings if each.rule == rule]
        texts = [f"{each.because} {each.remedy} {names.get(each.holding or '')}" for each in told]
        assert any(where in text for text in texts), (rule, texts)
    spoken = {each.rule for each in result.findings}
    assert spoken.isdisjoint(expected(folder).get("not_found", ()))


@pytest.mark.parametrize("folder", FOLDERS)
def test_duties_are_looked_for_in_the_text_of_the_release(folder: str) -> None:
    for word, status in (("met", DutyStatus.MET), ("open", DutyStatus.OPEN), ("unverified", DutyStatus.UNVERIFIED)):
        for rule in expected(folder).get(word, ()):
            found = {duty.id: duty.status for duty in assessment(folder).duties if duty.rule == rule}
            assert set(found.values()) == {status}, (rule, found)
