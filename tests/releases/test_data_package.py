from tcia_policy.releases.data_package import read_package
from tcia_policy.releases.model import Topic
from tests.releases.readers import as_json, file_in, read_by, texts

PACKAGE = {
    "title": "Marks",
    "licenses": [{"name": "ODC-PDDL-1.0", "path": "https://opendatacommons.org/licenses/pddl/", "title": "PDDL"}],
    "sources": [{"title": "LIDC-IDRI", "path": "https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX"}],
    "resources": [{"path": "scans.csv", "licenses": [{"name": "CC-BY-3.0"}]}],
}


def test_a_package_and_its_resources_have_licenses() -> None:
    read = read_by(read_package, "datapackage.json", as_json(PACKAGE))
    assert [(each.text, each.link, each.covers) for each in read.about(Topic.LICENSE)] == [
        ("ODC-PDDL-1.0", "https://opendatacommons.org/licenses/pddl/", ()),
        ("CC-BY-3.0", None, ("scans.csv",)),
    ]
    assert texts(read, Topic.MADE_FROM) == ["LIDC-IDRI"]


def test_another_file_is_passed_over() -> None:
    assert read_package(file_in({"datapackage.json": "[]"}, "datapackage.json")) is None
