"""What came with a copy counts beside what the registry states: neither opens what the other closes."""

from itertools import product
from pathlib import Path

import pytest

from tcia_policy.engine.copy_claims import with_copy_claims
from tcia_policy.model import Activity, CopyClaim, Dataset, Holding, HoldingKind, Route
from tcia_policy.registry.licenses import UNRECOGNIZED
from tests.engine.small import INTERNAL, LIMITED, NIH, cells, dataset, holding, judge, licenses, other, own, part

BY3, BY4, NC4, SA4, ND4 = "CC-BY-3.0", "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-SA-4.0", "CC-BY-ND-4.0"
EVERYTHING = ", ".join(Activity)
STUDY = f"use: {{purpose: commercial, country: US, activities: [{EVERYTHING}]}}"


def copy(of: Dataset, *claims: str, altered: bool | None = None, parts: tuple[str, ...] = ()) -> Holding:
    """Return a copy of a dataset from Kaggle, with the licenses that came with it."""
    stated = tuple(CopyClaim(license=license_, source="the project, of its copy") for license_ in claims)
    held = holding(of, *parts, route=Route.KAGGLE)
    return held.model_copy(update={"copy_claims": stated, "altered": altered})


def verdicts(of: Dataset, held: Holding) -> list[int]:
    return [verdict.severity for verdict in cells(judge(STUDY, [held], [of])).values()]


def test_a_license_that_came_with_a_copy_never_makes_it_better_than_the_same_data_from_tcia() -> None:
    wrong = []
    for registered, stated, altered in product(
        (BY4, NC4, SA4, ND4, NIH, LIMITED, INTERNAL), (BY4, NC4, "CC0-1.0", INTERNAL), (None, True, False)
    ):
        made = dataset("Made-Up", part("1", own(registered)))
        from_tcia = verdicts(made, holding(made, "1"))
        of_copy = verdicts(made, copy(made, stated, altered=altered, parts=("1",)))
        if any(after < before for before, after in zip(from_tcia, of_copy, strict=True)):
            wrong.append((registered, stated, altered))
    assert wrong == []


def test_a_stricter_license_that_came_with_a_copy_counts_and_both_are_shown() -> None:
    made = dataset("Made-Up", part("1", own(BY4)))
    assessment = judge(STUDY, [copy(made, NC4)], [made])
    assert assessment.verdict == "prohibited"
    (finding,) = [each for each in assessment.findings if each.rule == "cc-noncommercial"]
    assert [reading.license for reading in finding.readings] == [BY4, NC4]
    assert any(each.rule == "license-claims-disagree" for each in assessment.findings)


def test_the_same_license_is_no_disagreement() -> None:
    made = dataset("Made-Up", part("1", own(BY4)))
    assessment = judge(STUDY, [copy(made, BY4)], [made])
    assert [each.rule for each in assessment.findings if each.rule == "license-claims-disagree"] == []


@pytest.mark.parametrize(
    ("altered", "claims", "verdict"),
    [
        (False, (), "conditional"),
        (None, (), "undetermined"),
        (True, (), "undetermined"),
        (True, (BY4,), "conditional"),
        (None, (BY4,), "conditional"),
        (False, (BY4,), "conditional"),
        (False, (UNRECOGNIZED,), "undetermined"),
    ],
)
def test_an_unchanged_copy_of_cc_data_is_under_its_license_and_any_other_under_what_came_with_it(
    altered: bool | None, claims: tuple[str, ...], verdict: str
) -> None:
    made = dataset("Made-Up", part("1", own(BY3)))
    study = "use: {purpose: commercial, country: US, activities: [analyze]}"
    assert judge(study, [copy(made, *claims, altered=altered)], [made]).verdict == verdict


@pytest.mark.parametrize("altered", [None, False, True])
@pytest.mark.parametrize("claims", [(), (BY4,), ("CC0-1.0",)])
def test_no_word_about_a_copy_opens_what_may_be_controlled_or_is_unknown(
    altered: bool | None, claims: tuple[str, ...]
) -> None:
    study = "use: {purpose: noncommercial, country: US, activities: [analyze]}"
    mixed = dataset("Mixed", part("1", own(NIH)), part("2", own(BY4)))
    unknown = dataset("Unknown", part("1"), part("2", own(BY4)))
    for of in (mixed, unknown):
        assert judge(study, [copy(of, *claims, altered=altered)], [of]).verdict == "undetermined"
    assert judge(study, [copy(mixed, *claims, altered=altered, parts=("1", "2"))], [mixed]).verdict == "prohibited"


def test_an_altered_copy_of_noderivatives_data_is_not_opened_by_the_license_that_came_with_it() -> None:
    made = dataset("Made-Up", part("1", own(ND4)))
    study = "use: {purpose: noncommercial, country: US, activities: [analyze]}"
    assert judge(study, [copy(made, BY4, altered=True)], [made]).verdict == "undetermined"


def with_file(tmp_path: Path, name: str, license_: str | None = None) -> tuple[CopyClaim, ...]:
    made = dataset("Made-Up", part("1", own(BY4)))
    update = {"copy_license": license_, "copy_license_file": name}
    return with_copy_claims(holding(made).model_copy(update=update), tmp_path, licenses()).copy_claims


def test_a_license_file_claims_what_it_states(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("SPDX-License-Identifier: CC-BY-NC-4.0\n", encoding="utf-8")
    (found,) = with_file(tmp_path, "LICENSE")
    assert (found.license, found.source) == (NC4, "LICENSE, which came with the copy")


def test_a_license_and_a_file_both_count(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("SPDX-License-Identifier: CC-BY-NC-4.0\n", encoding="utf-8")
    assert [each.license for each in with_file(tmp_path, "LICENSE", BY4)] == [BY4, NC4]


def test_all_licenses_of_an_expression_hold_at_once_and_of_a_choice_nobody_knows_which(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("SPDX-License-Identifier: CC-BY-4.0 AND CC-BY-NC-4.0\n", encoding="utf-8")
    assert [each.license for each in with_file(tmp_path, "LICENSE")] == [BY4, NC4]
    (tmp_path / "LICENSE").write_text("SPDX-License-Identifier: CC-BY-4.0 OR CC-BY-NC-4.0\n", encoding="utf-8")
    stated = with_file(tmp_path, "LICENSE", f"{SA4} AND ({BY4} OR {NC4})")
    assert [each.license for each in stated] == [SA4, f"{BY4} OR {NC4}", f"{BY4} OR {NC4}"]


def test_a_file_that_is_not_there_or_not_recognized_claims_what_nobody_knows(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("", encoding="utf-8")
    (tmp_path / "poem").write_text("Roses are red", encoding="utf-8")
    for name in ("nope", "empty", "poem", "."):
        (found,) = with_file(tmp_path, name)
        assert found.license == UNRECOGNIZED, name
        assert name in found.source


def test_only_datasets_have_copies(tmp_path: Path) -> None:
    held = other("Hospital", BY4).model_copy(update={"copy_license": BY4})
    assert held.kind is HoldingKind.OTHER
    assert with_copy_claims(held, tmp_path, licenses()).copy_claims == ()
