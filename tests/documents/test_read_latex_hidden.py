"""What stands in a source and is not in the paper: it neither cites nor prints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.latex.latex_sources import body, cited, keys, printed, problems, read

HIDDEN = [
    "% \\cite{dead}",
    "50\\% % \\cite{dead}",
    "\\\\% \\cite{dead}",
    "\\begin{comment}\n\\cite{dead}\n\\end{comment}",
    "\\begin{verbatim}\n\\cite{dead} % {\n\\end{verbatim}",
    "\\begin{Verbatim}[fontsize=\\small]\n\\cite{dead}\n\\end{Verbatim}",
    "\\begin{lstlisting}[language=TeX]\n\\cite{dead} {\n\\end{lstlisting}",
    "\\begin{minted}{latex}\n\\cite{dead}\n\\end{minted}",
    "\\verb|\\cite{dead}|",
    "\\verb*+\\cite{dead}+",
    "\\lstinline!\\cite{dead}!",
    "\\lstinline[language=TeX]{\\cite{dead}}",
    "\\mintinline{latex}{\\cite{dead}}",
    "\\iffalse dead \\cite{dead} \\ifx\\a\\b x\\else y\\fi \\cite{dead} \\fi",
    "\\iftrue\\else\\cite{dead}\\fi",
    "\\newcommand{\\x}{\\cite{dead}}",
    "\\def\\x#1{dead \\cite{dead} #1}",
    "\\todo{dead: cite \\cite{dead}}",
    "\\todo[inline]{dead \\cite{dead}}",
    "\\deleted{dead \\cite{dead}}",
    "\\sout{dead \\cite{dead}}",
    "\\label{dead}\\ref{dead}\\index{dead}\\phantom{dead}",
    "\\includegraphics[width=2cm]{dead.png}",
    "\\unless\\iftrue dead \\cite{dead}\\fi",
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_is_hidden_neither_cites_nor_prints(hidden: str) -> None:
    manuscript = read(body(f"Before.\n{hidden}\nAfter \\cite{{alive}}."))
    assert keys(manuscript) == ["alive"]
    (prose,) = manuscript.prose
    assert "dead" not in prose.text
    assert prose.text.startswith("Before.")
    assert prose.text.endswith("After.")


@pytest.mark.parametrize(
    ("preamble", "text"),
    [
        (r"\newif\ifdraft", r"\ifdraft dead \cite{dead}\fi"),
        (r"\newif\ifdraft\drafttrue", r"\ifdraft ok\else dead \cite{dead}\fi"),
        (r"\newif\ifdraft\drafttrue\draftfalse", r"\ifdraft dead \cite{dead}\else ok\fi"),
        (r"\let\ifdraft\iffalse", r"\ifdraft dead \cite{dead}\fi"),
        (r"\newtoggle{draft}", r"\iftoggle{draft}{dead \cite{dead}}{ok}"),
        (r"\newboolean{draft}\setboolean{draft}{true}", r"\ifthenelse{\boolean{draft}}{ok}{dead \cite{dead}}"),
        (r"\newcommand{\hide}[1]{}", r"\hide{dead \cite{dead}}"),
        (r"\excludecomment{private}", "\\begin{private}\ndead \\cite{dead}\n\\end{private}"),
        (r"\newenvironment{private}{\comment}{\endcomment}", "\\begin{private}\ndead \\cite{dead}\n\\end{private}"),
        (r"\NewEnviron{private}{}", "\\begin{private}\ndead \\cite{dead}\n\\end{private}"),
        (r"\lstnewenvironment{code}{}{}", "\\begin{code}\ndead % \\cite{dead} {\n\\end{code}"),
        (r"\long\def\cut#1\uncut{}", r"\cut dead \cite{dead} \uncut"),
    ],
)
def test_what_the_author_switched_off_neither_cites_nor_prints(preamble: str, text: str) -> None:
    document = body(f"Before.\n{text}\nAfter \\cite{{alive}}.", preamble)
    assert keys(read(document)) == ["alive"]
    assert "dead" not in "".join(prose.text for prose in read(document).prose)


def test_nothing_counts_after_the_end_of_the_document() -> None:
    manuscript = read(body("Text.") + "dead \\cite{dead}\n\\begin{verbatim}")
    assert (keys(manuscript), [prose.text for prose in manuscript.prose], problems(manuscript)) == ([], ["Text."], [])


def test_nothing_counts_in_the_preamble_but_the_title() -> None:
    preamble = "\nDead \\cite{dead}\n\\title{On LIDC~\\cite{alive}\\thanks{Thanks to TCIA}}\n"
    assert cited("Text.", preamble) == ["alive"]
    assert printed("Text.", preamble) == "On LIDC\n\nText.\n\nThanks to TCIA"


def test_a_condition_that_is_not_evaluated_is_read_on_both_sides_in_doubt() -> None:
    manuscript = read(body("\\ifpdf one \\cite{a}\\else other \\cite{b}\\fi \\cite{c}"))
    assert [(use.key, use.doubt) for use in manuscript.citations] == [
        ("a", "only if \\ifpdf is true"),
        ("b", "only if \\ifpdf is false"),
        ("c", None),
    ]
    assert problems(manuscript) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("\\begin{verbatim}\n\\cite{dead}", "\\begin{verbatim} is never closed"),
        ("\\iffalse\n\\cite{dead}", "\\iffalse has no \\fi in this file"),
        ("\\excludecomment{x}\\begin{x}\n\\cite{dead}", "\\begin{x} is never closed"),
    ],
)
def test_what_is_never_closed_hides_the_rest_and_is_said(text: str, problem: str) -> None:
    manuscript = read(body(f"Before.\n{text}\n\\cite{{dead}}"))
    assert keys(manuscript) == []
    assert [problem in told for told in problems(manuscript)] == [True]


LINES = st.lists(st.text(alphabet="ab \\%{}[]$#&~.|", max_size=12), max_size=8)


@given(before=LINES, comment=st.text(alphabet="ab \\{}[]$%", max_size=15))
def test_what_stands_behind_a_comment_sign_never_cites(before: list[str], comment: str) -> None:
    lines = [line.rstrip("\\") for line in before]
    text = "\n".join(lines) + f"\n.%{comment}\\cite{{dead}}\n"
    assert "dead" not in cited(text)
