"""Names of people that are one, may be one, and are not."""

import pytest

from tcia_policy.text.persons import may_be_one_person, name_key


@pytest.mark.parametrize(
    "name",
    [
        "Jane Doe",
        "jane  doe",
        "JANE DOE",
        "Dr. Jane Doe",
        "Prof. Dr. med. Jane Doe",
        "Jane Doe, PhD",
        "Jane Doe, Ph.D.",
        "Jane Doe, M.D., Ph.D.",
        "Doe, Jane",
        "Jane Doe <jane@example.org>",
        "Jane\u200b Doe",
        "Jáne Doe",
        "Jаne Doe",
    ],
)
def test_one_name_in_many_spellings(name: str) -> None:
    assert name_key(name) == "jane doe"
    assert may_be_one_person(name, "Jane Doe")


@pytest.mark.parametrize(
    "name",
    [
        "J. Doe",
        "J Doe",
        "Doe, J.",
        "Jane A. Doe",
        "J.A. Doe",
        "J. A. Doe",
        "Doe Jane",
        "Jane Doe-Smith",
        "Jane",
        "Doe",
        "jdoe",
        "@janedoe",
        "JD",
        "Jane\u200bDoe",
        "jdoe@example.org",
    ],
)
def test_a_name_with_initials_may_be_the_same_person_and_is_another_name(name: str) -> None:
    assert may_be_one_person(name, "Jane Doe")
    assert may_be_one_person("Jane Doe", name)
    assert name_key(name) != name_key("Jane Doe")


@pytest.mark.parametrize("name", ["John Doe", "Jane Roe", "mroe", "MR", "mroe@doe.example", "M. Doe", "Ahmed Jane"])
def test_another_person(name: str) -> None:
    assert not may_be_one_person(name, "Jane Doe")


def test_an_umlaut_is_written_in_several_ways() -> None:
    assert may_be_one_person("Jörg Müller", "Joerg Mueller")
    assert may_be_one_person("Jörg Müller", "Jorg Muller")


def test_a_name_without_a_word_may_be_anybody() -> None:
    assert may_be_one_person("", "Jane Doe")


@pytest.mark.parametrize(("one", "other"), [("Jack Ma", "Jack Do"), ("Md Rahman", "Ali Rahman"), ("Nat King", "King")])
def test_a_name_that_looks_like_a_title_or_a_degree_is_a_name(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
    assert " " in name_key(one)
