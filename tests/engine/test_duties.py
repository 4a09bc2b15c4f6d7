"""Duties: what is owed, once each, for which data and activities, and whether it is met."""

from functools import cache

import duckdb
import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, Library
from tcia_policy.engine.study import Study
from tcia_policy.model import (
    Activity,
    Assessment,
    DataItem,
    Dataset,
    Duty,
    DutyKind,
    DutyStatus,
    Holding,
    Project,
    Route,
)
from tcia_policy.registry import Registry
from tests.cohorts import idc
from tests.engine.small import NIH, cells, dataset, holding, judge, of_elsewhere, other, own, part

BY3, BY4 = "CC-BY-3.0", "CC-BY-4.0"
OPEN = dataset("Open-Set", part("1", own(BY3)), part("2", own(BY4)))
MADE_FROM_IT = dataset("Made-From-It", part("1", own(BY4)), derived_from=["Open-Set"])
CLOSED = dataset("Closed-Set", part("1", own(NIH)), program="TCGA")
LUNG = dataset("CPTAC-LUNG", part("1", own(BY4)), program="CPTAC")
ALL = (OPEN, MADE_FROM_IT, CLOSED, LUNG)
PUBLISH = "use: {purpose: noncommercial, activities: [analyze, publish-results], country: US}\n"
SHARE = "use: {purpose: noncommercial, activities: [share-derived-data]}\n"


def of_rule(assessment: Assessment, rule: str) -> list[Duty]:
    return [duty for duty in assessment.duties if duty.rule == rule]


def test_a_reference_is_owed_once_for_all_activities() -> None:
    (duty,) = of_rule(judge(PUBLISH, [holding(OPEN)], ALL), "tcia-cite-dataset")
    assert duty.activities == (Activity.ANALYZE, Activity.PUBLISH_RESULTS)
    assert (duty.doi, duty.cites, duty.required) == (OPEN.doi, "dataset", True)


def test_a_duty_of_one_activity_is_not_owed_for_another() -> None:
    (duty,) = of_rule(judge(PUBLISH, [holding(OPEN)], ALL), "tcia-acknowledge")
    assert duty.activities == (Activity.PUBLISH_RESULTS,)


def test_the_paper_on_an_archive_is_owed_once_for_all_its_datasets() -> None:
    (duty,) = of_rule(judge(PUBLISH, [holding(OPEN), holding(MADE_FROM_IT)], ALL), "tcia-cite-archive-paper")
    assert duty.holdings == ("Open-Set", "Made-From-It")
    assert not duty.required


def by_series(of: Dataset, *collections: str) -> Holding:
    return holding(of).model_copy(update={"series": 1, "collections": collections})


def test_a_dataset_that_is_used_and_is_the_source_of_another_is_one_reference() -> None:
    assessment = judge(PUBLISH, [holding(OPEN), by_series(MADE_FROM_IT, "open_set")], ALL)
    assert [duty.doi for duty in assessment.duties if duty.doi == OPEN.doi] == [OPEN.doi]
    (reference,) = [owed for owed in assessment.citations if owed.citation.doi == OPEN.doi]
    assert reference.role == "dataset"
    assert set(reference.holdings) == {"Open-Set", "Made-From-It"}


def test_the_source_of_derived_series_is_a_reference_of_its_own() -> None:
    citations = judge(PUBLISH, [by_series(MADE_FROM_IT, "open_set")], ALL).citations
    assert [(owed.citation.doi, owed.role, owed.required) for owed in citations] == [
        (MADE_FROM_IT.doi, "dataset", True),
        (OPEN.doi, "source", True),
        ("10.1007/s10278-013-9622-7", "archive", False),
    ]


def test_the_sources_of_a_derived_dataset_as_a_whole_are_asked_for_and_not_required() -> None:
    citations = judge(PUBLISH, [holding(MADE_FROM_IT)], ALL).citations
    assert [(owed.citation.doi, owed.role, owed.required) for owed in citations] == [
        (MADE_FROM_IT.doi, "dataset", True),
        (OPEN.doi, "source", False),
        ("10.1007/s10278-013-9622-7", "archive", False),
    ]


def test_derived_series_owe_the_collections_that_they_were_drawn_from_and_no_other() -> None:
    left = dataset("Left").model_copy(update={"idc_collections": ("left",)})
    right = dataset("Right").model_copy(update={"idc_collections": ("right",)})
    masks = dataset("Masks", part("1", own(BY4)), derived_from=["Left", "Right"])

    def sources(*collections: str) -> set[str | None]:
        assessment = judge(PUBLISH, [by_series(masks, *collections)], [masks, left, right])
        return {duty.doi for duty in of_rule(assessment, "tcia-cite-source-datasets")}

    assert sources("left") == {left.doi}
    assert sources("left", "right") == {left.doi, right.doi}
    assert sources("left", "unheard_of") == {left.doi, right.doi}


@cache
def sampled() -> list[tuple[str, str, str]]:
    """Return a series of every source DOI and collection of IDC, with both."""
    return duckdb.execute(
        "select lower(source_DOI), collection_id, min(SeriesInstanceUID) from read_parquet($index)"
        " where analysis_result_id is not null or hash(source_DOI) % 8 = 0 group by all order by all",
        {"index": idc.file("idc_index")},
    ).fetchall()


@pytest.mark.parametrize("collection", ["tcga_luad", "nlst", "tcga_brca", "lidc_idri", "prostatex", "cptac_ccrcc"])
def test_series_owe_what_idc_index_cites_and_the_collection_that_they_are_of(collection: str) -> None:
    series = [(doi, uid) for doi, of, uid in sampled() if of == collection]
    registry = Registry.load()
    items = tuple(DataItem(series=uid, obtained_from=Route.IDC) for _, uid in series)
    assessment = assess(Case.open(Study(Project(data=items)), library=Library(registry)))
    required = {owed.citation.doi for owed in assessment.citations if owed.required}
    of_collection = {registry.get(id_).doi for id_ in registry.find(collection)}
    # `citations_from_selection` of idc-index 0.13.4: the source DOI of each series, and the paper on IDC
    assert required >= {doi for doi, _ in series} | {"10.1148/rg.230180"}
    assert required <= {doi for doi, _ in series} | {"10.1148/rg.230180"} | of_collection


def test_a_source_that_the_registry_does_not_have_is_owed_by_name() -> None:
    derivation = MADE_FROM_IT.derived_from[0].model_copy(update={"dataset": None, "named": "An old cohort"})
    orphan = MADE_FROM_IT.model_copy(update={"derived_from": (derivation,)})
    (duty,) = of_rule(judge(PUBLISH, [holding(orphan)], [orphan]), "tcia-cite-lineage")
    assert "An old cohort, whose citation is not known" in duty.text
    assert duty.doi is None


def test_an_agreement_that_is_owed_and_not_recorded_is_open_and_holds_the_use_back() -> None:
    assessment = judge(PUBLISH, [of_elsewhere(LUNG, Route.PDC)], ALL)
    (duty,) = of_rule(assessment, "cptac-data-use-agreement")
    assert (duty.kind, duty.status, duty.evidence) == (DutyKind.AGREE, DutyStatus.OPEN, None)
    assert set(cells(assessment).values()) == {"conditional"}
    assert assessment.exit_code == 1


def test_an_agreement_that_is_recorded_is_met_and_shows_its_evidence() -> None:
    recorded = PUBLISH + "agreements: [{id: cptac-data-use, signed_on: 2024-02-11, evidence: cptac.pdf}]"
    assessment = judge(recorded, [of_elsewhere(LUNG, Route.PDC)], ALL)
    (duty,) = of_rule(assessment, "cptac-data-use-agreement")
    assert duty.status is DutyStatus.MET
    assert "cptac.pdf" in (duty.evidence or "")
    assert assessment.exit_code == 0


def test_an_agreement_recorded_for_one_of_two_sets_leaves_the_duty_open() -> None:
    other_lung = dataset("CPTAC-OTHER", part("1", own(BY4)), program="CPTAC")
    recorded = PUBLISH + (
        "agreements: [{id: cptac-data-use, dataset: CPTAC-LUNG, signed_on: 2024-02-11, evidence: cptac.pdf}]"
    )
    held = [of_elsewhere(LUNG, Route.PDC), of_elsewhere(other_lung, Route.PDC)]
    assessment = judge(recorded, held, [LUNG, other_lung])
    statuses = {duty.status for duty in of_rule(assessment, "cptac-data-use-agreement")}
    assert DutyStatus.OPEN in statuses
    assert assessment.exit_code == 1


def test_a_prohibition_names_the_agreement_that_would_lift_it_as_an_open_duty() -> None:
    assessment = judge(PUBLISH, [holding(CLOSED)], ALL)
    (duty,) = of_rule(assessment, "nih-controlled-access")
    assert duty.status is DutyStatus.OPEN
    assert set(cells(assessment).values()) == {"prohibited"}


def test_a_prohibition_that_is_lifted_names_the_agreement_as_a_duty_met() -> None:
    recorded = PUBLISH + "agreements: [{id: dbgap, accession: phs004225, approved_on: 2026-01-01, evidence: dar.pdf}]"
    (duty,) = of_rule(judge(recorded, [holding(CLOSED)], ALL), "nih-controlled-access")
    assert (duty.status, "dar.pdf" in (duty.evidence or "")) == (DutyStatus.MET, True)


def test_a_duty_to_cite_is_unverified_where_no_manuscript_is_named() -> None:
    (duty,) = of_rule(judge(PUBLISH, [holding(OPEN)], ALL), "tcia-cite-dataset")
    assert duty.status is DutyStatus.UNVERIFIED


def test_what_is_only_asked_for_holds_nothing_back() -> None:
    assessment = judge(PUBLISH, [other("Open chest set", BY4)], ALL)
    assert set(cells(assessment).values()) == {"permitted"}
    assert {duty.kind for duty in assessment.duties if duty.required} == {DutyKind.REFRAIN}


def test_to_refrain_from_something_is_owed_but_no_condition() -> None:
    assessment = judge(PUBLISH, [holding(OPEN)], ALL)
    (duty,) = of_rule(assessment, "tcia-no-reidentification")
    assert duty.kind is DutyKind.REFRAIN
    assert duty.required
    deciding = {rule for cell in assessment.verdicts for rule in cell.rules}
    assert "tcia-no-reidentification" not in deciding


def test_open_duties_come_first_and_agreements_before_references() -> None:
    duties = judge(PUBLISH, [holding(OPEN), of_elsewhere(LUNG, Route.PDC)], ALL).duties
    assert duties[0].rule == "cptac-data-use-agreement"
    assert [duty.status is DutyStatus.OPEN for duty in duties] == sorted(
        (duty.status is DutyStatus.OPEN for duty in duties), reverse=True
    )


def test_no_two_duties_have_the_same_id() -> None:
    held = [holding(OPEN), holding(OPEN, route=Route.IDC, id_="Open-Set@idc"), holding(MADE_FROM_IT), holding(CLOSED)]
    ids = [duty.id for duty in judge("", held, ALL).duties]
    assert len(ids) == len(set(ids))


def test_every_duty_says_where_it_comes_from() -> None:
    for duty in judge("", [holding(each) for each in ALL], ALL).duties:
        assert duty.references, duty.id
        assert "[not known]" not in duty.text, duty.id


def test_who_had_a_dataset_from_two_repositories_acknowledges_both() -> None:
    held = [holding(OPEN), holding(OPEN, route=Route.IDC, id_="Open-Set@idc")]
    texts = " ".join(duty.text for duty in of_rule(judge(PUBLISH, held, ALL), "tcia-acknowledge"))
    assert "(TCIA)" in texts
    assert "(IDC)" in texts


def test_parts_under_two_licenses_are_attributed_under_both() -> None:
    held = [holding(OPEN, "1"), holding(OPEN, "2", id_="Open-Set@idc")]
    texts = " ".join(duty.text for duty in of_rule(judge(SHARE, held, ALL), "cc-attribution"))
    assert "CC BY 3.0" in texts
    assert "CC BY 4.0" in texts
