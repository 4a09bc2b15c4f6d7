"""IDC's index in the registry: claims on open DICOM files, the sources that are IDC's own, and what is flagged."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers import write_registry
from tcia_policy.importers.content import Content
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.refresh.refresh import refreshed
from tcia_policy.registry.licenses import unrecognized
from tests.importers.made_up import BY_3, BY_4, CONTROLLED, LONG_3, LONG_4
from tests.importers.refresh.small import DAYS, LUNG, TWO, answers, dataset, empty, part, registry, with_license

SECOND, THIRD = DAYS[1:3]
SLIDES = "10.5281/zenodo.1"


def row(doi: str = LUNG, collection: str = "lung_one", **given: Any) -> dict[str, Any]:
    """Return what IDC says of one source of one collection."""
    entry = {
        "collection": collection,
        "collection_name": collection,
        "program": "Community",
        "id": f"{collection}_{doi[-3:]}",
        "title": f"Title of {doi}",
        "kind": "original_data",
        "doi": doi,
        "page": f"https://doi.org/{doi}",
        "modalities": "CT, SEG",
        "label": "CC BY 4.0",
        "long_name": LONG_4,
        "url": BY_4["url"],
        "citation": f"Zhao, B. (2029). Slides (Version 1) [Dataset]. Zenodo. https://doi.org/{doi}",
        "access": "Public",
    }
    return {**entry, **given}


OLDER = {"label": "CC BY 3.0", "long_name": LONG_3, "url": BY_3["url"]}


def index(day: date, *rows: dict[str, Any], version: str = "2.0.0", series: Sequence[object] = ()) -> Answers:
    lists = {"release": ({"version": version, "idc": 2},), "sources": rows, "series": tuple(series)}
    return Answers("idc", day, "index", lists)  # type: ignore[arg-type]


def of_idc(content: Content, number: int | str = 11, id_: str = "Lung One") -> list[tuple[str, date]]:
    found = next(each for each in dataset(content, id_).distributions if each.id == str(number))
    return [(claim.license, claim.as_of) for claim in found.claims if claim.source == "idc-index-data"]


def test_idc_speaks_of_the_open_dicom_parts_and_the_version_of_the_package_is_on_record() -> None:
    now = refreshed(registry(), index(SECOND, row())).content
    assert of_idc(now) == [("CC-BY-4.0", SECOND)]
    assert of_idc(now, 12) == []
    assert dataset(now).idc_collections == ("lung_one",)
    source = next(each for each in now.sources if each.id == "idc-index-data")
    assert (source.version, source.as_of, source.copies) == ("2.0.0", SECOND, "tcia-collection-manager")
    assert now.idc_index_data == "2.0.0"


def test_a_controlled_part_gets_no_claim_where_an_open_one_is_there() -> None:
    now = refreshed(refreshed(empty(), answers(DAYS[0], with_license(CONTROLLED))).content, index(SECOND, row()))
    assert of_idc(now.content) == [("CC-BY-4.0", SECOND)]  # its only DICOM part: what IDC states must not get lost


def test_a_license_of_idc_that_changed_is_closed() -> None:
    now = refreshed(registry(), index(SECOND, row())).content
    later = refreshed(now, index(THIRD, row(**OLDER), version="3.0.0")).content
    assert of_idc(later) == [("CC-BY-3.0", THIRD)]
    assert [(each.license, each.source) for each in part(later).past] == [("CC-BY-4.0", "idc-index-data")]
    back = refreshed(later, index(DAYS[3], row(), version="4.0.0")).content
    assert of_idc(back) == [("CC-BY-4.0", DAYS[3])]
    assert len(part(back).past) == 2


def test_the_same_version_changes_no_byte_and_an_older_one_nothing() -> None:
    now = refreshed(registry(), index(SECOND, row(), row(SLIDES))).content
    again = refreshed(now, index(SECOND, row(), row(SLIDES)))
    assert write_registry.files(again.content) == write_registry.files(now)
    older = refreshed(now, index(SECOND, row(**OLDER), version="1.9.9"))
    assert older.content == now
    assert older.remarks == ("IDC: version 1.9.9 changes nothing; the registry has 2.0.0",)
    assert of_idc(refreshed(now, index(SECOND, row(**OLDER), row(SLIDES), version="2.0.1")).content) == [
        ("CC-BY-3.0", SECOND)
    ]


def test_no_license_is_no_claim_and_series_without_one_are_told() -> None:
    bare = row(label=None, long_name="", url=None)
    found = refreshed(registry(), index(SECOND, bare, series=[{"doi": LUNG, "license": None, "series": 8}]))
    assert of_idc(found.content) == []
    assert found.remarks == (f"IDC: 8 series of {LUNG} have no license",)


def test_two_licenses_of_one_doi_in_one_version_are_both_claims_and_flagged() -> None:
    counted = [{"doi": LUNG, "license": label, "series": 3} for label in ("CC BY 3.0", "CC BY 4.0")]
    found = refreshed(registry(), index(SECOND, row(), series=counted))
    assert {license_ for license_, _ in of_idc(found.content)} == {"CC-BY-3.0", "CC-BY-4.0"}
    assert "have 2 licenses in one version: CC BY 3.0, CC BY 4.0" in found.remarks[0]


def test_a_label_that_no_license_lists_is_a_claim_on_idcs_own_data_and_none_on_tcias() -> None:
    strange: dict[str, Any] = {"label": "House rules", "long_name": None, "url": None}
    found = refreshed(registry(), index(SECOND, row(**strange), row(SLIDES, **strange)))
    assert of_idc(found.content) == []
    own = next(each for each in found.content.datasets if each.doi == SLIDES)
    assert [claim.license for claim in own.distributions[0].claims] == [unrecognized("House rules")]
    assert len([each for each in found.remarks if "House rules" in each]) == 2


def test_a_source_that_tcia_does_not_publish_is_a_dataset_of_idcs_own() -> None:
    now = refreshed(registry(), index(SECOND, row(), row(SLIDES))).content
    made = next(each for each in now.datasets if each.doi == SLIDES)
    assert (made.id, made.archive, made.program) == ("idc-lung_one_o.1", "idc", "Community") or made.id.startswith(
        "idc-"
    )
    assert [each.dataset for each in made.derived_from] == ["Lung One"]
    assert now.idc_collections["lung_one"] == tuple(sorted(("Lung One", made.id)))
    changed = refreshed(now, index(THIRD, row(), row(SLIDES, title="New title"), version="3.0.0")).content
    assert dataset(changed, made.id).title == "New title"
    assert "title" in {change.fact for change in dataset(changed, made.id).changes}


def test_a_source_that_idc_has_no_longer_is_kept_and_marked() -> None:
    rows = [row(), *(row(f"10.5281/zenodo.{number}") for number in range(1, 7))]
    now = refreshed(registry(), index(SECOND, *rows)).content
    gone = refreshed(now, index(THIRD, *rows[:-1], version="3.0.0")).content
    marked = next(each for each in gone.datasets if each.doi == "10.5281/zenodo.6")
    assert marked.withdrawn == THIRD
    assert marked.distributions[0].claims != ()
    back = refreshed(gone, index(DAYS[3], *rows, version="4.0.0")).content
    assert dataset(back, marked.id).withdrawn is None


def test_an_analysis_result_of_idc_is_made_from_the_originals_whose_studies_it_is_in() -> None:
    rows = (row(), row(TWO, "lung_one"), row(SLIDES, kind="analysis_result"))
    lists = {
        **index(SECOND, *rows).lists,
        "shared-studies": ({"result": SLIDES, "collection": "lung_one", "originals": [TWO]},),
        "analysis-results": ({"doi": SLIDES, "collections": ["lung_one"]},),
    }
    now = refreshed(registry(), Answers("idc", SECOND, "index", lists)).content
    made = next(each for each in now.datasets if each.doi == SLIDES)
    assert [each.dataset for each in made.derived_from] == ["Two"]


def test_a_new_source_whose_citation_cannot_be_read_is_left_out_and_told() -> None:
    found = refreshed(registry(), index(SECOND, row(), row(SLIDES, citation="?")))
    assert len(found.content.datasets) == len(registry().datasets)
    assert "is new and left out" in found.remarks[0]


def test_a_source_that_shrinks_by_more_than_a_fifth_fails() -> None:
    now = refreshed(registry(), index(SECOND, row(), row(TWO))).content
    with pytest.raises(InputError, match="has 1 sources of the registry's datasets, and the registry has 2"):
        refreshed(now, index(THIRD, row(), version="3.0.0"))


@pytest.mark.parametrize(
    "lists",
    [
        {},
        {"release": ({"version": "2.0.0"},)},
        {"release": ({"version": "2.0.0", "idc": 2},), "sources": ({"doi": LUNG},)},
        {"release": ({"version": "2.0.0", "idc": 2},), "sources": ({**row(), "access": "Secret"},)},
    ],
)
def test_answers_of_another_shape_are_refused(lists: Any) -> None:
    with pytest.raises(InputError):
        refreshed(registry(), Answers("idc", SECOND, "index", lists))


def test_a_label_that_no_license_lists_beside_another_closes_nothing() -> None:
    now = refreshed(registry(), index(SECOND, row(**OLDER))).content
    counted = [{"doi": LUNG, "license": "House rules", "series": 3}]
    later = refreshed(now, index(THIRD, row(), version="3.0.0", series=counted)).content
    assert {license_ for license_, _ in of_idc(later)} == {"CC-BY-3.0", "CC-BY-4.0"}
