"""Documents of every format with something in them changed: they can be read, and nothing crashes.

The suite tries a few hundred; with `HYPOTHESIS_PROFILE=default` it tries 5,000. A format joins by one of `SAMPLES`.
"""

import os
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from tcia_policy.documents.model import Manuscript
from tcia_policy.documents.read_documents import read_manuscript
from tcia_policy.errors import InputError

TRIES = 5_000 if os.environ.get("HYPOTHESIS_PROFILE") == "default" else 300
OF_ONE_TEST = 50

LATEX = r"""\documentclass[draft]{article}
\usepackage{etoolbox}\newif\ifdraft\newtoggle{blind}\newsavebox{\kept}
\newcommand{\data}[1][LIDC]{\ifblank{#1}{NLST}{#1}~\cite{lidc}}
\begin{document}\section{Data}
We use \data[LIDC-IDRI] \ifdraft and \cite{a}\else or \cite{b}\fi. \ifpdf Maybe\fi \iftoggle{blind}{x}{y}
\ifnum\value{page}>1 more\fi \ifcase 1 a\or b\else c\fi \sbox{\kept}{text}\usebox{\kept}\footnote{A note.}
\begin{tabular}{ll}a & b\\\end{tabular}\begin{comment}gone\end{comment}
\begin{thebibliography}{9}\bibitem[A(2015)]{lidc} \url{https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX}
\end{thebibliography}\end{document}
"""
SAMPLES: Mapping[str, str] = {
    "paper.tex": LATEX,
    "slides.tex": r"""\documentclass{beamer}\begin{document}\begin{frame}<1-| handout:0>[t]{Title}
\only<0>{gone}\note{said}\begin{itemize}\item<2-> NLST \cite{nlst}\end{itemize}\invisible<1>{x}\end{frame}
\begin{tikzpicture}[scale=2]\node[draw] (a) at (0,0) {LIDC};\draw (a) -- (1,1);\end{tikzpicture}\end{document}
""",
    "refs.bib": r"""@string{tcia = "The Cancer Imaging Archive"}
@misc{lidc, title = {Data From {LIDC-IDRI}}, publisher = tcia # {, Inc.}, doi = "10.7937/K9/TCIA.2015.LO9QL9SX",
  url = {\url{https://doi.org/10.7937/x}}, OPTnote = {no}, xdata = {one}}
@set{both, entryset = {lidc, other}} @xdata{one, year = 2015} @comment{@misc{b, title = {B}}} % rest
""",
    "paper.md": """---
title: Nodules
bibliography: refs.bib
---
# Data

We use **LIDC-IDRI** [@lidc; @nlst, p. 3], ~~not~~ <span hidden>this</span> and [a link](https://doi.org/10.7937/x).

- one
- `two`

| a | b |
|---|---|
| c | d[^1] |

[^1]: A note.

## References

1. Armato. https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX
""",
    "notes.txt": "We use LIDC-IDRI (doi:10.7937/K9/TCIA.2015.LO9QL9SX).\n\nReferences\n\n[1] Armato 2015.\n",
    "page.html": """<!doctype html><html><head><title>T</title></head><body><h1>Data</h1><p>We use <b>LIDC-IDRI</b>
<a href="https://doi.org/10.7937/x">data</a> <del>gone</del><span style="display:none">hidden</span></p>
<table><tr><td>a<td>b</table><svg><title>x</title></svg></body></html>
""",
    "paper.rst": """Data
====

We use **LIDC-IDRI** [lidc]_ and `a link <https://doi.org/10.7937/x>`_.

.. note:: Said.
   :open:

.. only:: html

   In :cite:p:`lidc, {see}nlst` |x| ``code`` [#]_

.. |x| replace:: *NLST* |x|
.. [#] A note.
.. include:: notes.txt
.. odd:: thing
   :a: b

   - text

====  ====
a     b
====  ====
c     d
====  ====

::

   code

.. bibliography:: refs.bib
.. [lidc] Armato 2015. https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX
""",
    "paper.ipynb": """{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# Data\\n", "LIDC-IDRI."]},
{"cell_type": "code", "metadata": {}, "outputs": [{"text": "gone"}],
"source": "%%R\\nc <- 'NLST'"},
{"cell_type": "raw", "metadata": {"format": "text/latex", "tags": ["a"]}, "source": "\\\\cite{lidc}"},
{"cell_type": "markdown", "metadata": {"slideshow": {"slide_type": "notes"}}, "source": "---\\n```\\n[@nlst]"}],
"metadata": {"kernelspec": {"language": "python"}}, "nbformat": 4, "nbformat_minor": 5}
""",
    "refs.ris": "TY  - DATA\nTI  - Data From LIDC-IDRI\nDO  - 10.7937/K9/TCIA.2015.LO9QL9SX\nPY  - 2015\nER  - \n",
    "refs.nbib": "PMID- 1\nTI  - The Lung\n      Database.\nLID - 10.1118/1.3528204 [doi]\nDP  - 2011 Feb\n",
    "refs.enw": "%0 Dataset\n%T Data From LIDC-IDRI\n%D 2015\n%R 10.7937/K9/TCIA.2015.LO9QL9SX\n",
    "paper.qmd": "Text [@lidc].\n\n```{r}\n#| echo: false\nx <- c('NLST',\n  \"LIDC-IDRI\")\n```\n",
    "query.sql": "SELECT a -- 'no'\nFROM t WHERE collection_id = 'nlst'\n",
    "get.jl": 'x = "NLST" # "no"\n',
    "get.sh": "idc download \"NLST\" # 'no'\ncat <<END\nLIDC\nEND\n",
    "CITATION.cff": "cff-version: 1.2.0\ntitle: T\nreferences:\n  - type: data\n    title: LIDC\n    doi: 10.7937/x\n",
    "train.py": 'collection = "CPTAC-GBM"  # not "NLST"\nprint(f"{collection} of {1 + 1}")\n',
    "items.json": '[{"id": "lidc", "type": "dataset", "title": "LIDC", "DOI": "10.7937/x"}]',
}
_PIECES = (
    "{",
    "}",
    "[",
    "]",
    "\\",
    "%",
    "$",
    "#",
    "\n",
    "\n\n",
    "<",
    ">",
    "`",
    "*",
    "@",
    "\\fi",
    "\\else",
    "---",
    "é",
    "\x00",
)


def mutated(text: str, chance: random.Random) -> bytes:
    """Return the text with up to eight places changed: cut out, put in, said twice, turned around or no UTF-8."""
    content = text
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice((0, 1, 2, 5, 40)))
        piece = chance.choice(("", chance.choice(_PIECES), content[start:end] * 2, content[start:end][::-1]))
        content = content[:start] + piece + content[end:]
    encoded = content.encode("utf-8", "replace")
    at = chance.randrange(len(encoded) + 1)
    return encoded[:at] + chance.choice((b"", b"", b"", b"\xff")) + encoded[at:]


@pytest.mark.parametrize("first", range(0, TRIES, OF_ONE_TEST))
def test_a_document_in_which_anything_was_changed_can_be_read(tmp_path: Path, first: int) -> None:
    for seed in range(first, first + OF_ONE_TEST):
        chance = random.Random(seed)  # noqa: S311 - the same changes in every run
        names = chance.sample(sorted(SAMPLES), 3)
        folder = tmp_path / str(seed)
        folder.mkdir()
        for name in names:
            (folder / name).write_bytes(mutated(SAMPLES[name], chance))
        for block in read(folder).prose:
            assert list(block.starts) == sorted(block.starts)
            assert all(0 <= heading.offset <= len(block.text) for heading in block.headings)


def read(folder: Path) -> Manuscript:
    """Read a folder; nothing where an error says what is wrong with it."""
    try:
        return read_manuscript([str(folder)], None)
    except InputError:
        return Manuscript()
