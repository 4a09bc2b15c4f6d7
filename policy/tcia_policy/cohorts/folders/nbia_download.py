"""What NBIA's Data Retriever leaves beside the images: metadata.csv and LICENSE.

metadata.csv has a row for each series, with `Series UID` and, as `File Location`, its folder relative to that of
metadata.csv (`./LIDC-IDRI/LIDC-IDRI-0001/...`, on Windows with backslashes). LICENSE is a template of NBIA's: `The X
collection is distributed under the Y (Z). By downloading the data, you agree to abide by terms of this license.`
Formats by example; TCIA publishes no description.
"""

import csv
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path

from tcia_policy.cohorts.cohort_file import open_cohort_file
from tcia_policy.cohorts.uids import is_series_uid
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.text.name_keys import heading_key

SERIES, LOCATION = ("seriesuid", "seriesinstanceuid"), "filelocation"
_LICENSE = re.compile(rb"collection is distributed under|by downloading the data, you agree to abide", re.IGNORECASE)


def is_nbia_license(content: bytes) -> bool:
    """Return whether a license file is one that NBIA puts into a download."""
    return _LICENSE.search(b" ".join(content.split())) is not None


def series_by_place(path: Path, root: Path) -> dict[str, str]:
    """Return the series in each folder that NBIA's metadata.csv names, by the folder's path relative to `root`.

    Nothing for a file of any other kind, and for folders outside of `root`.
    """
    try:
        file = open_cohort_file(path)
        if LOCATION not in heading_key(file.head_lines[0] if file.head_lines else ""):
            return {}
        rows = csv.reader(file.lines())
        headings = [heading_key(cell) for cell in next(rows)]
        series = next(headings.index(each) for each in SERIES if each in headings)
        location = headings.index(LOCATION)
        beside = path.parent.relative_to(root).as_posix()
        return _places(rows, series, location, beside)
    except (InputError, csv.Error, StopIteration, ValueError):
        return {}


def _places(rows: Iterable[list[str]], series: int, location: int, beside: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        if len(row) <= max(series, location) or not is_series_uid(row[series].strip()):
            continue
        place = posixpath.normpath(f"{beside}/{row[location].strip().replace(chr(92), '/')}")
        if not place.startswith(".."):
            found[place.removeprefix("./")] = row[series].strip()
        if len(found) > limits.COHORT_SERIES:
            break
    return found
