"""What may be a mistake in a project, and is told beside the result."""

from pathlib import Path

import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions
from tcia_policy.engine.study import Study
from tcia_policy.model import Assessment, OutputKind, Use, Verdict
from tcia_policy.model.project import Output

FILE = Path("tcia-policy.yaml")


def judged(text: str, said: Use | None = None) -> Assessment:
    options = CaseOptions() if said is None else CaseOptions(said=said)
    return assess(Case.open(Study.parse(text, FILE), options))


def told(text: str) -> list[tuple[str, int | None]]:
    return [(each.field, each.line) for each in judged(text).remarks]


def test_an_item_that_is_given_twice_is_told_however_it_is_spelled() -> None:
    text = "data:\n  - dataset: LIDC-IDRI\n  - collection: lidc idri\n  - doi: 10.7937/K9/TCIA.2015.LO9QL9SX\n"
    assert told(text) == [("data[1]", 3), ("data[2]", 4)]
    assert judged(text).remarks[0].text == "is the same as data[0], and counts once; leave one of the two out"
    assert len(judged(text).holdings) == 1


@pytest.mark.parametrize(
    "second",
    ["dataset: NLST", "{dataset: LIDC-IDRI, obtained_from: idc}", "{dataset: LIDC-IDRI, distributions: [images]}"],
)
def test_another_item_is_not_the_same(second: str) -> None:
    assert told(f"data:\n  - dataset: LIDC-IDRI\n  - {second}\n") == []


def test_two_copies_with_ids_of_their_own_are_meant() -> None:
    assert told("data:\n  - {id: a, dataset: LIDC-IDRI}\n  - {id: b, dataset: LIDC-IDRI}\n") == []


def test_a_license_that_nobody_knows_is_told_with_what_follows_from_it_and_permits_nothing() -> None:
    assessment = judged(
        "use: {purpose: noncommercial, activities: [analyze]}\ndata:\n  - other: {name: Ours, license: asdf}\n"
    )
    (remark,) = assessment.remarks
    assert (remark.field, remark.line) == ("data[0].other.license", 3)
    assert remark.text.startswith("unknown license 'asdf': its terms are not known, so it permits nothing; ")
    assert assessment.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("license_", "meant"),
    [("CC-BY-NC4", "'CC-BY-NC-4.0'"), ("apache2", "'Apache-2.0'"), ("CC-BY-4.0 AND asdf", "'asdf'")],
)
def test_a_license_that_is_nearly_known_is_suggested(license_: str, meant: str) -> None:
    (remark,) = judged(f"data:\n  - other: {{name: Ours, license: {license_}}}\n").remarks
    assert meant in remark.text


@pytest.mark.parametrize("license_", ["CC-BY-4.0", "cc by 4.0", "MIT OR Apache-2.0", "LicenseRef-ours"])
def test_a_license_that_is_known_or_described_is_not_told(license_: str) -> None:
    described = "licenses:\n  - {id: LicenseRef-ours, name: Ours}\n"
    assert told(f"{described}data:\n  - other: {{name: Ours, license: {license_}}}\n") == []


def test_what_an_option_set_has_no_line_of_the_file() -> None:
    text = "use:\n  outputs: [{kind: model, license: MIT}]\ndata: [{dataset: LIDC-IDRI}]\n"
    said = Use(outputs=(Output(kind=OutputKind.MODEL, license="asdf"),))
    assert [(each.field, each.line) for each in judged(text, said).remarks] == [("use.outputs[0].license", None)]
