"""`check --release`: kinds of output and folders, as they are typed."""

from pathlib import Path

import pytest

from tcia_policy.cli.release_words import outputs_and_folders, two_meanings
from tcia_policy.errors import InputError

CARD = "---\nlicense: apache-2.0\nlibrary_name: monai\ndatasets: [NSCLC-Radiomics]\n---\n# Model\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "README.md").write_text(CARD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_word_is_a_kind_and_a_path_is_a_path(folder: Path) -> None:
    outputs, folders = outputs_and_folders(["model=Apache-2.0", "segmentations", "./model", "model/", str(folder)])
    assert [output.name for output in outputs] == ["model under Apache-2.0", "segmentations"]
    assert folders == ("./model", "model/", str(folder))


def test_a_word_that_is_a_folder_too_is_told(folder: Path) -> None:
    outputs, folders = outputs_and_folders(["model"])
    assert ([output.kind for output in outputs], folders) == (["model"], ())
    assert list(two_meanings(["model", "model=MIT", "./model"])) == [
        "--release model is taken as a kind of output; for the folder or file of that name, write ./model"
    ]


@pytest.mark.parametrize("typed", ["modle", "modle=MIT"])
def test_a_misspelled_kind_gets_its_suggestion(folder: Path, typed: str) -> None:
    with pytest.raises(InputError) as caught:
        outputs_and_folders([typed])
    assert "did you mean 'model'?" in str(caught.value)
