"""IDC's manifests for s5cmd: `cp s3://idc-open-data/<crdc_series_uuid>/* .`, one series a line.

Written by IDC's portal and by `idc-index`; the layout of the buckets (one folder a series, named by its
`crdc_series_uuid`) is at https://learn.canceridc.dev/data/organization-of-data/files-and-metadata.
"""

import re

from tcia_policy.cohorts.cohort import Cohort, CohortFormat, Entries, Origin, numbered
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.uids import UUID_PATTERN, is_series_uid, is_series_uuid, unwrap
from tcia_policy.model import Route

NAME = "s5cmd manifest"
_STORE = r"(?:s3://|gs://|https://(?:s3[\w.\-]*\.amazonaws\.com|storage\.googleapis\.com)/)"
_BUCKET = re.compile(_STORE, re.IGNORECASE)
# The folder is a series; `<uuid>.dcm` would be a single instance, which the index does not have.
_SERIES_URL = re.compile(rf"{_STORE}[A-Za-z0-9.\-_]+/({UUID_PATTERN})(?![\w.\-])", re.IGNORECASE)


def is_s5cmd_manifest(file: CohortFile) -> bool:
    """Return whether a line that is no comment has the address of something in a bucket."""
    return any(_BUCKET.search(line) for _number, line in numbered(file.head_lines, file.path))


def series_uuid_of(url: str) -> str | None:
    """Return the `crdc_series_uuid` in the first address of a series' folder within `url`, or `None`."""
    found = _SERIES_URL.search(url)
    return None if found is None else found.group(1)


def read_s5cmd_manifest(file: CohortFile) -> Cohort:
    """Return the series of an s5cmd manifest, whatever the command, its flags and its target folder.

    A line may also be a bare address, a `crdc_series_uuid` or a series UID.
    """
    entries = Entries(file.path)
    for number, line in numbered(file.lines(), file.path):
        uuid = series_uuid_of(line)
        entry = unwrap(line)
        if uuid is not None:
            entries.add_uuid(uuid)
        elif is_series_uuid(entry):
            entries.add_uuid(entry)
        elif is_series_uid(entry):
            entries.add_series(entry)
        else:
            entries.add_unread(number, line)
    return entries.cohort(NAME, Origin(Route.IDC, "it is a manifest of IDC's buckets"))


FORMAT = CohortFormat(NAME, "an IDC manifest for s5cmd", is_s5cmd_manifest, read_s5cmd_manifest)
