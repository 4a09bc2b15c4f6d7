"""The files that a document names: followed within the manuscript, and nowhere else."""

import pytest

from tcia_policy.errors import InputError
from tests.documents.latex.latex_sources import body, keys, problems, read


def texts(main: str, files: dict[str, str | bytes | InputError], name: str = "main.tex") -> dict[str, str]:
    manuscript = read(main, files, name)
    assert problems(manuscript) == []
    return {prose.file: prose.text for prose in manuscript.prose}


@pytest.mark.parametrize(
    "command",
    [
        r"\input{parts/a}",
        r"\input{parts/a.tex}",
        r"\input parts/a ",
        r"\include{parts/a}",
        r"\input{./parts/a}",
        r"\subfile{parts/a}",
        r"\import{parts/}{a}",
        r"\subimport{parts}{a}",
        r"\InputIfFileExists{parts/a}{}{}",
        r"\newcommand{\folder}{parts}\input{\folder/a}",
        r'\input{"parts/a"}',
        r"\input{parts/x/../a}",
    ],
)
def test_a_file_that_is_included_is_read(command: str) -> None:
    manuscript = read(body(f"one \\cite{{x}}\n{command}\ntwo \\cite{{z}}"), {"parts/a.tex": "within\n\\cite{y}"})
    assert keys(manuscript) == ["x", "y", "z"]
    assert manuscript.files == ("paper/main.tex", "paper/parts/a.tex")
    assert [(prose.file, prose.text) for prose in manuscript.prose] == [
        ("paper/main.tex", "one\ntwo"),
        ("paper/parts/a.tex", "within"),
    ]
    assert str(manuscript.citations[1].place) == "paper/parts/a.tex:2"


def test_names_are_relative_to_the_main_file_and_those_of_a_subfile_to_itself() -> None:
    files: dict[str, str | bytes | InputError] = {
        "book/a.tex": r"a \input{b}",
        "book/b.tex": "right",
        "book/parts/one.tex": r"\documentclass[../main]{subfiles}\begin{document}one \input{b}\end{document} dead",
        "book/parts/b.tex": "beside",
    }
    assert texts(body(r"\input{a}\subfile{parts/one} end"), files, "book/main.tex") == {
        "paper/book/main.tex": "end",
        "paper/book/a.tex": "a",
        "paper/book/b.tex": "right",
        "paper/book/parts/one.tex": "one",
        "paper/book/parts/b.tex": "beside",
    }


def test_what_stands_behind_a_bare_file_name_is_prose() -> None:
    assert texts(body(r"\input a and more"), {"a.tex": "A"})["paper/main.tex"] == "and more"


def test_a_subfile_by_itself_knows_what_its_main_file_defines() -> None:
    main = r"\documentclass[../main]{subfiles}\begin{document}From \lidc.\end{document}"
    files: dict[str, str | bytes | InputError] = {
        "main.tex": body("Dead \\cite{dead}", r"\newcommand{\lidc}{LIDC-IDRI}")
    }
    manuscript = read(main, files, "parts/one.tex")
    assert [prose.text for prose in manuscript.prose] == ["From LIDC-IDRI."]
    assert keys(manuscript) == []


def test_what_a_package_of_the_authors_own_defines_is_known() -> None:
    files: dict[str, str | bytes | InputError] = {"names.sty": "\\newcommand{\\lidc}{LIDC-IDRI}\nDead \\cite{dead}"}
    assert texts(body(r"From \lidc.", r"\usepackage{amsmath,names}"), files) == {"paper/main.tex": "From LIDC-IDRI."}


def test_a_file_can_end_before_its_end() -> None:
    assert texts(body(r"\input{a} end"), {"a.tex": "A\n\\endinput\ndead"}) == {
        "paper/main.tex": "end",
        "paper/a.tex": "A",
    }


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        (r"\input{nosuch}", "nosuch.tex was not found"),
        (r"\include{parts/A}", "did you mean paper/other/a.tex?"),
        (r"\input{../../etc/passwd}", "../../etc/passwd is outside of the manuscript"),
        (r"\input{/etc/passwd}", "/etc/passwd is outside of the manuscript"),
        (r"\input{|ls}", "|ls is outside of the manuscript"),
        (r"\input{\unknown/a}", "is outside of the manuscript"),
        (r"\input{main}", "paper/main.tex includes itself"),
        (r"\input{circle}", "paper/circle.tex includes itself through paper/other/back.tex"),
        (r"\input{binary}", "paper/binary.tex: is not text, and was not read"),
        (r"\input{large}", "paper/large.tex: is too large"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_once_and_reading_goes_on(command: str, problem: str) -> None:
    files: dict[str, str | bytes | InputError] = {
        "other/a.tex": "A",
        "circle.tex": r"\input{other/back}",
        "other/back.tex": r"\input{circle}",
        "binary.tex": b"\x89PNG\0\0",
        "large.tex": InputError("is too large"),
    }
    manuscript = read(body(f"{command}\n{command}\nAfter \\cite{{a}}"), files)
    assert keys(manuscript) == ["a"]
    assert manuscript.problems
    assert all(problem in told for told in problems(manuscript))


def test_what_tex_brings_with_it_need_not_be_in_the_manuscript() -> None:
    assert problems(read(body("x \\cite{a}\\bibliography{IEEEabrv}", r"\input{glyphtounicode}"))) == []


def test_a_file_without_a_document_is_read_as_it_is() -> None:
    assert [prose.text for prose in read("A chapter.").prose] == ["A chapter."]


def test_a_preamble_without_a_document_is_said() -> None:
    (problem,) = problems(read("\\documentclass{article}\nText \\cite{a}"))
    assert problem.startswith("paper/main.tex: has no \\begin{document}")


def test_files_that_include_each_other_many_times_are_read_once() -> None:
    files: dict[str, str | bytes | InputError] = {
        f"f{number}.tex": f"T{number} " + f"\\input{{f{number + 1}}}" * 9 for number in range(15)
    }
    manuscript = read(body(r"\input{f0}"), {**files, "f15.tex": "end"})
    assert len(manuscript.files) == 17
    assert manuscript.problems == ()
