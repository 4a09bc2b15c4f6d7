"""What a study may do, as one object: nothing that the check did not find permitted is in a permission."""

import dataclasses
from datetime import date

import pytest

import tcia_policy
from tcia_policy.model import (
    Activity,
    Agreement,
    Assessment,
    Authority,
    DutyKind,
    EvidenceDocument,
    Extent,
    Notice,
    NoticeKind,
    NoticeLevel,
    Purpose,
    Use,
    Verdict,
)
from tcia_policy.model.decision import ReviewRead
from tcia_policy.reports.terms.limits_of_use import Limits, limits_of_all
from tcia_policy.reports.terms.offers import ItemOffer, offers_of
from tests.cli.run import DAY, EXAMPLES
from tests.reports.assessments import ACTIVITIES, CLEAR, EVIL_SAMPLE, SAMPLE, assessed_again
from tests.reports.datasets import LIDC
from tests.reports.terms.studies import example, study

ALLOWED = {Verdict.PERMITTED, Verdict.CONDITIONAL}
STATED = assessed_again(SAMPLE, activities_stated=True)


def item(assessment: Assessment, id_: str) -> ItemOffer:
    return next(each for each in offers_of(assessment).items if each.id == id_)


@pytest.mark.parametrize("assessment", [SAMPLE, EVIL_SAMPLE, CLEAR, STATED], ids=["sample", "evil", "clear", "stated"])
def test_every_activity_judged_is_in_one_of_the_three_lists_as_it_was_judged(assessment: Assessment) -> None:
    found = {each.id: each for each in offers_of(assessment).items}
    for cell in assessment.verdicts:
        offer = found[cell.holding]
        permitted = {each.activity for each in offer.permissions}
        prohibited = {each.activity for each in offer.prohibitions}
        undecided = {each.activity for each in offer.undecided}
        assert sum(cell.activity in each for each in (permitted, prohibited, undecided)) == 1
        assert (cell.activity in prohibited) == (cell.verdict is Verdict.PROHIBITED)
        assert cell.verdict in ALLOWED or cell.activity not in permitted
        assert cell.verdict is not Verdict.UNDETERMINED or cell.activity in undecided


def test_where_the_study_does_not_state_what_it_does_nothing_is_declared_permitted() -> None:
    silent = assessed_again(STATED, activities_stated=False)
    assert [each.permissions for each in offers_of(silent).items] == [()] * len(silent.holdings)
    offer = item(silent, "LIDC-IDRI")
    assert {each.activity for each in offer.undecided} == set(ACTIVITIES)
    assert "does not state" in offer.undecided[0].reasons[0].text


@pytest.mark.parametrize("is_so", ["rejected_by", "disputed"])
def test_where_a_reviewer_rejected_the_study_nothing_is_declared_permitted(is_so: str) -> None:
    review = ReviewRead(file="review.yaml").model_copy(update={is_so: ("not-so",)})
    rejected = assessed_again(STATED, review=review)
    assert [each.permissions for each in offers_of(rejected).items] == [()] * len(rejected.holdings)
    assert "not-so" in item(rejected, "LIDC-IDRI").undecided[0].reasons[0].text


def test_a_permission_has_every_duty_that_is_required_for_it_and_no_request() -> None:
    for offer in offers_of(STATED).items:
        for permitted in offer.permissions:
            wanted = {
                duty.id
                for duty in STATED.duties
                if duty.required and offer.id in duty.holdings and permitted.activity in duty.activities
            }
            assert {duty.id for duty in permitted.duties} >= wanted
            assert all(duty.required for duty in permitted.duties)


def test_a_license_is_concluded_only_where_one_is_stated_and_its_terms_are_known() -> None:
    known = {each.id for each in STATED.licenses if each.terms_known}
    for offer in offers_of(STATED).items:
        for part in offer.parts:
            stated = [each.license for each in part.declared]
            assert part.concluded == (stated[0] if len(stated) == 1 and stated[0] in known else None)
    disputed = item(STATED, "Phantom FDA").parts[0]
    assert len(disputed.declared) > 1
    assert disputed.concluded is None


@pytest.mark.parametrize(("parts", "concluded"), [(None, None), (("images",), None), (("other",), "CC-BY-3.0")])
def test_a_license_is_not_concluded_where_a_notice_says_less(
    parts: tuple[str, ...] | None, concluded: str | None
) -> None:
    notice = Notice(
        kind=NoticeKind.COMMERCIAL_RESTRICTION,
        level=NoticeLevel.REQUIRED,
        summary="Not for commercial use",
        distributions=parts,
        authority=Authority.INSTRUMENT,
        reading=Extent.FULL,
        source="tcia-page",
    )
    told = LIDC.model_copy(update={"notices": (notice,)})
    datasets = tuple(told if each.id == told.id else each for each in STATED.datasets)
    assert item(STATED.model_copy(update={"datasets": datasets}), told.id).concluded == concluded


def test_what_a_reviewer_concluded_is_concluded_and_what_was_set_aside_stays_declared() -> None:
    terms = next(each for each in STATED.terms if each.holding == "Phantom FDA")
    first, *rest = terms.parts[0].stated
    part = terms.parts[0].model_copy(update={"stated": (first,), "set_aside": tuple(rest)})
    settled = terms.model_copy(update={"parts": (part,)})
    changed = STATED.model_copy(update={"terms": (settled, *(each for each in STATED.terms if each != terms))})
    found = item(changed, "Phantom FDA").parts[0]
    assert [each.license for each in found.declared] == [first.license, *(each.license for each in rest)]
    assert len(found.declared) > 1
    assert found.concluded == first.license


def test_what_may_be_the_data_of_others_has_no_license_concluded() -> None:
    other = next(each for each in STATED.holdings if each.id == "LIDC-IDRI")
    disguised = other.model_copy(update={"named_like": "NSCLC-Radiomics"})
    holdings = tuple(disguised if each.id == other.id else each for each in STATED.holdings)
    assert item(STATED, other.id).concluded == "CC-BY-3.0"
    assert item(STATED.model_copy(update={"holdings": holdings}), other.id).concluded is None


def test_the_purpose_the_country_and_the_last_day_of_an_agreement_are_limits() -> None:
    duty = next(each for each in STATED.duties if each.required)
    until = Agreement(
        id="dbgap",
        approved_on=date(2026, 1, 1),
        expires_on=date(2027, 1, 1),
        evidence=EvidenceDocument(path="a.pdf"),
    )
    held = duty.model_copy(
        update={"agreements": (until,), "holdings": ("LIDC-IDRI",), "activities": ACTIVITIES, "kind": DutyKind.AGREE}
    )
    use = Use(purpose=Purpose.COMMERCIAL, activities=ACTIVITIES, country="US")
    project = STATED.project.model_copy(update={"use": use})
    limited = STATED.model_copy(update={"duties": (*STATED.duties, held), "project": project})
    for permitted in item(limited, "LIDC-IDRI").permissions:
        assert permitted.limits.purpose is Purpose.COMMERCIAL
        assert permitted.limits.country == "US"
        assert permitted.limits.until == date(2027, 1, 1)


def test_an_output_has_every_limit_of_the_data_that_it_comes_from() -> None:
    for offer in offers_of(example("lung-nodules")).outputs:
        assert offer.is_cleared
        assert offer.limits == Limits(Purpose.NONCOMMERCIAL, "US", None, noncommercial=True)
    ends = [Limits(None, "US", until, noncommercial=False) for until in (date(2027, 3, 1), None, date(2027, 1, 1))]
    assert limits_of_all(ends, Use(country="US")) == ends[2]


def test_an_output_is_cleared_where_the_check_says_so() -> None:
    published = tcia_policy.assess(EXAMPLES / "published-model", as_of=date.fromisoformat(DAY))
    for offer in offers_of(published).outputs:
        assert not offer.is_cleared
        assert offer.is_prohibited
        assert offer.clearance.sources == ("NSCLC-Radiomics",)


def test_the_object_depends_on_nothing_but_the_assessment() -> None:
    assert dataclasses.asdict(offers_of(STATED)) == dataclasses.asdict(offers_of(STATED))
    assert Activity.CLINICAL_USE not in {each.activity for each in item(STATED, "LIDC-IDRI").permissions}


def test_another_order_of_the_outputs_changes_no_name() -> None:
    assessment = study()
    outputs = assessment.clearance.outputs
    turned = assessment.clearance.model_copy(update={"outputs": (*reversed(outputs), outputs[0])})
    names = {each.name: each.clearance for each in offers_of(assessment).outputs}
    again = {
        each.name: each.clearance for each in offers_of(assessment.model_copy(update={"clearance": turned})).outputs
    }
    assert names == again
    assert len(names) == len(outputs)
    assert "model=CC-BY-NC-4.0+of-all-data" in names
    assert "segmentations=CC-BY-4.0" in names
