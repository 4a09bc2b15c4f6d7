"""Plain lists: a series UID, an IDC series UUID, a DOI or a dataset name on every line."""

import re

from tcia_policy.cohorts.cohort import Cohort, CohortFormat, Entries, EntryKind, numbered
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.uids import is_series_uid, is_series_uuid, unwrap
from tcia_policy.errors import InputError
from tcia_policy.files import limits

NAME = "list"
_COMMENT = re.compile(r"\s#.*$")
_BETWEEN = re.compile(r"[\s,;\"']+")


def is_any_text(file: CohortFile) -> bool:
    """Return whether it is text: any text may be a list."""
    return file.text is not None


def read_plain_list(file: CohortFile) -> Cohort:
    """Return the entries of a list. Which of the names are known is for the registry to say.

    Raise `InputError` for a file with more lines that are not UIDs than any list of datasets has.
    """
    entries = Entries(file.path)
    others = 0
    series = entries.listed[EntryKind.SERIES]
    for number, line in numbered(file.lines(), file.path):
        if line in series:
            continue
        entry = unwrap(line)
        if is_series_uid(entry):
            entries.add_series(entry)
        elif is_series_uuid(entry):
            entries.add_uuid(entry)
        else:
            others += 1
            _add_other(entries, number, line)
        if others > limits.COHORT_OTHER_LINES:
            problem = f"more than {others - 1:,} lines are not series; this is not a cohort file"
            raise InputError(problem, file=file.path)
    return entries.cohort(NAME)


def _add_other(entries: Entries, number: int, line: str) -> None:
    """Note the UIDs of a line that has several, or one with a comment behind it; else note the line as a name."""
    content = _COMMENT.sub("", line)
    several = [entry for entry in map(unwrap, _BETWEEN.split(content)) if entry]
    if several and all(map(is_series_uid, several)):
        for uid in several:
            entries.add_series(uid)
    elif len(content) <= limits.DATASET_NAME:
        entries.add_name(number, content.strip(" \t\"',;"))
    else:
        entries.add_unread(number, line)


FORMAT = CohortFormat(NAME, "a list of series UIDs, DOIs or dataset names", is_any_text, read_plain_list)
