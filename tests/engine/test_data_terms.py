"""The terms of each data item, as the assessment has them."""

import pytest

from tcia_policy.model import Access, Assessment, HoldingTerms, Verdict
from tests.reports.notices.studies import using

APPROVED = "agreements: [{id: dbgap, accession: phs004225.v1.p1, approved_on: 2026-05-01, evidence: {held_by: DAC}}]\n"


def terms(data: str) -> HoldingTerms:
    (found,) = using(data).terms
    return found


def with_agreement(data: str, agreements: str) -> Assessment:
    return using(data + "\n" + agreements)


def test_a_part_has_its_licenses_with_who_states_them() -> None:
    (part,) = terms("- {collection: Phantom FDA}").parts
    assert {item.license for item in part.stated} == {"CC-BY-3.0", "CC-BY-NC-3.0"}
    assert all(item.sources for item in part.stated)
    assert (part.governing, part.undescribed, part.access) == ("CC-BY-NC-3.0", (), Access.OPEN)


def test_data_are_open_only_where_every_part_is_and_the_place_gives_them_to_everybody() -> None:
    assert terms("- {collection: LIDC-IDRI, distributions: [images]}").open_to_all
    assert terms("- {collection: LIDC-IDRI, obtained_from: idc, distributions: [images]}").open_to_all
    assert not terms("- {collection: LIDC-IDRI, obtained_from: gdc, distributions: [images]}").open_to_all
    assert not terms("- {collection: LIDC-IDRI, obtained_from: other, distributions: [images]}").open_to_all
    controlled = terms("- {collection: TCGA-GBM, distributions: [images]}")
    assert not controlled.open_to_all
    assert controlled.parts[0].access is Access.CONTROLLED
    assert not terms("- other: {name: Hospital CT, license: CC-BY-4.0}").open_to_all


def test_the_route_is_assumed_where_the_project_leaves_it_out() -> None:
    assert terms("- {collection: LIDC-IDRI}").route_assumed
    assert not terms("- {collection: LIDC-IDRI, obtained_from: tcia}").route_assumed
    assert not terms("- {collection: LIDC-IDRI, obtained_from: idc}").route_assumed


def test_a_restriction_beside_the_license_makes_data_noncommercial() -> None:
    assert terms("- {collection: NSCLC-Radiomics}").noncommercial
    assert not terms("- {collection: LIDC-IDRI, distributions: [images]}").noncommercial


def test_an_approved_request_is_of_the_data_that_it_covers() -> None:
    data = "- {collection: TCGA-GBM}"
    (without,) = using(data).terms
    assert (without.accessions, without.approvals) == (("phs004225",), ())
    (held,) = with_agreement(data, APPROVED).terms
    assert [item.accession for item in held.approvals] == ["phs004225.v1.p1"]
    for other in (APPROVED.replace("phs004225.v1.p1", "phs002192.v1.p1"), APPROVED.replace("2026-05-01", "2026-11-23")):
        (item,) = with_agreement(data, other).terms
        assert item.approvals == ()


def test_the_agreements_that_meet_a_duty_are_on_the_duty() -> None:
    met = [duty for duty in with_agreement("- {collection: TCGA-GBM}", APPROVED).duties if duty.agreements]
    assert {duty.rule for duty in met} == {"nih-controlled-access"}
    assert {item.id for duty in met for item in duty.agreements} == {"dbgap"}


def test_a_dataset_that_others_made_this_one_from_is_an_origin_unless_it_is_used_itself() -> None:
    (origin,) = using("- {analysis_result: BraTS-TCGA-LGG}").origins
    assert (origin.dataset, origin.made_into) == ("TCGA-LGG", ("BraTS-TCGA-LGG",))
    assert origin.parts
    assert using("- {analysis_result: BraTS-TCGA-LGG}\n- {collection: TCGA-LGG}").origins == ()


def test_the_verdict_of_a_data_item_is_its_worst() -> None:
    assessment = using("- {collection: LIDC-IDRI, distributions: [images]}\n- {collection: TCGA-GBM}")
    for item in assessment.terms:
        cells = [cell.verdict for cell in assessment.verdicts if cell.holding == item.holding]
        assert item.verdict is max(cells, key=lambda verdict: verdict.severity)
    assert assessment.terms[1].verdict is Verdict.PROHIBITED


@pytest.mark.parametrize("license_", ["", ", license: LicenseRef-internal"])
def test_of_data_from_elsewhere_only_the_word_of_the_project_is_known(license_: str) -> None:
    (part,) = terms(f"- other: {{name: Hospital CT{license_}}}").parts
    assert part.access is None
    assert [(item.license, item.sources) for item in part.stated] == (
        [("LicenseRef-internal", ("the project",))] if license_ else []
    )
    assert part.governing is None
