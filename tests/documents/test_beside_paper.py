"""Which files are no manuscript by their names."""

from pathlib import PurePosixPath

import pytest

from tcia_policy.documents.beside_paper import Beside, beside_paper, explains_software, nearest


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("README.md", Beside.DESCRIPTION),
        ("README.de.md", Beside.DESCRIPTION),
        ("model-card.md", Beside.DESCRIPTION),
        ("Dataset Card.docx", Beside.DESCRIPTION),
        ("LICENSE", Beside.DESCRIPTION),
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


def test_notebooks_and_documentation_explain_software() -> None:
    assert all(map(explains_software, map(PurePosixPath, ["docs/a.md", "train.ipynb", "x/Examples/y.md"])))
    assert not any(
        map(
            explains_software,
            map(PurePosixPath, ["paper/a.md", "main.tex", "docs/main.tex", "docs/our-paper.md", "docs/a.docx"]),
        )
    )


def test_the_nearest_are_those_in_the_highest_folder() -> None:
    paths = list(map(PurePosixPath, ["a/README.md", "b/c/README.md", "a/LICENSE"]))
    assert nearest(paths) == [paths[0], paths[2]]
    assert nearest([]) == []
