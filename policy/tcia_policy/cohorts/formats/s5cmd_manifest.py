"""Manifests and scripts that download from IDC's buckets: `cp s3://idc-open-data/<crdc_series_uuid>/* .`.

Written by IDC's portal and by `idc-index` for s5cmd, by hand for gsutil, aws, curl, wget, rclone and aria2. The layout
of the buckets (one folder a series, named by its `crdc_series_uuid`) is at
https://learn.canceridc.dev/data/organization-of-data/files-and-metadata.
"""

import re

from tcia_policy.cohorts.cohort import Cohort, CohortFormat, Entries, EntryKind, NeedsWholeFileError, Origin, numbered
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.formats.plain_list import add_found
from tcia_policy.cohorts.formats.stored_lines import LongList, stored_lines
from tcia_policy.cohorts.found_in_text import found_in, series_uuid_of
from tcia_policy.cohorts.uids import UUID_PATTERN, is_series_uid, is_series_uuid, unwrap
from tcia_policy.model import Route

NAME = "s5cmd manifest"
# aria2's options of the address above them, each on an indented line.
_OPTION = re.compile(r"(?:out|dir|checksum|header|split|referer|user-agent|max-connection-per-server)=\S")


# What IDC's portal and `idc-index` write for one series.
_COPY = rf"cp (?:s3|gs)://(?:[a-z0-9-]+-)?idc(?:-[a-z0-9-]+)?/{UUID_PATTERN}/[*] [A-Za-z0-9_./-]+"
FROM_IDC = Origin(Route.IDC, "it is a manifest of IDC's buckets")


def is_s5cmd_manifest(file: CohortFile) -> bool:
    """Return whether a line that is no comment has the address of a series in one of IDC's buckets.

    JSON and web pages may have whole commands in them; all else in these is no command.
    """
    if file.head.lstrip("\ufeff \t\r\n").startswith(("{", "[", "<")):
        return False
    return any(series_uuid_of(line) is not None for _number, line in numbered(file.head_lines, file.path))


def read_s5cmd_manifest(file: CohortFile) -> Cohort:
    """Return the series of all addresses, whatever the commands, their flags and their target folders.

    A line may also be a `crdc_series_uuid` or a series UID. A command may go on in the next line (`cp \\`).
    """
    entries = Entries(file.path)
    begun: list[tuple[int, str]] = []
    for number, line in numbered(file.lines(), file.path):
        if _add_line(entries, line):
            begun.clear()
        elif line.endswith("\\"):
            begun.append((number, line))
        elif not _OPTION.match(line):
            entries.add_unread(number, line)
    for number, line in begun:
        entries.add_unread(number, line)
    return entries.cohort(NAME, FROM_IDC)


def read_long_manifest(file: CohortFile) -> Cohort:
    """Return a cohort whose UUIDs are left in their lines, for DuckDB; or what `read_s5cmd_manifest` returns."""
    lines = LongList(NAME, EntryKind.SERIES_UUID, _add_stored_line, _COPY, in_address=True, origin=FROM_IDC)
    return stored_lines(file, lines) or read_s5cmd_manifest(file)


def _add_stored_line(entries: Entries, number: int, line: str) -> None:
    if line.endswith("\\"):  # goes on in the next one
        raise NeedsWholeFileError
    if not _add_line(entries, line) and not _OPTION.match(line):
        entries.add_unread(number, line)


def _add_line(entries: Entries, line: str) -> bool:
    """Note what a line lists, and return whether it lists anything."""
    entry = unwrap(line)
    if is_series_uuid(entry):
        entries.add_uuid(entry)
    elif is_series_uid(entry):
        entries.add(EntryKind.SERIES, entry)
    elif found := found_in(line):
        add_found(entries, found, line)
    else:
        return False
    return True


FORMAT = CohortFormat(
    NAME, "an IDC manifest for s5cmd", is_s5cmd_manifest, read_s5cmd_manifest, read_large=read_long_manifest
)
