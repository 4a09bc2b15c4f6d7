"""Digests of files and folders."""

from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files.digests import digest_of_basis, digest_of_file, digest_of_files, digest_of_folder, digest_of_text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "below").mkdir()
    (tmp_path / "a.txt").write_bytes(b"one")
    (tmp_path / "below" / "b.txt").write_bytes(b"two")
    return tmp_path


def test_the_digest_of_a_file_is_its_sha256(folder: Path) -> None:
    assert digest_of_file(folder / "a.txt") == "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
    assert digest_of_text("one") == digest_of_file(folder / "a.txt")


def test_one_byte_or_name_more_makes_another_digest(folder: Path) -> None:
    seen = {digest_of_folder(folder)}
    (folder / "below" / "b.txt").write_bytes(b"two ")
    seen.add(digest_of_folder(folder))
    (folder / "below" / "b.txt").rename(folder / "below" / "c.txt")
    seen.add(digest_of_folder(folder))
    (folder / "empty").touch()
    seen.add(digest_of_folder(folder))
    assert len(seen) == 4


def test_a_folder_has_the_same_digest_wherever_it_lies(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "below").mkdir()
    (other / "below" / "b.txt").write_bytes(b"two")
    (other / "a.txt").write_bytes(b"one")
    assert digest_of_folder(other) == digest_of_folder(folder)


def test_bytes_do_not_move_from_one_file_to_the_next(folder: Path) -> None:
    parts = [("a", folder / "a.txt"), ("b", folder / "below" / "b.txt")]
    before = digest_of_files(parts)
    (folder / "a.txt").write_bytes(b"onet")
    (folder / "below" / "b.txt").write_bytes(b"wo")
    assert digest_of_files(parts) != before


def test_a_file_that_is_not_there_is_one_error(folder: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        digest_of_file(folder / "nowhere")
    assert digest_of_text("\ud800") != digest_of_text("")


def test_the_digest_of_a_basis_is_that_of_its_lines_in_any_order() -> None:
    assert digest_of_basis(["b", "a", "b"]) == digest_of_text("a\nb")
