"""`tcia-policy cite`: the references, to stdout or to a file that was not there."""

import os
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string

from tcia_policy.registry import Registry
from tests.cli.run import EXAMPLES, run

TABLE = EXAMPLES / "commercial-product" / "cohort" / "training-series.csv"
NOT_IN_IDC = "1.2.3"


def test_stdout_has_the_references_and_nothing_else() -> None:
    ran = run("cite", "LIDC-IDRI", "doi:10.7937/K9/TCIA.2015.PF0M9REI")
    assert ran.code == 0
    assert "warning" not in ran.err
    library = parse_string(ran.out)
    assert len(library.blocks) == len(library.entries)
    dois = {entry["doi"] for entry in library.entries}
    assert {"10.7937/k9/tcia.2015.lo9ql9sx", "10.7937/k9/tcia.2015.pf0m9rei", "10.1007/s10278-013-9622-7"} <= dois


def test_a_cohort_file_is_cited_by_what_is_in_it() -> None:
    ran = run("cite", TABLE)
    assert ran.code == 0
    assert "warning" not in ran.err
    assert "{10.7937/k9/tcia.2015.lo9ql9sx}" in ran.out


def test_a_derived_dataset_brings_its_source_along() -> None:
    assert "{10.7937/k9/tcia.2015.lo9ql9sx}" in run("cite", "DICOM-LIDC-IDRI-Nodules").out


def test_biblatex_has_datasets_and_dates() -> None:
    out = run("cite", "LIDC-IDRI", "--format", "biblatex").out
    assert "@dataset{" in out
    assert "  date = {2015}," in out


def test_ascii_is_ascii_and_says_the_same_names() -> None:
    plain = run("cite", "RIDER Lung CT", "MIMM_SBILab", "HNSCC", "AML-Cytomorphology_LMU")
    accents = run("cite", "RIDER Lung CT", "MIMM_SBILab", "HNSCC", "AML-Cytomorphology_LMU", "--ascii")
    assert accents.code == 0
    assert accents.out.isascii()
    assert accents.out.count("author = ") == plain.out.count("author = ") > 3


def test_a_file_is_written_once_and_replaced_only_when_told(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    first = run("cite", "LIDC-IDRI", "-o", refs)
    assert (first.code, first.out) == (0, "")
    assert first.err.splitlines()[0] == f"2 references in {refs}"
    text = refs.read_text(encoding="utf-8")
    assert text == run("cite", "LIDC-IDRI").out

    again = run("cite", "NLST", "-o", refs)
    assert (again.code, again.out) == (2, "")
    assert again.err == f"error: {refs}: exists already\n  name another file, or pass --overwrite\n"
    assert refs.read_text(encoding="utf-8") == text

    assert run("cite", "NLST", "-o", refs, "--overwrite").code == 0
    assert "NLST" in refs.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [refs]


def test_the_file_has_the_mode_that_any_new_file_has(tmp_path: Path) -> None:
    run("cite", "LIDC-IDRI", "-o", tmp_path / "refs.bib")
    (tmp_path / "plain").touch()
    assert (tmp_path / "refs.bib").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "refs.bib").symlink_to("shared/refs.bib")
    assert run("cite", "LIDC-IDRI", "-o", tmp_path / "refs.bib").code == 0
    assert (tmp_path / "refs.bib").is_symlink()
    assert "LIDC-IDRI" in (tmp_path / "shared" / "refs.bib").read_text(encoding="utf-8")


def test_where_no_file_can_be_written_nothing_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "folder").mkdir()
    problems = {
        "pipe": "is not a regular file",
        "folder": "is a directory, not a file",
        "loop": "is not a regular file",
        "no/such/folder.bib": "cannot be written: No such file or directory",
        "a" * 300: "cannot be written: File name too long",
    }
    for name, problem in problems.items():
        ran = run("cite", "LIDC-IDRI", "-o", tmp_path / name, "--overwrite")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == f"error: {tmp_path / name}: {problem}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "loop", "pipe"]


def test_what_has_no_reference_is_named_and_the_rest_is_written(tmp_path: Path) -> None:
    some = run("cite", "LIDC-IDRI", NOT_IN_IDC)
    assert some.code == 3
    assert "lo9ql9sx" in some.out
    (warning,) = (line for line in some.err.splitlines() if line.startswith("warning: "))
    assert warning.startswith("warning: no reference for 1 series that IDC's index does not have")
    assert warning.endswith(NOT_IN_IDC)
    assert run("cite", NOT_IN_IDC, "-o", tmp_path / "refs.bib").code == 3


def test_data_from_elsewhere_have_no_reference_and_are_named_with_their_doi_if_they_have_one(tmp_path: Path) -> None:
    (tmp_path / "tcia-policy.yaml").write_text(
        "use: {purpose: noncommercial, activities: [analyze]}\n"
        "data:\n- other: {name: Phantoms, doi: 10.5281/zenodo.1234567}\n- other: {name: Hospital}\n",
        encoding="utf-8",
    )
    ran = run("cite", tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert "warning: no reference for Phantoms (other): 10.5281/zenodo.1234567\n" in ran.err
    assert "warning: no reference for Hospital (other)\n" in ran.err


def test_a_name_that_is_none_cites_nothing() -> None:
    ran = run("cite", "LIDC-IDRI", "LIDC-IDR")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean 'LIDC-IDRI'" in ran.err


@pytest.mark.parametrize(
    "doi", ["10.5281/zenodo.22284133", "10.5281/zenodo.13993786", "10.5281/zenodo.13993787", "10.5281/zenodo.10069911"]
)
def test_a_doi_gives_an_entry_with_that_doi(doi: str) -> None:
    ran = run("cite", f"https://doi.org/{doi.upper()}/")
    assert ran.code == 0
    entries = {entry["doi"]: entry for entry in parse_string(ran.out).entries}
    assert entries[doi]["title"]
    assert entries[doi]["author"]


def test_every_dataset_has_an_entry_with_its_own_doi() -> None:
    entries = Registry.load().entries
    cited = {entry["doi"] for entry in parse_string(run("cite", *(entry.doi for entry in entries)).out).entries}
    assert {entry.doi for entry in entries} <= cited


def test_a_dash_is_stdout(tmp_path: Path) -> None:
    assert run("cite", "LIDC-IDRI", "-o", "-", cwd=tmp_path) == run("cite", "LIDC-IDRI", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []
