"""Hostile and broken sources: never an error, never a wait."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcia_policy.documents.model import Manuscript
from tcia_policy.files import limits
from tests.documents.latex.latex_sources import body, read
from tests.work import IN_PROPORTION, growth

SIZE = 150_000
GROWS_WITHOUT_END = "\\newcommand{\\a}{\\a\\a}\\a "

BOMBS = [
    "{",
    "}",
    "[",
    "{[",
    "\\cite{",
    "\\cite[",
    "\\cite[{",
    "\\cites{a}(",
    "\\citep{a}[",
    "%",
    "%\n",
    "%\n\n",
    "\\begin{verbatim}",
    "\\begin{x}",
    "\\verb|",
    "\\verb",
    "\\url{",
    "\\url{a{b",
    "\\href{",
    "\\iffalse ",
    "\\ifx\\a\\b",
    "\\a{",
    "\\footnote{",
    "\\section{",
    "\\begin{filecontents}{a}",
    "$",
    "#1",
    "\\",
    "\n",
    " ",
    "\\item[",
    "\\bibitem{a}",
    "\\bibitem[",
    "\\input{main}",
    "\\'",
    "\\bibinfo{title}{",
    "\\iftoggle{a}{",
    "\\lstinline{",
    "\\def\\a#1\\b{}\\a ",
    "\\def\\a#1{#1#1}\\a{",
    "\\title{",
    "\\excludecomment{q}\\begin{q}",
    "\\newenvironment{a}{",
    "\\newacronym{a}{b}{c}\\gls{a}",
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_source_that_repeats_one_thing_takes_work_in_proportion_to_its_length(bomb: str) -> None:
    assert growth(lambda size: read(bomb * (size // len(bomb))), 3_000) < IN_PROPORTION


@pytest.mark.parametrize("bomb", [*BOMBS, GROWS_WITHOUT_END])
def test_a_long_source_that_repeats_one_thing_is_read_to_its_end(bomb: str) -> None:
    manuscript = read(bomb * (SIZE // len(bomb)))
    assert len(manuscript.problems) <= limits.LATEX_PROBLEMS
    assert all(use.place.number == 1 for use in manuscript.citations if "\n" not in bomb)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("{", "}"),
        ("\\cite{", "}"),
        ("\\cite[", "]{k}"),
        ("\\cite[{", "}]{k}"),
        ("\\footnote{", "}"),
        ("\\gls{", "}"),
        ("\\href{a}{", "}"),
        ("\\bibitem{a}\\bibinfo{title}{", "}"),
        ("\\iftoggle{a}{", "}{}"),
        ("\\m{", "}"),
    ],
)
def test_a_source_that_is_nested_deep_takes_work_in_proportion_to_its_depth(opening: str, closing: str) -> None:
    def nested(depth: int) -> Manuscript:
        return read("\\newcommand{\\m}[1]{#1#1}" + opening * depth + closing * depth)

    assert growth(nested, 200) < IN_PROPORTION
    assert len(nested(15_000).problems) <= limits.LATEX_PROBLEMS


def test_macros_that_grow_beyond_bounds_are_said_once() -> None:
    macros = ""
    for letter, following in zip("abcdefghijkl", "bcdefghijklm", strict=True):
        macros += f"\\def\\{letter * 3}{{" + f"\\{following * 3} " * 10 + "}"
    manuscript = read(body("\\aaa\n\\cite{a}", macros))
    assert [use.key for use in manuscript.citations] == ["a"]
    assert len(manuscript.problems) == 1


@pytest.mark.parametrize(
    "innermost", ["LIDC " * 60, "\\url{https://doi.org/" + "x" * 300 + "}", "\\footnote{" + "a " * 150 + "}"]
)
def test_a_few_hundred_bytes_of_macros_print_no_more_than_a_book(innermost: str) -> None:
    names = [letter * 3 for letter in "abcdefghijklmnopqrst"]
    macros = "".join(f"\\def\\{name}{{\\{below}\\{below}}}" for name, below in pairwise(names))
    manuscript = read(body("\\aaa", f"{macros}\\def\\{names[-1]}{{{innermost}}}"))
    assert sum(len(block.text) for block in manuscript.prose) <= 3 * limits.LATEX_EXPANDED
    assert [problem.problem for problem in manuscript.problems] == [
        "the macros grow too large; what they print from here on is not read"
    ]


CONDITIONS = [
    "\\ifpdf a\\else b\\fi ",
    "\\ifpdf \\cite{k}\\else ",
    "\\ifnum\\x=1 a\\fi ",
    "\\ifx\\x\\y a\\fi ",
    "\\ifcase\\x a\\or b\\fi ",
    "\\ifthenelse{\\not",
    "\\ifthenelse{\\(",
    "\\ifboolexpr{not ( ",
    "\\ifdraft{a}{b} ",
    "\\ifpdf\\def\\z{a\\z}\\fi \\z ",
    "\\sbox0{a\\usebox0}\\usebox0 ",
    "\\setbox0=\\hbox{",
    "\\begin{lrbox}{\\a}",
    "\\begin{tikzpicture}{",
    "\\only<0>{",
    "\\onslide<0> ",
    "\\invisible<1>{a} ",
    "\\textcolor{white}{a} ",
    "\\color{white} a ",
    "{\\color{white} a ",
    "\\section{a} \\ifpdf b\\fi ",
]


@pytest.mark.parametrize("bomb", CONDITIONS)
def test_conditions_boxes_and_slides_take_work_in_proportion_to_their_number(bomb: str) -> None:
    preamble = "\\documentclass{beamer}\\def\\x{12345}\\def\\y{12346}\\begin{document}"
    assert growth(lambda size: read(preamble + bomb * (size // len(bomb))), 3_000) < IN_PROPORTION
    manuscript = read(preamble + bomb * (SIZE // len(bomb)))
    assert len(manuscript.problems) <= limits.LATEX_PROBLEMS


def test_problems_do_not_grow_without_end() -> None:
    assert len(read(body("\\input{nosuch}\n" * 3_000)).problems) <= 200


PIECES = [
    "\\cite",
    "\\citep",
    "\\cites",
    "\\nocite",
    "{",
    "}",
    "[",
    "]",
    "%",
    "\n",
    "\n\n",
    "a",
    "b,c",
    "\\begin",
    "{document}",
    "\\end",
    "{verbatim}",
    "{thebibliography}",
    "\\bibitem",
    "\\newcommand",
    "\\def",
    "\\let",
    "\\x",
    "#1",
    "\\iffalse",
    "\\ifx",
    "\\else",
    "\\fi",
    "\\newif",
    "\\ifdraft",
    "\\drafttrue",
    "\\footnote",
    "\\href",
    "\\url",
    "\\verb",
    "|",
    "$",
    "\\\\",
    "\\'",
    "\\input",
    "{main}",
    "\\import",
    "\\bibliography",
    "\\addbibresource",
    "\\usepackage",
    "\\documentclass",
    "\\title",
    "\\gls",
    "\\csname",
    "\\endcsname",
    "\\newenvironment",
    "\\NewDocumentCommand",
    "{o m}",
    "\\iftoggle",
    "\\newtoggle",
    "\\bibinfo",
    "{title}",
    "é",
    "\\filecontents",
    "\\ifnum",
    "\\ifcase",
    "\\or",
    "\\ifdefined",
    "\\ifthenelse",
    "\\ifboolexpr",
    "\\IfFileExists",
    "\\unless",
    "\\ifpdf",
    "1<2 ",
    "<0>",
    "\\only",
    "\\mode",
    "\\note",
    "\\sbox",
    "\\setbox0=\\hbox",
    "\\usebox",
    "{lrbox}",
    "{frame}",
    "{tikzpicture}",
    "\\node",
    "\\section",
    "\\includeonly",
    "\\newcounter",
    "\\setcounter",
    "\\advance",
    "\\write",
    "\\DeclareOption",
    "\\ProcessOptions",
    "\\textcolor{white}",
    "{filecontents}",
    "\\item",
    "\\replaced",
    "\\texorpdfstring",
    "\\newacronym",
    "\\acro",
    "\\hskip",
    "1em",
    "\\include",
    "\\subfile",
    "\\endinput",
    "\\caption",
    "\\volcite",
    "\\defcitealias",
    "\\newcites",
    "\\excludecomment",
    "*",
    "(",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_order_of_commands_can_be_read(pieces: list[str]) -> None:
    source = "".join(pieces)
    manuscript = read(source, {"a.tex": source, "main.bbl": source, "a.bib": "@misc{a, title={A}}", "a.sty": source})
    for prose in manuscript.prose:
        assert list(prose.starts) == sorted(prose.starts)
        assert prose.starts[0] == 0
        assert len(prose.starts) == len(prose.numbers)
        assert all(1 <= number <= source.count("\n") + 1 for number in prose.numbers)


@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(content: bytes) -> None:
    assert read(content) == read(content)


def test_a_thesis_takes_work_in_proportion_to_its_length() -> None:
    paragraph = (
        "We use \\lidc{} and the \\emph{NSCLC-Radiomics} collection~\\cite{armato2011,clark2013} "
        "\\citep[see][p.~3]{x} of\n"
        "M\\\"uller's data; 50\\% were held out (Table~\\ref{tab:x}). % a comment\n"
        "The results are \\textbf{better}, see above.\n\n"
    )
    main = body("".join(f"\\include{{c{number}}}" for number in range(20)), "\\newcommand{\\lidc}{LIDC-IDRI}")

    def thesis(paragraphs: int) -> Manuscript:
        return read(main, {f"c{number}.tex": "\\chapter{X}" + paragraph * paragraphs for number in range(20)})

    assert growth(thesis, 4) < IN_PROPORTION
    assert len(thesis(100).citations) == 20 * 100 * 3
