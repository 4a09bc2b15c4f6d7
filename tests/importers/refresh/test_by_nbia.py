"""NBIA's answers in the registry: claims on the DICOM series of a collection, that defer to TCIA."""

from datetime import date
from typing import Any

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers import write_registry
from tcia_policy.importers.content import Content
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.refresh.refresh import refreshed
from tests.importers.made_up import LONG_3, LONG_4
from tests.importers.refresh.small import DAYS, LUNG, SEG, part, registry

SECOND, THIRD = DAYS[1:3]
NC_LONG = "Creative Commons Attribution-NonCommercial 4.0 International License"


def row(collection: str = "Lung One", licenses: str = LONG_3, dois: str = "") -> dict[str, Any]:
    return {"Collection": collection, "DOIs": dois, "Licenses": licenses, "Subjects": "20"}


def series(collection: str = "Lung One", license_: str | None = LONG_4, doi: str = LUNG, **more: Any) -> dict[str, Any]:
    uri = f"https://doi.org/{doi}"
    return {"Collection": collection, "LicenseName": license_, "DataDescriptionURI": uri, **more}


def report(day: date, *rows: dict[str, Any]) -> Answers:
    return Answers("nbia", day, "report", {"collections": rows})


def one_each(day: date, *records: dict[str, Any]) -> Answers:
    return Answers("nbia", day, "v4", {"series": records})


def of_nbia(content: Content, number: int = 11, id_: str = "Lung One") -> list[tuple[str, str, date | None]]:
    claims = part(content, number, id_).claims
    return [(each.license, each.source, each.since) for each in claims if each.source.startswith("nbia")]


def test_a_report_speaks_of_the_dicom_parts_of_a_collection() -> None:
    now = refreshed(registry(), report(SECOND, row(licenses=f"{LONG_3}, {LONG_4}"))).content
    found = of_nbia(now)
    assert [license_ for license_, _, _ in found] == ["CC-BY-3.0", "CC-BY-4.0"]
    assert of_nbia(now, 12) == []
    assert {claim.scope for claim in part(now).claims if claim.source.startswith("nbia")} == {"collection"}
    assert of_nbia(refreshed(now, report(THIRD, row(licenses=f"{LONG_3}, {LONG_4}"))).content) == found


def test_what_a_later_report_says_no_longer_is_closed_and_a_collection_that_it_leaves_out_stays() -> None:
    rows = [row(f"More {n}", LONG_4) for n in range(5)]
    now = refreshed(registry(), report(SECOND, row(), *rows)).content
    changed = refreshed(now, report(THIRD, row(licenses=LONG_4), *rows)).content
    assert of_nbia(changed) == [("CC-BY-4.0", "nbia-collection-report", THIRD)]
    assert [(each.license, each.last) for each in part(changed).past] == [("CC-BY-3.0", SECOND)]
    left_out = refreshed(now, report(THIRD, *rows)).content
    assert of_nbia(left_out) == of_nbia(now)


def test_a_row_with_a_license_that_is_not_described_is_told_and_left_out() -> None:
    found = refreshed(registry(), report(SECOND, row(licenses="House rules"), row("Two")))
    assert of_nbia(found.content) == []
    assert of_nbia(found.content, 21, "Two") != []
    assert "Lung One is left as it was" in found.remarks[0]


def test_one_series_of_a_license_is_a_claim_of_a_source_of_its_own() -> None:
    now = refreshed(registry(), report(SECOND, row())).content
    both = refreshed(now, one_each(SECOND, series(license_=NC_LONG))).content
    assert of_nbia(both) == [
        ("CC-BY-3.0", "nbia-collection-report", SECOND),
        ("CC-BY-NC-4.0", "nbia-series", SECOND),
    ]


def test_series_of_others_analyses_speak_of_the_result_that_their_doi_leads_to() -> None:
    others = series(license_=NC_LONG, doi=SEG, ThirdPartyAnalysis="YES")
    nowhere = series(license_=NC_LONG, doi="10.7937/unheard-of", ThirdPartyAnalysis="YES")
    now = refreshed(registry(), one_each(SECOND, others, nowhere)).content
    assert of_nbia(now) == []
    assert of_nbia(now, 31, "Lung One Annotations") == [("CC-BY-NC-4.0", "nbia-series", SECOND)]


@pytest.mark.parametrize("license_", ["House rules", "", None, 7])
def test_a_series_without_a_license_that_is_described_makes_no_claim(license_: Any) -> None:
    found = refreshed(registry(), one_each(SECOND, series(license_=license_)))
    assert of_nbia(found.content) == []
    assert bool(found.remarks) == (license_ == "House rules")


def test_a_series_without_a_doi_is_of_the_collection_that_it_names() -> None:
    now = refreshed(registry(), one_each(SECOND, series("lung-one", doi="none"))).content
    assert of_nbia(now) == [("CC-BY-4.0", "nbia-series", SECOND)]


@pytest.mark.parametrize("make", [lambda day: report(day, row()), lambda day: one_each(day, series())])
def test_the_same_answers_twice_change_no_byte_and_earlier_ones_change_nothing(make: Any) -> None:
    now = refreshed(registry(), make(SECOND)).content
    assert write_registry.files(refreshed(now, make(SECOND)).content) == write_registry.files(now)
    earlier = refreshed(now, make(DAYS[0]))
    assert earlier.content == now
    assert "change nothing" in earlier.remarks[0]


def test_a_source_that_shrinks_by_more_than_a_fifth_fails() -> None:
    now = refreshed(registry(), report(SECOND, row(), row("Two"))).content
    with pytest.raises(InputError, match="has 1 datasets, and the registry has 2"):
        refreshed(now, report(THIRD, row()))


def test_answers_of_another_form_are_refused() -> None:
    with pytest.raises(InputError, match="report or v4"):
        refreshed(registry(), Answers("nbia", SECOND, "v9", {}))


def test_a_license_that_is_not_described_beside_another_closes_nothing() -> None:
    now = refreshed(registry(), one_each(SECOND, series(license_=NC_LONG))).content
    later = refreshed(now, one_each(THIRD, series(), series(license_="House rules"))).content
    assert {license_ for license_, _, _ in of_nbia(later)} == {"CC-BY-4.0", "CC-BY-NC-4.0"}
    assert part(later).past == ()
    assert {license_ for license_, _, _ in of_nbia(refreshed(now, one_each(THIRD, series())).content)} == {"CC-BY-4.0"}
