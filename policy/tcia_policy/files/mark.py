"""The mark of the files that this program writes, and how it gets into them. `written_by` finds it again.

Writers put `MARK_LINE` at the head of a text, as a comment (at the end of what is printed into a file), and `MARK`
where their format has a place for it: an HTML page in `<meta name="generator">`, JSON as one of its first keys, Word
and PDF among their keywords. Lists of references (`.bib`, `.ris`, CSL JSON) carry no mark: an entry of theirs counts
only where the text cites it.
"""

from pathlib import PurePath

MARK = "Written by tcia-policy, not a manuscript"
MARK_LINE = f"{MARK}: remove this line in your own text."
FENCE = "---"


def marked(text: str, name: str) -> str:
    """Return the text of a file called `name` with the mark as its first line, or as the first of its YAML header."""
    suffix = PurePath(name).suffix
    if suffix != ".md":
        return f"{'%' if suffix == '.tex' else '#'} {MARK_LINE}\n\n{text}"
    opening = f"{FENCE}\n"
    if text.startswith(opening):
        return f"{opening}# {MARK_LINE}\n{text.removeprefix(opening)}"
    return f"<!-- {MARK_LINE} -->\n\n{text}"


def marked_at_end(text: str) -> str:
    """Return a text that is printed with the mark as its last line: its first line is the answer."""
    return f"{text.rstrip()}\n\n# {MARK_LINE}\n"
