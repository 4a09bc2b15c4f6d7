"""Text as it is printed, with the line on which each word stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.latex.latex_sources import body, line_of, printed, read

AS_PRINTED = {
    r"LIDC~data, 5\,mm and 50\,\%": "LIDC data, 5 mm and 50 %",
    r"a -- b --- c, 3--5, LIDC--IDRI": "a – b — c, 3–5, LIDC-IDRI",
    r"``public'' \& free\_name \#1 \$5 \{x\}": "“public” & free_name #1 $5 {x}",
    r"M\"uller, M\"{u}ller, na\"{\i}ve, na\"\i ve": "Müller, Müller, naïve, naïve",
    r"Fran\c{c}ois, Fran\c cois": "François, François",
    r"Stra\ss e, \O{}rsted, \AA s, \v{S}\'er\'e, \`a, Erd\H{o}s": "Straße, Ørsted, Ås, Šéré, à, Erdős",
    r"a \d*{b}, \v*{s}": "a ḅ, š",
    r"\textit{a} \textbf{b \emph{c}} \textsc{d} \mbox{e} {\em f} {\bf g}": "a b c d e f g",
    r"LIDC\textsuperscript{\textregistered} and \LaTeX{} text": "LIDC® and LaTeX text",
    r"$^{18}$F-FDG, $n = 5$, $\alpha_1$, \(x^2\)": "18F-FDG, n = 5, α1, x2",
    r"NSCLC-\-Radio\-mics and TCGA\slash GBM": "NSCLC-Radiomics and TCGA/GBM",
    r"\href{https://doi.org/10.7937/abc\_1}{The data} here": "The data (https://doi.org/10.7937/abc_1) here",
    r"\href{https://x.org/a/}{https://x.org/a}": "https://x.org/a",
    r"\href{https://doi.org/10.1/a\_b}{10.1/a\_b}": "10.1/a_b",
    r"\href{https://x.org}{} and \IEEEPARstart{T}{he} data": "and The data",
    r"\url{https://x.org/a%20b_c#d~e} here": "https://x.org/a%20b_c#d~e here",
    r"\url|https://x.org/a_b| here": "https://x.org/a_b here",
    r"\doi{10.7937/K9/TCIA.2015.LO9QL9SX}.": "doi:10.7937/K9/TCIA.2015.LO9QL9SX.",
    r"Fig.~\ref{fig:a}\label{x} shows": "Fig. shows",
    r"\unknown{one}{two}[three] four": "one two[three] four",
    r"\unknown[opt]{one} two": "one two",
    r"\textcolor{red}{shown} \foreignlanguage{german}{Daten}": "shown Daten",
    r"\texorpdfstring{Printed}{bookmark}": "Printed",
    r"\replaced{new}{old} \added{more}": "new more",
    r"A \gls{nosuch} case": "A nosuch case",
    "one\\\\[2pt] two": "one\ntwo",
    "LIDC-%\n  IDRI": "LIDC-IDRI",
    r"\section*{Data \& Methods}We": "Data & Methods\n\nWe",
    r"\section[Short]{Long head} We": "Long head\n\nWe",
    r"a \csname x\endcsname b": "a b",
}


@pytest.mark.parametrize(("source", "text"), AS_PRINTED.items())
def test_text_is_as_it_is_printed(source: str, text: str) -> None:
    assert printed(source) == text


def test_a_footnote_stands_apart_from_its_sentence() -> None:
    assert (
        printed("We thank\\footnote{See \\url{https://x.org}.} the NCI.") == "We thank the NCI.\n\nSee https://x.org."
    )


def test_captions_cells_and_items_are_prose() -> None:
    text = (
        "\\begin{table}[ht]\\caption[x]{Data sets}\n\\begin{tabular}{l|l}\nName & n \\\\ \\hline\n"
        "LIDC-IDRI & 1018 \\\\\n"
        "\\end{tabular}\\end{table}\n\\begin{itemize}\n\\item[First:] one\n\\item two\n\\end{itemize}"
    )
    assert printed(text) == "Data sets\n\nName\tn\nLIDC-IDRI\t1018\nFirst: one\ntwo"


def test_an_empty_line_ends_a_paragraph_and_a_comment_does_not() -> None:
    assert printed("one\n% note\ntwo\n\n\n  \nthree % note\n\nfour") == "one\ntwo\n\nthree\n\nfour"


def test_an_authors_own_name_for_a_dataset_is_spelled_out() -> None:
    preamble = r"\newcommand{\lidc}{LIDC\nobreakdash-IDRI\xspace}\def\tcga{TCGA-GBM}\newcommand\both{\lidc{} and \tcga}"
    assert printed(r"From \lidc{} and \lidc\ to \tcga, \both.", preamble) == (
        "From LIDC-IDRI and LIDC-IDRI to TCGA-GBM, LIDC-IDRI and TCGA-GBM."
    )


def test_an_authors_own_markup_keeps_its_argument_on_its_lines() -> None:
    manuscript = read(body("\\rev{one\ntwo\n\nthree} four", r"\newcommand{\rev}[1]{\textcolor{red}{New: #1}}"))
    (prose,) = manuscript.prose
    assert prose.text == "New: one\ntwo\n\nthree four"
    assert [line_of(prose, word) for word in ("New", "one", "two", "three", "four")] == [2, 2, 3, 5, 5]


def test_an_acronym_is_written_in_full_where_it_comes_first() -> None:
    preamble = r"\newacronym{lidc}{LIDC}{Lung Image Database Consortium}"
    assert printed(r"\gls{lidc}, \Gls{lidc} and \acrlong{lidc}", preamble) == (
        "Lung Image Database Consortium (LIDC), LIDC and Lung Image Database Consortium"
    )


def test_an_environment_of_the_authors_own_prints_what_it_begins_with() -> None:
    preamble = r"\newenvironment{thanksto}[1]{\section*{Thanks to #1}}{The end.}"
    assert printed("\\begin{thanksto}{TCIA}\nMuch.\n\\end{thanksto}", preamble) == "Thanks to TCIA\n\nMuch.\nThe end."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_they_end_in(end: str) -> None:
    source = body("one\n% note\ntwo\n\nthree \\cite{a}").replace("\n", end)
    manuscript = read(source)
    (prose,) = manuscript.prose
    assert [line_of(prose, word) for word in ("one", "two", "three")] == [2, 4, 6]
    assert manuscript.citations[0].place.number == 6


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_the_encoding_is_found_out(encoding: str) -> None:
    manuscript = read(body("Müller").encode(encoding))
    assert [prose.text for prose in manuscript.prose] == ["Müller"]
    assert manuscript.problems == ()


MARKUP = [
    "",
    "%x\n",
    "\\emph{",
    "}",
    "\\footnote{",
    "\\section{s}",
    "\n\n",
    "\n",
    " ",
    "\\verb|x|",
    "\\m{",
    "\\n ",
    "~",
    "$",
]


@given(st.lists(st.tuples(st.sampled_from(MARKUP), st.booleans()), max_size=25))
def test_every_word_is_found_on_the_line_where_it_stands(parts: list[tuple[str, bool]]) -> None:
    """Words are numbered; all are printed, and the prose knows their lines."""
    source = "\\documentclass{article}\\newcommand{\\m}[1]{(#1)}\\newcommand{\\n}{}\\begin{document}\n"
    where = {}
    for number, (markup, broken) in enumerate(parts):
        source += markup
        where[f"W{number}W"] = source.count("\n") + 1
        source += f"W{number}W" + ("\n" if broken else "")
    prose = read(source + "\n\\end{document}").prose
    assert len(prose) == bool(parts)
    assert {word: line_of(prose[0], word) for word in where} == where
