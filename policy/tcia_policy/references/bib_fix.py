"""Adding a DOI to an entry that is there: one field more, in the manner of the entry; every other byte stays."""

import re
from collections.abc import Iterable

from tcia_policy.documents.bibtex.bib_file import Block, Field
from tcia_policy.lazy import dataclass


@dataclass(frozen=True)
class Edit:
    """A piece of a text, from `start` to `end`, and what shall stand there instead."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with all edits made. They must not overlap."""
    for edit in sorted(edits, key=lambda each: each.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def with_doi(text: str, entry: Block, doi: str, line_end: str) -> Edit | None:
    """Return the edit that gives an entry its DOI, as a field after its last one, or in a `doi` that is empty.

    A field that begins a line gets one below it, with the same indentation, and the sign `=` in the same column.
    Return `None` for an entry that has another `doi` already, or no field at all.
    """
    there = [field for field in entry.fields if field.name == "doi"]
    if there:
        field = there[0]
        return None if field.value.strip() else Edit(field.start, field.end, f"{{{doi}}}")
    if not entry.fields:
        return None
    last = entry.fields[-1]
    return Edit(last.end, last.end, f",{_manner(text, entry, last, line_end)}{{{doi}}}")


def _manner(text: str, entry: Block, field: Field, line_end: str) -> str:
    """Return what to write before the value: where the field stands, and how far its `=` is from its name."""
    before = text[entry.start : field.start]
    name = re.search(rf"(?:^|(?<=[\n\r]))?([ \t]*)({re.escape(field.name)})([ \t]*)(=[ \t]*)$", before, re.IGNORECASE)
    if name is None:
        return " doi = "
    begins_line = before[: name.start()].endswith(("\n", "\r"))
    if not begins_line:
        return f" doi{' ' if name[3] else ''}{name[4]}"
    called = "DOI" if field.name.upper() == name[2] else "doi"
    is_aligned = len(name[3]) > 1
    return f"{line_end}{name[1]}{called.ljust(len(name[2] + name[3])) if is_aligned else called + name[3]}{name[4]}"
