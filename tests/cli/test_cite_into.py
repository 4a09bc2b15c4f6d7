"""`tcia-policy cite --into refs.bib`: an author's own bibliography, of which nothing is lost."""

import os
import subprocess
from pathlib import Path
from unittest.mock import patch

import pytest
from bibtexparser.entrypoint import parse_string

from tcia_policy.files.atomic import read_file
from tests.cli.run import EXAMPLES, process, run
from tests.work import PATIENCE

MINE = (
    b"% my references, mostly\r\n"
    b'@string{tcia = "The Cancer Imaging Archive"}\r\n'
    b"@Misc{lidc, title = {Data {From} LIDC-IDRI}, year = 2015, publisher = tcia,\r\n"
    b"      howpublished = {\\url{https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX}}, note = {mine} }\r\n"
    b"@article{knuth, title = {The Art}, year = 1968}\r\n"
)


def states(err: str) -> dict[str, tuple[str, str]]:
    lines = [line.split(maxsplit=3) for line in err.splitlines() if "  " in line]
    assert {level for _, _, level, _ in lines} <= {"required", "requested"}
    return {key: (state, names) for key, state, _, names in lines}


def dois(path: Path) -> set[str]:
    entries = parse_string(path.read_text(encoding="utf-8")).entries
    return {str(entry["doi"]).lower() for entry in entries if "doi" in entry.fields_dict}


def test_what_is_there_keeps_its_key_and_its_bytes_and_what_is_missing_comes_after(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_bytes(MINE)
    ran = run("cite", "LIDC-IDRI", "NSCLC-Radiomics", "--into", refs)
    assert (ran.code, ran.out) == (0, "")
    content = refs.read_bytes()
    assert content.startswith(MINE)
    assert content.count(b"\r\n") == content.count(b"\n")
    told = states(ran.err)
    assert told["lidc"] == ("present", "LIDC-IDRI")
    assert told["aerts2019-k9_tcia.2015.pf0m9rei"] == ("added", "NSCLC-Radiomics")
    assert told["clark2013:1007_s10278-013-9622-7"] == ("added", "LIDC-IDRI, NSCLC-Radiomics")
    assert b"lo9ql9sx" not in content.removeprefix(MINE)


def test_a_second_time_nothing_is_written(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    run("cite", EXAMPLES / "lung-nodules", "--into", refs, "--format", "biblatex")
    first, before = refs.read_bytes(), refs.stat()
    assert first.startswith(b"@article{aerts2014")
    assert b"@dataset{" in first
    again = run("cite", EXAMPLES / "lung-nodules", "--into", refs, "--format", "biblatex")
    assert again.code == 0
    assert {state for state, _ in states(again.err).values()} == {"present"}
    assert (refs.read_bytes(), refs.stat().st_ino, refs.stat().st_mtime_ns) == (
        first,
        before.st_ino,
        before.st_mtime_ns,
    )


def test_a_dry_run_shows_a_change_that_patch_can_make_and_makes_none(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_bytes(MINE)
    ran = run("cite", "NLST", "--into", "refs.bib", "--dry-run", cwd=tmp_path)
    assert refs.read_bytes() == MINE
    assert list(tmp_path.iterdir()) == [refs]
    assert ran.out.startswith("--- refs.bib\n+++ refs.bib\n@@ ")
    assert "+@misc{national2013-tcia.hmq8-j677," in ran.out
    assert states(ran.err)["national2013-tcia.hmq8-j677"] == ("added", "NLST")
    run("cite", "NLST", "--into", refs)
    assert all(line[:1] in "-+ @" for line in ran.out.splitlines())
    added = "".join(line[1:] for line in ran.out.split("\n")[3:] if line.startswith("+"))
    assert "".join(refs.read_bytes().decode().removeprefix(MINE.decode()).split()) == "".join(added.split())
    assert run("cite", "NLST", "--into", refs, "--dry-run").out == ""


def test_a_file_that_is_not_there_yet_is_created_with_the_mode_of_any_new_file(tmp_path: Path) -> None:
    assert run("cite", "NLST", "--into", tmp_path / "refs.bib", "--only", "required").code == 0
    assert dois(tmp_path / "refs.bib") == {"10.7937/tcia.hmq8-j677"}
    (tmp_path / "plain").touch()
    assert (tmp_path / "refs.bib").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_the_mode_and_the_link_stay(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    shared = tmp_path / "shared" / "refs.bib"
    shared.write_bytes(MINE)
    shared.chmod(0o640)
    (tmp_path / "refs.bib").symlink_to("shared/refs.bib")
    assert run("cite", "NLST", "--into", tmp_path / "refs.bib").code == 0
    assert (tmp_path / "refs.bib").is_symlink()
    assert shared.stat().st_mode & 0o777 == 0o640
    assert shared.read_bytes().startswith(MINE)
    assert list((tmp_path / "shared").iterdir()) == [shared]


def test_where_writing_fails_the_old_file_is_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_bytes(MINE)
    with patch("tcia_policy.files.atomic.Path.replace", side_effect=OSError(28, "No space left on device")):
        ran = run("cite", "NLST", "--into", refs)
    assert (ran.code, ran.err) == (2, f"error: {refs}: cannot be written: No space left on device\n")
    assert refs.read_bytes() == MINE
    assert list(tmp_path.iterdir()) == [refs]


def test_a_change_made_meanwhile_is_not_lost(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_bytes(MINE)

    def saved_by_an_editor(path: Path, most_bytes: int) -> bytes | None:
        before = read_file(path, most_bytes)
        refs.write_bytes(MINE + b"@misc{new, title = {New}}\n")
        return before

    with patch("tcia_policy.cli.cite.read_file", side_effect=saved_by_an_editor):
        ran = run("cite", "NLST", "--into", refs)
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"error: {refs}: was changed by another program meanwhile")
    assert refs.read_bytes() == MINE + b"@misc{new, title = {New}}\n"
    assert list(tmp_path.iterdir()) == [refs]


def test_a_file_that_its_author_made_read_only_stays_as_it_is(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_bytes(MINE)
    with patch("tcia_policy.files.atomic.os.access", side_effect=lambda _, mode: mode != os.W_OK):  # root may write all
        added = run("cite", "NLST", "--into", refs)
        replaced = run("cite", "NLST", "-o", refs, "--overwrite")
    assert added == replaced
    assert (added.code, added.err.splitlines()[0]) == (2, f"error: {refs}: is read-only")
    assert refs.read_bytes() == MINE


def test_what_cannot_be_read_as_a_bibliography_is_named(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_bytes("@misc{a}".encode("utf-16"))
    ran = run("cite", "NLST", "--into", refs)
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"error: {refs}: is UTF-16, which BibTeX and biber do not read")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.bib")
    (tmp_path / "folder.bib").mkdir()
    problems = {
        "pipe.bib": "is not a regular file",
        "folder.bib": "is a directory, not a file",
        "no/such/refs.bib": "cannot be written: No such file or directory",
    }
    for name, problem in problems.items():
        ran = run("cite", "NLST", "--into", tmp_path / name)
        assert (ran.code, ran.out, ran.err) == (2, "", f"error: {tmp_path / name}: {problem}\n")


def test_a_broken_entry_is_named_with_its_line(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_text("@misc{fine, title = {x}}\n\n@misc{open, title = {never closed\n", encoding="utf-8")
    ran = run("cite", "NLST", "--into", refs)
    assert ran.code == 0
    assert f"warning: {refs}:3: " in ran.err


def test_a_selection_that_is_wrong_changes_nothing(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_bytes(MINE)
    assert run("cite", "NLST", "LIDC-IDR", "--into", refs).code == 2
    assert refs.read_bytes() == MINE


def test_biber_reads_the_file_that_comes_out(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_bytes(MINE)
    process("cite", EXAMPLES / "lung-nodules", "--into", refs, "--format", "biblatex")
    try:
        done = subprocess.run(
            ["biber", "--tool", "--output-file=out.bib", "refs.bib"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("biber is not installed")
    assert done.returncode == 0, done.stdout
    written = (tmp_path / "out.bib").read_text(encoding="utf-8")
    assert written.count("{lidc,") == 1
    assert "armato2015" not in written
    assert "aerts2019-k9_tcia.2015.pf0m9rei" in written
