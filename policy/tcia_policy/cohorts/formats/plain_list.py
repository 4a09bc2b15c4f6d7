"""Lists, and any other text: series and studies wherever they stand in it, IDC's UUIDs of series, DOIs and names."""

import re

from tcia_policy.cohorts.cohort import (
    NOTHING_BESIDE,
    Beside,
    Cohort,
    CohortFormat,
    Entries,
    EntryKind,
    NeedsWholeFileError,
    Origin,
    numbered,
)
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.formats.stored_lines import LongList, stored_lines
from tcia_policy.cohorts.found_in_text import Found, found_in
from tcia_policy.cohorts.named_in_text import dois_and_pages_in
from tcia_policy.cohorts.prose import is_prose
from tcia_policy.cohorts.records.roles import heads_a_list
from tcia_policy.cohorts.uids import UID_PATTERN, is_series_uuid, is_uid_alone, unwrap
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.model import Route

NAME = "list"
FROM_IDC = Origin(Route.IDC, "it has addresses of IDC's viewer")
# Who resolves these addresses is the Cancer Research Data Commons: what TCIA has there is controlled.
FROM_COMMONS = Origin(Route.GENERAL_COMMONS, "it has addresses of its files (`drs://`)")
ORIGINS = {"drs://nci-crdc.": FROM_COMMONS, "drs://caninedc.": FROM_COMMONS, "imaging.datacommons.cancer.gov": FROM_IDC}
_COMMENT = re.compile(r"\s#.*$")
# A bullet, and what a card of Hugging Face writes before a source: `- extended|lidc-idri`.
_BULLET = re.compile(r"^[-*+]\s+[\"']?(?:extended\|)?(?:other-)?")


def is_any_text(file: CohortFile) -> bool:
    """Return whether it is text: any text may be a list."""
    return file.text is not None


def read_plain_list(file: CohortFile) -> Cohort:
    """Return what a text lists. Which of the names are known is for the registry to say.

    A line has an entry and nothing else, or addresses, paths and UIDs among other words, or names and DOIs of datasets.
    Raise `InputError` for a file with more lines of anything else than any list has.
    """
    entries = Entries(file.path)
    uids = entries.listed[EntryKind.UID]
    origin: Origin | None = None
    for number, line in numbered(file.lines(), file.path):
        if line in uids:
            continue
        if _add_line(entries, number, line):
            origin = origin or next((shown for part, shown in ORIGINS.items() if part in line), None)
        if number > limits.COHORT_UNREAD_AT_FIRST and not any(entries.listed.values()):
            problem = f"the first {number:,} lines are not series; this is not a cohort file"
            raise InputError(problem, file=file.path)
    return entries.cohort(NAME, origin)


def read_long_list(file: CohortFile) -> Cohort:
    """Return a cohort whose UIDs are left in their lines, for DuckDB; or what `read_plain_list` returns."""
    lines = LongList(NAME, EntryKind.UID, _add_stored_line, UID_PATTERN)
    return stored_lines(file, lines) or read_plain_list(file)


def _add_stored_line(entries: Entries, number: int, line: str) -> None:
    if any(part in line for part in ORIGINS):  # which says where all of them are from
        raise NeedsWholeFileError
    _add_line(entries, number, line)


def _add_line(entries: Entries, number: int, line: str) -> bool:
    """Note what a line lists, or else what it may name. Return whether it lists something among other words."""
    entry = unwrap(line)
    if is_uid_alone(entry):
        entries.add(EntryKind.UID, entry)
    elif is_series_uuid(entry):
        entries.add_uuid(entry)
    elif found := found_in(line):
        add_found(entries, found, line)
        return True
    elif heads_a_list(line):
        entries.add_heading(number, line)
    else:
        add_names(entries, number, line)
    return False


def add_found(entries: Entries, found: list[Found], line: str) -> None:
    """Note the entries of a line, and beside them the datasets that it has the DOIs or pages of."""
    named = tuple(dois_and_pages_in(line))
    beside = Beside(named) if named else NOTHING_BESIDE
    for each in found:
        entries.add(each.kind, each.entry, beside)


def add_names(entries: Entries, number: int, line: str) -> None:
    """Note the DOIs and pages of a line that has any; else what may be a name, unless it is prose or too long."""
    named = dois_and_pages_in(line)
    content = _BULLET.sub("", _COMMENT.sub("", line)).strip(" \t\"',;")
    if not named and is_prose(content):
        entries.add_prose(number, line)
        return
    for name in named or ([content] if len(content) <= limits.DATASET_NAME else []):
        if len(entries.names) < limits.COHORT_NAMES or name in entries.names:
            entries.add_name(number, name)
        else:
            entries.add_unread(number, line)
    if not named and len(content) > limits.DATASET_NAME:
        entries.add_unread(number, line)


FORMAT = CohortFormat(
    NAME, "a list of series UIDs, DOIs or dataset names", is_any_text, read_plain_list, read_large=read_long_list
)
