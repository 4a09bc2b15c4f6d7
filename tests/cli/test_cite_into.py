"""`tcia-policy cite --into refs.bib`: an author's own bibliography, of which nothing is lost."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from unittest.mock import patch

import pytest
from bibtexparser.entrypoint import parse_string

from tcia_policy.files.atomic import read_file
from tests.cli.run import DAY, EXAMPLES, process, run
from tests.work import PATIENCE

LIDC = "10.7937/k9/tcia.2015.lo9ql9sx"
MINE = (
    b"% my references, mostly\r\n"
    b'@string{tcia = "The Cancer Imaging Archive"}\r\n'
    b"@Misc{lidc, title = {Data {From} LIDC-IDRI}, year = 2015, publisher = tcia,\r\n"
    b"      howpublished = {\\url{https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX}}, note = {mine} }\r\n"
    b"@article{knuth, title = {The Art}, year = 1968}\r\n"
)


def states(err: str) -> dict[str, tuple[str, str]]:
    lines = [line.split(maxsplit=4) for line in err.splitlines() if "  " in line]
    assert {level for _, _, _, level, _ in lines} <= {"required", "requested"}
    return {key: (state, names) for _, key, state, _, names in lines}


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


def test_a_file_that_is_not_there_yet_is_created_with_the_mode_of_any_new_file_and_said_to_be_new(
    tmp_path: Path,
) -> None:
    ran = run("cite", "NLST", "--into", "refs.bib", "--only", "required", cwd=tmp_path)
    assert (ran.code, ran.err.splitlines()[-1]) == (0, "wrote a new file refs.bib: 1 reference added")
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

    with patch("tcia_policy.cli.cite_into.read_file", side_effect=saved_by_an_editor):
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


NOT_BIB = {
    "main.tex": b"\\documentclass{article}\n",
    "paper.docx": b"PK\x03\x04x",
    "figure.png": b"\x89PNG\r\n\x1a\n\0",
    "refs.ris": b"TY  - DATA\nER  - \n",
    "refs.json": b"[]\n",
    "make.sh": b"#!/bin/sh\n",
    "refs": b"@misc{a, title = {A}}\n",
    "tcia-policy.yaml": b"data: [{dataset: NLST}]\n",
}


@pytest.mark.parametrize("name", NOT_BIB)
def test_nothing_is_added_to_what_is_no_bibliography(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(NOT_BIB[name])
    ran = run("cite", "NLST", "--into", path)
    assert (ran.code, ran.out, path.read_bytes()) == (2, "", NOT_BIB[name])
    assert f"{path}: --into: is no BibTeX file, and nothing is added to it" in ran.err
    assert "name a .bib file; one that is not there yet is written" in ran.err
    assert list(tmp_path.iterdir()) == [path]
    assert run("cite", "NLST", "--into", tmp_path / f"new{path.suffix}").code == 2


@pytest.mark.parametrize("name", ["main.tex", "paper.docx", "figure.png", "tcia-policy.yaml"])
def test_nor_to_what_only_has_the_name_of_one(name: str, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(NOT_BIB[name] + b"\0" * name.endswith("x"))
    assert run("cite", "NLST", "--into", path).code == 2
    path.unlink()
    (tmp_path / name).write_bytes(NOT_BIB[name])
    path.symlink_to(name)
    assert run("cite", "NLST", "--into", path).code == 2
    assert (tmp_path / name).read_bytes() == NOT_BIB[name]


@pytest.mark.parametrize("path", ["/dev/null", "folder.bib"])
def test_nor_to_a_device_or_a_folder(path: str, tmp_path: Path) -> None:
    (tmp_path / "folder.bib").mkdir()
    ran = run("cite", "NLST", "--into", path, cwd=tmp_path)
    assert ran.code == 2
    assert list(tmp_path.iterdir()) == [tmp_path / "folder.bib"]


def test_a_project_is_never_written_over(tmp_path: Path) -> None:
    project = tmp_path / "tcia-policy.yaml"
    text = "use: {purpose: noncommercial}\ndata: [{manifest: cohort.csv}]\nmanuscript: [paper.md]\n"
    files = {
        "tcia-policy.yaml": text,
        "cohort.csv": "SeriesInstanceUID\n1.3.6.1.4.1.14519.5.2.1.6279.6001.179049373636438705059720603192\n",
        "paper.md": "# Paper\n",
        "report/report.md": "# Ours\n",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    os.link(project, tmp_path / "linked.yaml")
    (tmp_path / "pointer.bib").symlink_to("paper.md")
    for name in ("tcia-policy.yaml", "cohort.csv", "paper.md", "linked.yaml", "pointer.bib"):
        ran = run("cite", project, "-o", tmp_path / name, "--overwrite")
        assert ran.code == 2, name
        assert f"{tmp_path / name}: was read" in ran.err
        assert "a file that this command reads is never replaced" in ran.err
    project.write_text(text.replace("paper.md", "report/report.md"), encoding="utf-8")
    (tmp_path / "report" / "NOTICE").write_text("x", encoding="utf-8")
    assert "was read" in run("report", project, "-o", tmp_path / "report", "--overwrite").err
    assert (tmp_path / "report" / "report.md").read_text(encoding="utf-8") == "# Ours\n"
    project.write_text(text.replace("paper.md", "report/NOTICE"), encoding="utf-8")
    assert "was read" in run("notices", project, "-o", tmp_path / "report", "--overwrite").err


def test_a_hard_link_stays_one(tmp_path: Path) -> None:
    refs, twin = tmp_path / "refs.bib", tmp_path / "twin.bib"
    refs.write_bytes(MINE)
    os.link(refs, twin)
    assert run("cite", "NLST", "--into", refs).code == 0
    assert twin.samefile(refs)
    assert twin.read_bytes().startswith(MINE)
    assert len(twin.read_bytes()) > len(MINE)
    assert sorted(tmp_path.iterdir()) == [refs, twin]


def test_a_file_in_latin1_stays_in_it_and_that_is_said(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    content = "@misc{müller, title = {Über}}".encode("latin-1")
    refs.write_bytes(content)
    ran = run("cite", "NLST", "--into", refs)
    assert refs.read_bytes().startswith(content)
    assert refs.read_bytes().removeprefix(content).isascii()
    assert f"{refs} is not UTF-8; it stays in its encoding, and what is added is ASCII" in ran.err


FORMS = {
    "doi": "doi = {10.7937/K9/TCIA.2015.LO9QL9SX}",
    "url": "url = {https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx}",
    "note": "note = {doi:10.7937/K9/TCIA.2015.LO9QL9SX}",
    "howpublished": "howpublished = {\\url{https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX}}",
    "eprint": "eprint = {10.7937/K9/TCIA.2015.LO9QL9SX}, eprinttype = {doi}",
    "title": "title = {Data From LIDC-IDRI}, year = 2015",
    "title without year": "title = {{Data from {LIDC-IDRI} [Data set]}}",
    "another year": "title = {Data From LIDC-IDRI}, year = 2016",
    "name": "title = {The LIDC-IDRI dataset}, publisher = {The Cancer Imaging Archive}",
    "nothing of it": "title = {Images}, year = 2015",
    "only an abstract": "title = {Images}, abstract = {doi:10.7937/K9/TCIA.2015.LO9QL9SX}",
    "own doi": "title = {A paper}, doi = {10.1000/x}, note = {Data: doi:10.7937/K9/TCIA.2015.LO9QL9SX}",
}
STATES = {"cited": "present", "cited-without-doi": "present-without-doi"}


@pytest.mark.parametrize("form", FORMS)
def test_check_and_cite_know_the_same_entries(form: str, tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text(
        "\\documentclass{article}\\begin{document}Images \\cite{mine}.\\bibliography{refs}\\end{document}\n",
        encoding="utf-8",
    )
    refs = tmp_path / "refs.bib"
    refs.write_text(f"@misc{{mine, author = {{Armato}}, {FORMS[form]}}}\n", encoding="utf-8")
    (tmp_path / "tcia-policy.yaml").write_text(
        "use: {purpose: noncommercial, activities: [publish-results]}\ndata: [{dataset: LIDC-IDRI}]\n"
        "manuscript: [paper.tex]\n",
        encoding="utf-8",
    )
    checked = json.loads(run("check", tmp_path, "--format", "json", "--as-of", DAY).out)
    (duty,) = [each for each in checked["duties"] if each["kind"] == "cite" and each["doi"] == LIDC]
    told = states(run("cite", tmp_path, "--into", refs, "--dry-run").err)
    expected = STATES.get(duty["found"], "added")
    key = next(key for key, (_, names) in told.items() if key == "mine" or "armato2015" in key)
    assert told[key][0] == expected
    assert (key == "mine") == (expected != "added")


PAPER = """\\documentclass{article}
\\begin{document}
We used the LIDC-IDRI data \\cite{armato}, NLST \\cite{nlst} and NSCLC-Radiomics.%s
\\bibliography{refs}
\\end{document}
"""
REFS = """% mine
@string{tcia = "The Cancer Imaging Archive"}
@misc{armato,
  author    = {Armato, III, S. G. and others},
  title     = {Data From {LIDC-IDRI}},
  publisher = tcia,
  year      = 2015
}
@misc{nlst, title = {Data from the National Lung Screening Trial (NLST)}, year = {2013},
  url = {https://doi.org/10.7937/TCIA.HMQ8-J677}}
"""


def open_citations(study: Path) -> list[str]:
    checked = json.loads(run("check", study, "--format", "json", "--as-of", DAY).out)
    return [
        duty["doi"]
        for duty in checked["duties"]
        if duty["kind"] == "cite" and duty["required"] and duty["status"] != "met"
    ]


def test_what_cite_fixes_and_adds_and_the_author_cites_satisfies_check(tmp_path: Path) -> None:
    paper, refs = tmp_path / "paper.tex", tmp_path / "refs.bib"
    paper.write_text(PAPER % "", encoding="utf-8")
    refs.write_text(REFS, encoding="utf-8")
    (tmp_path / "tcia-policy.yaml").write_text(
        "use: {purpose: noncommercial, activities: [publish-results], country: US}\n"
        "data: [{dataset: LIDC-IDRI}, {dataset: NLST}, {dataset: NSCLC-Radiomics}]\nmanuscript: [paper.tex]\n",
        encoding="utf-8",
    )
    assert len(open_citations(tmp_path)) > 1
    shown = run("cite", tmp_path, "--into", refs, "--fix", "--dry-run", "--only", "required")
    assert refs.read_text(encoding="utf-8") == REFS
    assert f"+  doi       = {{{LIDC}}}" in shown.out.splitlines()
    ran = run("cite", tmp_path, "--into", refs, "--fix", "--only", "required")
    told = states(ran.err)
    assert told["armato"][0] == "fixed"
    assert told["nlst"][0] == "present"
    new = [key for key, (state, _) in told.items() if state == "added"]
    assert f"changed {refs}: {len(new)} reference" in ran.err
    assert refs.read_text(encoding="utf-8").startswith(REFS[:100])
    assert f"year      = 2015,\n  doi       = {{{LIDC}}}\n}}" in refs.read_text(encoding="utf-8")
    paper.write_text(PAPER % f" \\cite{{{','.join(new)}}}", encoding="utf-8")
    assert open_citations(tmp_path) == []
    before = refs.read_bytes()
    again = run("cite", tmp_path, "--into", refs, "--fix", "--only", "required")
    assert refs.read_bytes() == before
    assert again.err.splitlines()[-1].startswith(f"{refs} stays as it is")


def test_an_entry_that_lacks_its_doi_is_offered_it_with_its_place(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_text(REFS, encoding="utf-8")
    ran = run("cite", "LIDC-IDRI", "--only", "required", "--into", refs)
    assert f"{refs}:3: armato lacks its DOI {LIDC}; --fix adds it" in ran.err
    assert refs.read_text(encoding="utf-8") == REFS


def test_fix_needs_into() -> None:
    ran = run("cite", "NLST", "--fix")
    assert ran.code == 2
    assert "works only together with --into" in ran.err


CMB_MEL, ITS_VERSION = "10.5281/zenodo.13993786", "10.5281/zenodo.13993787"


@pytest.mark.parametrize("there", [CMB_MEL, ITS_VERSION.upper()])
@pytest.mark.parametrize("asked", [CMB_MEL, ITS_VERSION])
def test_the_doi_of_a_version_and_that_of_all_versions_are_one_reference(
    there: str, asked: str, tmp_path: Path
) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_text(f"@misc{{mine, title = {{Slides}}, doi = {{{there}}}}}\n", encoding="utf-8")
    assert states(run("cite", asked, "--into", refs, "--dry-run").err)["mine"][0] == "present"


def test_papers_and_other_data_are_given_no_doi_of_the_data(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    text = (
        "@article{same, title = {Data From LIDC-IDRI}, year = 2015, journal = {Scientific Data}}\n"
        "@article{about, title = {A study of the LIDC-IDRI dataset}, year = 2015, journal = {Medical Physics}}\n"
        "@misc{lusc, title = {The Cancer Genome Atlas Lung Squamous Cell Carcinoma Collection (TCGA-LUSC)},"
        " year = 2016, publisher = {The Cancer Imaging Archive}}\n"
    )
    refs.write_text(text, encoding="utf-8")
    ran = run("cite", "LIDC-IDRI", "TCGA-LUAD", "--only", "required", "--into", refs, "--fix")
    assert {state for state, _ in states(ran.err).values()} == {"added"}
    assert refs.read_text(encoding="utf-8").startswith(text)


def test_a_work_with_another_number_in_its_title_is_given_no_doi(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    other = "@misc{px2, title={SPIE-AAPM PROSTATEx-2 Challenge Data}, year={2017}, author={Litjens, Geert}}\n"
    refs.write_text(other, encoding="utf-8")
    run("cite", "PROSTATEx", "--only", "required", "--into", refs, "--fix")
    assert refs.read_text(encoding="utf-8").startswith(other)


def test_pandoc_reads_the_doi_that_was_added(tmp_path: Path) -> None:
    if shutil.which("pandoc") is None:
        pytest.skip("pandoc is not installed")
    refs = tmp_path / "refs.bib"
    refs.write_text(REFS, encoding="utf-8")
    run("cite", "LIDC-IDRI", "--into", refs, "--fix", "--only", "required")
    read = subprocess.run(
        ["pandoc", "-f", "biblatex", "-t", "csljson", refs], capture_output=True, check=True, timeout=PATIENCE
    )
    items = {item["id"]: item for item in json.loads(read.stdout)}
    assert items["armato"]["DOI"] == LIDC
    assert set(items) == {"armato", "nlst"}
