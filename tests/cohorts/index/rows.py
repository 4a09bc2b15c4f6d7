"""The row of one series in the index that ships with the program."""

from tcia_policy.cohorts.index.slim import SlimIndex
from tcia_policy.cohorts.index.slim_table import UNKNOWN


def row_of_series(index: SlimIndex, uid: str) -> int | None:
    """Return the row of a SeriesInstanceUID; `None` for one that the index does not have."""
    (row,) = index.rows_of_series([uid])
    return None if row == UNKNOWN else row


def row_of_uuid(index: SlimIndex, uuid: str) -> int | None:
    """Return the row of a `crdc_series_uuid`; `None` for one that the index does not have."""
    (row,) = index.rows_of_uuids([uuid])
    return None if row == UNKNOWN else row
