"""TCIA's answers in the registry: what it states now stands, what it stated before is history, and nothing is lost."""

from dataclasses import replace
from datetime import date

import pytest

from tcia_policy.importers import write_registry
from tcia_policy.importers.content import Content
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.refresh.refresh import refreshed
from tcia_policy.model import Archive, Authority, Extent, LicenseClaim, Notice, NoticeKind, NoticeLevel
from tcia_policy.registry.licenses import NONE_STATED, unrecognized
from tests.importers.made_up import BY_3, BY_4, download, record
from tests.importers.refresh.small import (
    DAYS,
    LUNG,
    NC,
    answers,
    collections,
    dataset,
    part,
    registry,
    with_license,
)

FIRST, SECOND, THIRD = DAYS[:3]


def claims(content: Content, number: int = 11) -> list[tuple[str, date | None, date]]:
    return [(claim.license, claim.since, claim.as_of) for claim in part(content, number).claims]


def past(content: Content, number: int = 11) -> list[tuple[str | None, date, date]]:
    return [(each.license, each.first, each.last) for each in part(content, number).past]


def changes(content: Content, id_: str = "Lung One") -> list[tuple[str, str | None, str | None]]:
    found = dataset(content, id_).changes
    return [(each.fact, each.before, each.after) for each in found if each.fact != "id"]


def after(*steps: Answers) -> Content:
    content = registry()
    for step in steps:
        content = refreshed(content, step).content
    return content


def files(content: Content) -> dict[str, str]:
    return write_registry.files(content)


def test_what_tcia_repeats_has_the_new_day_and_is_on_record_since_the_old_one() -> None:
    assert claims(after(answers(SECOND))) == [("CC-BY-4.0", FIRST, SECOND)]
    assert past(after(answers(SECOND))) == []
    assert changes(after(answers(SECOND))) == []


def test_the_same_answers_twice_change_no_byte() -> None:
    assert files(after(answers(FIRST))) == files(registry())
    assert files(after(answers(SECOND), answers(SECOND))) == files(after(answers(SECOND)))


def test_answers_of_an_earlier_day_change_nothing_and_say_so() -> None:
    now = after(answers(SECOND))
    found = refreshed(now, answers(FIRST, with_license(NC)))
    assert files(found.content) == files(now)
    assert found.remarks == ("TCIA: answers of 2030-01-01 change nothing; the registry has those of 2030-02-01",)


def test_a_license_that_changed_is_closed_with_its_last_day_and_the_new_one_begins() -> None:
    now = after(answers(SECOND), answers(THIRD, with_license(NC)))
    assert claims(now) == [("CC-BY-NC-4.0", THIRD, THIRD)]
    assert past(now) == [("CC-BY-4.0", FIRST, SECOND)]
    assert part(now).past[0].stated_as == "CC BY 4.0"


def test_a_license_that_comes_back_has_a_history_of_all_three() -> None:
    now = after(answers(SECOND, with_license(NC)), answers(THIRD))
    assert claims(now) == [("CC-BY-4.0", THIRD, THIRD)]
    assert past(now) == [("CC-BY-4.0", FIRST, FIRST), ("CC-BY-NC-4.0", SECOND, SECOND)]


def test_a_label_that_no_license_lists_makes_the_part_undetermined_and_is_told() -> None:
    found = refreshed(registry(), answers(SECOND, with_license({"label": "TCIA Terms 9", "url": ""})))
    claim = part(found.content).claims[0]
    assert (claim.license, claim.stated_as) == ("LicenseRef-unrecognized-TCIA-Terms-9", "TCIA Terms 9")
    assert past(found.content) == [("CC-BY-4.0", FIRST, FIRST)]
    assert [each for each in found.remarks if "'TCIA Terms 9'" in each]


def test_a_label_that_is_described_later_is_the_same_claim() -> None:
    unknown = after(answers(SECOND, with_license({"label": "CC BY 4.0 (new wording)", "url": ""})))
    dataset_ = dataset(unknown)
    spelled = part(unknown).claims[0].model_copy(update={"stated_as": "CC BY 4.0"})
    parts = tuple(
        each.model_copy(update={"claims": (spelled,)}) if each.id == "11" else each for each in dataset_.distributions
    )
    before = dataset_.model_copy(update={"distributions": parts})
    others = [each for each in unknown.datasets if each.id != before.id]
    now = refreshed(replace(unknown, datasets=(before, *others)), answers(THIRD)).content
    assert claims(now) == [("CC-BY-4.0", SECOND, THIRD)]
    assert len(past(now)) == 1


@pytest.mark.parametrize(
    ("license_", "id_"),
    [
        ([NC], "CC-BY-NC-4.0"),
        ("CC BY-NC 4.0", "CC-BY-NC-4.0"),
        ({"license_label": "CC BY-NC 4.0"}, NONE_STATED),
        ({"label": "CC BY-NC 4.0", "url": f"{NC['url']}deed.en"}, "CC-BY-NC-4.0"),
        ([NC, BY_3], unrecognized("CC BY-NC 4.0, CC BY 3.0")),
    ],
)
def test_a_license_is_read_in_the_forms_in_which_it_may_stand(license_: object, id_: str) -> None:
    assert {claim.license for claim in part(after(answers(SECOND, with_license(license_)))).claims} - {"CC-BY-4.0"} == {
        id_
    }


def test_a_label_and_a_link_of_two_licenses_are_two_claims() -> None:
    now = after(answers(SECOND, with_license({"label": "CC BY 4.0", "url": NC["url"]})))
    assert {claim.license for claim in part(now).claims} == {"CC-BY-4.0", "CC-BY-NC-4.0"}


@pytest.mark.parametrize("license_", [False, "", [], {}, {"label": False, "url": ""}, None])
def test_a_license_that_is_no_longer_stated_stays_and_the_part_is_undetermined(license_: object) -> None:
    now = after(answers(SECOND, with_license(license_)))
    assert claims(now) == [("CC-BY-4.0", FIRST, FIRST), (NONE_STATED, SECOND, SECOND)]
    again = refreshed(now, answers(THIRD)).content
    assert claims(again) == [("CC-BY-4.0", THIRD, THIRD)]
    assert past(again) == [("CC-BY-4.0", FIRST, FIRST), (None, SECOND, SECOND)]


def test_facts_that_changed_are_the_new_ones_and_what_they_were_is_on_record() -> None:
    records = collections()
    records[0]["collection_title"] = "New title"
    records[0]["program"] = ["Other"]
    records[0]["collection_downloads"][0]["data type"] = ["CT", "SEG"]
    now = after(answers(SECOND, records))
    assert dataset(now).title == "New title"
    assert changes(now) == [
        ("title", "Data from Lung One", "New title"),
        ("program", "Community", "Other"),
        ("data_types", "CT", "CT, SEG"),
    ]
    back = refreshed(now, answers(THIRD)).content
    assert dataset(back).title == "Data from Lung One"
    assert len(changes(back)) == 6


def test_a_dataset_that_vanished_is_kept_and_marked_and_the_mark_goes_when_it_comes_back() -> None:
    gone = after(answers(SECOND, collections()[1:]))
    assert dataset(gone).withdrawn == SECOND
    assert dataset(gone).distributions == dataset(registry()).distributions
    assert dataset(refreshed(gone, answers(THIRD, collections()[1:])).content).withdrawn == SECOND
    back = refreshed(gone, answers(THIRD)).content
    assert dataset(back).withdrawn is None
    assert changes(back) == [("withdrawn", None, "2030-02-01"), ("withdrawn", "2030-02-01", None)]


def test_a_part_that_vanished_is_kept_with_its_claims_and_marked() -> None:
    less = collections()
    less[0]["collection_downloads"] = less[0]["collection_downloads"][:1]
    now = after(answers(SECOND, less))
    assert part(now, 12).withdrawn == SECOND
    assert part(now, 12).claims == part(registry(), 12).claims
    assert part(refreshed(now, answers(THIRD)).content, 12).withdrawn is None


def test_what_is_said_of_a_part_holds_for_the_one_that_replaces_it() -> None:
    said = Notice(
        kind=NoticeKind.COMMERCIAL_RESTRICTION,
        level=NoticeLevel.REQUIRED,
        summary="Not for commercial use.",
        distributions=("11",),
        authority=Authority.INSTRUMENT,
        reading=Extent.FULL,
        source="tcia-policy-page",
    )
    whole = registry()
    noticed = dataset(whole).model_copy(update={"notices": (said, said.model_copy(update={"distributions": None}))})
    others = [each for each in whole.datasets if each.id != noticed.id]
    records = collections()
    records[0]["collection_downloads"] = [
        download(12, "Clinical data", BY_3, files="XLSX"),
        download(13, "Images, again", BY_4),
        download(14, "Reports", BY_4, types="Text"),
    ]
    now = refreshed(replace(whole, datasets=(noticed, *others)), answers(SECOND, records)).content
    assert [each.distributions for each in dataset(now).notices] == [("11", "13"), None]


def test_types_that_a_record_leaves_out_stay_as_they_were() -> None:
    records = collections()
    records[0]["collection_downloads"][0] |= {"data type": [False], "file type": "", "date updated": ""}
    assert part(after(answers(SECOND, records))).file_types == ("DICOM",)
    assert changes(after(answers(SECOND, records))) == []


def test_a_new_dataset_and_a_new_part_are_added() -> None:
    records = collections()
    records[0]["collection_downloads"].append(download(13, "More images", NC))
    records.append(record("collection", "Third", "10.7937/third", [download(41, "Scans", NC)]))
    now = after(answers(SECOND, records))
    assert claims(now, 13) == [("CC-BY-NC-4.0", SECOND, SECOND)]
    assert dataset(now, "Third").aliases == ("third",)
    assert ("distributions", None, "More images") in changes(now)


def test_hidden_datasets_and_parts_are_kept_and_marked() -> None:
    records = collections()
    records[1]["hide_from_browse_table"] = "1"
    records[0]["collection_downloads"][1]["hide_from_browse_table"] = 1
    now = after(answers(SECOND, records))
    assert (dataset(now, "Two").listed, dataset(now).listed) == (False, True)
    assert (part(now, 12).listed, part(now).listed) == (False, True)
    assert ("listed", "yes", "no") in changes(now)


@pytest.mark.parametrize("number", [0, "", None, False])
def test_a_download_without_a_number_is_another_datasets_and_left_out(number: object) -> None:
    records = collections()
    records[0]["collection_downloads"].append({**download(0, "", BY_3), "id": number})
    assert [each.id for each in dataset(after(answers(SECOND, records))).distributions] == ["11", "12"]


def test_a_dataset_whose_only_download_has_no_number_has_a_part_of_which_nothing_is_known() -> None:
    records = [*collections(), record("collection", "Third", "10.7937/third", [download(0, "", BY_4)])]
    now = after(answers(SECOND, records))
    assert [(each.id, each.claims) for each in dataset(now, "Third").distributions] == [("0", ())]


def test_a_doi_that_changed_still_leads_to_the_dataset() -> None:
    records = collections()
    records[0]["collection_doi"] = "10.7937/new"
    now = after(answers(SECOND, records))
    assert dataset(now).doi == "10.7937/new"
    assert LUNG in dataset(now).dois
    assert len(now.datasets) == len(registry().datasets)


def test_a_name_that_changed_is_a_name_of_the_same_dataset() -> None:
    records = collections()
    records[0]["collection_short_title"] = "Lung-1 (2030)"
    now = after(answers(SECOND, records))
    assert "Lung-1 (2030)" in dataset(now).aliases
    assert len(now.datasets) == len(registry().datasets)


def test_a_record_that_cannot_be_read_is_told_and_its_dataset_stays_as_it_was() -> None:
    records = collections()
    records[0]["collection_doi"] = "not a DOI"
    found = refreshed(registry(), answers(SECOND, records))
    assert dataset(found.content) == dataset(registry())
    assert len(found.remarks) == 1
    assert "lung-one: left as it was" in found.remarks[0]


def test_a_citation_that_cannot_be_read_stays_as_it_was() -> None:
    records = collections()
    records[0]["citations"] = []
    found = refreshed(registry(), answers(SECOND, records))
    assert dataset(found.content).citation == dataset(registry()).citation
    assert "the citation stays as it was, since TCIA's has 0 data citations" in found.remarks[0]


def test_a_new_record_without_a_citation_makes_no_dataset_and_is_no_origin_of_another() -> None:
    bare = record("collection", "Third", "10.7937/third", [download(41, "Scans", BY_4)], related=("10.7937/seg",))
    found = refreshed(registry(), answers(SECOND, [*collections(), {**bare, "citations": []}]))
    assert len(found.content.datasets) == len(registry().datasets)
    assert "third is new and left out" in found.remarks[0]
    assert [each.dataset for each in dataset(found.content, "Lung One Annotations").derived_from] == ["Lung One"]


def test_a_new_record_with_the_doi_of_another_archives_data_is_left_out() -> None:
    whole = registry()
    ours = dataset(whole).model_copy(update={"id": "idc-third", "doi": "10.7937/third", "archive": Archive.IDC})
    third = record("collection", "Third", "10.7937/third", [download(41, "Scans", BY_4)])
    found = refreshed(replace(whole, datasets=(*whole.datasets, ours)), answers(SECOND, [*collections(), third]))
    assert found.remarks == ("TCIA: third is new and left out: its record has the DOI or name of idc-third",)


def test_two_records_with_one_doi_change_neither_dataset() -> None:
    twin = {**collections()[0], "id": 999, "collection_short_title": "Twin", "slug": "twin"}
    found = refreshed(registry(), answers(SECOND, [*collections(), twin]))
    assert dataset(found.content) == dataset(registry())
    assert len(found.remarks) == 2


def test_records_that_are_there_twice_count_once() -> None:
    assert files(after(answers(SECOND, [*collections(), *collections()]))) == files(after(answers(SECOND)))


def test_what_v1_says_is_a_claim_of_its_own_and_takes_nothing_from_that_of_v2() -> None:
    labels = [
        {"id": 11, "data_license": "CC BY-NC 4.0", "download_access": "Public"},
        {"id": 21, "data_license": ["TCIA Restricted"], "download_access": "Limited"},
        {"id": "?"},
    ]
    found = refreshed(registry(), answers(SECOND, downloads_v1=labels))
    now = found.content
    assert found.remarks == ()
    of_v1 = [claim for claim in part(now).claims if claim.source == "tcia-collection-manager-v1"]
    assert [(claim.license, claim.as_of) for claim in of_v1] == [("CC-BY-NC-4.0", SECOND)]
    assert part(now).claims[0].license == "CC-BY-4.0"
    limited = next(each for each in part(now, 21, "Two").claims if each.source == "tcia-collection-manager-v1")
    assert (limited.license, limited.stated_as, limited.access) == (
        unrecognized("TCIA Restricted"),
        "TCIA Restricted",
        "controlled",
    )
    assert "tcia-collection-manager-v1" in {source.id for source in now.sources}


def test_where_only_v1_answers_the_labels_of_v2_stay_with_their_day() -> None:
    records = with_license({})
    labels = [{"id": 11, "data_license": "CC BY 3.0", "download_access": "Public"}]
    now = after(answers(SECOND, records, form="v1", downloads_v1=labels))
    found: list[LicenseClaim] = list(part(now).claims)
    assert [(claim.license, claim.as_of) for claim in found] == [("CC-BY-4.0", FIRST), ("CC-BY-3.0", SECOND)]
    assert next(source.as_of for source in now.sources if source.id == "tcia-collection-manager") == FIRST


def test_versions_are_history_that_tcia_states_itself() -> None:
    stated = [
        {
            "version_number": "1",
            "version_date": "2020-01-02",
            "version_text": "<p>First &amp; only</p>",
            "version_downloads": [7, {"id": 8}],
            "related_collection": [{"ID": 101}],
        },
        {"version_number": 2, "version_date": "20210304", "related_collection": 101},
        {"version_number": "", "related_collection": 101},
    ]
    records = collections()
    records[0] |= {"version_number": "3", "date_updated": "2022-05-06"}
    now = after(answers(SECOND, records, versions=stated))
    assert [(each.number, str(each.day), each.says, each.distributions) for each in dataset(now).versions] == [
        ("1", "2020-01-02", "First & only", ("7", "8")),
        ("2", "2021-03-04", None, ()),
        ("3", "2022-05-06", None, ()),
    ]
    assert dataset(refreshed(now, answers(THIRD)).content).versions == dataset(now).versions


def test_an_analysis_result_is_made_from_the_collections_that_point_at_it_for_good() -> None:
    origins = [each.dataset for each in dataset(registry(), "Lung One Annotations").derived_from]
    assert origins == ["Lung One"]
    records = collections()
    records[0]["related_analysis_results"] = []
    now = after(answers(SECOND, records))
    assert [each.dataset for each in dataset(now, "Lung One Annotations").derived_from] == ["Lung One"]


def test_a_dataset_by_the_name_of_a_collection_of_idc_is_one_of_its_datasets() -> None:
    assert registry().idc_collections == {"two": ("Two",)}


def test_records_in_the_form_of_v2_with_underscores_and_objects_are_read() -> None:
    records = collections()
    records[0]["program"] = {"name": "Community"}
    records[0]["collection_title"] = {"rendered": "Data from Lung One"}
    records[0]["collection_downloads"][0] = {
        "id": "11",
        "download_title": "Images",
        "date_updated": "20291231",
        "data_type": [{"label": "CT"}],
        "file_type": "DICOM",
        "license": "CC BY 4.0",
        "download_requirements": False,
    }
    assert (
        files(after(answers(SECOND, records)))["datasets/lung-one.yaml"]
        == files(after(answers(SECOND)))["datasets/lung-one.yaml"]
    )


def test_the_labels_of_all_rows_of_one_number_count() -> None:
    for pair in ((NC, BY_4), (BY_4, NC)):
        records = with_license(pair[0])
        rows = records[0]["collection_downloads"]
        rows.append({**rows[0], "license": pair[1]})
        now = after(answers(SECOND, records))
        assert {claim.license for claim in part(now).claims} == {"CC-BY-4.0", "CC-BY-NC-4.0"}
        assert [each.id for each in dataset(now).distributions].count("11") == 1


def test_a_download_that_one_of_two_records_of_v1_closes_is_closed() -> None:
    labels = [{"id": 11, "data_license": "CC BY 4.0", "download_access": each} for each in ("Limited", "Public")]
    for pair in (labels, labels[::-1]):
        now = after(answers(SECOND, downloads_v1=pair))
        of_v1 = [claim for claim in part(now).claims if claim.source == "tcia-collection-manager-v1"]
        assert [claim.access for claim in of_v1] == ["controlled"]


def test_a_new_record_with_the_other_name_of_a_dataset_takes_no_name_from_it() -> None:
    now = after(answers(SECOND))
    named = dataset(now).model_copy(update={"aliases": ("LO",)})
    now = replace(now, datasets=tuple(named if each.id == named.id else each for each in now.datasets))
    new = {"id": 777, **record("collection", "LO", "10.7937/lo", [download(71, "Scans", BY_4)])}
    found = refreshed(now, answers(THIRD, [*collections(), new]))
    assert "LO" not in [each.id for each in found.content.datasets]
    assert [each for each in found.remarks if "Lung One" in each]
