"""Which results make a command fail."""

from datetime import date
from pathlib import Path

import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions
from tcia_policy.engine.fail_on import FailOn, exit_code
from tcia_policy.engine.study import Study
from tcia_policy.model import Assessment

CLEAR = "use: {purpose: noncommercial, activities: [analyze]}\ndata: [{own: {name: CT of our hospital}}]\n"
PROHIBITED = "use: {purpose: commercial, activities: [use-in-product]}\ndata: [{dataset: NSCLC-Radiomics}]\n"
OPEN = (
    "use: {purpose: noncommercial, activities: [publish-results]}\n"
    "data: [{dataset: CPTAC-LUAD, obtained_from: pdc, distributions: [proteomics]}]\n"
    "cptac: {global_paper_published: true}\n"
)
UNDETERMINED = "use: {purpose: noncommercial, activities: [publish-results]}\ndata: [{other: {name: Hospital CT}}]\n"
UNVERIFIED = "use: {purpose: noncommercial, activities: [publish-results]}\ndata: [{dataset: LIDC-IDRI}]\n"


def judged(text: str) -> Assessment:
    return assess(Case.open(Study.parse(text, Path("study.yaml")), CaseOptions(as_of=date(2026, 11, 22))))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (CLEAR, [0, 0, 0, 0, 0]),
        (PROHIBITED, [1, 1, 1, 1, 0]),
        (OPEN, [0, 1, 1, 1, 0]),
        (UNDETERMINED, [0, 0, 3, 3, 0]),
        (UNVERIFIED, [0, 0, 0, 3, 0]),
    ],
    ids=["clear", "prohibited", "open", "undetermined", "unverified"],
)
def test_each_value_fails_on_its_result_and_on_every_worse_one(text: str, codes: list[int]) -> None:
    assessment = judged(text)
    assert [exit_code(assessment, each) for each in FailOn] == codes
    assert exit_code(assessment, FailOn.UNDETERMINED) == assessment.exit_code
