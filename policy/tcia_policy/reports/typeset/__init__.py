"""A document as HTML, Markdown, Word and PDF."""
