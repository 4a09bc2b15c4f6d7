"""The identifiers that cohort files list: DICOM series UIDs and the series UUIDs of IDC."""

import re

LONGEST_UID = 64
LONGEST_UUID = 36

# DICOM PS3.5 section 9.1: digits and dots, at most 64 characters. Components with leading zeros break the standard and
# are in use all the same; of two components are numbers. Both patterns are also given to DuckDB, whose RE2 reads them
# alike.
UID_PATTERN = r"[0-9]+(?:\.[0-9]+){2,}"
UUID_PATTERN = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"

_UID = re.compile(UID_PATTERN)
_UUID = re.compile(UUID_PATTERN)
_LONG_PAIR = re.compile(r"[0-9]+\.[0-9]+")
# Where nothing says that a number is a UID it must look like one: of the 1,200,000 series and studies that IDC ever had
# the shortest has 23 characters and 10 components; some studies have two components, of 64 characters together.
SHORTEST_ALONE = 20
FEW_COMPONENTS, MANY_COMPONENTS = 3, 6
LONG_OF_TWO = 40
LONGEST_ROOT = 2  # digits of the first component
MANY_ON_A_LINE = 5  # an address of a network has four
FROM_UUID = "2.25."  # PS3.5 annex B.2
DICOMS_OWN = "1.2.840.10008."  # SOP classes, transfer syntaxes and the like: PS3.6 annex A
# What surrounds a UID when it is pasted from a spreadsheet, a Python list or a DICOM dump (which pads with NUL).
_WRAPPING = " \t\r\n\v\f\0\"'=,;[]()\ufeff\u200b\u00a0"


def unwrap(text: str) -> str:
    """Return `text` without the blanks, quotes, brackets and separators around it."""
    return text.strip(_WRAPPING)


def is_series_uid(text: str) -> bool:
    """Return whether `text` has the form of a DICOM UID."""
    return len(text) <= LONGEST_UID and _UID.fullmatch(text) is not None


def looks_like_uid(text: str) -> bool:
    """Return whether `text` must be a UID wherever it stands: no version, address of a network, date or coordinate."""
    if not _may_be_of_data(text):
        return False
    components = text.count(".") + 1
    if components < FEW_COMPONENTS:
        return len(text) >= LONG_OF_TWO
    return len(text) >= SHORTEST_ALONE or components >= MANY_COMPONENTS


def is_uid_alone(text: str) -> bool:
    """Return whether `text` is a UID where nothing else is on its line: made-up ones are short, versions shorter."""
    is_long_enough = text.count(".") + 1 >= MANY_ON_A_LINE or text.startswith(FROM_UUID)
    return looks_like_uid(text) or (is_long_enough and _may_be_of_data(text))


def is_series_uuid(text: str) -> bool:
    """Return whether `text` has the form of a `crdc_series_uuid`."""
    return _UUID.fullmatch(text) is not None


def is_of_dicom(text: str) -> bool:
    """Return whether a UID is one of DICOM itself, and of no data."""
    return text.startswith(DICOMS_OWN)


def _may_be_of_data(text: str) -> bool:
    of_digits = is_series_uid(text) or (len(text) <= LONGEST_UID and _LONG_PAIR.fullmatch(text) is not None)
    return of_digits and text.find(".") <= LONGEST_ROOT and not is_of_dicom(text)
