"""NBIA's collection report: which licenses the DICOM series of a collection have.

A row lists the collection's DOIs and its licenses as two sets, without saying which goes with which. Its licenses are
therefore claims about the collection's DICOM series as a whole, and never about an analysis result.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.text import read_text
from tcia_policy.importers.claim_scope import claimed, dicom
from tcia_policy.importers.license_names import LicenseNames, Record, Statement, claims
from tcia_policy.importers.snapshots import recorded_on
from tcia_policy.importers.upstream import Collected, Inputs, Upstream
from tcia_policy.model import ClaimScope, Dataset, DatasetKind, Source
from tcia_policy.text.doi import normalize_doi
from tcia_policy.text.name_keys import compare_key

SOURCE = "nbia-collection-report"
FILE = "nbia/collection_report.csv"
COLUMNS = ("Collection", "DOIs", "Licenses")


@dataclass(frozen=True)
class NbiaRow:
    """One collection as NBIA names it, with every license that its row lists."""

    name: str
    dois: tuple[str, ...]
    statements: tuple[Statement, ...]


def describe(inputs: Inputs) -> Source:
    """Return the entry of `data/sources.yaml`."""
    return Source(
        id=SOURCE,
        title="NBIA collection report",
        publisher="The Cancer Imaging Archive",
        url="https://nbia.cancerimagingarchive.net",
        as_of=recorded_on(inputs.recordings, FILE),
    )


def add(inputs: Inputs, collected: Collected) -> Collected:
    """Add NBIA's claims to the DICOM parts of TCIA's collections, and NBIA's names of them."""
    rows = tuple(read(inputs.recordings, inputs.names))
    found, unknown = _rows_by_doi(rows, collected.datasets)
    as_of = recorded_on(inputs.recordings, FILE)
    datasets = [_with_claims(dataset, found.get(dataset.doi), as_of) for dataset in collected.datasets]
    names = [(dataset.id, found[dataset.doi].name) for dataset in datasets if dataset.doi in found]
    remark = f"{len(unknown)} collections of NBIA's are not TCIA's by name or DOI: {', '.join(unknown)}"
    return collected.with_(datasets, names, [remark] if unknown else [])


UPSTREAM = Upstream(describe, add)


def read(folder: Path, names: LicenseNames) -> Iterator[NbiaRow]:
    """Yield the rows of the report. Raise `InputError` for a missing column or a license that is not mapped."""
    path = folder / FILE
    reader = csv.DictReader(io.StringIO(read_text(path, limits.YAML), newline=""))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"has no column {missing[0]!r}", file=path, line=1)
    for number, row in enumerate(reader):
        if number >= limits.SNAPSHOT_RECORDS:
            raise InputError(f"has more than {limits.SNAPSHOT_RECORDS:,} rows", file=path)
        cells = {column: (row[column] or "").strip() for column in COLUMNS}
        dois = map(normalize_doi, cells["DOIs"].split(","))
        record = Record(path, cells["Collection"], reader.line_num)
        yield NbiaRow(
            name=cells["Collection"],
            dois=tuple(doi for doi in dois if doi is not None),
            statements=names.labels(cells["Licenses"], record),
        )


def _rows_by_doi(rows: Iterable[NbiaRow], datasets: Iterable[Dataset]) -> tuple[Mapping[str, NbiaRow], list[str]]:
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


def _with_claims(dataset: Dataset, row: NbiaRow | None, as_of: date) -> Dataset:
    if row is None:
        return dataset
    parts = dataset.distributions
    stated = claims(row.statements, SOURCE, as_of, scope=ClaimScope.COLLECTION)
    return dataset.model_copy(update={"distributions": claimed(parts, stated, dicom(parts))})
