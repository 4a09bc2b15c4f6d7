"""Where a project file is looked for."""

from pathlib import Path

import pytest

from tcia_policy.engine.discovery import project_above, project_in
from tcia_policy.errors import InputError


def test_a_folder_has_a_project_file_by_either_name(tmp_path: Path) -> None:
    assert project_in(tmp_path) is None
    (tmp_path / "tcia-policy.yml").touch()
    assert project_in(tmp_path) == tmp_path / "tcia-policy.yml"


def test_a_folder_with_both_is_an_error(tmp_path: Path) -> None:
    for name in ("tcia-policy.yml", "tcia-policy.yaml"):
        (tmp_path / name).touch()
    with pytest.raises(InputError, match=r"has tcia-policy\.yaml and tcia-policy\.yml"):
        project_in(tmp_path)


def test_the_nearest_one_above_is_found_up_to_the_top_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = tmp_path / "outer" / "repository" / "paper" / "figures"
    below.mkdir(parents=True)
    (tmp_path / "outer" / "tcia-policy.yaml").touch()
    monkeypatch.chdir(below)
    assert project_above(Path()) == Path("../../../tcia-policy.yaml")
    (tmp_path / "outer" / "repository" / ".git").mkdir()
    assert project_above(Path()) is None
    (tmp_path / "outer" / "repository" / "tcia-policy.yaml").touch()
    assert project_above(Path()) == Path("../../tcia-policy.yaml")
    (below / "tcia-policy.yml").touch()
    assert project_above(Path()) == Path("tcia-policy.yml")


def test_in_a_folder_that_was_removed_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert project_above(Path()) is None
