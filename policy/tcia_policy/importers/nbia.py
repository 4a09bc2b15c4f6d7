"""NBIA's collection report: which licenses the DICOM series of a collection have.

A row lists the collection's DOIs and its licenses as two sets, without saying which goes with which. Its licenses are
therefore claims about the collection's DICOM series as a whole, and never about an analysis result.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.text import read_text
from tcia_policy.importers import tcia
from tcia_policy.importers.claim_scope import claimed, dicom
from tcia_policy.importers.license_names import LicenseNames, Record, Statement, claims
from tcia_policy.importers.snapshots import recorded_on
from tcia_policy.importers.upstream import Collected, Inputs, Upstream
from tcia_policy.lazy import dataclass
from tcia_policy.model import ClaimScope, Dataset, DatasetKind, LicenseClaim, Source
from tcia_policy.text.doi import normalize_doi
from tcia_policy.text.name_keys import compare_key

SOURCE = "nbia-collection-report"
FOLDER = "nbia"
FILES = "collection_report*.csv"
COLUMNS = ("Collection", "DOIs", "Licenses")


@dataclass(frozen=True)
class NbiaRow:
    """One collection as NBIA names it, with every license that its row lists."""

    name: str
    dois: tuple[str, ...]
    statements: tuple[Statement, ...]


def describe(inputs: Inputs) -> Source:
    """Return the entry of `data/sources.yaml`."""
    days = [day for day, _ in _reports(inputs.recordings)]
    return Source(
        id=SOURCE,
        title="NBIA collection report",
        publisher="The Cancer Imaging Archive",
        url="https://nbia.cancerimagingarchive.net",
        as_of=days[0],
        until=days[-1] if len(days) > 1 else None,
        defers_to=tcia.SOURCE,
        note="TCIA's staff: license tags of NBIA lag behind the collection pages (IDC-WebApp issue 721, 2021-09-30)",
    )


def add(inputs: Inputs, collected: Collected) -> Collected:
    """Add the claims of NBIA's reports to the DICOM parts of TCIA's collections, and NBIA's names of them."""
    unknown: dict[str, None] = {}
    names: dict[str, str] = {}
    stated: dict[str, list[LicenseClaim]] = {}
    for day, path in _reports(inputs.recordings):
        found, others = rows_by_doi(read(path, inputs.names), collected.datasets)
        unknown |= dict.fromkeys(others)
        names = {doi: row.name for doi, row in found.items()} | names
        for doi, row in found.items():
            stated[doi] = _repeated(stated.get(doi, []), row, day)
    datasets = [_with_claims(dataset, stated.get(dataset.doi, ())) for dataset in collected.datasets]
    named = [(dataset.id, names[dataset.doi]) for dataset in datasets if dataset.doi in names]
    remark = f"{len(unknown)} collections of NBIA's are not TCIA's by name or DOI: {', '.join(unknown)}"
    return collected.with_(datasets, named, [remark] if unknown else [])


UPSTREAM = Upstream(describe, add)


def _reports(folder: Path) -> list[tuple[date, Path]]:
    """Return the reports with their days, oldest first. Raise `InputError` where there is none."""
    paths = sorted((folder / FOLDER).glob(FILES))
    if not paths:
        raise InputError(f"has no {FOLDER}/{FILES}", file=folder)
    return sorted((recorded_on(folder, f"{FOLDER}/{path.name}"), path) for path in paths)


def read(path: Path, names: LicenseNames) -> Iterator[NbiaRow]:
    """Yield the rows of a report. Raise `InputError` for a missing column or a license that is not mapped."""
    reader = csv.DictReader(io.StringIO(read_text(path, limits.YAML), newline=""))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"has no column {missing[0]!r}", file=path, line=1)
    for number, row in enumerate(reader):
        if number >= limits.SNAPSHOT_RECORDS:
            raise InputError(f"has more than {limits.SNAPSHOT_RECORDS:,} rows", file=path)
        cells = {column: row[column] or "" for column in COLUMNS}
        yield parsed(cells, names, Record(path, cells["Collection"].strip(), reader.line_num))


def parsed(cells: Mapping[str, str], names: LicenseNames, record: Record) -> NbiaRow:
    """Return a row of a report by its columns. Raise `InputError` for a license that is not mapped."""
    dois = map(normalize_doi, cells["DOIs"].split(","))
    return NbiaRow(
        name=cells["Collection"].strip(),
        dois=tuple(doi for doi in dois if doi is not None),
        statements=names.labels(cells["Licenses"].strip(), record),
    )


def rows_by_doi(rows: Iterable[NbiaRow], datasets: Iterable[Dataset]) -> tuple[Mapping[str, NbiaRow], list[str]]:
    """Return the rows by the DOI of TCIA's collection, found by name, else by the DOIs of the row.

    Return also the names of the rows that lead to no collection.
    """
    known = {dataset.doi: compare_key(dataset.id) for dataset in datasets if dataset.kind is DatasetKind.COLLECTION}
    by_name = {name: doi for doi, name in known.items()}
    found: dict[str, NbiaRow] = {}
    unknown: list[str] = []
    for row in rows:
        named = by_name.get(compare_key(row.name))
        dois = [doi for doi in row.dois if doi in known] if named is None else [named]
        found.update(dict.fromkeys(dois, row))
        unknown += [] if dois else [row.name]
    return found, unknown


def _repeated(before: Sequence[LicenseClaim], row: NbiaRow, day: date) -> list[LicenseClaim]:
    """Return the claims of earlier reports, those that this one repeats with its day, and what it states anew."""
    stated = claims(row.statements, SOURCE, day, scope=ClaimScope.COLLECTION)
    now = {claim.license for claim in stated}
    known = {claim.license for claim in before}
    kept = [claim.model_copy(update={"until": day}) if claim.license in now else claim for claim in before]
    return [*kept, *(claim for claim in stated if claim.license not in known)]


def _with_claims(dataset: Dataset, stated: Sequence[LicenseClaim]) -> Dataset:
    if not stated:
        return dataset
    parts = dataset.distributions
    return dataset.model_copy(update={"distributions": claimed(parts, tuple(stated), dicom(parts))})
