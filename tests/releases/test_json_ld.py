"""Croissant, RO-Crate and CodeMeta in the forms that people and programs write."""

import pytest

from tcia_policy.releases.json_ld import read_json_ld
from tcia_policy.releases.model import Released, ReleaseFile, Topic
from tests.releases.readers import as_json, file_in, places, printed_in, read_by, texts, unread

CROISSANT = {
    "@context": {"@language": "en", "@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/"},
    "@type": "sc:Dataset",
    "name": "Nodule marks",
    "description": "Marks on scans of LIDC-IDRI.<!-- nobody sees NLST -->",
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "citeAs": "Doe J. Nodule marks. https://doi.org/10.5555/12345678",
    "isBasedOn": [{"@type": "sc:Dataset", "name": "LIDC-IDRI", "url": "https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX"}],
    "prov:wasDerivedFrom": {"@id": "https://example.org/scans"},
}
CRATE = {
    "@context": "https://w3id.org/ro/crate/1.1/context",
    "@graph": [
        {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}},
        {
            "@id": "./",
            "@type": "Dataset",
            "name": "Segmentations",
            "license": {"@id": "#terms"},
            "isBasedOn": [{"@id": "https://doi.org/10.5555/scans"}],
            "citation": {"@id": "https://doi.org/10.5555/paper"},
        },
        {
            "@id": "#terms",
            "@type": "CreativeWork",
            "name": "CC BY-NC 4.0",
            "url": "https://creativecommons.org/licenses/by-nc/4.0/",
        },
        {"@id": "./code/run.py", "@type": ["File", "SoftwareSourceCode"], "license": "MIT"},
        {"@id": "data/", "@type": "Dataset", "license": {"@id": "https://spdx.org/licenses/CC0-1.0"}},
        {"@id": "https://doi.org/10.5555/scans", "@type": "Dataset", "name": "Scans of our ward", "license": "CC0-1.0"},
        {
            "@id": "#run",
            "@type": "CreateAction",
            "object": [{"@id": "https://doi.org/10.5555/scans"}, {"@id": "code/run.py"}],
        },
    ],
}


def ld(data: object) -> ReleaseFile:
    return read_by(read_json_ld, "metadata.json", as_json(data))


def test_croissant_says_its_license_sources_and_citation_with_their_lines() -> None:
    read = ld(CROISSANT)
    assert (read.format, read.released, read.has_license_field) == ("Croissant", Released.DATA, True)
    assert places(read, Topic.LICENSE) == ["metadata.json:10 license = https://creativecommons.org/licenses/by/4.0/"]
    assert places(read, Topic.MADE_FROM) == [
        "metadata.json:13 isBasedOn[0] = LIDC-IDRI",
        "metadata.json:19 prov:wasDerivedFrom = https://example.org/scans",
    ]
    assert read.about(Topic.MADE_FROM)[0].link == "https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX"
    assert printed_in(read) == (
        "Nodule marks Marks on scans of LIDC-IDRI. Doe J. Nodule marks. https://doi.org/10.5555/12345678"
    )


def test_the_root_of_a_crate_refers_to_its_license_and_parts_have_their_own() -> None:
    read = ld(CRATE)
    assert (read.format, texts(read, Topic.TITLE)) == ("RO-Crate", ["Segmentations"])
    assert [(each.text, each.link, each.covers) for each in read.about(Topic.LICENSE)] == [
        ("CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/", ()),
        ("MIT", None, ("code/run.py",)),
        ("https://spdx.org/licenses/CC0-1.0", "https://spdx.org/licenses/CC0-1.0", ("data/**",)),
    ]
    assert texts(read, Topic.MADE_FROM) == ["Scans of our ward", "Scans of our ward"]
    assert texts(read, Topic.CITATION) == ["https://doi.org/10.5555/paper"]


@pytest.mark.parametrize(
    ("license_", "said"),
    [
        ({"@type": "CreativeWork", "name": "CC BY 4.0"}, ["CC BY 4.0"]),
        ({"@id": "https://spdx.org/licenses/MIT"}, ["https://spdx.org/licenses/MIT"]),
        ({"@value": "mit"}, ["mit"]),
        ([{"@list": ["mit", "cc-by-4.0"]}], ["mit", "cc-by-4.0"]),
        (["mit", {"url": "https://example.org/terms"}], ["mit", "https://example.org/terms"]),
        ("See the website", ["See the website"]),
    ],
)
def test_a_license_in_any_form_of_json_ld(license_: object, said: list[str]) -> None:
    assert texts(ld({**CROISSANT, "license": license_}), Topic.LICENSE) == said


@pytest.mark.parametrize("license_", ["", None, [], {}, "None", {"@type": "CreativeWork"}, 4])
def test_a_license_that_is_not_understood_is_never_dropped(license_: object) -> None:
    read = ld({**CROISSANT, "license": license_})
    assert texts(read, Topic.LICENSE) == []
    assert len(unread(read)) == 1


@pytest.mark.parametrize(
    "key", ["sc:license", "schema:license", "https://schema.org/license", "http://schema.org/license"]
)
def test_prefixes_say_the_same_as_none(key: str) -> None:
    data = {name: value for name, value in CROISSANT.items() if name != "license"}
    assert texts(ld({**data, key: "mit"}), Topic.LICENSE) == ["mit"]


def test_software_is_code() -> None:
    code = {"@context": "https://doi.org/10.5063/schema/codemeta-2.0", "@type": "SoftwareSourceCode", "license": "MIT"}
    assert (ld(code).format, ld(code).released) == ("CodeMeta", Released.CODE)


def test_a_file_of_that_name_needs_no_context() -> None:
    read = read_by(read_json_ld, "croissant.json", '{"license": "mit"}')
    assert (read.format, texts(read, Topic.LICENSE)) == ("Croissant", ["mit"])


@pytest.mark.parametrize("content", ["[]", "1", "{}", '{"license": "mit"}', '{"@context": "https://example.org"}'])
def test_other_json_is_passed_over(content: str) -> None:
    assert read_json_ld(file_in({"a.json": content}, "a.json")) is None


@pytest.mark.parametrize(
    "more",
    [
        '"usageInfo": "https://example.org/terms"',
        '"acquireLicensePage": "https://example.org/terms"',
        '"distribution": [{"@type": "cr:FileObject", "license": "https://example.org/terms"}]',
    ],
)
def test_further_terms_stand_beside_the_license(more: str) -> None:
    text = f'{{"@context": "https://schema.org/", "@type": "Dataset", "name": "Marks", "license": "CC0-1.0", {more}}}'
    read = read_by(read_json_ld, "croissant.json", text)
    assert sorted(texts(read, Topic.LICENSE)) == ["CC0-1.0", "https://example.org/terms"]
