"""Folders and zips: bounded, and nothing outside of them is ever opened."""

import io
import os
import stat
import warnings
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcia_policy.documents.archives import FolderTree, ZipTree, inside
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tests.files.zips import zipped

HERE = PurePosixPath()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "paper"
    (inner / "sections").mkdir(parents=True)
    (inner / "main.tex").write_text("main")
    (inner / "sections" / "a.tex").write_text("a")
    (tmp_path / "secret.txt").write_text("secret")
    return inner


def test_files_are_listed_in_order_and_spelled_as_the_user_does(folder: Path) -> None:
    tree = FolderTree(folder, "work/paper")
    assert tree.files() == (PurePosixPath("main.tex"), PurePosixPath("sections/a.tex"))
    assert tree.shown(PurePosixPath("sections/a.tex")) == "work/paper/sections/a.tex"
    assert FolderTree(folder, ".").shown(PurePosixPath("main.tex")) == "main.tex"
    assert tree.read(PurePosixPath("sections/a.tex")) == b"a"


@pytest.mark.parametrize(
    "name", [".git", ".ipynb_checkpoints", "__MACOSX", "_book", "_site", "node_modules", ".venv", "x_files"]
)
def test_hidden_and_built_folders_are_not_listed(folder: Path, name: str) -> None:
    (folder / name).mkdir()
    (folder / name / "copy.tex").write_text("")
    (folder / ".hidden.tex").write_text("")
    (folder / "~$lock.docx").write_text("")
    assert len(FolderTree(folder, ".").files()) == 2
    packed = zipped({f"{name}/copy.tex": b"", ".hidden.tex": b"", "a/main.tex": b""})
    assert ZipTree(packed, "p.zip").files() == (PurePosixPath("a/main.tex"),)


@pytest.mark.parametrize(
    "name", ["../secret.txt", "/etc/passwd", "sections/../../secret.txt", "C:/x", "a\0b", "\\\\host\\x"]
)
def test_a_name_that_leads_out_of_a_folder_is_refused(folder: Path, name: str) -> None:
    tree = FolderTree(folder, "paper")
    assert not tree.has(PurePosixPath(name))
    with pytest.raises(InputError):
        tree.read(PurePosixPath(name))


def test_links_that_lead_out_are_refused_and_said_once(folder: Path) -> None:
    (folder / "out.tex").symlink_to(folder.parent / "secret.txt")
    (folder / "elsewhere").symlink_to(folder.parent)
    (folder / "loop.tex").symlink_to("loop.tex")
    (folder / "within.tex").symlink_to("main.tex")
    tree = FolderTree(folder, "paper")
    assert PurePosixPath("out.tex") not in tree.files()
    assert tree.read(PurePosixPath("within.tex")) == b"main"
    for name in ("out.tex", "elsewhere/secret.txt", "loop.tex"):
        assert not tree.has(PurePosixPath(name))
        with pytest.raises(InputError):
            tree.read(PurePosixPath(name))
    assert [str(problem) for problem in tree.problems(HERE)] == [
        "paper: links that lead out of paper were not followed: elsewhere, loop.tex, out.tex; "
        "name what they lead to by its own path"
    ]


def test_a_pipe_or_device_is_never_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.tex")
    (folder / "zero.tex").symlink_to("/dev/zero")
    tree = FolderTree(folder, "paper")
    assert len(tree.files()) == 2
    for name in ("pipe.tex", "zero.tex", "sections"):
        with pytest.raises(InputError):
            tree.read(PurePosixPath(name))


def test_sizes_of_a_folder_are_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MANUSCRIPT_FILE", 3)
    with pytest.raises(InputError, match="larger than 3 bytes"):
        FolderTree(folder, "paper").read(PurePosixPath("main.tex"))
    monkeypatch.setattr(limits, "MANUSCRIPT_FILE", 4)
    monkeypatch.setattr(limits, "MANUSCRIPT", 7)
    tree = FolderTree(folder, "paper")
    tree.read(PurePosixPath("main.tex"))
    with pytest.raises(InputError, match="more than 7 bytes"):
        tree.read(PurePosixPath("main.tex"))


def test_of_too_many_files_the_nearest_are_listed_and_the_rest_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "zz.tex").write_text("")
    monkeypatch.setattr(limits, "MANUSCRIPT_LISTED", 3)
    tree = FolderTree(folder, "paper")
    assert tree.files() == (PurePosixPath("main.tex"), PurePosixPath("sections/a.tex"), PurePosixPath("zz.tex"))
    assert "more than 3 files; only the nearest ones" in str(tree.problems(HERE)[0])
    monkeypatch.setattr(limits, "MANUSCRIPT_LISTED", 2)
    assert FolderTree(folder, "paper").files() == (PurePosixPath("main.tex"), PurePosixPath("zz.tex"))


def test_a_folder_that_cannot_be_listed_is_told_and_the_rest_is_listed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = os.scandir

    def refusing(path: Path) -> object:
        if Path(path).name == "sections":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    tree = FolderTree(folder, "paper")
    assert tree.files() == (PurePosixPath("main.tex"),)
    assert "cannot be listed were left out: sections" in str(tree.problems(HERE)[0])
    with pytest.raises(InputError, match="Permission denied"):
        tree.files_below(PurePosixPath("sections"))


def test_an_environment_of_python_is_not_listed_whatever_its_name(folder: Path) -> None:
    (folder / "py311" / "lib").mkdir(parents=True)
    (folder / "py311" / "pyvenv.cfg").write_text("")
    (folder / "py311" / "lib" / "README.md").write_text("")
    assert len(FolderTree(folder, ".").files()) == 2


def test_what_is_in_a_tree_is_spelled_from_a_folder_in_it(folder: Path) -> None:
    tree = FolderTree(folder.parent, ".", PurePosixPath("paper"))
    assert tree.shown(PurePosixPath("paper/sections/a.tex")) == "sections/a.tex"
    assert tree.shown(PurePosixPath("refs.bib")) == "../refs.bib"
    assert tree.shown(PurePosixPath("paper")) == "."


def test_a_zip_reads_as_a_folder_does() -> None:
    tree = ZipTree(zipped({"paper/main.tex": b"main", "paper\\b.tex": b"b", "paper/sub/": b""}), "work/p.zip")
    assert tree.files() == (PurePosixPath("paper/b.tex"), PurePosixPath("paper/main.tex"))
    assert tree.read(PurePosixPath("paper/main.tex")) == b"main"
    assert tree.shown(PurePosixPath("paper/main.tex")) == "work/p.zip/paper/main.tex"
    assert tree.problems(HERE) == ()
    with pytest.raises(InputError, match="no such file"):
        tree.read(PurePosixPath("paper/other.tex"))


def test_members_that_lead_out_of_a_zip_are_refused_and_said_once() -> None:
    names = ["../x.tex", "/etc/x.tex", "a/../../x.tex", "..\\x.tex", "C:\\x.tex", "\\\\host\\x.tex", "a/../b.tex"]
    tree = ZipTree(zipped({**dict.fromkeys(names, b"x"), "main.tex": b"main"}), "p.zip")
    assert tree.files() == (PurePosixPath("main.tex"),)
    assert [str(problem) for problem in tree.problems(HERE)] == [
        "p.zip: members that lead out of the zip were not read: '../x.tex', '/etc/x.tex', 'a/../../x.tex', ...; "
        "make the zip again without a password, from one folder"
    ]


def test_a_link_in_a_zip_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        member = zipfile.ZipInfo("main.tex")
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, "/etc/passwd")
    tree = ZipTree(stream.getvalue(), "p.zip")
    assert tree.files() == ()
    assert "links" in tree.problems(HERE)[0].problem


def test_an_encrypted_member_is_said_and_the_rest_is_read() -> None:
    content = bytearray(zipped({"a.tex": b"a", "b.tex": b"b"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    tree = ZipTree(bytes(content), "p.zip")
    assert tree.files() == (PurePosixPath("b.tex"),)
    assert "encrypted" in tree.problems(HERE)[0].problem


def test_a_member_that_occurs_twice_is_said() -> None:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.tex", "one")
        archive.writestr("a.tex", "two")
    tree = ZipTree(stream.getvalue(), "p.zip")
    assert tree.read(PurePosixPath("a.tex")) == b"one"
    assert "occur twice" in tree.problems(HERE)[0].problem


def test_a_damaged_member_is_refused() -> None:
    content = zipped({"a.tex": b"hello world"}, zipfile.ZIP_STORED).replace(b"hello", b"jello", 1)
    with pytest.raises(InputError, match="damaged"):
        ZipTree(content, "p.zip").read(PurePosixPath("a.tex"))


def test_sizes_and_counts_of_a_zip_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped({"a.tex": os.urandom(5000), "b.tex": b"b"})
    monkeypatch.setattr(limits, "MANUSCRIPT_FILE", 4999)
    with pytest.raises(InputError, match="more than 4,999 bytes"):
        ZipTree(content, "p.zip").read(PurePosixPath("a.tex"))
    monkeypatch.setattr(limits, "MANUSCRIPT", 4999)
    monkeypatch.setattr(limits, "MANUSCRIPT_FILE", 5000)
    with pytest.raises(InputError, match="were inflated"):
        ZipTree(content, "p.zip").read(PurePosixPath("a.tex"))
    monkeypatch.setattr(limits, "MANUSCRIPT_FILES", 1)
    with pytest.raises(InputError, match="more than 1 members"):
        ZipTree(content, "p.zip")
    monkeypatch.setattr(limits, "ZIP_DIRECTORY", 10)
    with pytest.raises(InputError, match="members"):
        ZipTree(content, "p.zip")


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 10])
def test_what_is_no_zip_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(content)
    for source in (content, tmp_path / "p.zip"):
        with pytest.raises(InputError, match="is not a zip"):
            ZipTree(source, "p.zip")


@given(st.binary(max_size=300), st.integers(0, 200), st.binary(max_size=8))
def test_no_damage_to_a_zip_escapes_as_anything_but_an_input_error(content: bytes, place: int, noise: bytes) -> None:
    good = zipped({"a.tex": content, "b.tex": b"b"})
    damaged = good[:place] + noise + good[place + len(noise) :]
    for each in (damaged, content):
        file = "p.zip"
        try:
            tree = ZipTree(each, file)
            for path in tree.files():
                tree.read(path)
        except InputError as error:
            file = str(error.file)
        assert file.startswith("p.zip")


NAMES = st.text(st.sampled_from(list("ab./\\:C\0 ")), min_size=1, max_size=12)


@settings(deadline=None)
@given(st.lists(NAMES, max_size=5))
def test_names_in_a_zip_never_lead_out(names: list[str]) -> None:
    tree = ZipTree(zipped(dict.fromkeys(names, b"x"), zipfile.ZIP_STORED), "p.zip")
    for path in tree.files():
        assert not path.is_absolute()
        assert ".." not in path.parts
        assert "\\" not in str(path)
        assert tree.has(path)


@given(st.sampled_from(["", "a", "a/b"]), NAMES)
def test_what_is_inside_stays_inside(folder: str, name: str) -> None:
    path = inside(PurePosixPath(folder), name)
    assert path is None or (not path.is_absolute() and ".." not in path.parts)


def test_a_name_is_followed_up_and_down_within_the_tree() -> None:
    assert inside(PurePosixPath("paper/sections"), "../../refs.bib") == PurePosixPath("refs.bib")
    assert inside(PurePosixPath("paper"), "../../refs.bib") is None
