"""Any cohort file: its format is found from its content, never from its name."""

from pathlib import Path

from tcia_policy.cohorts.cohort import Cohort, unread_of
from tcia_policy.cohorts.cohort_file import CohortFile, open_cohort_file
from tcia_policy.cohorts.what_it_is import WHAT_COUNTS, hint_for_text, is_own_result, kind_of_binary
from tcia_policy.errors import InputError

WHAT_WOULD_DO = (
    "name a manifest, a table with a column SeriesInstanceUID, or a list of UIDs, DOIs or names of datasets;"
    " `tcia-policy resolve --help` lists all that would do"
)
LARGE = 4_000_000  # bytes, from which on DuckDB reads the column of UIDs


def read_cohort(path: Path, large: int = LARGE) -> Cohort:
    """Return what a cohort file lists. From `large` bytes on, UIDs may be left in the file (`Cohort.table`).

    Raise `InputError` for a file that cannot be read, that no format recognizes, or that has no entry at all. What else
    is not understood is counted in `Cohort.unread`.
    """
    from tcia_policy.cohorts import formats  # noqa: PLC0415 - 15 ms, only where a file is read

    file = open_cohort_file(path)
    if is_own_result(file):
        hint = "`tcia-policy render` prints an assessment; name the data items of its project"
        raise InputError("is a result of tcia-policy, not a cohort file", file=path, hint=hint)
    found = next((each for each in formats.FORMATS if each.recognizes(file)), None)
    if found is None:
        raise _binary(file)
    cohort = found.read(file) if found.read_large is None or file.size < large else found.read_large(file)
    if not (cohort.lists_entries or cohort.names or cohort.is_told):
        raise nothing_in(cohort)
    return cohort


def nothing_in(cohort: Cohort) -> InputError:
    """Return the error for a file in which nothing was understood."""
    from tcia_policy.cohorts import formats  # noqa: PLC0415 - as above

    if cohort.format_name != formats.plain_list.NAME and not cohort.unread.count:
        hint = hint_for_text(open_cohort_file(cohort.path)) or WHAT_COUNTS
        return InputError(f"is a {cohort.format_name} that lists no series", file=cohort.path, hint=hint)
    unread = cohort.unread + unread_of(cohort.sentences)
    more = unread.count - len(unread.examples)
    seen = "; ".join([*map(str, unread.examples), *([f"and {more:,} more"] if more > 0 else [])])
    seen = f" ({seen})" if seen else ""
    hint = hint_for_text(open_cohort_file(cohort.path)) or WHAT_WOULD_DO
    return InputError(f"nothing in it is a series or the name of a dataset{seen}", file=cohort.path, hint=hint)


def _binary(file: CohortFile) -> InputError:
    """Return the error for a file that no format recognizes and that is not text."""
    name, hint = kind_of_binary(file) or ("a binary file", WHAT_WOULD_DO)
    return InputError(f"is {name}, not a cohort file", file=file.path, hint=hint)
