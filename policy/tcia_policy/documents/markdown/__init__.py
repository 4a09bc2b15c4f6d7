"""Markdown in its dialects: Pandoc, Quarto, R Markdown, bookdown, MyST."""
