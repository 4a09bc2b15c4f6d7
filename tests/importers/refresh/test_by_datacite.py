"""DataCite's records in the registry: creators in full, and licenses on the parts they can be meant for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers import write_registry
from tcia_policy.importers.content import Content
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.refresh.refresh import refreshed
from tcia_policy.model import Creator
from tests.importers.made_up import BY_4, CONTROLLED
from tests.importers.refresh.small import DAYS, LUNG, answers, dataset, empty, part, registry, with_license

SECOND, THIRD = DAYS[1:3]
BY_4_RIGHT = {
    "rights": "Creative Commons Attribution 4.0 International",
    "rightsIdentifier": "cc-by-4.0",
    "rightsIdentifierScheme": "SPDX",
    "rightsUri": "https://creativecommons.org/licenses/by/4.0/legalcode",
}
NC_RIGHT = {"rights": "CC BY-NC", "rightsUri": "https://creativecommons.org/licenses/by-nc/4.0/legalcode"}
NIH_RIGHT = {"rights": "NIH Controlled Data Access Policy"}
ZHAO = {"name": "Zhao, Binsheng", "familyName": "Zhao", "givenName": "Binsheng", "nameType": "Personal"}
LI = {"name": "Li, Xiao", "familyName": "Li", "givenName": "Xiao", "nameType": "Personal"}


def doi(
    creators: Sequence[object] = (ZHAO, LI),
    rights: Sequence[object] = (BY_4_RIGHT,),
    updated: str = "2029-06-01T01:01:10Z",
    id_: str = LUNG,
) -> dict[str, Any]:
    """Return a record of DataCite."""
    attributes = {"doi": id_.upper(), "creators": list(creators), "rightsList": list(rights), "updated": updated}
    return {"id": id_, "type": "dois", "attributes": attributes}


def said(day: date, *records: dict[str, Any]) -> Answers:
    return Answers("datacite", day, "dois", {"dois": records})


def creators(content: Content) -> list[Creator]:
    return list(dataset(content).citation.creators)


def of_datacite(content: Content, number: int = 11, id_: str = "Lung One") -> list[tuple[str, date]]:
    return [(each.license, each.as_of) for each in part(content, number, id_).claims if each.source == "datacite"]


def lung_and(*records: dict[str, Any], day: date = SECOND, rights: Sequence[object] = (BY_4_RIGHT,)) -> Content:
    return refreshed(registry(), said(day, doi(rights=list(rights)), *records)).content


def test_creators_have_their_given_names_and_orcids() -> None:
    orcid = {"nameIdentifier": "https://orcid.org/0000-0002-9079-593x", "nameIdentifierScheme": "ORCID"}
    bare = {"nameIdentifier": "0000-0002-5776-3178", "nameIdentifierScheme": "Other"}
    record = doi([{**ZHAO, "nameIdentifiers": [orcid]}, {**LI, "nameIdentifiers": [{"nameIdentifier": "no"}, bare]}])
    now = refreshed(registry(), said(SECOND, record)).content
    assert creators(now) == [
        Creator(family="Zhao", given="Binsheng", orcid="0000-0002-9079-593X"),
        Creator(family="Li", given="Xiao", orcid="0000-0002-5776-3178"),
    ]
    assert dataset(now).citation.creators_from == f"https://api.datacite.org/dois/{LUNG}"


def test_creators_who_are_others_are_a_change_and_the_same_ones_in_full_are_none() -> None:
    same, others = (refreshed(registry(), said(SECOND, doi(who))).content for who in ([ZHAO, LI], [LI, ZHAO]))
    assert [change.fact for change in dataset(same).changes] == ["id"]
    assert [(change.before, change.after) for change in dataset(others).changes[1:]] == [
        ("Zhao, B., & Li, X.", "Li, X., & Zhao, B.")
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ({"familyName": "Binsheng", "givenName": "Zhao", "nameType": "Personal"}, ("Zhao", "Binsheng")),
        ({"familyName": "ZHAO", "givenName": "BINSHENG", "nameType": "Personal"}, ("Zhao", "Binsheng")),
        ({"familyName": "Zháo", "givenName": "Binsheng"}, ("Zháo", "Binsheng")),
        ({"familyName": "Binsheng Zhao", "nameType": "Personal"}, ("Zhao", "B.")),
        ({"name": "Zhao, Binsheng", "nameType": "Personal"}, ("Zhao", "Binsheng")),
        ({"familyName": "Somebody", "givenName": "Else"}, ("Somebody", "Else")),
    ],
)
def test_names_as_people_type_them_are_held_against_the_citation(typed: dict[str, str], meant: tuple[str, str]) -> None:
    found = creators(refreshed(registry(), said(SECOND, doi([typed, LI]))).content)[0]
    assert (found.family, found.given) == meant


@pytest.mark.parametrize("kind", ["Organizational", None])
def test_an_organization_is_known_by_its_whole_name(kind: str | None) -> None:
    record = doi([{"name": "Group of Lungs, Inc.", "familyName": None, "nameType": kind}])
    assert creators(refreshed(registry(), said(SECOND, record)).content) == [Creator(literal="Group of Lungs, Inc.")]


@pytest.mark.parametrize("typed", [[], [{}], [ZHAO, {"name": ""}], "none"])
def test_a_record_without_names_leaves_the_creators_as_they_were(typed: Any) -> None:
    record = doi()
    record["attributes"]["creators"] = typed
    now = refreshed(registry(), said(SECOND, record)).content
    assert creators(now) == creators(registry())
    assert dataset(now).citation.creators_from is None


def test_creators_in_full_stay_when_tcia_answers_again() -> None:
    now = lung_and()
    again = refreshed(now, answers(THIRD)).content
    assert creators(again) == creators(now)
    assert dataset(again).citation.as_of == THIRD


def test_a_license_of_the_record_is_a_claim_of_the_day_on_which_the_record_changed_last() -> None:
    now = lung_and()
    assert of_datacite(now) == [("CC-BY-4.0", date(2029, 6, 1))]
    assert of_datacite(now, 12) == []
    source = next(each for each in now.sources if each.id == "datacite")
    assert (source.as_of, source.defers_to) == (SECOND, "tcia-collection-manager")


def test_each_license_goes_onto_the_parts_that_have_it() -> None:
    two = doi(rights=[BY_4_RIGHT, NIH_RIGHT], id_="10.7937/two")
    found = refreshed(registry(), said(SECOND, doi(), two))
    assert of_datacite(found.content, 21, "Two") == [("LicenseRef-NIH-Controlled-Data-Access", date(2029, 6, 1))]
    assert found.remarks == ("DataCite: its record of Two also names 'CC-BY-4.0', which is on none of the parts",)


def test_a_license_that_no_part_has_is_a_claim_on_those_that_none_of_the_record_fits() -> None:
    now = lung_and(rights=[NC_RIGHT])
    assert [of_datacite(now, number)[0][0] for number in (11, 12)] == ["CC-BY-NC-4.0", "CC-BY-NC-4.0"]


def test_an_open_license_is_no_claim_on_controlled_data() -> None:
    now = refreshed(registry(), said(SECOND, doi(id_="10.7937/two"))).content
    assert of_datacite(now, 21, "Two") == []


def test_a_license_that_is_not_described_is_told_and_is_no_claim() -> None:
    found = refreshed(registry(), said(SECOND, doi(rights=[{"rights": "House rules"}, "no object"])))
    assert of_datacite(found.content) == []
    assert found.remarks == (
        "DataCite: its record of Lung One also names 'House rules', which is on none of the parts",
    )


def test_a_license_that_changed_is_closed_and_one_that_is_no_longer_listed_stays() -> None:
    now = lung_and()
    later = doi(rights=[NC_RIGHT], updated="2030-01-15T00:00:00Z")
    changed = refreshed(now, said(THIRD, later)).content
    assert of_datacite(changed) == [("CC-BY-NC-4.0", date(2030, 1, 15))]
    closed = [(each.license, each.source) for each in part(changed).past]
    assert closed == [("CC-BY-4.0", "datacite")]
    silent = refreshed(changed, said(THIRD, doi(rights=[], updated="2030-02-20T00:00:00Z"))).content
    assert of_datacite(silent) == of_datacite(changed)


def test_the_same_records_twice_change_no_byte_and_earlier_ones_change_nothing() -> None:
    now = lung_and(doi([{"name": "A Group"}], id_="10.7937/two"))
    answered = said(SECOND, doi(), doi([{"name": "A Group"}], id_="10.7937/two"))
    assert write_registry.files(refreshed(now, answered).content) == write_registry.files(now)
    earlier = refreshed(now, said(DAYS[0], doi(rights=[NC_RIGHT])))
    assert earlier.content == now
    assert "change nothing" in earlier.remarks[0]


def test_a_source_that_shrinks_by_more_than_a_fifth_fails() -> None:
    with pytest.raises(InputError, match="has 0 records of datasets, and the registry has 1"):
        refreshed(lung_and(), said(THIRD, doi(id_="10.7937/unheard-of")))


def test_a_record_that_cannot_be_read_is_told_and_stops_no_other() -> None:
    found = refreshed(registry(), said(SECOND, {"id": "?", "attributes": {"doi": "?"}}, doi()))
    assert of_datacite(found.content) == [("CC-BY-4.0", date(2029, 6, 1))]
    assert found.remarks[0].startswith("DataCite: ? is left out")


def test_a_part_that_lost_the_license_that_a_record_named_keeps_no_claim_of_another_part() -> None:
    now = refreshed(empty(), answers(DAYS[0], with_license(CONTROLLED))).content
    both = doi(rights=[BY_4_RIGHT, NIH_RIGHT])
    first = refreshed(now, said(SECOND, both)).content
    assert of_datacite(first) == [("LicenseRef-NIH-Controlled-Data-Access", date(2029, 6, 1))]
    opened = refreshed(first, answers(THIRD, with_license(BY_4))).content
    assert [each.license for each in part(opened).claims if each.source != "datacite"] == ["CC-BY-4.0"]
    assert of_datacite(refreshed(opened, said(THIRD, both)).content) == [("CC-BY-4.0", date(2029, 6, 1))]


def test_a_license_that_is_not_described_beside_another_closes_nothing() -> None:
    now = lung_and(rights=[NC_RIGHT])
    rights = [BY_4_RIGHT, {"rights": "House rules"}]
    later = refreshed(now, said(THIRD, doi(rights=rights, updated="2030-01-15T00:00:00Z"))).content
    assert "CC-BY-NC-4.0" in [license_ for license_, _ in of_datacite(later)]


def test_the_licenses_of_two_records_of_one_doi_all_count() -> None:
    records = (doi(rights=[NC_RIGHT]), doi(rights=[BY_4_RIGHT]))
    for pair in (records, records[::-1]):
        now = refreshed(refreshed(empty(), answers(DAYS[0], with_license(None))).content, said(SECOND, *pair)).content
        assert {license_ for license_, _ in of_datacite(now)} == {"CC-BY-4.0", "CC-BY-NC-4.0"}
