import pytest

from tcia_policy.releases.license_text import read_data_license, read_license
from tcia_policy.releases.model import Released, Topic
from tests.releases.readers import places, printed_in, read_by, texts

LISTED = """Third Party Licenses
-----------------------------

/***************************/
i. Lung nodules of our ward
   https://example.org/lung
   https://creativecommons.org/licenses/by/4.0/

ii.  Brain scans
     https://example.org/brain
/***************************/

Data Usage Agreement / Citations

The scans are under a CC BY-NC license. You must cite:

[1] Doe J. Brain scans. https://doi.org/10.5555/12345678

a. Adapted Material means material subject to copyright that is derived from the
   Licensed Material.
"""


def test_the_first_line_of_a_license_stands_for_its_text() -> None:
    read = read_by(read_license, "LICENSE", "\n\n   MIT License\n\nPermission is hereby granted\n")
    assert places(read, Topic.LICENSE) == ["LICENSE:3 text = MIT License"]
    assert "Permission is hereby granted" in printed_in(read)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("LICENSE", None),
        ("LICENSE.txt", None),
        ("MODEL_LICENSE", Released.MODEL),
        ("LICENSE-CODE", Released.CODE),
        ("LICENSE-data.md", Released.DATA),
        ("LICENSE_weights.txt", Released.MODEL),
    ],
)
def test_the_name_of_a_license_file_says_what_it_is_about(name: str, says: Released | None) -> None:
    (stated,) = read_by(read_license, name, "MIT License\n").about(Topic.LICENSE)
    assert stated.says == says


def test_an_empty_license_file_is_told() -> None:
    read = read_by(read_license, "LICENSE", " \n")
    assert read.stated == ()
    assert [str(each) for each in read.unread_licenses] == ["LICENSE: has no text; put the text of the license into it"]


def test_the_data_of_a_list_come_with_their_terms() -> None:
    read = read_by(read_data_license, "docs/data_license.txt", LISTED)
    assert places(read, Topic.MADE_FROM) == [
        "docs/data_license.txt:5 item 1 = Lung nodules of our ward",
        "docs/data_license.txt:9 item 2 = Brain scans",
    ]
    assert places(read, Topic.DATA_LICENSE) == [
        "docs/data_license.txt:7 item 1 = https://creativecommons.org/licenses/by/4.0/",
        "docs/data_license.txt:15 item 2 = The scans are under a CC BY-NC license. You must cite:",
    ]
    assert [each.link for each in read.about(Topic.MADE_FROM)] == [
        "https://example.org/lung",
        "https://example.org/brain",
    ]


def test_terms_that_list_no_data_are_one_statement() -> None:
    read = read_by(read_data_license, "docs/data_license.txt", "Our ward gave the scans.\n")
    assert texts(read, Topic.DATA_LICENSE) == ["Our ward gave the scans."]
    assert texts(read, Topic.MADE_FROM) == []
