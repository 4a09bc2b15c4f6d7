"""LaTeX in: what a document cites and prints, with every file that it includes."""
