"""What became of an author's bibliography: lines for the person whose it is."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tcia_policy.model import CitationOwed, Holding
from tcia_policy.references.bib_merge import Merged
from tcia_policy.reports.references_owed import in_columns, level_of, names_of
from tcia_policy.text.english import count, joined


def lines_on_merge(merged: Merged, owed: Sequence[CitationOwed], holdings: Sequence[Holding], file: str) -> list[str]:
    """Return `refs.bib:12  KEY  added  required  LIDC-IDRI` for each, with the further keys of a work."""
    level = {item.citation.doi.lower(): level_of(item) for item in owed}
    names = {item.citation.doi.lower(): ", ".join(names_of(item, holdings)) for item in owed}
    also = {doi: f" (also {', '.join(keys)})" for doi, keys in merged.repeated}
    return in_columns(
        [
            (
                f"{file}:{merged.lines[each.key]}",
                each.key,
                each.state,
                level[each.doi.lower()],
                names[each.doi.lower()] + also.get(each.doi, ""),
            )
            for each in merged.references
        ]
    )


def line_on_change(merged: Merged, path: Path, *, is_new: bool, dry_run: bool) -> str:
    """Return what was done to the file, or would be: `wrote a new file refs.bib: 3 references added`."""
    states = [each.state for each in merged.references]
    done = [
        f"{count(states.count('added'), 'reference')} added" if "added" in states else "",
        f"{count(states.count('fixed'), 'DOI')} added to entries that were there" if "fixed" in states else "",
        f"{states.count('present') + states.count('present-without-doi')} there already"
        if {"present", "present-without-doi"}.intersection(states)
        else "",
    ]
    said = joined([each for each in done if each]) or "no references are owed"
    if not {"added", "fixed"}.intersection(states):
        return f"{path} stays as it is: {said}"
    if dry_run:
        return f"{'a new file' if is_new else path} would have: {said}; nothing was written"
    return f"wrote a new file {path}: {said}" if is_new else f"changed {path}: {said}"


def warnings_on_merge(merged: Merged, path: Path) -> Iterator[str]:
    """Yield what the author should look at: missing DOIs, other DOIs, broken entries, another encoding."""
    for each in merged.references:
        if each.state == "present-without-doi":
            place = f"{path}:{merged.lines[each.key]}"
            yield f"{place}: {each.key} lacks its DOI {each.doi}; --fix adds it"
    for doi, entries in merged.other_doi:
        for entry in entries:
            place = f"{path}:{merged.lines[entry.key or '']}"
            yield f"warning: {place}: {entry.key} has the title of {doi}, and another DOI; is it meant to be that?"
    for block in merged.broken:
        yield f"warning: {path}:{block.line}: {block.problem}; BibTeX may not read the entries after it"
    if merged.encoding != "utf-8":
        yield f"{path} is not UTF-8; it stays in its encoding, and what is added is ASCII"
