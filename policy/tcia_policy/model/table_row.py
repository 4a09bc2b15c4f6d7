"""A row of the table of all entries of a selection, which `resolve -o` writes."""

from typing import NamedTuple


class TableRow(NamedTuple):
    """A row of the table. The first columns are those by which `resolve` reads the table again.

    `license` are the identifiers of all licenses stated, `access` is `open`, `controlled`, `mixed` or empty for not
    known. `on_word_of` says by whose word a series that is not found is of the dataset. `origin` is the place that the
    copy is from; it is empty where nothing says so, and TCIA is assumed. `item` is the selection as it was named,
    `data_item` the id of the data item.
    """

    SeriesInstanceUID: str
    crdc_series_uuid: str
    StudyInstanceUID: str
    PatientID: str
    status: str
    dataset: str
    doi: str
    license: str
    access: str
    collection: str
    series: int | None
    origin: str
    on_word_of: str
    item: str
    data_item: str
