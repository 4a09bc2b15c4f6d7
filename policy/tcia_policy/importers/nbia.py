"""NBIA's collection report: which licenses the DICOM series of a collection have.

A row lists the collection's DOIs and its licenses as two sets, without saying which goes with which. Its licenses are
therefore claims about the collection's DICOM series as a whole, and never about an analysis result.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.files.text import read_text
from tcia_policy.importers.license_names import LicenseNames, Record, Statement
from tcia_policy.importers.snapshots import MAX_RECORDS
from tcia_policy.text.doi import normalize_doi

SOURCE = "nbia-collection-report"
FILE = "nbia/collection_report.csv"
COLUMNS = ("Collection", "DOIs", "Licenses")


@dataclass(frozen=True)
class NbiaRow:
    """One collection as NBIA names it, with every license that its row lists."""

    name: str
    dois: tuple[str, ...]
    statements: tuple[Statement, ...]


def read(folder: Path, names: LicenseNames) -> Iterator[NbiaRow]:
    """The rows of the report. Raises `InputError` for a missing column or a license that is not mapped."""
    path = folder / FILE
    reader = csv.DictReader(io.StringIO(read_text(path, located_yaml.MAX_BYTES), newline=""))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"has no column {missing[0]!r}", file=path, line=1)
    for number, row in enumerate(reader):
        if number >= MAX_RECORDS:
            raise InputError(f"has more than {MAX_RECORDS:,} rows", file=path)
        name = (row["Collection"] or "").strip()
        record = Record(path, name, reader.line_num)
        dois = (normalize_doi(part) for part in (row["DOIs"] or "").split(","))
        yield NbiaRow(
            name=name,
            dois=tuple(doi for doi in dois if doi is not None),
            statements=names.labels((row["Licenses"] or "").strip(), record),
        )
