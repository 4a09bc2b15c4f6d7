"""Whatever JSON a source answers, a refresh gives a registry that can be written, or says what is wrong."""

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tcia_policy.errors import InputError
from tcia_policy.importers import write_registry
from tcia_policy.importers.content import Content
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.refresh.refresh import refreshed
from tests.importers.made_up import LONG_4
from tests.importers.refresh.small import DAYS, LUNG, collections, registry, results

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(["2030-99-99", "10.7937/lung", "CC BY 4.0", "<p>", "1" * 400])
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
DOI = {
    "id": LUNG,
    "attributes": {
        "doi": LUNG,
        "updated": "2029-01-01",
        "creators": [{"name": "A", "familyName": "A", "givenName": "B", "nameType": "Personal", "nameIdentifiers": []}],
        "rightsList": [{"rights": "CC BY 4.0", "rightsIdentifier": "cc-by-4.0", "rightsUri": "x"}],
    },
}
VERSION = {"version_number": "1", "version_date": "2020-01-01", "version_text": "x", "version_downloads": [1]}
SOURCE = {
    "collection": "lung_one",
    "collection_name": "x",
    "program": "Community",
    "id": "x",
    "title": "x",
    "kind": "original_data",
    "doi": LUNG,
    "page": "x",
    "modalities": "CT",
    "label": "CC BY 4.0",
    "long_name": LONG_4,
    "url": "x",
    "citation": "x",
    "access": "Public",
}


def changed(record: dict[str, Any], value: object, data: st.DataObject) -> dict[str, Any]:
    """Return the record with another value at some place of it, or without it."""
    whole = copy.deepcopy(record)
    here: Any = whole
    while True:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(here[key], dict | list) or not here[key] or data.draw(st.booleans()):
            break
        here = here[key]
    here[key] = value
    return whole


def refresh(answers: Answers) -> Content | None:
    try:
        after = refreshed(registry(), answers).content
    except InputError:
        return None
    write_registry.files(after)
    return after


@settings(max_examples=35, deadline=None)
@given(JSON, st.data())
def test_records_of_tcia_may_be_anything(value: object, data: st.DataObject) -> None:
    records = collections()
    records[0] = changed(records[0], value, data)
    label = changed({"id": 11, "data_license": "CC BY 4.0", "download_access": "Public"}, value, data)
    version = changed({**VERSION, "related_collection": 101}, value, data)
    lists = {"collections": tuple(records), "analysis-results": tuple(results())}
    for day, more in zip(DAYS[1:], ({}, {"downloads-v1": (label,), "versions": (version,)}), strict=False):
        refresh(Answers("tcia", day, "v2", {**lists, **more}))


@settings(max_examples=35, deadline=None)
@given(JSON, st.data())
def test_records_of_other_sources_may_be_anything(value: object, data: st.DataObject) -> None:
    row = {"Collection": "Lung One", "DOIs": LUNG, "Licenses": LONG_4}
    series = {"Collection": "Lung One", "LicenseName": LONG_4, "DataDescriptionURI": LUNG}
    release = {"version": "2.0.0", "idc": 2}
    for answers in (
        Answers("datacite", DAYS[1], "dois", {"dois": (changed(DOI, value, data),)}),
        Answers("nbia", DAYS[1], "report", {"collections": (changed(row, value, data),)}),
        Answers("nbia", DAYS[1], "v4", {"series": (changed(series, value, data),)}),
        Answers("idc", DAYS[1], "index", {"release": (release,), "sources": (changed(SOURCE, value, data),)}),
        Answers("idc", DAYS[1], "index", {"release": (changed(release, value, data),), "sources": (SOURCE,)}),
    ):
        refresh(answers)
