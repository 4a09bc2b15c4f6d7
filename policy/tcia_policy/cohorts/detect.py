"""Any cohort file: its kind is found from its content, never from its name."""

from pathlib import Path

from tcia_policy.cohorts.cohort import Cohort, FileKind
from tcia_policy.cohorts.formats.plain_list import read_plain_list
from tcia_policy.cohorts.formats.s5cmd_manifest import is_s5cmd_manifest, read_s5cmd_manifest
from tcia_policy.cohorts.formats.table import LARGE, layout_of, read_table
from tcia_policy.cohorts.formats.tcia_manifest import is_tcia_manifest, read_tcia_manifest
from tcia_policy.errors import InputError
from tcia_policy.files.text import TextFile, open_text

WHAT_IS_READ = (
    "a cohort file is a .tcia or s5cmd manifest, a CSV or TSV with a column SeriesInstanceUID, "
    "or a list of series UIDs, DOIs or dataset names"
)


def read_cohort(path: Path, large: int = LARGE) -> Cohort:
    """What a cohort file lists. From `large` bytes on, the UIDs of a table may be left in it (`Cohort.column`).

    Raises `InputError` for a file that cannot be read, is no text, or has no entry at all; what else is not understood
    is counted in `Cohort.unread`.
    """
    cohort = _read(open_text(path), large)
    if cohort.column is None and not (cohort.series or cohort.uuids or cohort.names):
        raise nothing_in(cohort)
    return cohort


def nothing_in(cohort: Cohort) -> InputError:
    """The error for a file in which nothing was understood."""
    if cohort.kind is not FileKind.LIST and not cohort.unread.count:
        return InputError(f"is a {cohort.kind.value} that lists no series", file=cohort.path)
    seen = f" ({'; '.join(map(str, cohort.unread.examples))})" if cohort.unread.count else ""
    return InputError(f"nothing in it is a series or the name of a dataset{seen}", file=cohort.path, hint=WHAT_IS_READ)


def _read(file: TextFile, large: int) -> Cohort:
    if is_tcia_manifest(file):
        return read_tcia_manifest(file)
    layout = layout_of(file)
    if layout is not None:
        return read_table(file, layout, large)
    if is_s5cmd_manifest(file):
        return read_s5cmd_manifest(file)
    return read_plain_list(file)
