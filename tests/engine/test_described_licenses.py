"""Licenses that a project describes: what they grant on its word, and what they never do."""

from itertools import combinations, product
from pathlib import Path
from typing import Any, get_args

import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError
from tcia_policy.model import Activity, Assessment, Verdict
from tcia_policy.model.license import Permits
from tcia_policy.registry import Registry
from tcia_policy.rules.rulebook import load_rules

LIBRARY = Library(Registry.load(), load_rules())
TERMS = "These are the terms of the imaging laboratory. Everybody may copy and share the scans.\n"
COMPLETE: dict[str, Any] = {
    "id": "LicenseRef-lab",
    "name": "Laboratory terms",
    "text": "terms.txt",
    "access": "open",
    "permits": ["reproduction", "distribution", "derivative-works"],
    "requires": [],
    "prohibits": [],
}
# What has to be permitted for an activity; all others are permitted by no described license.
COPIES, PASSED_ON, WORKED = {"reproduction"}, {"reproduction", "distribution"}, {"reproduction", "derivative-works"}
NEEDS = {
    Activity.ANALYZE: COPIES,
    Activity.EVALUATE: COPIES,
    Activity.PUBLISH_RESULTS: COPIES,
    Activity.ANNOTATE: WORKED,
    Activity.TRAIN_MODEL: WORKED,
    Activity.FINE_TUNE: WORKED,
    Activity.TEACH: PASSED_ON,
    Activity.PUBLISH_FIGURES: PASSED_ON,
    Activity.REDISTRIBUTE_DATA: PASSED_ON,
    Activity.HOST_ACCESS: PASSED_ON,
    Activity.SHARE_DERIVED_DATA: PASSED_ON | WORKED,
    Activity.RELEASE_MODEL: PASSED_ON | WORKED,
}


def study(folder: Path, licenses: list[dict[str, Any]], data: str, purpose: str = "noncommercial") -> Study:
    (folder / "terms.txt").write_text(TERMS)
    lines = [f"  - {{{', '.join(f'{key}: {_yaml(value)}' for key, value in item.items())}}}" for item in licenses]
    text = "\n".join([f"use: {{purpose: {purpose}, country: US}}", "licenses:", *lines, f"data: [{data}]", ""])
    return Study.parse(text, folder / "tcia-policy.yaml")


def _yaml(value: object) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, (list, tuple)) else str(value)


def judged(folder: Path, described: dict[str, Any], data: str, purpose: str = "noncommercial") -> Assessment:
    return assess(Case.open(study(folder, [described], data, purpose), CaseOptions(), LIBRARY))


OTHER = "{other: {name: Laboratory scans, license: LicenseRef-lab}}"
GRANTED = (Verdict.PERMITTED, Verdict.CONDITIONAL)
EVERY_PERMITS = [words for size in range(4) for words in combinations(get_args(Permits), size)]


def granted(assessment: Assessment) -> set[Activity]:
    return {cell.activity for cell in assessment.verdicts if cell.verdict in GRANTED}


@pytest.mark.parametrize("permits", EVERY_PERMITS)
def test_a_complete_description_grants_exactly_what_it_permits(permits: tuple[str, ...], tmp_path: Path) -> None:
    found = granted(judged(tmp_path, {**COMPLETE, "permits": permits}, OTHER))
    assert found == {activity for activity, needed in NEEDS.items() if needed <= set(permits)}


@pytest.mark.parametrize("left_out", ["text", "access", "permits", "requires", "prohibits"])
@pytest.mark.parametrize("purpose", ["commercial", "noncommercial"])
def test_a_description_that_leaves_something_out_grants_nothing(left_out: str, purpose: str, tmp_path: Path) -> None:
    described = {key: value for key, value in COMPLETE.items() if key != left_out}
    assert not granted(judged(tmp_path, described, OTHER, purpose))


@pytest.mark.parametrize(
    ("requires", "prohibits"),
    list(product([["share-alike"], ["source-code"], ["attribution"]], [[], ["commercial-use"]])),
)
def test_more_conditions_never_grant_more(requires: list[str], prohibits: list[str], tmp_path: Path) -> None:
    free = granted(judged(tmp_path, COMPLETE, OTHER))
    bound = {**COMPLETE, "requires": requires, "prohibits": prohibits}
    assert granted(judged(tmp_path, bound, OTHER)) <= free
    assert not (prohibits and granted(judged(tmp_path, bound, OTHER, "commercial")))


@pytest.mark.parametrize(
    "data",
    [
        "{collection: LIDC-IDRI, obtained_from: zenodo, altered: true",
        "{collection: LIDC-IDRI, obtained_from: kaggle",
        "{collection: NSCLC-Radiomics, obtained_from: tcia",
        "{collection: CPTAC-CCRCC, obtained_from: pdc",
        "{collection: TCGA-GBM, obtained_from: tcia",
    ],
)
@pytest.mark.parametrize("purpose", ["commercial", "noncommercial"])
def test_a_description_never_opens_data_of_the_registry(data: str, purpose: str, tmp_path: Path) -> None:
    alone = judged(tmp_path, COMPLETE, f"{data}}}", purpose)
    with_it = judged(tmp_path, COMPLETE, f"{data}, license: LicenseRef-lab}}", purpose)
    assert granted(with_it) <= granted(alone)
    for before, after in zip(alone.verdicts, with_it.verdicts, strict=True):
        assert after.verdict.severity >= before.verdict.severity


def test_the_text_is_hashed_and_the_license_is_in_the_assessment(tmp_path: Path) -> None:
    assessment = judged(tmp_path, COMPLETE, OTHER)
    (seen,) = assessment.evidence
    (license_,) = assessment.licenses
    assert (seen.field, seen.document, seen.problem) == ("licenses[0]", "terms.txt", None)
    assert seen.sha256 is not None
    assert license_.id == "LicenseRef-lab"
    assert seen.sha256 in (license_.reference.section or "")


def test_the_id_is_recognized_in_any_case_and_the_name_is_not(tmp_path: Path) -> None:
    by_id = judged(tmp_path, COMPLETE, "{other: {name: Laboratory scans, license: licenseref-LAB}}")
    by_name = judged(tmp_path, COMPLETE, "{other: {name: Laboratory scans, license: Laboratory terms}}")
    assert granted(by_id)
    assert not granted(by_name)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"id": "MIT"}, "not an id of your own"),
        ({"id": "CC-BY-4.0"}, "not an id of your own"),
        ({"id": "LicenseRef-unrecognized"}, "a word of this program"),
        ({"id": "LicenseRef-Proprietary"}, "its terms are recorded"),
        ({"id": "LicenseRef-NIH-Controlled-Data-Access"}, "its terms are recorded"),
        ({"name": "CC BY 4.0"}, "its terms are recorded"),
        ({"url": "https://creativecommons.org/licenses/by/4.0/"}, "its terms are recorded"),
        ({"prohibits": ["derivative-works"]}, "both in `permits` and in `prohibits`"),
        ({"permits": ["everything"]}, "everything"),
        ({"name": '" "'}, "empty"),
    ],
)
def test_a_license_that_is_another_one_is_an_error_with_its_line(
    change: dict[str, Any], problem: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as raised:
        judged(tmp_path, {**COMPLETE, **change}, OTHER)
    assert problem in str(raised.value)
    assert raised.value.line == 3


def test_a_license_is_described_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="described twice") as raised:
        Case.open(study(tmp_path, [COMPLETE, {**COMPLETE, "name": "Other terms"}], OTHER), CaseOptions(), LIBRARY)
    assert raised.value.line == 4
