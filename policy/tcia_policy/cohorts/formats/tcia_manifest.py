"""TCIA's `.tcia` manifests, as NBIA writes them for its Data Retriever.

`key=value` lines (`downloadServerUrl`, `includeAnnotation`, `noOfrRetry`, `databasketId`, `manifestVersion`), then
`ListOfSeriesToDownload=`, then one SeriesInstanceUID a line. Format by example; TCIA does not publish a description.
"""

import re
from functools import partial

from tcia_policy.cohorts.cohort import Cohort, CohortFormat, Entries, EntryKind, numbered
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.formats.stored_lines import LongList, stored_lines
from tcia_policy.cohorts.found_in_text import found_in
from tcia_policy.cohorts.records.roles import heads_a_list
from tcia_policy.cohorts.uids import UID_PATTERN, is_series_uid, unwrap
from tcia_policy.errors import InputError

NAME = "TCIA manifest"
_LIST = re.compile(r"^[ \t\"']*ListOfSeriesToDownload[ \t]*=(.*)$", re.IGNORECASE | re.MULTILINE)
_HEADER = re.compile(r"[\"']?([A-Za-z][\w.\- ]{0,60})=")
_NBIA_KEYS = re.compile(r"^[ \t\"']*(downloadServerUrl|databasketId|manifestVersion)[ \t]*=", re.I | re.M)
# The keys that a second manifest in the same file begins with, below the series of the first.
_KEYS = frozenset(("downloadserverurl", "includeannotation", "noofrretry", "databasketid", "manifestversion"))
_BETWEEN = re.compile(r"[\s,;|\"']+")


def is_tcia_manifest(file: CohortFile) -> bool:
    """Return whether the file begins like a TCIA manifest."""
    return _LIST.search(file.head) is not None or _NBIA_KEYS.search(file.head) is not None


def read_tcia_manifest(file: CohortFile) -> Cohort:
    """Return the series of a `.tcia` manifest. Several manifests in one file are read as one.

    Raise `InputError` for a manifest without the line that begins its list of series.
    """
    entries = Entries(file.path)
    listing = False
    for number, line in numbered(file.lines(), file.path):
        listing = listing or _LIST.match(line) is not None
        _add_line(entries, number, line, listing=listing)
    if not listing:
        raise InputError(
            "is a TCIA manifest without a list of series",
            file=file.path,
            hint="below its header a manifest has a line `ListOfSeriesToDownload=`, then one series UID a line",
        )
    return entries.cohort(NAME)


def read_long_manifest(file: CohortFile) -> Cohort:
    """Return a cohort whose series are left in their lines, for DuckDB; or what `read_tcia_manifest` returns."""
    above = next((number for number, line in enumerate(file.head_lines, start=1) if _LIST.match(line)), 0)
    header = Entries(file.path)
    for number, line in numbered(file.head_lines[:above], file.path):
        _add_line(header, number, line, listing=number == above)
    lines = LongList(NAME, EntryKind.SERIES, partial(_add_line, listing=True), UID_PATTERN, skip=above)
    says_more = header.unread_count or any(header.listed.values())
    stored = stored_lines(file, lines) if above and not says_more else None
    return stored or read_tcia_manifest(file)


def _add_line(entries: Entries, number: int, line: str, *, listing: bool) -> None:
    """Note what a line lists; above the list of series (not `listing`) few do."""
    begins = _LIST.match(line)
    entry = unwrap(begins.group(1) if begins is not None else line)
    if listing and is_series_uid(entry):
        entries.add_series(entry)
    elif entry and not _is_header(line, listing=listing) and not _add_several(entries, entry, listing=listing):
        entries.add_unread(number, line)


def _add_several(entries: Entries, text: str, *, listing: bool) -> bool:
    """Note the series of a line that has more than one, or has words beside it (`x=1.3.6...`); return whether it has.

    Above the list of series (not `listing`) only what must be a UID is one.
    """
    words = [unwrap(word) for word in _BETWEEN.split(text)]
    if listing and all(map(is_series_uid, words)):
        uids = words
    else:
        value = unwrap(text.partition("=")[2])
        uids = [value] if listing and is_series_uid(value) else []
    for uid in uids:
        entries.add_series(uid)
    found = [] if uids else found_in(text)
    for each in found:
        entries.add(EntryKind.SERIES if each.kind is EntryKind.UID else each.kind, each.entry)
    return bool(uids or found)


def _is_header(line: str, *, listing: bool) -> bool:
    """Return whether a line is of the header; above the series it is unless it has a UID."""
    if listing and heads_a_list(line):
        return True
    key = _HEADER.match(line)
    if key is None:
        return False
    return key.group(1).strip().lower() in _KEYS if listing else not found_in(line)


FORMAT = CohortFormat(
    NAME, "a TCIA manifest (.tcia)", is_tcia_manifest, read_tcia_manifest, read_large=read_long_manifest
)
