"""The Imaging Data Commons, from the parquet files of `idc-index-data`.

`collections_index` lists, for each IDC collection, the sources its series come from, each with a DOI, a license, an APA
citation and its access; `analysis_results_index` lists the collections that an analysis result was made from.
"""

import importlib.metadata
import importlib.util
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.importers.license_names import LicenseNames, Record, Statement, claims
from tcia_policy.importers.parquet import rows_of
from tcia_policy.importers.upstream import Inputs
from tcia_policy.lazy import dataclass
from tcia_policy.model import Access, LicenseClaim
from tcia_policy.text.doi import normalize_doi

SOURCE = "idc-index-data"
PACKAGE = "idc_index_data"
INDEX_URL = "https://github.com/ImagingDataCommons/idc-index-data"
COLLECTIONS_FILE = "collections_index.parquet"
SERIES_FILE = "idc_index.parquet"
ORIGINAL = "original_data"
KINDS = (ORIGINAL, "analysis_result")
ACCESS = {"Public": Access.OPEN}
COLLECTIONS = """
    select c.collection_id, c.collection_name, c.program_id, s.source_id, s.source_title, s.source_type, s.source_doi,
           s.source_url, s.modalities, s.license.license_short_name, s.license.license_long_name,
           s.license.license_url, s.citation, s.Access
    from (select *, unnest(sources) as s from read_parquet(?)) as c order by all
"""

LICENSES_OF_SERIES = """
    select source_DOI, license_short_name, count(*) from read_parquet(?)
    where source_DOI is not null group by all order by all
"""

SHARED_STUDIES = """
    with series as (
        select distinct source_DOI as doi, collection_id, StudyInstanceUID, analysis_result_id is not null as derived
        from read_parquet(?)
    )
    select distinct result.doi, result.collection_id, original.doi
    from series as result join series as original using (StudyInstanceUID, collection_id)
    where result.derived and not original.derived order by all
"""

SourceRow = dict[str, Any]
"""A source of one collection, by the columns of `source_rows`."""


@dataclass(frozen=True)
class Release:
    """Which release of IDC the files describe: the package's version, IDC's own number, and its day."""

    version: str
    idc_version: int
    as_of: date


@dataclass(frozen=True)
class IdcCollection:
    """A collection as IDC names it."""

    id: str
    name: str
    program: str


@dataclass(frozen=True)
class IdcSource:
    """What IDC's series with one source DOI are. `collections` are sorted by their ids."""

    doi: str
    id: str
    title: str
    is_original: bool
    page: str
    modalities: tuple[str, ...]
    collections: tuple[IdcCollection, ...]
    statements: tuple[Statement, ...]
    access: Access
    citation: str

    def claims(self, as_of: date) -> tuple[LicenseClaim, ...]:
        """Return IDC's claims on the open DICOM files of this source."""
        return claims(self.statements, SOURCE, as_of, access=self.access)


def installed() -> Path:
    """Return the folder of the installed `idc-index-data`, found without importing it."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise InputError(
            "idc-index-data is not installed",
            hint="pip install 'tcia-policy[bulk]'",
        )
    return Path(spec.origin).parent


def release(folder: Path) -> Release:
    """Return the newest release in `version_metadata_index`, with the version of the installed package."""
    path = folder / "version_metadata_index.parquet"
    rows = _query(path, "select idc_version, version_timestamp from read_parquet(?) order by idc_version desc limit 1")
    if not rows:
        raise InputError("names no release", file=path)
    number, day = rows[0]
    return Release(importlib.metadata.version("idc-index-data"), int(number), date.fromisoformat(day))


@cache
def sources(inputs: Inputs) -> tuple[IdcSource, ...]:
    """Return every source, read once for the same `Inputs`."""
    return tuple(read(inputs.idc_index_data, inputs.names))


def read(folder: Path, names: LicenseNames) -> Iterator[IdcSource]:
    """Yield every source by its DOI. Raise `InputError` for an unmapped license, access or kind."""
    path = folder / COLLECTIONS_FILE

    def stated(row: SourceRow, record: str) -> Iterator[Statement]:
        return _statements(row, names, Record(path, record))

    yield from parsed(source_rows(folder), collections_of_analysis_results(folder), stated, path)


def parsed(
    rows: Iterable[SourceRow],
    derived: Mapping[str, tuple[str, ...]],
    stated: Callable[[SourceRow, str], Iterable[Statement]],
    path: Path,
) -> Iterator[IdcSource]:
    """Yield every source by its DOI, with what `stated` reads of the licenses of a row.

    Where IDC states a source once for each collection it is in, licenses of all of them count, and title and citation
    are those of the collection that comes first. `derived` are the collections of analysis results by their DOIs. Raise
    `InputError` for an access, kind or DOI that is none.
    """
    by_doi: dict[str, list[SourceRow]] = {}
    for row in rows:
        doi = normalize_doi(row["doi"] or "")
        if doi is None:
            raise InputError(f"{row['doi']!r} is not a DOI", file=path, field=str(row["id"]))
        by_doi.setdefault(doi, []).append(row)
    known = {row["collection"]: IdcCollection(*_collection(row)) for rows in by_doi.values() for row in rows}
    for doi in sorted(by_doi):
        also = [known[name] for name in derived.get(doi, ()) if name in known]
        yield _source(path, doi, by_doi[doi], also, stated)


def source_rows(folder: Path) -> tuple[SourceRow, ...]:
    """Return what IDC says of each source of each of its collections, by the names of the columns."""
    rows = _query(folder / COLLECTIONS_FILE, COLLECTIONS)
    return tuple(dict(zip(_COLUMNS, row, strict=True)) for row in rows)


def source_dois(folder: Path) -> tuple[str, ...]:
    """Return every `source_DOI` that IDC's index of series has, sorted, in the form of `normalize_doi`."""
    path = folder / SERIES_FILE
    rows = _query(path, "select distinct source_DOI from read_parquet(?) where source_DOI is not null")
    return tuple(sorted(normalize_doi(doi) or doi for (doi,) in rows))


def licenses_of_series(folder: Path) -> tuple[tuple[str, str | None, int], ...]:
    """Return each source DOI with each license that series of it have (`None`: without one), and how many do."""
    rows = _query(folder / SERIES_FILE, LICENSES_OF_SERIES)
    return tuple((normalize_doi(doi) or doi, label, number) for doi, label, number in rows)


def origins(folder: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the source DOIs of the original series that the series of an analysis result share studies with.

    They are by the DOI of the analysis result and the IDC collection, and tell which sources of it were used.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for result, collection, original in _query(folder / SERIES_FILE, SHARED_STUDIES):
        found.setdefault((normalize_doi(result) or result, collection), []).append(normalize_doi(original) or original)
    return {place: tuple(dois) for place, dois in found.items()}


_COLUMNS = (
    "collection",
    "collection_name",
    "program",
    "id",
    "title",
    "kind",
    "doi",
    "page",
    "modalities",
    "label",
    "long_name",
    "url",
    "citation",
    "access",
)


def _query(path: Path, sql: str) -> Sequence[tuple[Any, ...]]:
    rows = rows_of(path, sql, limits.IDC_ROWS + 1)
    if len(rows) > limits.IDC_ROWS:
        raise InputError(f"has more than {limits.IDC_ROWS:,} entries", file=path)
    return rows


def collections_of_analysis_results(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the ids of the IDC collections that an analysis result was made from, by its DOI."""
    rows = _query(folder / "analysis_results_index.parquet", "select source_DOI, collections from read_parquet(?)")
    return {normalize_doi(doi) or doi: _listed(collections) for doi, collections in rows}


def _collection(row: SourceRow) -> tuple[str, str, str]:
    return row["collection"], row["collection_name"], row["program"]


def _source(
    path: Path,
    doi: str,
    rows: list[SourceRow],
    also: list[IdcCollection],
    stated: Callable[[SourceRow, str], Iterable[Statement]],
) -> IdcSource:
    first = rows[0]
    collections = {row["collection"]: IdcCollection(*_collection(row)) for row in rows}
    collections |= {collection.id: collection for collection in also}
    name = f"{first['id']} in {first['collection']}"
    record = Record(path, name)
    for row in rows:
        _expect(row["kind"], KINDS, "source type", record)
        _expect(row["access"], tuple(ACCESS), "access", record)
    return IdcSource(
        doi=doi,
        id=first["id"],
        title=" ".join(first["title"].split()),
        is_original=first["kind"] == ORIGINAL,
        page=first["page"],
        modalities=tuple(sorted({name for row in rows for name in _listed(row["modalities"])})),
        collections=tuple(collections[name] for name in sorted(collections)),
        statements=tuple(statement for row in rows for statement in stated(row, name)),
        access=ACCESS[first["access"]],
        citation=first["citation"],
    )


def _statements(row: SourceRow, names: LicenseNames, record: Record) -> Iterator[Statement]:
    yield names.label(row["label"], record, "label")
    yield names.label(row["long_name"], record, "long name")
    yield names.url(row["url"], record, "url")


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _expect(value: object, known: tuple[str, ...], what: str, record: Record) -> None:
    if value not in known:
        raise InputError(
            f"the {what} {value!r} is not known", file=record.file, field=record.name, hint=f"one of {', '.join(known)}"
        )
