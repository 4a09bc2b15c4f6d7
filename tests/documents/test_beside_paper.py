"""Which files are no manuscript by their names."""

from pathlib import PurePosixPath

import pytest

from tcia_policy.documents.beside_paper import Beside, beside_paper, is_paper, nearest


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("README.md", Beside.DESCRIPTION),
        ("README.de.md", Beside.DESCRIPTION),
        ("model-card.md", Beside.DESCRIPTION),
        ("Dataset Card.docx", Beside.DESCRIPTION),
        ("LICENSE", Beside.DESCRIPTION),
        ("LICENSES/Apache-2.0.txt", Beside.DESCRIPTION),
        ("cover-letter.docx", Beside.LETTER),
        ("response_to_reviewers.pdf", Beside.LETTER),
        ("CHANGELOG.md", Beside.HOUSEKEEPING),
        ("requirements.txt", Beside.HOUSEKEEPING),
        ("paper.md", None),
        ("responses.md", None),
        ("data_availability.md", None),
    ],
)
def test_a_name_says_what_a_file_is(name: str, kind: Beside | None) -> None:
    assert beside_paper(PurePosixPath(name)) is kind


@pytest.mark.parametrize(
    "name", ["paper/a.md", "main.tex", "docs/main.tex", "docs/our-paper.md", "docs/a.docx", "a.qmd"]
)
def test_a_paper_is_known_by_its_format_or_its_name(name: str) -> None:
    assert is_paper(PurePosixPath(name), lambda _: "")


@pytest.mark.parametrize(
    "name",
    ["docs/a.md", "train.ipynb", "x/Examples/y.md", "DATA.md", "usage.txt", "PAPER_SPEC.md", "docs/figures/angle.tex"],
)
def test_notebooks_and_pages_on_software_are_no_papers(name: str) -> None:
    assert not is_paper(PurePosixPath(name), lambda _: "# Usage\n\nThe abstract syntax tree: see below.\n")


@pytest.mark.parametrize(
    "text", ["---\nbibliography: a.bib\n---\n", "# Lungs\n\n## Abstract\n\nWe", "**Abstract**\nWe"]
)
def test_a_page_with_an_abstract_or_a_bibliography_is_a_paper(text: str) -> None:
    assert is_paper(PurePosixPath("lungs.md"), lambda _: text)


def test_the_nearest_are_those_in_the_highest_folder() -> None:
    paths = list(map(PurePosixPath, ["a/README.md", "b/c/README.md", "a/LICENSE"]))
    assert nearest(paths) == [paths[0], paths[2]]
    assert nearest([]) == []
