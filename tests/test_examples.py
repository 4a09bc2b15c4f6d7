"""The examples are studies that hold together, and come out as their first lines say."""

from datetime import date
from pathlib import Path

import pytest

import tcia_policy
from tcia_policy.model import Activity, Assessment, DutyKind, DutyStatus, HoldingKind, Verdict
from tests.cli.run import DAY, EXAMPLES

STUDIES = sorted(path.parent for path in EXAMPLES.glob("*/tcia-policy.yaml"))


def assessed(name: str) -> Assessment:
    return tcia_policy.assess(EXAMPLES / name, as_of=date.fromisoformat(DAY))


def verdicts(assessment: Assessment, name: str) -> set[Verdict]:
    ids = {holding.id for holding in assessment.holdings if holding.name == name}
    return {cell.verdict for cell in assessment.verdicts if cell.holding in ids}


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.name)
def test_every_series_of_an_example_is_a_real_one(study: Path) -> None:
    for holding in assessed(study.name).holdings:
        assert holding.kind in (HoldingKind.DATASET, HoldingKind.OTHER), holding.examples
        if any("." in item for item in holding.items):
            assert holding.series


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.name)
def test_an_example_points_editors_at_a_schema_that_is_there(study: Path) -> None:
    first = (study / "tcia-policy.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert (study / first.removeprefix("# yaml-language-server: $schema=")).is_file()


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.name)
def test_every_file_of_an_example_is_named_in_its_project_or_read_with_its_manuscript(study: Path) -> None:
    project = (study / "tcia-policy.yaml").read_text(encoding="utf-8")
    assessment = assessed(study.name)
    read = () if assessment.manuscript is None else assessment.manuscript.files
    released = () if assessment.release is None else tuple(file.file for file in assessment.release.files)
    for path in study.rglob("*"):
        if path.is_file() and path.name != "tcia-policy.yaml":
            name = path.relative_to(study).as_posix()
            assert name in (*read, *released) or name in project


def test_the_paper_on_lung_nodules_may_go_ahead_once_it_has_cited_and_attributed() -> None:
    assessment = assessed("lung-nodules")
    assert (assessment.verdict, assessment.exit_code) == (Verdict.CONDITIONAL, 0)
    assert {holding.name for holding in assessment.holdings} == {"LIDC-IDRI", "NSCLC-Radiomics", "CPTAC-LUAD"}
    assert {Activity.PUBLISH_RESULTS, Activity.RELEASE_MODEL} <= set(assessment.activities)
    owed = {duty.kind for duty in assessment.duties if duty.required}
    assert {DutyKind.CITE, DutyKind.ATTRIBUTE, DutyKind.REFRAIN} <= owed
    cited = {item.citation.doi for item in assessment.citations}
    assert {"10.7937/k9/tcia.2015.lo9ql9sx", "10.7937/k9/tcia.2015.pf0m9rei", "10.7937/k9/tcia.2018.pat12tbs"} <= cited


def test_the_product_may_use_what_was_granted_and_not_what_is_noncommercial() -> None:
    assessment = assessed("commercial-product")
    assert (assessment.verdict, assessment.exit_code) == (Verdict.PROHIBITED, 1)
    assert verdicts(assessment, "Breast-Cancer-Screening-DBT") == {Verdict.PROHIBITED}
    assert verdicts(assessment, "Phantom FDA") == {Verdict.PROHIBITED}
    assert verdicts(assessment, "Hospital CT 2023") == {Verdict.UNDETERMINED}
    assert Verdict.PROHIBITED not in verdicts(assessment, "NSCLC-Radiomics") | verdicts(assessment, "LIDC-IDRI")
    lifted = {finding.holding: finding.lifted_by for finding in assessment.findings if finding.lifted_by}
    assert "Hugo Aerts" in (lifted["NSCLC-Radiomics"] or "")


def test_the_product_has_the_cptac_agreement_that_data_from_the_pdc_bring_in() -> None:
    agreements = [duty for duty in assessed("commercial-product").duties if duty.kind is DutyKind.AGREE]
    assert [duty.status for duty in agreements if "CPTAC" in duty.text] == [DutyStatus.MET]


def test_the_card_of_the_published_model_offers_what_the_data_do_not_allow() -> None:
    assessment = assessed("published-model")
    assert (assessment.verdict, assessment.exit_code) == (Verdict.PROHIBITED, 1)
    (finding,) = (each for each in assessment.findings if each.rule == "release-noncommercial-not-passed-on")
    assert finding.because.startswith("model/README.md:2 states Apache-2.0")
