"""LaTeX in: what a document cites and prints, with every file that it includes."""

from tcia_policy.documents.latex.read_latex import read_latex

__all__ = ["read_latex"]
