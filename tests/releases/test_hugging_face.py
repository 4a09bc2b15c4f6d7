"""Cards as people write them, each with what the Hub reads and what it does not."""

import pytest

from tcia_policy.releases.hugging_face import read_card
from tcia_policy.releases.model import Released, ReleaseFile, Topic
from tests.releases.readers import places, printed_in, read_by, texts, unread

MODEL = """---
license: other
license_name: cc-by-nc-sa-4.0
license_link: https://creativecommons.org/licenses/by-nc-sa/4.0/
datasets:
- our-lab/lung-ct
- LIDC-IDRI
base_model: our-lab/unet-base
base_model_relation: finetune
pipeline_tag: image-segmentation
tags:
- medical
- arxiv:2401.01234
model-index:
- name: nodules
  results:
  - task: {type: image-segmentation}
    dataset: {type: luna16, name: LUNA16 test split}
---
# Nodules

We trained on scans of the LIDC-IDRI collection.
"""
DATA = """---
pretty_name: Reader marks
license: cc-by-4.0
source_datasets:
- extended|luna16
- original
- extended|other
task_categories: [image-classification]
---
Marks of three readers.
"""


def card(text: str | bytes) -> ReleaseFile:
    return read_by(read_card, "README.md", text)


def test_a_model_card_says_its_license_data_base_and_results_with_their_lines() -> None:
    read = card(MODEL)
    assert (read.format, read.released, read.has_license_field) == ("Hugging Face card", Released.MODEL, True)
    assert places(read, Topic.LICENSE) == ["README.md:3 license_name = cc-by-nc-sa-4.0"]
    assert read.about(Topic.LICENSE)[0].link == "https://creativecommons.org/licenses/by-nc-sa/4.0/"
    assert places(read, Topic.MADE_FROM) == [
        "README.md:6 datasets[0] = our-lab/lung-ct",
        "README.md:7 datasets[1] = LIDC-IDRI",
    ]
    assert places(read, Topic.BASE_MODEL) == ["README.md:8 base_model = our-lab/unet-base"]
    assert read.about(Topic.BASE_MODEL)[0].relation == "finetune"
    assert places(read, Topic.TESTED_ON) == ["README.md:18 model-index[0].results[0].dataset.name = LUNA16 test split"]
    assert texts(read, Topic.CITATION) == ["arxiv:2401.01234"]
    assert unread(read) == []


def test_the_body_of_a_card_is_prose() -> None:
    assert "We trained on scans of the LIDC-IDRI collection." in printed_in(card(MODEL))


def test_a_data_card_says_what_it_was_made_from() -> None:
    read = card(DATA)
    assert (read.released, texts(read, Topic.TITLE)) == (Released.DATA, ["Reader marks"])
    assert places(read, Topic.MADE_FROM) == ["README.md:5 source_datasets[0] = luna16"]


@pytest.mark.parametrize(
    ("header", "licenses"),
    [
        ("license: mit", ["mit"]),
        ("license: CC-BY-NC-4.0", ["CC-BY-NC-4.0"]),
        ('license: "apache-2.0 "', ["apache-2.0"]),
        ("license: [mit]", ["mit"]),
        ("license:\n- mit\n- cc-by-4.0", ["mit", "cc-by-4.0"]),
        ("license: mit # of the code", ["mit"]),
        ("license: >-\n  MIT\n  License", ["MIT License"]),
        ("license: 2.0", ["2.0"]),
        ("license: no", ["no"]),
        ("license: unknown", ["unknown"]),
        ("license: other", ["other"]),
        ("license: other\nlicense_name: our-terms", ["our-terms"]),
        ("license: [other]\nlicense_name: our-terms", ["our-terms"]),
        ("license: other\nlicense_link: LICENSE.md", ["LICENSE.md"]),
        ("license: apache-2.0\nlicense_name: our-terms", ["apache-2.0", "our-terms"]),
        ("license: https://creativecommons.org/licenses/by/4.0/", ["https://creativecommons.org/licenses/by/4.0/"]),
        ("tags:\n- license:mit", ["mit"]),
    ],
)
def test_a_license_in_a_form_that_is_understood(header: str, licenses: list[str]) -> None:
    read = card(f"---\n{header}\n---\nText\n")
    assert texts(read, Topic.LICENSE) == licenses
    assert unread(read) == []


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("license:", "README.md:2: `license` is empty"),
        ("license: null", "README.md:2: `license` is empty"),
        ('license: ""', "README.md:2: `license` is empty"),
        ("license: []", "README.md:2: `license` is empty"),
        ("license:\n-\n- mit", "README.md:3: `license[0]` is empty"),
        ("license: true", "README.md:2: `license` is true or false, of which no license is read"),
        ("license: [[mit]]", "README.md:2: `license[0]` is a list in a list, of which no license is read"),
        ("license:\n  code: mit", "README.md:2: `license` is an object, which the Hub does not read"),
        ("License: mit", "README.md:2: `License` is a key that the Hub does not read"),
        ("licence: mit", "README.md:2: `licence` is a key that the Hub does not read"),
        ("licenses: [mit]", "README.md:2: `licenses` is a key that the Hub does not read"),
        ("license_name: ours", "README.md:2: `license_name` stands without `license`, so that the Hub shows none"),
        ("license: mit\nlicense: cc-by-4.0", "README.md:3: the header the key 'license' is given twice"),
        ("a: b: c\nlicense: mit", "README.md:2: the header is not valid YAML"),
        ("license: &x mit", "README.md:2: the header anchors and aliases (& and *) are not used here"),
        ("- license", "README.md:2: the header has no fields"),
    ],
)
def test_a_license_in_a_form_that_is_not_understood_is_never_dropped(header: str, said: str) -> None:
    read = card(f"---\n{header}\n---\nText\n")
    assert [each for each in unread(read) if each.startswith(said)], unread(read)
    assert read.has_license_field


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("+++\nlicense = 'mit'\n+++\nText\n", "README.md:2: the header is TOML between lines of `+++`"),
        ("# Nodules\n\n---\nlicense: mit\n---\n", "README.md:4: the header does not begin the file"),
        ("---\nlicense: mit\n\n# Nodules\n", "README.md:1: the header is opened by `---` and never closed"),
    ],
)
def test_a_header_where_the_hub_reads_none_is_told(text: str, said: str) -> None:
    (problem,) = unread(card(text))
    assert problem.startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff---\nlicense: mit\n---\n",
        "---\r\nlicense: mit\r\n---\r\nText\r\n",
        "\n\n---\nlicense: mit\n---",
        "---\nlicense: mit\n---",
    ],
)
def test_a_mark_of_the_encoding_windows_lines_and_blank_lines_do_not_hide_a_header(text: str) -> None:
    assert texts(card(text), Topic.LICENSE) == ["mit"]


def test_a_readme_without_a_header_is_a_page_that_states_no_license() -> None:
    read = card("# Nodules\n\nOne paragraph.\n\n---\n\nAnother: with a colon.\n")
    assert (read.format, read.has_license_field, read.stated, unread(read)) == ("page", False, (), [])


@pytest.mark.parametrize(
    ("name", "released"),
    [("MODEL_CARD.md", Released.MODEL), ("dataset-card.md", Released.DATA), ("README.md", Released.UNKNOWN)],
)
def test_the_name_of_a_card_says_what_it_describes_where_nothing_else_does(name: str, released: Released) -> None:
    assert read_by(read_card, name, "# Nodules\n").released is released
    assert read_by(read_card, name, "---\nlicense: mit\n---\n").released is released


def test_a_tag_may_say_how_a_base_model_was_used() -> None:
    read = card("---\ntags: ['base_model:quantized:our-lab/unet']\n---\n")
    (base,) = read.about(Topic.BASE_MODEL)
    assert (base.text, base.relation, read.released) == ("our-lab/unet", "quantized", Released.MODEL)


@pytest.mark.parametrize("tag", ["non-commercial", "noncommercial", "Research-only", "research use"])
def test_a_tag_may_narrow_the_license(tag: str) -> None:
    assert [each.text for each in card(f"---\nlicense: mit\ntags: [x, {tag}]\n---\n").about(Topic.TERMS)] == [tag]


def test_a_card_without_a_license_has_the_field_and_says_none() -> None:
    read = card("---\nlanguage: en\n---\nText\n")
    assert (read.has_license_field, read.about(Topic.LICENSE), unread(read)) == (True, (), [])


@pytest.mark.parametrize("part", ["configs:\n- config_name: a\n  license: x", "dataset_info:\n  license: x"])
def test_a_part_of_a_dataset_may_have_its_own_license(part: str) -> None:
    read = read_by(read_card, "README.md", f"---\nlicense: mit\n{part}\n---\n# Marks\n")
    assert texts(read, Topic.LICENSE) == ["mit", "x"]


def test_a_key_that_is_given_twice_is_told_with_both_lines_of_the_file() -> None:
    (problem,) = card("\n---\nlicense: mit\nlicense: cc-by-4.0\n---\nText\n").unread_licenses
    assert (problem.place.number, problem.hint) == (4, "it stands on line 3 already; keep one of the two")
