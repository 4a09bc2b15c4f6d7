"""What LaTeX itself says that a document cites is what is found in it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.documents.latex.latex_sources import keys, read

PACKAGES = ("natbib", "ifthen", "etoolbox", "listings", "hyperref")
DOCUMENT = r"""\documentclass{article}
\usepackage{natbib,ifthen,etoolbox,listings,hyperref}
\newif\ifdraft
\newtoggle{final}\toggletrue{final}
\newboolean{blind}
\newcommand{\mycite}[2][see]{\citep[#1][]{#2}}
\newcommand{\swallow}[1]{}
\let\oldcite\cite
\long\def\cut#1\uncut{}
\def\second#1#2{#2}
\newenvironment{boxed}[1]{\textbf{#1} \cite{alive-in-begin}}{\cite{alive-in-end}}
\begin{document}
\cite{a,b , c,
 d, % e,
 f}. \mycite{g} \mycite[x]{h} \swallow{\cite{dead}} \oldcite{i}
\ifdraft \cite{dead}\else \cite{j}\fi
\drafttrue\ifdraft\cite{k}\fi \unless\ifdraft\cite{dead}\fi
\iftoggle{final}{\cite{l}}{\cite{dead}}
\ifthenelse{\boolean{blind}}{\cite{dead}}{\cite{m}}
\cut \cite{dead} \uncut
\second{\cite{dead}}{\cite{n}}
\begin{boxed}{t}x\end{boxed}
\verb|\cite{dead}| \lstinline!\cite{dead}!
\begin{lstlisting}
\cite{dead}
\end{lstlisting}
% \cite{dead}
100\% \cite{o} \\% \cite{dead}
\citet[\citeauthor{p}]{q} \footnote{\citealp{r}\nocite{s}}
\iffalse \ifx\a\b \cite{dead} \else \fi \cite{dead} \else \cite{t} \fi
\expandafter\cite\expandafter{u} \url{http://x/%7Ea}\cite{v} \href{http://x/\#a}{w \cite{w}}
\swallow{\cite{dead}}\def\unused{\cite{dead}}
\input{part}
\end{document}
\cite{dead}
"""


def _can_typeset() -> bool:
    if shutil.which("pdflatex") is None or shutil.which("kpsewhich") is None:
        return False
    found = [subprocess.run(["kpsewhich", f"{name}.sty"], capture_output=True, check=False) for name in PACKAGES]
    return all(run.returncode == 0 for run in found)


@pytest.mark.skipif(not _can_typeset(), reason="no LaTeX with these packages")
def test_what_is_cited_is_what_latex_writes_into_its_aux_file(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text(DOCUMENT)
    (tmp_path / "part.tex").write_text("\\cite{x}\n\\endinput\n\\cite{dead}")
    subprocess.run(
        ["pdflatex", "-interaction=batchmode", "-draftmode", "main"], cwd=tmp_path, capture_output=True, check=True
    )
    written = re.findall(r"\\citation\{([^}]*)\}", (tmp_path / "main.aux").read_text())
    by_latex = {key.strip() for found in written for key in found.split(",")}
    manuscript = read(DOCUMENT, {"part.tex": (tmp_path / "part.tex").read_text()})
    assert set(keys(manuscript)) == by_latex
    assert "dead" not in by_latex
    assert len(by_latex) == 25
