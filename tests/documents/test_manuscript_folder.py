"""Which folder around a manuscript may hold what it includes: the same one, wherever the command runs."""

from pathlib import Path

import pytest

from tcia_policy.documents.manuscript_folder import folder_around


@pytest.mark.parametrize("mark", [".git", "tcia-policy.yaml", "_quarto.yml"])
def test_it_is_the_repository_or_study_that_the_manuscript_belongs_to(tmp_path: Path, mark: str) -> None:
    folder = tmp_path / "study" / "paper" / "tex"
    folder.mkdir(parents=True)
    (tmp_path / "study" / mark).touch()
    assert folder_around(folder) == tmp_path / "study"


def test_a_repository_goes_before_a_book_in_it(tmp_path: Path) -> None:
    book = tmp_path / "repository" / "book"
    book.mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    (book / "_quarto.yml").touch()
    assert folder_around(book) == tmp_path / "repository"


def test_without_either_it_is_the_folder_itself(tmp_path: Path) -> None:
    assert folder_around(tmp_path) == tmp_path
