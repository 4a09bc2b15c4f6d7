"""The system's own places: known by their device and their path, also behind links."""

from pathlib import Path, PurePosixPath

import pytest

from tcia_policy.documents.archives import FolderTree
from tcia_policy.errors import InputError
from tcia_policy.files.content import read_content, regular_size
from tcia_policy.files.system_places import refuse_system_folder
from tcia_policy.releases.read_release import read_release

PROC = Path("/proc/self/environ")
pytestmark = pytest.mark.skipif(not PROC.exists(), reason="the system has no /proc")


def test_files_that_the_system_makes_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(PROC)
    for path in (PROC, tmp_path / "link", Path("/sys/kernel/uevent_seqnum")):
        if path.exists():
            with pytest.raises(InputError, match="is made by the system"):
                regular_size(path)
            with pytest.raises(InputError, match="is made by the system"):
                read_content(path, 1000)


@pytest.mark.parametrize("place", ["/", "/proc", "/proc/self/fd", "/sys/kernel", "/dev", "/dev/../dev"])
def test_folders_of_the_system_are_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "link").symlink_to(place)
    for path in (Path(place), tmp_path / "link"):
        with pytest.raises(InputError, match=r"of the (file )?system"):
            refuse_system_folder(path)


def test_folders_of_data_are_not(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/shm"), Path.home(), tmp_path / "nowhere"):  # noqa: S108
        refuse_system_folder(path)


def test_neither_is_a_manuscript_or_a_release(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="manuscript: is the root of the file system"):
        FolderTree(Path("/"), "manuscript").files_below(PurePosixPath())
    (release,) = read_release(["/proc"], tmp_path, Path())
    assert "is a folder of the system" in str(release.problems)
