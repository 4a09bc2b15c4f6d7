"""Creators as BibTeX takes names apart."""

import pytest

from tcia_policy.model import Creator
from tcia_policy.references.bibtex_names import author_field
from tests.references.made_up import citation, person


@pytest.mark.parametrize(
    ("creator", "name"),
    [
        (person("Armato", "Samuel G.", "III"), "Armato, III, Samuel G."),
        (person("van Ginneken", "Bram"), "van Ginneken, Bram"),
        (person("Costa e Silva", "Ana"), "{Costa e Silva}, Ana"),
        (person("chiang", "Li"), "{chiang}, Li"),
        (person("Others", "A."), "{Others}, A."),
        (person("Rock and Roll", "A."), "{Rock and Roll}, A."),
        (Creator(family="Madonna"), "Madonna"),
        (Creator(family="Two Words"), "{Two Words}"),
        (
            Creator(literal="National Lung Screening Trial Research Team"),
            "{National Lung Screening Trial Research Team}",
        ),
        (Creator(literal="\u200b"), ""),
    ],
)
def test_a_name_cannot_be_taken_apart_in_the_wrong_place(creator: Creator, name: str) -> None:
    assert author_field(citation("10.1/a", "T", creator), ascii_only=False) == name


def test_those_whom_the_source_left_out_are_others_but_never_alone() -> None:
    some = citation("10.1/a", "T", person("A", "B"), person("C", "D"), truncated=True)
    assert author_field(some, ascii_only=False) == "A, B and C, D and others"
    assert author_field(citation("10.1/a", "T", truncated=True), ascii_only=False) == ""
