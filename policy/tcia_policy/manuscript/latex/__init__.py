"""LaTeX in: what a document cites and prints, with every file that it includes."""

from tcia_policy.manuscript.latex.read import read_latex

__all__ = ["read_latex"]
