"""Folders, zips and files as releases."""

import zipfile
from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.releases.model import Release, Released, Topic
from tcia_policy.releases.read_release import read_release

CARD = "---\nlicense: mit\n---\n# Nodules\n"
LICENSE = "MIT License\n"


def release(base: Path, files: dict[str, str], path: str = "model") -> Release:
    for name, content in files.items():
        target = base / "model" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    (read,) = read_release([path], base, Path("here"))
    return read


def test_the_files_of_a_folder_say_and_the_others_are_named(tmp_path: Path) -> None:
    read = release(tmp_path, {"README.md": CARD, "LICENSE": LICENSE, "weights.pt": "x", "src/paper.tex": "x"})
    assert read.shown == "here/model"
    assert [(each.file, each.format) for each in read.files] == [
        ("here/model/LICENSE", "license text"),
        ("here/model/README.md", "Hugging Face card"),
    ]
    assert read.passed_over == ("src/paper.tex",)


def test_a_license_below_is_about_its_own_folder(tmp_path: Path) -> None:
    read = release(tmp_path, {"LICENSE": LICENSE, "third_party/net/LICENSE": "x", "docs/LICENSE": LICENSE})
    assert [each.covers for each in read.about(Topic.LICENSE)] == [(), (), ("third_party/net/**",)]


def test_a_zip_is_read_as_the_folder_in_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "model.zip", "w") as archive:
        archive.writestr("bundle/README.md", CARD)
        archive.writestr("bundle/LICENSE", LICENSE)
    (read,) = read_release(["model.zip"], tmp_path, Path())
    assert [each.file for each in read.files] == ["model.zip/bundle/LICENSE", "model.zip/bundle/README.md"]
    assert [each.covers for each in read.about(Topic.LICENSE)] == [(), ()]


def test_one_file_is_a_release(tmp_path: Path) -> None:
    read = release(tmp_path, {"README.md": CARD}, "model/README.md")
    assert [str(each.place) for each in read.about(Topic.LICENSE)] == ["here/model/README.md:2"]


def test_a_file_that_is_named_by_itself_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    read = release(tmp_path, {"nodules.md": CARD, "README.md": CARD, ".zenodo.json": "{}"}, "model/nodules.md")
    assert [(each.file, each.format) for each in read.files] == [("here/model/nodules.md", "Hugging Face card")]


def test_more_files_than_are_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RELEASE_FILES", 2)
    read = release(tmp_path, {f"part{number}/LICENSE": LICENSE for number in range(5)})
    assert [each.problem for each in read.problems] == ["has 3 more files that may say something than the 2 read"]


def test_weights_beside_images_do_not_make_a_release_of_a_model_alone(tmp_path: Path) -> None:
    read = release(tmp_path, {"README.md": "# Marks\n", "baseline.pt": "x", "case1/mask.nii.gz": "x"})
    assert [file.released for file in read.files] == [Released.UNKNOWN]


def test_beside_weights_a_readme_that_does_not_say_what_it_describes_is_of_a_model(tmp_path: Path) -> None:
    files = {"README.md": "# Nodules\n", "docs/index.md": "# More\n", "weights/net.pt": "x"}
    assert [each.released for each in release(tmp_path, files).files] == [Released.MODEL, Released.UNKNOWN]


def test_the_paths_of_a_part_are_seen_from_the_top(tmp_path: Path) -> None:
    package = '{"resources": [{"path": "scans.csv", "licenses": [{"name": "CC0-1.0"}]}]}'
    (stated,) = release(tmp_path, {"part/datapackage.json": package}).about(Topic.LICENSE)
    assert stated.covers == ("part/scans.csv",)


def test_more_statements_than_are_looked_at_leave_the_license_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "RELEASE_STATEMENTS", 2)
    (file,) = release(tmp_path, {"README.md": "---\nlicense: [mit, mit, gpl]\n---\n"}).files
    assert (len(file.stated), [each.problem for each in file.unread_licenses]) == (
        2,
        ["states 3 things, of which 2 were read"],
    )


def test_a_path_that_is_not_there_is_told_with_all_others(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        read_release(["model", "card"], tmp_path, Path())
    assert [str(each.file) for each in raised.value.mistakes] == ["model", "card"]


def test_a_file_that_cannot_be_read_may_have_stated_a_license(tmp_path: Path) -> None:
    read = release(tmp_path, {"README.md": "\0"})
    assert [each.problem for each in read.files[0].unread_licenses] == ["is a binary file, not text"]


def test_the_working_directory_does_not_decide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = release(tmp_path, {"README.md": CARD})
    monkeypatch.chdir("/")
    assert read_release(["model"], tmp_path, Path("here")) == (read,)
