"""LaTeX as TeX reads it: tokens, macros, conditions, and the text that comes out on the page."""
