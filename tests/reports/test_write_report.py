from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.reports.json_report import read_json
from tcia_policy.reports.notices.write_notices import write_notices
from tcia_policy.reports.typeset.html import render_html
from tcia_policy.reports.write_report import write_report
from tests.reports.assessments import CLEAR, SAMPLE

NAMES = ["report.html", "report.json", "report.md"]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_three_files_are_written_into_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "legal" / "review"
    written = write_report(SAMPLE, folder)
    assert names(folder) == NAMES == sorted(path.name for path in written)
    assert (folder / "report.html").read_text(encoding="utf-8") == render_html(SAMPLE)
    assert read_json((folder / "report.json").read_text(encoding="utf-8")) == SAMPLE


def test_the_same_assessment_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (write_report(SAMPLE, tmp_path / name) for name in ("a", "b"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


@pytest.mark.parametrize("name", NAMES)
def test_a_report_that_is_there_is_kept_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("signed", encoding="utf-8")
    with pytest.raises(InputError, match="exists already"):
        write_report(SAMPLE, tmp_path)
    assert names(tmp_path) == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "signed"


def test_a_report_that_is_there_is_replaced_if_asked_for(tmp_path: Path) -> None:
    write_report(SAMPLE, tmp_path)
    write_report(CLEAR, tmp_path, overwrite=True)
    assert names(tmp_path) == NAMES
    assert read_json((tmp_path / "report.json").read_text(encoding="utf-8")) == CLEAR


def test_a_folder_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="file"):
        write_report(SAMPLE, tmp_path / "file")
    assert names(tmp_path) == ["file"]


def test_a_directory_in_the_place_of_a_report_is_an_error_even_when_overwriting(tmp_path: Path) -> None:
    (tmp_path / "report.md").mkdir()
    with pytest.raises(InputError, match="is a directory"):
        write_report(SAMPLE, tmp_path, overwrite=True)
    assert names(tmp_path) == ["report.md"]


def test_a_disk_that_fills_up_leaves_the_old_reports_and_no_fragments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [path.read_bytes() for path in write_report(SAMPLE, tmp_path)]
    chmod = Path.chmod

    def full(path: Path, mode: int) -> None:
        if len(names(tmp_path)) > len(NAMES) + 1:  # one temporary file is complete
            raise OSError(28, "No space left on device", str(path))
        chmod(path, mode)

    monkeypatch.setattr(Path, "chmod", full)
    with pytest.raises(InputError, match="No space left on device"):
        write_report(CLEAR, tmp_path, overwrite=True)
    assert names(tmp_path) == NAMES
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == [before[0], before[2], before[1]]


def test_a_folder_that_may_not_be_looked_into_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_dir", refused)  # as Python 3.11 to 3.13 do it
    for write in (write_report, write_notices):
        with pytest.raises(InputError, match=r"/review: cannot be written: Permission denied$"):
            write(SAMPLE, tmp_path / "review")


def test_what_cannot_be_written_is_named_as_the_folder_and_by_no_passing_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _mode: int) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "chmod", full)
    for write in (write_report, write_notices):
        with pytest.raises(InputError) as caught:
            write(SAMPLE, tmp_path / "review")
        assert str(caught.value) == f"{tmp_path / 'review'}: cannot be written: No space left on device"
