"""Commands, boxes, slides and pictures that print nothing: the words in the cases say what becomes of them.

pdfTeX 1.40 of TeX Live 2022 was the judge of `seen` and `dead`.
"""

import pytest

from tests.documents.latex.latex_sources import body, check, keys, read

COMMANDS = [
    ("", r"\message{dead}seen"),
    ("", r"\typeout{dead}seen"),
    ("", r"\special{dead}seen"),
    ("", r"\wlog{dead}seen"),
    ("", r"\immediate\write18{dead}seen"),
    ("", r"\write-1{dead}seen"),
    ("", r"\newwrite\aside\immediate\write\aside{dead}seen"),
    ("", r"\PackageWarning{dead}{dead}seen"),
    ("", r"\ClassInfo{dead}{dead}\GenericWarning{dead}{dead}seen"),
    ("", r"\phantom{dead}\hphantom{dead}\vphantom{dead}seen"),
    ("", r"\label{dead}seen"),
    ("", r"\index{dead}seen"),
    (r"\newlength{\wide}", r"\settowidth{\wide}{dead}\settoheight{\wide}{dead}seen"),
    ("", r"\makeatletter\@gobble{dead}\@gobbletwo{dead}{dead}\@secondoftwo{dead}{seen}"),
    ("", r"\makeatletter\@firstoftwo{seen}{dead}"),
    ("", r"\pagestyle{plain}\pdfinfo{/Title (dead)}seen"),
    ("", r"\addtocontents{xyz}{dead}seen"),
    (r"\usepackage{hyperref}", r"\pdfbookmark[1]{dead}{dead}seen"),
    (r"\usepackage{hyperref}", r"\currentpdfbookmark{dead}{dead}\subpdfbookmark{dead}{dead}seen"),
    (r"\usepackage{hyperref}", r"\hypersetup{pdftitle={dead}, pdfkeywords={dead}}seen"),
    (r"\usepackage{hyperref}", r"\texorpdfstring{seen}{dead}"),
    (r"\usepackage{hyperref}", r"\hypertarget{dead}{seen}"),
    (r"\usepackage{bookmark}", r"\bookmark[page=1]{dead}seen"),
    (r"\usepackage{pdfcomment}", r"\pdfcomment{dead}seen"),
    (r"\usepackage{pdfcomment}", r"\pdfmargincomment[author=dead]{dead}seen"),
    (r"\usepackage{pdfcomment}", r"\pdftooltip{seen}{dead}"),
    (r"\usepackage{pdfcomment}", r"\pdfmarkupcomment[author=dead]{seen}{dead}"),
    (r"\usepackage[disable]{todonotes}", r"\todo{dead}\todo[inline]{dead}seen"),
    (r"\usepackage[final]{fixme}", r"\fxnote{dead}\fxwarning{dead}seen"),
    (r"\usepackage[final]{changes}", r"\added{seen}\deleted{dead}\replaced{new}{dead}"),
    (r"\usepackage{comment}", "\\begin{comment}\ndead\n\\end{comment}\nseen"),
    (r"\usepackage{comment}\excludecomment{own}", "\\begin{own}\ndead \\cite{dead}\n\\end{own}\nseen"),
    (r"\usepackage{comment}\includecomment{own}", "\\begin{own}\nseen\n\\end{own}\n"),
    (r"\usepackage{version}\excludeversion{own}", "\\begin{own}\ndead\n\\end{own}\nseen"),
    (r"\usepackage{version}\includeversion{own}", "\\begin{own}\nseen\n\\end{own}\n"),
    ("", "\\begin{filecontents}[overwrite]{aside.tex}\ndead\n\\end{filecontents}\nseen"),
    (r"\gdef\unused{dead}\newcommand{\also}{dead}", "seen"),
    (r"\newcommand{\hide}[1]{}", r"\hide{dead}seen"),
    (r"\newcommand{\hide}[1]{}\let\cut\hide", r"\cut{dead}seen"),
    ("", "seen % dead"),
    ("", r"\d*{}seen"),
    (r"\def\named{seen}", r"\csname named\endcsname"),
    (r"\makeatletter\@namedef{named}{seen}", r"\@nameuse{named}"),
    (r"\usepackage{etoolbox}\csdef{named}{seen}\csdef{other}{dead}", r"\csuse{named}"),
    ("", "seen\n\\stop dead"),
    (r"\usepackage{xcolor}", r"\textcolor{blue}{seen}"),
    (r"\usepackage{xcolor}", r"\textcolor{white}{maybe} seen"),
    (r"\usepackage{xcolor}", r"{\color{white} maybe {maybe} \cite{a}} seen"),
    (r"\usepackage{xcolor}", r"{\color{red} seen}"),
    (
        r"\usepackage{xcolor}",
        r"\textcolor[HTML]{FFFFFF}{maybe}\textcolor[rgb]{1, 1, 1}{maybe}\textcolor[gray]{0}{seen}",
    ),
    (r"\usepackage{xcolor}", r"{\color[RGB]{255,255,255} maybe} seen"),
    (r"\usepackage{etoolbox}\newcommand{\kept}{}", r"\appto\kept{dead}seen"),
    ("", r"\markright{dead}\mark{dead}seen"),
    (r"\usepackage{nomencl}", r"\nomenclature[A]{dead}{dead}seen"),
    (r"\usepackage{hyperref}", r"\href{https://dead.org}{}seen"),
    (r"\newcommand{\ifshown}{\iffalse}", r"\ifshown dead\else seen\fi"),
    (r"\newcommand{\ifshown}{\iftrue}", r"\ifshown seen\else dead\fi"),
    (r"\NewDocumentEnvironment{own}{m +b}{}{}", r"\begin{own}{dead}dead\end{own}seen"),
    (r"\NewDocumentEnvironment{own}{+b}{#1}{}", r"\begin{own}seen\end{own}"),
    (r"\NewDocumentEnvironment{own}{m}{#1}{}", r"\begin{own}{seen}seen\end{own}"),
]

BOXES = [
    (r"\newsavebox{\kept}", r"\savebox{\kept}{dead}seen"),
    (r"\newsavebox{\kept}", r"\savebox{\kept}[3cm][l]{dead}seen"),
    (r"\newsavebox{\kept}", r"\sbox{\kept}{dead}seen"),
    (r"\newsavebox{\kept}", r"\sbox\kept{dead}seen"),
    (r"\newsavebox{\kept}", r"\begin{lrbox}{\kept}dead\end{lrbox}seen"),
    (r"\newsavebox{\kept}", r"\sbox{\kept}{seen}\usebox{\kept}"),
    (r"\newsavebox{\kept}", r"\sbox\kept{seen}\usebox\kept"),
    (r"\newsavebox{\kept}", r"\begin{lrbox}{\kept}seen\end{lrbox}\fbox{\usebox{\kept}}"),
    (r"\newsavebox{\kept}\sbox{\kept}{seen}", r"\usebox{\kept}"),
    (r"\newsavebox{\kept}", r"\sbox{\kept}{dead}\sbox{\kept}{seen}\usebox{\kept}"),
    ("", r"\setbox0=\hbox{dead}seen"),
    ("", r"\setbox0\vbox{dead}seen"),
    ("", r"\setbox0=\hbox to 3cm{dead}seen"),
    ("", r"\setbox0=\hbox{seen}\box0"),
    ("", r"\setbox1=\hbox{seen}\unhbox1"),
    ("", r"\setbox0=\hbox{seen}\copy0"),
    (r"\newbox\kept", r"\setbox\kept=\hbox{dead}seen"),
    (r"\newbox\kept", r"\setbox\kept\hbox{seen}\unhcopy\kept"),
    (r"\newbox\kept", r"\setbox\kept=\hbox\bgroup dead\egroup seen"),
    (r"\newbox\kept", r"\setbox\kept=\vbox{seen}\unvbox\kept"),
    (r"\newsavebox{\kept}\newcommand{\keep}[1]{\sbox{\kept}{#1}}", r"\keep{dead}seen"),
    (
        r"\newsavebox{\kept}\newenvironment{framed}{\begin{lrbox}{\kept}}{\end{lrbox}\fbox{\usebox{\kept}}}",
        r"\begin{framed}seen\end{framed}",
    ),
    (r"\newsavebox{\kept}\newenvironment{gone}{\begin{lrbox}{\kept}}{\end{lrbox}}", r"\begin{gone}dead\end{gone}seen"),
    (r"\newsavebox{\kept}\usepackage{iftex}", r"\ifxetex\sbox{\kept}{maybe}\fi seen \usebox{\kept}"),
    (r"\usepackage{tikz}", r"\begin{tikzpicture}\node (dead) at (0,0) {seen};\end{tikzpicture}"),
    (
        r"\usepackage{tikz}",
        r"\begin{tikzpicture}\node[draw] (dead) {x}; \draw (dead) -- (1,1) node {seen};\end{tikzpicture}",
    ),
    (r"\usepackage{tikz}", r"\begin{tikzpicture}\coordinate (dead) at (0,0);\node at (dead) {seen};\end{tikzpicture}"),
    (
        r"\usepackage{tikz}",
        r"\begin{tikzpicture}\foreach \x in {1,2} {\draw (\x,0) -- (1,\x);}\node {seen};\end{tikzpicture}",
    ),
]

SLIDES = [
    r"\only<article>{dead}seen",
    r"\only<handout>{dead}seen",
    r"\note{dead}seen",
    r"\note[item]{dead}seen",
    r"\note<1>[item]{dead}seen",
    r"\only<0>{dead}seen",
    r"\only<1>{seen}",
    r"\only{dead}<0>seen",
    r"\uncover<0>{dead}seen",
    r"\visible<0>{dead}seen",
    r"\onslide<0>{dead}seen",
    r"\invisible{dead}seen",
    r"\invisible<1->{dead}seen",
    r"\alt<0>{dead}{seen}",
    r"\alt<1>{seen}{x}",
    r"\begin{onlyenv}<0>dead\end{onlyenv}seen",
    r"\begin{invisibleenv}dead\end{invisibleenv}seen",
    r"\mode<article>{dead}seen",
    r"\mode<presentation>{seen}",
    r"\begin{itemize}\item<0> dead\item seen\end{itemize}",
    r"\begin{itemize}\item<1-> seen\end{itemize}",
    r"\only<presentation:0>{dead}seen",
    r"\only<beamer:0>{dead}seen",
    r"\only<handout:0>{maybe}seen",
    r"\only<1| handout:0>{maybe}seen",
]


@pytest.mark.parametrize(("preamble", "text"), [*COMMANDS, *BOXES])
def test_what_a_command_or_box_does_not_print_does_not_count(preamble: str, text: str) -> None:
    check(preamble, text)


@pytest.mark.parametrize("text", SLIDES)
def test_what_no_slide_shows_does_not_count(text: str) -> None:
    check("", rf"\begin{{frame}}{{Title}}{text}\end{{frame}}", document_class="beamer")


@pytest.mark.parametrize("overlay", ["0", "presentation:0", "beamer:0"])
def test_a_frame_that_no_slide_shows_does_not_count(overlay: str) -> None:
    hidden = rf"\begin{{frame}}<{overlay}>{{dead}}dead \cite{{dead}}\end{{frame}}"
    check("", hidden + r"\begin{frame}seen\end{frame}", document_class="beamer")


def test_the_title_of_a_frame_is_a_heading() -> None:
    source = body(r"\begin{frame}[t]{Data}LIDC\end{frame}\begin{frame}\frametitle{Next}NLST\end{frame}")
    (block,) = read(source.replace("article", "beamer")).prose
    assert [block.sections_at(block.text.index(name)) for name in ("LIDC", "NLST")] == [("Data",), ("Next",)]


def test_what_is_cited_in_what_is_not_printed_is_not_cited() -> None:
    hidden = (
        r"\typeout{\cite{dead}}",
        r"\sbox0{\cite{dead}}",
        r"\setbox0=\hbox{\nocite{dead}}",
        r"\todo{\nocite{dead}}",
    )
    for text in hidden:
        assert keys(read(body(text + r"\cite{alive}"))) == ["alive"], text


@pytest.mark.parametrize("environment", ["acks", "anonsuppress"])
def test_an_anonymous_paper_of_acm_prints_no_thanks(environment: str) -> None:
    text = rf"\begin{{document}}seen \begin{{{environment}}}dead\end{{{environment}}}\end{{document}}"
    for options, shown in (("sigconf,anonymous", False), ("sigconf", True)):
        prose = read(rf"\documentclass[{options}]{{acmart}}{text}").prose
        assert ("dead" in " ".join(block.text for block in prose)) is shown


def test_the_solutions_of_an_exam_are_in_doubt() -> None:
    text = r"\documentclass{exam}\begin{document}seen \begin{solution}maybe\end{solution}\end{document}"
    assert [block.doubt is None for block in read(text).prose if "maybe" in block.text] == [False]
