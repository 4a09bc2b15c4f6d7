"""A registry that is read and written again is the same, to the byte."""

import json
import shutil
from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers import read_registry, write_registry
from tests.importers.registry_files import DATA


def copied(folder: Path) -> Path:
    """Return a copy of `data/` with a few of its datasets, and without the index of series."""
    index = json.loads((DATA / "index.json").read_text("utf-8"))
    index["datasets"] = index["datasets"][:3]
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("datasets", "*.bin", "index.json"))
    (folder / "datasets").mkdir()
    for entry in index["datasets"]:
        shutil.copy(DATA / "datasets" / entry["file"], folder / "datasets")
    (folder / "index.json").write_text(json.dumps(index), "utf-8")
    return folder


def test_the_shipped_registry_read_and_written_again_has_the_same_bytes(tmp_path: Path) -> None:
    content = read_registry.read(DATA)
    write_registry.write(content, tmp_path)
    made = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.*")}
    there = [path for path in DATA.rglob("*") if path.is_file() and path.suffix != ".bin"]
    assert made == {path.relative_to(DATA).as_posix(): path.read_bytes() for path in there}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("index.json", '{"version": "2026-01-01"', "is not an index of datasets"),
        ("index.json", '{"version": "soon", "datasets": [], "idc_collections": {}}', "which is no day"),
        ("sources.yaml", "- {id: tcia}\n", "sources.yaml"),
        ("datasets/4d-lung.yaml", "id: 4D-Lung\n", "4d-lung.yaml"),
        ("idc-releases.yaml", "- {version: [}\n", "idc-releases.yaml"),
    ],
)
def test_a_damaged_file_is_named(name: str, content: str, says: str, tmp_path: Path) -> None:
    folder = copied(tmp_path / "data")
    (folder / name).write_text(content, "utf-8")
    with pytest.raises(InputError, match=says):
        read_registry.read(folder)


def test_a_dataset_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = copied(tmp_path / "data")
    (folder / "datasets/4d-lung.yaml").unlink()
    with pytest.raises(InputError, match=r"4d-lung\.yaml"):
        read_registry.read(folder)


def test_an_index_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path / "data")
    text = (folder / "index.json").read_text("utf-8")
    (folder / "index.json").write_text(text.replace("4d-lung.yaml", "../../secret.yaml"), "utf-8")
    with pytest.raises(InputError, match="leads to another folder"):
        read_registry.read(folder)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"index\.json"):
        read_registry.read(tmp_path / "nowhere")
