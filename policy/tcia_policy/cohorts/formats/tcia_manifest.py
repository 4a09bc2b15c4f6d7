"""TCIA's `.tcia` manifests, as NBIA writes them for its Data Retriever.

`key=value` lines (`downloadServerUrl`, `includeAnnotation`, `noOfrRetry`, `databasketId`, `manifestVersion`), then
`ListOfSeriesToDownload=`, then one SeriesInstanceUID a line. Format by example; TCIA does not publish a description.
"""

import re

from tcia_policy.cohorts.cohort import Cohort, CohortFormat, Entries, numbered
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.uids import is_series_uid, unwrap
from tcia_policy.errors import InputError

NAME = "TCIA manifest"
_LIST = re.compile(r"^[ \t\"']*ListOfSeriesToDownload[ \t]*=(.*)$", re.IGNORECASE | re.MULTILINE)
_HEADER = re.compile(r"[\"']?[A-Za-z][\w.\- ]{0,60}=")
_NBIA_KEYS = re.compile(r"^[ \t\"']*(downloadServerUrl|databasketId|manifestVersion)[ \t]*=", re.I | re.M)


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
        begins = _LIST.match(line)
        listing = listing or begins is not None
        entry = unwrap(begins.group(1) if begins is not None else line)
        if is_series_uid(entry) and listing:
            entries.add_series(entry)
        elif entry and (begins is not None or _HEADER.match(line) is None):
            entries.add_unread(number, line)
    if not listing:
        raise InputError(
            "is a TCIA manifest without a list of series",
            file=file.path,
            hint="below its header a manifest has a line `ListOfSeriesToDownload=`, then one series UID a line",
        )
    return entries.cohort(NAME)


FORMAT = CohortFormat(NAME, "a TCIA manifest (.tcia)", is_tcia_manifest, read_tcia_manifest)
