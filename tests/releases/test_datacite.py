from tcia_policy.releases.datacite import read_gin, read_json, read_xml
from tcia_policy.releases.model import Released, Topic
from tests.releases.readers import as_json, file_in, places, read_by, texts

JSON = {
    "types": {"resourceTypeGeneral": "Dataset"},
    "titles": [{"title": "Marks"}],
    "rightsList": [
        {
            "rights": "CC BY 4.0",
            "rightsUri": "https://creativecommons.org/licenses/by/4.0/",
            "rightsIdentifier": "cc-by-4.0",
        }
    ],
    "relatedIdentifiers": [{"relationType": "IsDerivedFrom", "relatedIdentifier": "10.7937/K9/TCIA.2015.LO9QL9SX"}],
}
XML = """<?xml version="1.0"?>
<resource xmlns="http://datacite.org/schema/kernel-4">
  <titles><title>Marks</title></titles>
  <resourceType resourceTypeGeneral="Dataset">Scans</resourceType>
  <rightsList>
    <rights rightsURI="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</rights>
  </rightsList>
  <relatedIdentifiers>
    <relatedIdentifier relatedIdentifierType="DOI" relationType="IsDerivedFrom">10.5555/scans</relatedIdentifier>
  </relatedIdentifiers>
</resource>
"""
GIN = """title: Marks
license:
  name: CC BY 4.0
  url: https://creativecommons.org/licenses/by/4.0/
references:
  - {id: "doi:10.5555/scans", reftype: IsDerivedFrom, citation: Scans of our ward}
resourcetype: Dataset
"""


def test_json_says_its_rights_and_sources() -> None:
    read = read_by(read_json, "datacite.json", as_json(JSON))
    assert (read.released, texts(read, Topic.LICENSE)) == (Released.DATA, ["cc-by-4.0"])
    assert texts(read, Topic.MADE_FROM) == ["10.7937/K9/TCIA.2015.LO9QL9SX"]


def test_xml_says_the_same_with_its_lines() -> None:
    read = read_by(read_xml, "datacite.xml", XML)
    assert (read.released, texts(read, Topic.TITLE)) == (Released.DATA, ["Marks"])
    assert places(read, Topic.LICENSE) == ["datacite.xml:6 rightsList[0] = CC BY 4.0"]
    assert read.about(Topic.LICENSE)[0].link == "https://creativecommons.org/licenses/by/4.0/"
    assert places(read, Topic.MADE_FROM) == ["datacite.xml:9 relatedIdentifiers[0].relatedIdentifier = 10.5555/scans"]


def test_gin_has_one_license() -> None:
    read = read_by(read_gin, "datacite.yml", GIN)
    assert (texts(read, Topic.LICENSE), texts(read, Topic.MADE_FROM)) == (["CC BY 4.0"], ["Scans of our ward"])


def test_other_files_are_passed_over() -> None:
    assert read_json(file_in({"datacite.json": "{}"}, "datacite.json")) is None
    assert read_xml(file_in({"datacite.xml": "<a/>"}, "datacite.xml")) is None
