"""The entries of a selection as a table, a row for each entry and dataset: what `resolve -o` writes."""

from collections.abc import Iterator, Sequence

from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.cohorts.entry_rows import EntryRow
from tcia_policy.cohorts.items import Selected
from tcia_policy.model import Access, Assessment, Holding, HoldingTerms
from tcia_policy.model.table_row import TableRow

FOUND, MISSING = "found", "not found"


def table_rows(rows: Iterator[EntryRow], selected: Sequence[Selected], assessment: Assessment) -> Iterator[TableRow]:
    """Yield the rows of the table."""
    holdings = {each.id: each for each in assessment.holdings}
    terms = {each.holding: each for each in assessment.terms}
    for row in rows:
        for id_ in row.holdings or ("",):
            yield _row(row, selected[row.selected].label, holdings.get(id_), terms.get(id_))


def _row(row: EntryRow, label: str, holding: Holding | None, terms: HoldingTerms | None) -> TableRow:
    of_kind = {kind: row.entry if row.kind is kind else "" for kind in EntryKind}
    return TableRow(
        SeriesInstanceUID=of_kind[EntryKind.SERIES] or of_kind[EntryKind.UID],
        crdc_series_uuid=of_kind[EntryKind.SERIES_UUID],
        StudyInstanceUID=of_kind[EntryKind.STUDY],
        PatientID=of_kind[EntryKind.PATIENT],
        status=FOUND if row.found else MISSING,
        dataset="" if holding is None else holding.dataset or "",
        doi=row.doi or ("" if holding is None else holding.doi or ""),
        license="" if terms is None else " AND ".join(_licenses(terms)),
        access="" if terms is None else _access(terms),
        collection=row.collection,
        series=row.series,
        origin="" if holding is None else holding.obtained_from.value,
        on_word_of="" if holding is None or holding.on_word_of is None else holding.on_word_of.value,
        item=label,
        data_item="" if holding is None else holding.id,
    )


def _licenses(terms: HoldingTerms) -> list[str]:
    return list(dict.fromkeys(each.license for part in terms.parts for each in part.stated))


def _access(terms: HoldingTerms) -> str:
    found = [part.access for part in terms.parts]
    known = sorted({each.value for each in found if each is not None})
    if Access.CONTROLLED in found and len(known) == 1:
        return Access.CONTROLLED.value
    if None in found or not known:
        return ""
    return known[0] if len(known) == 1 else "mixed"
