"""Croissant descriptions of datasets."""

import json

from tcia_policy.cohorts import read_cohort, resolve
from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.model import DataItem
from tcia_policy.registry import Registry
from tests.cohorts.conftest import Write
from tests.cohorts.uids_for_tests import SERIES, UUID

CROISSANT = {
    "@context": {"@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/"},
    "@type": "sc:Dataset",
    "@id": "https://doi.org/10.7937/PCTE-6M66",
    "name": "Cancer Moonshot Biobank - Acute Myeloid Leukemia",
    "alternateName": "CMB-AML",
    "description": "Unlike LIDC-IDRI, it has slides.",
    "license": ["https://creativecommons.org/licenses/by/4.0/"],
    "distribution": [{"@type": "cr:FileObject", "contentUrl": "https://example.org/manifest.tcia"}],
}


def test_it_names_its_dataset_once(write: Write, registry: Registry) -> None:
    path = write("croissant.jsonld", json.dumps(CROISSANT, indent=2))
    cohort = read_cohort(path)
    assert cohort.format_name == "Croissant description"
    assert [name.text for name in cohort.names] == ["10.7937/PCTE-6M66"]
    (holding,) = resolve([DataItem(manifest=path.name)], path.parent, registry).holdings
    assert (holding.dataset, set(holding.distributions)) == ("CMB-AML", {"51", "52", "53"})


def test_a_doi_that_is_unknown_gives_way_to_a_name_that_is_known(write: Write, registry: Registry) -> None:
    text = json.dumps({**CROISSANT, "@id": "https://doi.org/10.9999/unknown"})
    path = write("a.json", text)
    (holding,) = resolve([DataItem(manifest=path.name)], path.parent, registry).holdings
    assert holding.dataset == "CMB-AML"


def test_its_records_addresses_and_origins_count_too(write: Write) -> None:
    more = {
        "recordSet": [{"name": "r", "data": [{"r/SeriesInstanceUID": SERIES, "r/StudyInstanceUID": f"{SERIES}.1"}]}],
        "distribution": {"contentUrl": f"s3://idc-open-data/{UUID}/*"},
        "isBasedOn": [{"@id": "https://doi.org/10.7937/tcia.hmq8-j677"}],
    }
    cohort = read_cohort(write("a.json", json.dumps({**CROISSANT, **more})))
    assert list(cohort.listed[EntryKind.SERIES]) == [SERIES]
    assert list(cohort.listed[EntryKind.SERIES_UUID]) == [UUID]
    assert "10.7937/tcia.hmq8-j677" in [name.text for name in cohort.names]
