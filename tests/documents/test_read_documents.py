"""The dispatch over all formats: which files of a project are its manuscript."""

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcia_policy.documents.model import Manuscript
from tcia_policy.documents.read_documents import read_manuscript
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.mark import MARK, marked
from tests.documents.trees import keys, printed, write

BIB = "@misc{a,\n title={A}, doi={10.1/a}\n}\n"
TEX = "\\documentclass{article}\n\\begin{document}\nText \\cite{a}.\n\\bibliography{refs}\n\\end{document}\n"
PROSE = "This is a sentence of the manuscript that speaks of the data and of what was done with them. " * 12


def word(text: str, keywords: str = "") -> bytes:
    stream = io.BytesIO()
    document = Document()
    document.core_properties.keywords = keywords
    document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()


def zipped(files: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def read(root: Path, *paths: str) -> Manuscript:
    """Return what is at `paths`, as seen from `root`; messages are spelled from there."""
    here = Path.cwd()
    os.chdir(root)
    try:
        return read_manuscript(paths, Path())
    finally:
        os.chdir(here)


def problems(manuscript: Manuscript) -> list[str]:
    return [str(problem) for problem in manuscript.problems]


def test_a_named_file_is_read_and_spelled_as_it_was_named(tmp_path: Path) -> None:
    write(tmp_path, {"paper/main.md": "---\nbibliography: ../refs.bib\n---\n[@a]", "refs.bib": BIB})
    manuscript = read(tmp_path, "paper/main.md")
    assert manuscript.files == ("paper/main.md", "refs.bib")
    assert manuscript.problems == ()


def test_paths_are_relative_to_the_folder_of_the_project(tmp_path: Path) -> None:
    write(tmp_path, {"study/paper.md": "[@a]"})
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        assert read_manuscript(["paper.md"], Path("study")).files == ("study/paper.md",)
    finally:
        os.chdir(here)


def test_a_file_outside_of_the_project_may_include_what_lies_beside_it_only(tmp_path: Path) -> None:
    write(tmp_path, {"other/paper.md": "{{< include b.md >}}\n\n{{< include ../secret.md >}}", "other/b.md": "[@b]"})
    write(tmp_path, {"secret.md": "[@s]", "study/x": ""})
    manuscript = read(tmp_path / "study", "../other/paper.md")
    assert keys(manuscript) == ["b"]
    assert manuscript.files == ("../other/paper.md", "../other/b.md")
    assert [problem.place.number for problem in manuscript.problems] == [3]


@pytest.mark.parametrize("path", ["missing.tex", "missing/", "a\0b"])
def test_a_path_that_is_not_there_is_the_projects_error(tmp_path: Path, path: str) -> None:
    with pytest.raises(InputError):
        read(tmp_path, path)


def test_a_path_that_is_not_there_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    write(tmp_path, {"paper/main.tex": TEX})
    with pytest.raises(InputError, match="no such file or folder") as raised:
        read(tmp_path, "papr/main.tex")
    assert raised.value.hint == "did you mean paper/main.tex?"


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0rest", ".docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0rest", "password"),
        ("a.odt", b"PK\x03\x04", ".docx"),
        ("a.rtf", b"{\\rtf1 x}", ".docx"),
        ("a.pages", b"x", ".docx"),
        ("a.ipynb", b"{}", "save it again"),
        ("a.html", b"", "name the page itself"),
        ("main.tex.gz", b"\x1f\x8b\x08", "unpack"),
        ("a.txt", b"\x1f\x8b\x08", "unpack"),
        ("a.cpp", b"import os", "a manuscript is"),
        ("a.txt", b"\0\0", "UTF-8"),
        ("a.zip", b"PK\x03\x04", "make the zip again"),
        ("a.zip", b"PK\x05\x06" + b"\0" * 18, "a manuscript is"),
        ("a.json", b"{", "a list of items"),
    ],
)
def test_what_cannot_be_read_is_one_problem_that_says_what_would_be_right(
    tmp_path: Path, name: str, content: bytes, hint: str
) -> None:
    write(tmp_path, {name: content, "b.md": "[@b]"})
    manuscript = read(tmp_path, name, "b.md")
    assert keys(manuscript) == ["b"]
    if name != "a.odt":
        assert len(problems(manuscript)) == 1
        assert problems(manuscript)[0].startswith(name)
        assert hint in problems(manuscript)[0]


def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert "not a regular file" in problems(read(tmp_path, "pipe.md"))[0]


def test_the_content_of_a_file_counts_more_than_its_name(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": word("Words in a docx"), "b.docx": zipped({"c.md": "[@c]"}), "d.pdf": "no pdf", "e": TEX})
    manuscript = read(tmp_path, "a.txt")
    assert "Words in a docx" in printed(manuscript)
    assert problems(read(tmp_path, "d.pdf"))
    assert keys(read(tmp_path, "e")) == ["a"]


def test_a_folder_of_latex_is_its_root_document(tmp_path: Path) -> None:
    main = "\\documentclass{article}\\begin{document}\n\\input{sections/one}\\bibliography{refs}\n\\end{document}"
    write(
        tmp_path,
        {
            "paper/main.tex": main,
            "paper/sections/one.tex": "One \\cite{a}",
            "paper/old.tex": "Old \\cite{b}",
            "paper/refs.bib": BIB,
            "paper/main.pdf": b"%PDF-1.4 output",
            "paper/figures/fig.pdf": b"%PDF-1.4 figure",
            "paper/README.md": "[@readme]",
            "paper/data/labels.txt": "1\n2\n3\n",
            "paper/code.py": "@decorator",
        },
    )
    manuscript = read(tmp_path, "paper")
    assert keys(manuscript) == ["a"]
    assert set(manuscript.files) == {"paper/main.tex", "paper/sections/one.tex", "paper/refs.bib"}
    assert problems(manuscript) == [
        "paper: passed over beside the manuscript: paper/README.md; name those that belong to it",
        "paper: .tex files that no document includes were not read: paper/old.tex; "
        "name those that belong to the manuscript",
    ]


def test_subfiles_are_parts_of_their_main_document(tmp_path: Path) -> None:
    sub = "\\documentclass[main.tex]{subfiles}\n\\begin{document}Sub \\cite{s}\\end{document}"
    main = "\\documentclass{article}\\usepackage{subfiles}\\begin{document}\\subfile{sub}\\end{document}"
    write(tmp_path, {"p/main.tex": main, "p/sub.tex": sub})
    manuscript = read(tmp_path, "p")
    assert keys(manuscript) == ["s"]
    assert problems(manuscript) == []


def test_fragments_of_latex_without_a_document_are_read_and_that_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"p/a.tex": "A \\cite{a} \\input{b}", "p/b.tex": "B \\cite{b}"})
    manuscript = read(tmp_path, "p")
    assert sorted(keys(manuscript)) == ["a", "b"]
    assert "no .tex file in it has a \\documentclass" in problems(manuscript)[0]


@pytest.mark.parametrize(
    "paths", [("main.tex", "one.tex"), ("one.tex", "main.tex"), ("main.tex", "refs.bib", "main.tex")]
)
def test_what_a_named_document_includes_is_not_read_twice(tmp_path: Path, paths: tuple[str, ...]) -> None:
    main = "\\documentclass{article}\\begin{document}\\input{one}\\bibliography{refs}\\end{document}"
    write(tmp_path, {"main.tex": main, "one.tex": "One word \\cite{a}", "refs.bib": BIB})
    manuscript = read(tmp_path, *paths)
    assert printed(manuscript).count("One word") == 1
    assert len(manuscript.citations) == len(manuscript.entries) == 1
    assert len(manuscript.files) == 3


def test_a_bibliography_that_no_document_names_is_read_too(tmp_path: Path) -> None:
    write(tmp_path, {"p/paper.md": "[@a]", "p/refs.bib": BIB})
    manuscript = read(tmp_path, "p")
    assert [entry.key for entry in manuscript.entries] == ["a"]
    assert manuscript.files == ("p/paper.md", "p/refs.bib")


def test_a_quarto_book_is_read_once_with_its_bibliography(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "_quarto.yml": "bibliography: refs.bib\n",
            "index.qmd": "{{< include _part.qmd >}}\n\n[@a]",
            "_part.qmd": "[@p]",
            "_unused.qmd": "[@u]",
            "index.md": "[@kept-by-knitr]",
            "index.tex": TEX,
            "index.pdf": b"%PDF-1.4",
            "index.html": "<p>",
            "_book/index.md": "[@built]",
            "refs.bib": BIB,
            "CHANGELOG.md": "[@log]",
        },
    )
    manuscript = read(tmp_path, ".")
    assert sorted(keys(manuscript)) == ["a", "p"]
    assert problems(manuscript) == []


def test_a_readme_is_read_where_it_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": "[@a]"})
    assert keys(read(tmp_path, "README.md")) == ["a"]


@pytest.mark.parametrize("name", ["README.md", "README", "readme.txt", "MODEL_CARD.md", "dataset-card.md", "LICENSE"])
def test_a_description_is_the_manuscript_where_there_is_no_paper(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: "We used the data of others.", "CHANGELOG.md": PROSE, "requirements.txt": "a"})
    manuscript = read(tmp_path, ".")
    assert manuscript.files == (name,)
    assert problems(manuscript) == []


def test_programs_are_named_where_there_is_no_paper_and_ignored_beside_one(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": "x", "src/train.py": "y"})
    assert problems(read(tmp_path, ".")) == [
        ".: programs were not read: src/train.py; name those that say which data they load"
    ]
    write(tmp_path, {"main.tex": TEX, "refs.bib": BIB})
    assert not [problem for problem in problems(read(tmp_path, ".")) if "programs" in problem]


def test_a_card_and_a_license_are_read_together_and_those_of_folders_are_named(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": "x", "LICENSE": "y", "vendor/README.md": "[@v]", "refs.bib": BIB})
    manuscript = read(tmp_path, ".")
    assert set(manuscript.files) == {"README.md", "LICENSE", "refs.bib"}
    assert problems(manuscript) == [
        ".: passed over beside the manuscript: vendor/README.md; name those that belong to it"
    ]


def test_documentation_does_not_hide_the_readme_and_a_paper_does(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": "x", "docs/usage.md": "y"})
    assert set(read(tmp_path, ".").files) == {"README.md", "docs/usage.md"}
    write(tmp_path, {"paper/paper.md": "z"})
    manuscript = read(tmp_path, ".")
    assert set(manuscript.files) == {"docs/usage.md", "paper/paper.md"}
    assert "passed over beside the manuscript: README.md" in problems(manuscript)[0]


def test_many_texts_beside_a_paper_are_not_all_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {f"labels/{number}.txt": PROSE for number in range(9)} | {"main.tex": TEX, "refs.bib": BIB})
    monkeypatch.setattr(limits, "MANUSCRIPT_TEXTS", 2)
    monkeypatch.setattr(limits, "MANUSCRIPT", 7 * len(PROSE))
    assert {"main.tex", "refs.bib"} <= set(read(tmp_path, ".").files)
    monkeypatch.setattr(limits, "MANUSCRIPT_PROSE", len(PROSE) - 1)
    assert set(read(tmp_path, ".").files) == {"main.tex", "refs.bib"}


def test_references_alone_are_said_to_be_alone(tmp_path: Path) -> None:
    write(tmp_path, {"refs.bib": BIB, "code.py": "x"})
    assert problems(read(tmp_path, ".")) == problems(read(tmp_path, "refs.bib"))
    manuscript = read(tmp_path, ".")
    assert [entry.key for entry in manuscript.entries] == ["a"]
    assert problems(manuscript) == [
        "refs.bib: lists references; no text that cites them was read; name the manuscript, too"
    ]


def test_what_notices_wrote_is_no_manuscript(tmp_path: Path) -> None:
    written = {
        f"notices/{name}": PROSE
        for name in ("ATTRIBUTION.md", "NOTICE", "acknowledgements.md", "data-availability.txt")
    }
    manuscript = read(write(tmp_path, {**written, "paper.md": "[@a]"}), ".")
    assert manuscript.files == ("paper.md",)


def test_a_letter_about_the_manuscript_does_not_cite_for_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"paper.md": "x", "cover-letter.md": "[@a]", "response_to_reviewers.docx": word("x"), "Rebuttal.txt": PROSE},
    )
    assert read(tmp_path, ".").files == ("paper.md",)


def test_texts_count_where_they_are_written_in_sentences(tmp_path: Path) -> None:
    write(tmp_path, {"paper.txt": PROSE, "series.txt": "1.2.3\n" * 300, "requirements.txt": PROSE})
    assert read(tmp_path, ".").files == ("paper.txt",)


def test_pdfs_beside_a_source_are_said_and_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"main.tex": TEX, "refs.bib": BIB, "armato2011.pdf": b"%PDF-1.4"})
    manuscript = read(tmp_path, ".")
    assert manuscript.files == ("main.tex", "refs.bib")
    assert "armato2011.pdf" in problems(manuscript)[0]


def test_files_in_formats_that_are_not_read_are_said_once_for_each_format(tmp_path: Path) -> None:
    write(tmp_path, {"paper.md": "x", "a.odt": "", "b.odt": "", "c.pages": "", "scan.nii.gz": "", "photo.png": ""})
    said = problems(read(tmp_path, "."))
    assert [line.split(";")[0] for line in said] == [
        ".: .odt files are not read: a.odt, b.odt",
        ".: .pages files are not read: c.pages",
    ]


@pytest.mark.parametrize("files", [{}, {"code.cpp": "x", "scan.png": "y"}, {"inner.zip": zipped({"a.md": "[@a]"})}])
def test_a_folder_without_a_manuscript_is_a_problem(tmp_path: Path, files: Mapping[str, str | bytes]) -> None:
    manuscript = read(write(tmp_path, files), ".")
    assert "has no manuscript in it" in problems(manuscript)[0]
    assert manuscript.citations == ()


def test_a_zip_from_overleaf_is_read_as_a_folder_is(tmp_path: Path) -> None:
    content = zipped({"main.tex": TEX, "refs.bib": BIB, "../out.tex": TEX, "__MACOSX/main.tex": TEX, "inner.zip": "PK"})
    manuscript = read(write(tmp_path, {"paper.zip": content}), "paper.zip")
    assert manuscript.files == ("paper.zip/main.tex", "paper.zip/refs.bib")
    assert keys(manuscript) == ["a"]
    assert ["lead out of the zip" in line for line in problems(manuscript)] == [True]


def test_one_file_that_cannot_be_read_does_not_hide_the_rest(tmp_path: Path) -> None:
    write(tmp_path, {"p/bad.md": b"\0", "p/good.md": "[@a]"})
    manuscript = read(tmp_path, "p")
    assert keys(manuscript) == ["a"]
    assert problems(manuscript) == ["p/bad.md: is a binary file, not text; save it as UTF-8 text"]


SUFFIXES = [".tex", ".bib", ".md", ".qmd", ".txt", ".docx", ".pdf", ".json", ".yaml", ".zip", ".bbl", "", ".xyz"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=200),
    suffix=st.sampled_from(SUFFIXES),
    mark=st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04"]),
)
def test_any_file_is_read_or_is_a_problem(tmp_path: Path, content: bytes, suffix: str, mark: bytes) -> None:
    (tmp_path / f"a{suffix}").write_bytes(mark + content)
    manuscript = read_manuscript([f"a{suffix}"], tmp_path)
    assert manuscript.files or manuscript.problems


ABOUT_MARKED = "files that tcia-policy wrote were not read, since they are evidence of nothing"
OWN = {"main.tex": TEX, "refs.bib": BIB}


@pytest.mark.parametrize("name", ["report.md", "statement.tex", "data.txt", "report.html", "sub/review.md"])
def test_in_a_folder_what_this_program_wrote_is_passed_over_and_told(name: str, tmp_path: Path) -> None:
    found = read(write(tmp_path, OWN | {name: marked(PROSE, name)}), ".")
    assert found.files == ("main.tex", "refs.bib")
    assert [each for each in problems(found) if ABOUT_MARKED in each and name in each]


def test_in_a_folder_without_sources_a_pdf_that_this_program_wrote_is_passed_over(tmp_path: Path) -> None:
    pdf = b"%PDF-1.7\n<</Keywords(" + MARK.encode() + b")>>\n"
    found = read(write(tmp_path, {"report.pdf": pdf}), ".")
    assert found.files == ()
    assert [each for each in problems(found) if ABOUT_MARKED in each]


def test_a_word_document_that_this_program_wrote_is_passed_over(tmp_path: Path) -> None:
    found = read(write(tmp_path, OWN | {"report.docx": word("Text.", keywords=MARK)}), ".", "report.docx")
    assert found.files == ("main.tex", "refs.bib")
    assert [each for each in problems(found) if each.startswith("report.docx: was written by tcia-policy")]


def test_in_a_zip_what_this_program_wrote_is_passed_over(tmp_path: Path) -> None:
    content = zipped({"main.tex": TEX, "refs.bib": BIB, "review.md": marked(PROSE, "review.md")})
    found = read(write(tmp_path, {"paper.zip": content}), "paper.zip")
    assert found.files == ("paper.zip/main.tex", "paper.zip/refs.bib")
    assert [each for each in problems(found) if ABOUT_MARKED in each]


@pytest.mark.parametrize("name", ["report.md", "statement.tex", "data.txt", "report.html", "report.json"])
def test_named_by_itself_what_this_program_wrote_is_not_read_and_nobody_is_told_to_convert_it(
    name: str, tmp_path: Path
) -> None:
    found = read(write(tmp_path, {name: marked(PROSE, name)}), name)
    assert found.files == ()
    problem = problems(found)[0]
    assert problem.startswith(
        f"{name}: was written by tcia-policy, and is evidence of nothing; if the text is your own"
    )


def test_a_paper_that_includes_what_this_program_wrote_is_read_without_it(tmp_path: Path) -> None:
    tex = TEX.replace("Text", "\\input{notice}Text")
    files = {"main.tex": tex, "refs.bib": BIB, "notice.tex": marked("Said by the program.\n", "notice.tex")}
    found = read(write(tmp_path, files), "main.tex")
    assert "Said by the program" not in printed(found)
    assert [each for each in problems(found) if each.startswith("notice.tex: was written by tcia-policy")]
    (tmp_path / "notice.tex").write_text("Said by the author.\n", encoding="utf-8")
    assert "Said by the author" in printed(read(tmp_path, "main.tex"))


def test_what_was_pasted_into_a_paper_is_the_papers(tmp_path: Path) -> None:
    paper = f"# Nodules\n\nWe trained a network.\n\n## Data\n\n{marked('Said by us.', 'a.md')}\n"
    assert "Said by us." in printed(read(write(tmp_path, {"paper.md": paper}), "."))


def test_a_source_that_this_program_wrote_does_not_hide_a_document_of_that_name(tmp_path: Path) -> None:
    found = read(write(tmp_path, {"paper.docx": word("Our text."), "paper.md": marked(PROSE, "paper.md")}), ".")
    assert found.files == ("paper.docx",)


def test_notebooks_are_read_beside_a_readme_and_named_beside_a_paper(tmp_path: Path) -> None:
    notebook = '{"cells": [{"cell_type": "markdown", "source": "CT [@a]."}]}'
    write(tmp_path, {"README.md": "x", "DATACITATION.md": "y", "nb/a.ipynb": notebook})
    manuscript = read(tmp_path, ".")
    assert (set(manuscript.files), keys(manuscript)) == ({"README.md", "DATACITATION.md", "nb/a.ipynb"}, ["a"])
    write(tmp_path, {"paper.md": "z"})
    manuscript = read(tmp_path, ".")
    assert (manuscript.files, keys(manuscript)) == (("paper.md",), [])
    assert "passed over beside the manuscript: DATACITATION.md, README.md, nb/a.ipynb" in problems(manuscript)[0]
