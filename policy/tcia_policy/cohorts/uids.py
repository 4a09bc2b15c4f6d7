"""The identifiers that cohort files list: DICOM series UIDs and the series UUIDs of IDC."""

import re

LONGEST_UID = 64
LONGEST_UUID = 36

# DICOM PS3.5 section 9.1: digits and dots, at most 64 characters. Components with leading zeros break the standard and
# are in use all the same. Both patterns are also given to DuckDB, whose RE2 reads them alike.
UID_PATTERN = r"[0-9]+(?:\.[0-9]+)+"
UUID_PATTERN = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"

_UID = re.compile(UID_PATTERN)
_UUID = re.compile(UUID_PATTERN)
# What surrounds a UID when it is pasted from a spreadsheet, a Python list or a DICOM dump (which pads with NUL).
_WRAPPING = " \t\r\n\v\f\0\"'=,;[]()\ufeff\u200b\u00a0"


def unwrap(text: str) -> str:
    """Return `text` without the blanks, quotes, brackets and separators around it."""
    return text.strip(_WRAPPING)


def is_series_uid(text: str) -> bool:
    """Return whether `text` has the form of a DICOM UID."""
    return len(text) <= LONGEST_UID and _UID.fullmatch(text) is not None


def is_series_uuid(text: str) -> bool:
    """Return whether `text` has the form of a `crdc_series_uuid`."""
    return _UUID.fullmatch(text) is not None
