"""Web pages, and the HTML that stands in Markdown."""
