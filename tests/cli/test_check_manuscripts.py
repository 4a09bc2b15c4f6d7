"""`check` with a manuscript: from the project, from the command line, and with no project at all."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.cli.run import EXAMPLES, is_one_clear_error, run

PAPER = r"""\documentclass{article}
\begin{document}
We used LIDC-IDRI \cite{data} of The Cancer Imaging Archive.
\bibliography{refs}
\end{document}
"""
REFERENCES = "@misc{data, title = {Data From LIDC-IDRI}, year = 2015, doi = {10.7937/K9/TCIA.2015.LO9QL9SX}}\n"
PROJECT = "use: {purpose: noncommercial, activities: [analyze], country: US}\ndata: [{dataset: LIDC-IDRI}]\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "main.tex").write_text(PAPER, encoding="utf-8")
    (tmp_path / "paper" / "refs.bib").write_text(REFERENCES, encoding="utf-8")
    (tmp_path / "tcia-policy.yaml").write_text(PROJECT + "manuscript: [paper/main.tex]\n", encoding="utf-8")
    return tmp_path


def test_a_citation_that_is_there_meets_its_duty(study: Path) -> None:
    ran = run("check", "-vv", cwd=study)
    assert ran.code == 0
    assert "[x] Armato et al. 2015" in ran.out
    assert "cited in paper/main.tex:3 as data" in " ".join(ran.out.split())


def test_a_citation_that_is_missing_fails_the_check(study: Path) -> None:
    (study / "paper" / "main.tex").write_text(PAPER.replace(r"\cite{data}", ""), encoding="utf-8")
    ran = run("check", "-vv", cwd=study)
    assert ran.code == 1
    assert "listed in paper/refs.bib:1 as data, but not cited" in " ".join(ran.out.split())


def test_the_json_has_the_evidence(study: Path) -> None:
    result = json.loads(run("check", "--format", "json", cwd=study).out)
    assert result["manuscript"]["files"] == ["paper/main.tex", "paper/refs.bib"]
    (cited,) = [duty for duty in result["duties"] if duty["doi"] == "10.7937/k9/tcia.2015.lo9ql9sx"]
    assert (cited["status"], cited["found"]) == ("met", "cited")
    assert cited["evidence"].startswith("cited in paper/main.tex:3")


def test_the_report_has_the_evidence(study: Path) -> None:
    run("report", "-o", "review", cwd=study)
    for name in ("report.md", "report.html"):
        text = (study / "review" / name).read_text(encoding="utf-8")
        assert "main.tex:3" in text
        assert "refs.bib" in text


def test_a_manuscript_on_the_command_line_stands_for_that_of_the_project(study: Path) -> None:
    (study / "draft.txt").write_text("We used LIDC-IDRI.", encoding="utf-8")
    ran = run("check", "-vv", "--manuscript", "draft.txt", cwd=study)
    assert ran.code == 1
    assert "named in draft.txt:1, but not cited" in " ".join(ran.out.split())


def test_without_a_project_the_manuscript_says_which_data_it_is_about(study: Path) -> None:
    (study / "tcia-policy.yaml").unlink()
    ran = run("check", "-vv", "--manuscript", "paper", cwd=study)
    assert ran.code in (1, 3)
    assert "the data are those that it cites or names" in " ".join(ran.out.split())
    assert "\nLIDC-IDRI\n" in ran.out


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("This program sorts lines.", 0, "NO DATA the manuscript names no dataset of TCIA or IDC that we know."),
        ("We trained a network\non 300 scans.", 3, "Which data did you use (README.md:1)?"),
        ("Sorting.\n\nImages came from TCIA.", 3, "Which collections of TCIA or IDC did you use (README.md:3)?"),
        (
            "See https://doi.org/10.7937/tcia.none-such",
            3,
            "Which collections of TCIA or IDC did you use (README.md:1)?",
        ),
    ],
)
def test_a_manuscript_that_names_no_dataset_has_a_result(tmp_path: Path, text: str, code: int, said: str) -> None:
    (tmp_path / "README.md").write_text(text, encoding="utf-8")
    for stated in ((), ("--activity", "train-model", "--purpose", "noncommercial")):
        ran = run("check", "--manuscript", "README.md", *stated, cwd=tmp_path)
        assert ran.code == code
        assert said in " ".join(ran.out.split())
    told = run("check", "--manuscript", "README.md", "--format", "json", cwd=tmp_path)
    assert json.loads(told.out)["verdict"] == "undetermined"
    assert json.loads(told.out)["exit_code"] == code
    (tmp_path / "a.json").write_text(told.out, encoding="utf-8")
    assert run("check", "--manuscript", "README.md", "--fail-on", "undetermined", cwd=tmp_path).code == code
    shown = run("render", "a.json", cwd=tmp_path)
    assert "the manuscript names no dataset of TCIA or IDC that we know" in " ".join(shown.out.split())


@pytest.mark.parametrize(
    "command", [("explain",), ("what-if",), ("licenses", "--for", "model"), ("notices", "-o", "out")]
)
def test_what_needs_data_says_that_the_manuscript_names_none(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "README.md").write_text("This program sorts lines.", encoding="utf-8")
    ran = run(*command, "--manuscript", "README.md", cwd=tmp_path)
    is_one_clear_error(ran, "README.md names no dataset of TCIA or IDC that we know", "name the data in a project file")


def test_of_a_manuscript_that_cannot_be_read_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "draft.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    ran = run("check", "--manuscript", "draft.doc", cwd=tmp_path)
    is_one_clear_error(ran, "nothing of the manuscript could be read (draft.doc: is an old Word document")


def test_references_alone_list_the_datasets_that_are_in_them(tmp_path: Path) -> None:
    entries = "@misc{l, title={Data From LIDC-IDRI}, doi={10.7937/K9/TCIA.2015.LO9QL9SX}}\n@misc{o, title={Else}}\n"
    (tmp_path / "refs.bib").write_text(entries, encoding="utf-8")
    ran = run("check", "-vv", "--manuscript", "refs.bib", "--activity", "publish-results", cwd=tmp_path)
    assert ran.code == 1
    assert "\nLIDC-IDRI\n" in ran.out
    assert "(listed in refs.bib:1 as l, but not cited)" in " ".join(ran.out.split())
    assert "refs.bib: lists references; no text that cites them was read" in " ".join(ran.out.split())


def test_a_dataset_that_is_named_and_not_declared_is_said_with_its_line(study: Path) -> None:
    more = PAPER.replace(r"\bib", "Scans of TCGA-GBM in TCIA were not used.\n\\bib", 1)
    (study / "paper" / "main.tex").write_text(more, encoding="utf-8")
    ran = run("check", "-vv", cwd=study)
    assert "The text names TCGA-GBM (as “TCGA-GBM”) in paper/main.tex:4" in " ".join(ran.out.split())
    (study / "tcia-policy.yaml").write_text(
        PROJECT + "manuscript: [paper/main.tex]\nnot_used: [TCGA-GBM]\n", encoding="utf-8"
    )
    assert "names TCGA-GBM" not in run("check", "-vv", cwd=study).out


def test_what_is_not_used_must_be_a_dataset(study: Path) -> None:
    (study / "tcia-policy.yaml").write_text(
        PROJECT + "manuscript: [paper/main.tex]\nnot_used: [TCGA-GMB]\n", encoding="utf-8"
    )
    for named in ((), ("--manuscript", "paper")):
        ran = run("check", *named, cwd=study)
        assert ran.code == 2
        assert "tcia-policy.yaml:4: not_used[0]: unknown dataset 'TCGA-GMB'" in ran.err
        assert "did you mean 'TCGA-GBM'" in ran.err


def test_a_manuscript_that_is_not_there_is_an_error_with_its_line(study: Path) -> None:
    (study / "paper" / "main.tex").unlink()
    for command in (
        ("check",),
        ("licenses", "--for", "model"),
        ("what-if",),
        ("cite", "."),
        ("notices", "-o", "texts"),
    ):
        ran = run(*command, cwd=study)
        assert (ran.code, ran.out) == (2, ""), command
        assert "paper/main.tex: no such file or folder" in ran.err


def test_a_licence_file_that_says_another_licence_is_said(study: Path) -> None:
    outputs = "outputs: [{kind: model, license: Apache-2.0, license_file: LICENSE}]"
    (study / "tcia-policy.yaml").write_text(PROJECT.replace("country", f"{outputs}, country"), encoding="utf-8")
    (study / "LICENSE").write_text("SPDX-License-Identifier: MIT\n", encoding="utf-8")
    ran = run("check", "-vv", cwd=study)
    assert ran.code == 3
    assert "the model will be released under Apache-2.0; LICENSE says MIT" in " ".join(ran.out.split())
    (study / "LICENSE").write_text("Free for all.\n", encoding="utf-8")
    assert "LICENSE: the license that it states was not recognized" in " ".join(
        run("check", "-vv", cwd=study).out.split()
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("paper.docx", b"no zip at all", "paper.docx"),
        ("paper.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx"),
        ("paper.pdf", b"%PDF-1.7\nnothing", "paper.pdf"),
        ("paper.zip", b"PK\x03\x04 broken", "paper.zip"),
        ("paper.tex", b"\\documentclass{article}\\begin{document}\\input{paper}\\end{document}", "paper.tex:1"),
        ("paper.odt", b"PK", "paper.odt"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_message_and_the_rest_is_read(
    study: Path, name: str, content: bytes, said: str
) -> None:
    (study / name).write_bytes(content)
    ran = run("check", "-vv", "--manuscript", name, "--manuscript", "paper/main.tex", cwd=study)
    assert ran.code == 0, ran
    assert "Of the manuscript, not read or not understood" in ran.out
    assert said in ran.out
    assert "[x] Armato et al. 2015" in ran.out


def test_where_nothing_can_be_read_duties_stay_unverified(study: Path) -> None:
    (study / "paper.docx").write_bytes(b"no zip at all")
    ran = run("check", "-vv", "--manuscript", "paper.docx", cwd=study)
    assert ran.code == 3
    assert "nothing was read" in ran.out
    assert "undetermined: The manuscript could not be read" in ran.out
    assert "[?] Armato et al. 2015" in ran.out


def test_names_in_a_zip_that_lead_out_of_it_are_not_followed(study: Path) -> None:
    with zipfile.ZipFile(study / "paper.zip", "w") as archive:
        archive.writestr("../outside.tex", "x")
        archive.writestr("main.tex", PAPER)
        archive.writestr("refs.bib", REFERENCES)
    ran = run("check", "-vv", "--manuscript", "paper.zip", cwd=study)
    assert ran.code == 0
    assert "outside.tex" in ran.out
    assert not (study.parent / "outside.tex").exists()
    assert "cited in paper.zip/main.tex:3" in " ".join(ran.out.split())


def test_nothing_in_a_manuscript_reaches_the_terminal_as_it_is(study: Path) -> None:
    evil = PAPER.replace("LIDC-IDRI", "\x1b[31mLIDC-IDRI").replace("{data}", "{data,\x1b]0;evil\x07}")
    (study / "paper" / "main.tex").write_text(evil, encoding="utf-8")
    ran = run("check", "-vv", cwd=study)
    assert "\x1b" not in ran.out + ran.err
    assert "\x07" not in ran.out + ran.err


def test_evidence_is_spelled_from_the_project_wherever_one_stands(study: Path, tmp_path: Path) -> None:
    from_within = run("check", "-vv", cwd=study).out
    shutil.copytree(study, tmp_path / "elsewhere" / "study")
    assert run("check", "-vv", "study", cwd=tmp_path / "elsewhere").out == from_within


def test_the_example_in_the_documents_cites_all_that_it_owes() -> None:
    out = run("check", "-vv", EXAMPLES / "lung-nodules").out
    assert "to cite" not in out.partition("\n\n")[0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Smith et al. trained on LIDC-IDRI.", "where the text speaks of the work of others"),
        ("We will test on LIDC-IDRI.", "where the text speaks of what is planned"),
        ("We excluded LIDC-IDRI.", "where the text says that it was not used"),
    ],
)
def test_data_that_the_text_does_not_say_were_used_are_a_question(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "draft.md").write_text(f"# A paper\n\n{text}\n", encoding="utf-8")
    ran = run("check", "--manuscript", "draft.md", cwd=tmp_path)
    assert ran.code == 3
    assert f"Did you use LIDC-IDRI (draft.md:3, {why})?" in " ".join(ran.out.split())
    assert "does not say which of the data it names were used" in " ".join(ran.out.split())


def test_data_that_the_text_denies_beside_others_are_left_out_with_a_note(tmp_path: Path) -> None:
    text = "We trained on NSCLC-Radiomics of TCIA. LIDC-IDRI was excluded.\n"
    (tmp_path / "draft.md").write_text(text, encoding="utf-8")
    result = json.loads(run("check", "--format", "json", "--manuscript", "draft.md", cwd=tmp_path).out)
    assert [holding["dataset"] for holding in result["holdings"]] == ["NSCLC-Radiomics"]
    (note,) = [item for item in result["findings"] if item["rule"] == "manuscript-says-data-not-used"]
    assert "draft.md:1, where the text says that it was not used" in note["because"]


def test_a_project_is_told_what_the_text_says_of_data_that_it_does_not_declare(study: Path) -> None:
    more = PAPER.replace(r"\bib", "\\section{Related work}\nTCGA-GBM was split in five.\n\\bib", 1)
    (study / "paper" / "main.tex").write_text(more, encoding="utf-8")
    said = " ".join(run("check", "-vv", cwd=study).out.split())
    assert "names TCGA-GBM (as “TCGA-GBM”) in paper/main.tex:5, under “Related work”" in said
