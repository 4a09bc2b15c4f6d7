"""What the body of a card says of the license."""

import pytest

from tcia_policy.releases.hugging_face import read_card
from tcia_policy.releases.model import Topic
from tests.releases.readers import places, read_by, texts


def body(section: str, header: str = "") -> list[str]:
    text = f"{header}# Nodules\n\nA model.\n\n## License\n\n{section}\n\n## Use\n\nNot for the clinic.\n"
    return texts(read_by(read_card, "README.md", text), Topic.LICENSE)


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("MIT", ["MIT"]),
        ("This model is licensed under CC BY-NC 4.0.", ["This model is licensed under CC BY-NC 4.0"]),
        ("Apache-2.0, see [LICENSE](LICENSE) for details.", ["Apache-2.0"]),
        ("MIT License - see the LICENSE file.", ["MIT License"]),
        ("For research only. No commercial use.", ["For research only"]),
        ("See the [LICENSE](LICENSE) file.", []),
        ("[More Information Needed]", []),
        ("", []),
    ],
)
def test_the_first_sentence_below_the_heading_states_the_license(section: str, said: list[str]) -> None:
    assert body(section) == said


def test_its_line_is_told() -> None:
    text = "# Nodules\n\n### Licensing Information\n\nThe marks are CC0-1.0.\n"
    read = read_by(read_card, "README.md", text)
    assert places(read, Topic.LICENSE) == ["README.md:5 section Licensing Information = The marks are CC0-1.0"]


@pytest.mark.parametrize(
    ("license_", "section", "said"),
    [
        ("mit", "This model is under the MIT license.", []),
        ("apache-2.0", "Apache License 2.0", []),
        ("cc-by-nc-4.0", "CC BY-NC 4.0: not for commercial use.", []),
        (
            "apache-2.0",
            "Apache 2.0, but the weights are for research only.",
            ["Apache 2.0, but the weights are for research only"],
        ),
        ("apache-2.0", "CC BY-NC 4.0", ["CC BY-NC 4.0"]),
    ],
)
def test_what_only_repeats_the_header_is_not_said_twice(license_: str, section: str, said: list[str]) -> None:
    assert body(section, f"---\nlicense: {license_}\n---\n") == [license_, *said]


@pytest.mark.parametrize("section", ["CC BY-NC 4.0", "CC BY-ND 4.0", "CC BY-SA 4.0"])
def test_an_element_more_repeats_nothing(section: str) -> None:
    assert body(section, "---\nlicense: cc-by-4.0\n---\n") == ["cc-by-4.0", section]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("- **License:** CC-BY-NC-4.0", ["mit", "CC-BY-NC-4.0"]),
        ("**Model license**: see our terms", ["mit"]),
        ("- **License:** MIT", ["mit"]),
        ("- **License:** [More Information Needed]", ["mit"]),
        ("## Training data\n\n- **License:** CC BY 3.0", ["mit"]),
        ("The license: a word", ["mit"]),
    ],
)
def test_a_license_behind_a_label_counts_beside_the_header(line: str, said: list[str]) -> None:
    text = f"---\nlicense: mit\n---\n# Nodules\n\n{line}\n"
    assert texts(read_by(read_card, "README.md", text), Topic.LICENSE) == said


def test_a_label_alone_states_no_license_for_it_may_be_of_the_data() -> None:
    assert texts(read_by(read_card, "README.md", "# Nodules\n\n- **License:** CC BY 3.0\n"), Topic.LICENSE) == []
