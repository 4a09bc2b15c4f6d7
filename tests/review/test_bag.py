"""BagIt in a zip: its own library finds nothing wrong with ours, and ours finds what is wrong with others."""

import stat
import subprocess
import zipfile
from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.review.bag import ROOT, bag, problems_of_bag, read_zip, zipped

PAYLOAD = {"report.html": b"<p>", "evidence/00/a.pdf": b"%PDF", "empty": b""}
WHOLE = bag(PAYLOAD, "Bagging-Date: 2026-11-22\nPayload-Oxum: 7.3\n")


def test_the_library_of_bagit_and_unzip_find_nothing_wrong(tmp_path: Path) -> None:
    bagit = pytest.importorskip("bagit")
    path = tmp_path / "x.zip"
    path.write_bytes(zipped(WHOLE))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    assert bagit.Bag(str(tmp_path / ROOT)).validate()
    subprocess.run(["unzip", "-tq", str(path)], check=True, capture_output=True)


def test_it_is_read_as_it_was_written_and_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped(dict(reversed(WHOLE.items()))))
    assert path.read_bytes() == zipped(WHOLE)
    problems: list[str] = []
    assert read_zip(path, problems) == WHOLE
    assert [*problems, *problems_of_bag(WHOLE)] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"data/report.html": b"<b>"}, "data/report.html was changed"),
        ({"data/report.html": None}, "'data/report.html' is missing"),
        ({"data/more": b""}, "data/more is too much"),
        ({"more": b""}, "more is no file of a bundle"),
        ({"bag-info.txt": b"Bagging-Date: 2020-01-01\n"}, "bag-info.txt was changed"),
        ({"bagit.txt": b"BagIt-Version: 0.97\n"}, "does not say BagIt 1.0"),
        ({"tagmanifest-sha256.txt": None}, "tagmanifest-sha256.txt is missing"),
        ({"manifest-sha256.txt": b"no digest\n"}, "a line that is none"),
    ],
)
def test_each_thing_that_is_wrong_is_named(change: dict[str, bytes | None], said: str) -> None:
    changed = {name: content for name, content in (WHOLE | change).items() if content is not None}
    assert any(said in problem for problem in problems_of_bag(changed))


@pytest.mark.parametrize(
    "name",
    [
        "../up",
        "/root",
        ROOT + "data/../../x",
        ROOT + "data/a\\b",
        "C:/x",
        ROOT + "data/\u202egpj",
        ROOT,
        "other/data/x",
    ],
)
def test_a_name_that_leads_elsewhere_is_no_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, b"x")
    problems: list[str] = []
    assert read_zip(path, problems) == {}
    assert len(problems) == 1
    assert problems[0].isascii()


def test_links_and_two_names_alike_are_none(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo(ROOT + "data/link")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, b"/etc/passwd")
        archive.writestr(ROOT + "data/a", b"1")
        archive.writestr(ROOT + "data/A", b"2")
    problems: list[str] = []
    assert read_zip(path, problems) == {"data/a": b"1"}
    assert any("are links" in problem for problem in problems)
    assert any("is there twice" in problem for problem in problems)


def test_a_bomb_is_not_inflated_and_what_is_no_zip_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(ROOT + "data/zeros", b"\0" * (3 * limits.ZIP_RATIO_FROM))
    problems: list[str] = []
    read_zip(path, problems)
    assert any("as a zip bomb does" in problem for problem in problems)
    path.write_bytes(b"PK no zip")
    with pytest.raises(InputError, match="is not a zip"):
        read_zip(path, problems)
