"""The entries of a selection as a table, a row for each entry and dataset: what `resolve -o` writes."""

from collections.abc import Iterator, Sequence

from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.cohorts.entry_rows import EntryRow
from tcia_policy.cohorts.items import Selected
from tcia_policy.lazy import dataclass
from tcia_policy.model import Access, Assessment, Holding, HoldingTerms, Route
from tcia_policy.model.table_row import TableRow

FOUND, MISSING = "found", "not found"


@dataclass(frozen=True)
class _Said:
    """What the rows of one data item have in common."""

    dataset: str = ""
    doi: str = ""
    license: str = ""
    access: str = ""
    origin: str = ""
    origin_shown: bool = False
    on_word_of: str = ""
    id: str = ""


def table_rows(rows: Iterator[EntryRow], selected: Sequence[Selected], assessment: Assessment) -> Iterator[TableRow]:
    """Yield the rows of the table."""
    terms = {each.holding: each for each in assessment.terms}
    said = {each.id: _said(each, terms.get(each.id)) for each in assessment.holdings}
    nothing = _Said()
    for row in rows:
        for id_ in row.holdings or ("",):
            yield _row(row, selected[row.selected], said.get(id_, nothing))


def _row(row: EntryRow, selected: Selected, said: _Said) -> TableRow:
    kind, entry = row.kind, row.entry
    is_known = said.origin_shown or selected.item.obtained_from is not None
    return TableRow(
        SeriesInstanceUID=entry if kind is EntryKind.SERIES or kind is EntryKind.UID else "",
        crdc_series_uuid=entry if kind is EntryKind.SERIES_UUID else "",
        StudyInstanceUID=entry if kind is EntryKind.STUDY else "",
        PatientID=entry if kind is EntryKind.PATIENT else "",
        status=FOUND if row.found else MISSING,
        dataset=said.dataset,
        doi=row.doi or said.doi,
        license=said.license,
        access=said.access,
        collection=row.collection,
        series=row.series,
        origin=said.origin if is_known else "",
        on_word_of=said.on_word_of,
        item=selected.label,
        data_item=said.id,
    )


def _said(holding: Holding, terms: HoldingTerms | None) -> _Said:
    return _Said(
        dataset=holding.dataset or "",
        doi=holding.doi or "",
        license="" if terms is None else " AND ".join(_licenses(terms)),
        access="" if terms is None else _access(terms),
        origin=holding.obtained_from.value,
        origin_shown=holding.shown_by is not None or holding.obtained_from is not Route.TCIA,
        on_word_of="" if holding.on_word_of is None else holding.on_word_of.value,
        id=holding.id,
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
