"""Pieces of LaTeX outside of a manuscript: the fields of a `.bib` file as the page prints them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.documents.latex.fragment import printed_text
from tests.work import IN_PROPORTION, growth


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"M{\"u}ller, {\v C}wierz, Pie{\'n}kowska, \'{\i}, {\O}deg{\aa}rd", "Müller, Čwierz, Pieńkowska, í, Ødegård"),
        (r"{{Data From RIDER\_NEURO\_MRI}}", "Data From RIDER_NEURO_MRI"),
        ("Data~from\n  {LIDC}--{IDRI}: ``all'' of it", "Data from LIDC–IDRI: “all” of it"),
        (r"\url{https://doi.org/10.7937/K9%2FTCIA}", "https://doi.org/10.7937/K9%2FTCIA"),
        (r"\href{https://doi.org/10.7937/x_y}{the \emph{data}}", "the data (https://doi.org/10.7937/x_y)"),
        (r"H\&E, 50\% of $\mu$-CT, 20 % & more", "H&E, 50% of μ-CT, 20 % & more"),
        (r"10.7937\slash K9\textunderscore{}x", "10.7937/K9_x"),
        (r"\unknown{kept} {\em all} $broken", "kept all broken"),
        ("O'Connor", "O'Connor"),
    ],
)
def test_latex_becomes_what_a_reader_sees(latex: str, text: str) -> None:
    assert printed_text(latex) == text


@given(
    st.lists(
        st.sampled_from(
            ["\\", "{", "}", "$", "[", "]", "\\url{", "\\frac", "\\begin{a}", "%", "x", "~", " ", "\ue000", "0"]
        )
    )
)
def test_no_latex_is_too_broken_to_be_read(pieces: list[str]) -> None:
    assert isinstance(printed_text("".join(pieces)), str)


@pytest.mark.parametrize(
    "piece", ["{", "\\(", "\\sqrt[", "\\'", "$ [ ", "\\footnote{", "\\href{a}{", "\\cite[a]", "$x$"]
)
def test_hostile_latex_takes_work_in_proportion_to_its_length(piece: str) -> None:
    assert growth(lambda size: printed_text(piece * size), 1_000) < IN_PROPORTION
    assert "{" not in printed_text(piece * 50_000)


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"H$_2$O, $\alpha_1^{2}$, $^{18}$F, \textsuperscript{18}F", "H2O, α12, 18F, 18F"),
        (r"{\textless}i{\textgreater}, \~{}x, \^{}2", "<i>, ~x, ^2"),
        (r"\url{a\_b}, \path{a_b}, \nolinkurl{x%y}, https://x.org/a#b&c", "a_b, a_b, x%y, https://x.org/a#b&c"),
        (r"\emph[o]{x}, [Data set]", "x, [Data set]"),
        (r"at the end\footnote{a note}, and on", "at the end, and on a note"),
        (r"as in \cite{10.7937/k9}, \citet[p. 3]{a}", "as in, p. 3"),
        (r"seen \iffalse{}hidden \fi again", "seen again"),
        (r"two \\ lines \\% and a sign", "two lines % and a sign"),
        (r"\input{/etc/passwd}", "/etc/passwd"),
    ],
)
def test_it_is_what_the_page_prints(latex: str, text: str) -> None:
    assert printed_text(latex) == text


def test_one_text_leaves_nothing_for_the_next() -> None:
    printed_text(r"\newcommand{\a}{b} \title{c} \footnote{d} $ \begin{document} \end{document}")
    assert printed_text(r"{\a}e_1") == "e_1"
