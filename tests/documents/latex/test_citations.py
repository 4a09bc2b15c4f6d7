"""Every way in which LaTeX cites, and what only looks like it."""

import pytest

from tcia_policy.documents.model import CitationKeyUse, SourceLocation
from tests.documents.latex.latex_sources import body, cited, printed, problems, read


@pytest.mark.parametrize(
    "command",
    [
        r"\cite{a,b}",
        r"\cite[p.~3]{a,b}",
        r"\cite[see][p. 3]{a,b}",
        r"\citep*[see][]{a,b}",
        r"\citet{a,b}",
        r"\Citet*{a,b}",
        r"\citealp{a,b}",
        r"\citealt*{a,b}",
        r"\citeauthor{a,b}",
        r"\Citeauthor*{a,b}",
        r"\citeyear{a,b}",
        r"\citeyearpar{a,b}",
        r"\citenum{a,b}",
        r"\citen{a,b}",
        r"\onlinecite{a,b}",
        r"\parencite[12]{a,b}",
        r"\Parencite{a,b}",
        r"\textcite{a,b}",
        r"\autocite*{a,b}",
        r"\footcite{a,b}",
        r"\supercite{a,b}",
        r"\smartcite{a,b}",
        r"\fullcite{a,b}",
        r"\footfullcite{a,b}",
        r"\citetitle*{a,b}",
        r"\citeurl{a,b}",
        r"\citeA<see>[p.~2]{a,b}",
        r"\citeNP{a,b}",
        r"\shortcite{a,b}",
        r"\shortciteA{a,b}",
        r"\volcite[see]{2}[30]{a,b}",
        r"\cites(see)(12)[a]{a}[b][c]{b}",
        r"\parencites{a}{b}",
        r"\Textcites{a}[5]{b}",
        r"\bibentry{a,b}",
        r"\citeasnoun{a,b}",
        r"\textcquote[3]{a,b}{words}",
        "\\cite{ a ,\n  b }",
        "\\cite{a, % the first\n  b% the second\n}",
        "\\cite\n  {a,b}",
        "\\cite{a,,b,}",
    ],
)
def test_a_citation_gives_its_keys(command: str) -> None:
    assert cited(f"Words {command}.") == ["a", "b"]


def test_a_citation_inside_the_note_of_another_counts() -> None:
    assert cited(r"\citep[as in \citealp{a}, and][]{b}") == ["a", "b"]


def test_a_key_stands_on_its_own_line() -> None:
    manuscript = read(body("One\n\\cite{a,\n  b,\n\n}\nand \\cite{c,\n d}"))
    assert manuscript.citations == (
        CitationKeyUse("c", SourceLocation("paper/main.tex", 7)),
        CitationKeyUse("d", SourceLocation("paper/main.tex", 8)),
    )
    assert problems(manuscript) == [
        "paper/main.tex:3: the braces of \\cite are not closed; close them behind the last key"
    ]


def test_what_is_only_listed_is_not_cited_in_the_text() -> None:
    manuscript = read(body(r"\nocite{a,b}\nocite{*}"))
    assert [(use.key, use.in_text) for use in manuscript.citations] == [("a", False), ("b", False), ("*", False)]


def test_a_bibliography_of_its_own_has_its_own_commands() -> None:
    assert cited(r"\citedata{a}\nocitedata{b}", r"\usepackage{multibib}\newcites{data}{Data}") == ["a", "b"]


@pytest.mark.parametrize(
    "command", [r"\citestyle{acm}", r"\citetext{words}", r"\citesetup{a=b}", r"\defcitealias{a}{A}"]
)
def test_what_only_begins_like_a_citation_cites_nothing(command: str) -> None:
    assert cited(command) == []


@pytest.mark.parametrize("text", [r"\cite{}", r"\cite", r"\cite{", r"\cite{a", r"\cite[", r"\cite{{a}}", r"\cite[a]"])
def test_a_citation_without_a_key_cites_nothing(text: str) -> None:
    assert cited(text) == []


@pytest.mark.parametrize(
    "definition",
    [
        r"\newcommand{\mycite}[1]{\citep{#1}}",
        r"\newcommand*\mycite[1]{see~\cite[p.~1]{#1}}",
        r"\def\mycite#1{\cite{#1}}",
        r"\NewDocumentCommand{\mycite}{s o m}{\cite[#2]{#3}}",
        r"\newcommand{\mycite}[2][3]{\cite[#1]{#2}}",
        r"\newcommand{\inner}[1]{\cite{#1}}\newcommand{\mycite}[1]{\inner{#1}}",
        r"\let\mycite\citep",
    ],
)
def test_a_command_of_the_authors_own_cites_what_it_is_given(definition: str) -> None:
    manuscript = read(body("Words\n\\mycite{a}.", definition))
    assert manuscript.citations == (CitationKeyUse("a", SourceLocation("paper/main.tex", 3)),)


def test_a_macro_can_stand_for_a_key_or_for_a_whole_citation() -> None:
    assert cited(r"\cite{\lidckey} \lidccite", r"\newcommand\lidckey{a}\newcommand\lidccite{\cite{b}}") == ["a", "b"]


@pytest.mark.parametrize(
    "definition",
    [
        r"\newcommand{\mycite}[1]{}",
        r"\long\def\mycite#1{}",
        r"\renewcommand{\mycite}[1]{\textbf{?}}",
        r"\let\mycite\gobble",
    ],
)
def test_a_command_that_swallows_its_argument_cites_nothing(definition: str) -> None:
    assert cited(r"\mycite{a \cite{b}}", definition) == []


def test_an_unused_definition_cites_nothing() -> None:
    assert cited("Words.", r"\newcommand{\lidc}{LIDC~\cite{a}}\def\other#1{\cite{b}}") == []


def test_a_citation_leaves_its_notes_in_the_text_and_nothing_else() -> None:
    assert printed(r"From TCIA~\cite{a}, as \citep[see LIDC-IDRI][]{b}.") == "From TCIA, as see LIDC-IDRI."
