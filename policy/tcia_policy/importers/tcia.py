"""TCIA's Collection Manager: collections and analysis results, their downloads and citations.

The records have the shape of its API v1 (`GET /api/v1/collections/`, `/analysis-results/`): keys of a download contain
spaces, and an absent value is `false` or `""`.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field

from tcia_policy.errors import InputError
from tcia_policy.importers.license_names import LicenseNames, Record, Statement, claims
from tcia_policy.importers.snapshots import parse_records, recorded_on
from tcia_policy.lazy import dataclass
from tcia_policy.model import DatasetKind, Distribution
from tcia_policy.text.doi import normalize_doi

SOURCE = "tcia-collection-manager"
FILES = {DatasetKind.COLLECTION: "tcia/collections.json", DatasetKind.ANALYSIS_RESULT: "tcia/analysis-results.json"}
UNNAMED_DOWNLOAD = 0
UNNAMED_TITLE = "Download that TCIA's record does not name"


def _one_line(value: object) -> object:
    return " ".join(value.split()) or None if isinstance(value, str) else value or None


def _present(value: object) -> object:
    return [_one_line(item) for item in value if item] if isinstance(value, list) else []


def _doi(value: object) -> object:
    doi = normalize_doi(value) if isinstance(value, str) else None
    if doi is None:
        raise ValueError(f"is not a DOI: {str(value)[:80]!r}")
    return doi


Text = Annotated[str, BeforeValidator(_one_line), Field(min_length=1, max_length=2_000)]
MaybeText = Annotated[Text | None, BeforeValidator(_one_line)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_present), Field(max_length=200)]
Doi = Annotated[str, BeforeValidator(_doi)]


class LicenseField(BaseModel):
    """The license of a download, by name and by link."""

    label: MaybeText = None
    url: MaybeText = None


class Download(BaseModel):
    """One row of the Data Access table."""

    id: int
    title: MaybeText = Field(alias="download title")
    updated: Annotated[date | None, BeforeValidator(_one_line)] = Field(alias="date updated")
    data_types: Texts = Field(alias="data type")
    file_types: Texts = Field(alias="file type")
    license: LicenseField


class DataCitation(BaseModel):
    """A citation that the page asks for."""

    type: str = Field(alias="tcia_citation_type")
    text: str = Field(alias="tcia_citation_text", max_length=10_000)


class Related(BaseModel):
    """A dataset that a collection's page points at; named after its analysis results, but it lists collections too."""

    title: MaybeText = None
    doi: Doi


class TciaRecord(BaseModel):
    """One collection or analysis result; `id` is the number of its page (`?p=42097`)."""

    id: int | None = None
    slug: Text
    link: Text
    short_title: Text = Field(validation_alias=AliasChoices("collection_short_title", "result_short_title"))
    title: Text = Field(validation_alias=AliasChoices("collection_title", "result_title"))
    doi: Doi = Field(validation_alias=AliasChoices("collection_doi", "result_doi"))
    program: Texts
    citations: tuple[DataCitation, ...] = Field(max_length=50)
    downloads: tuple[Download, ...] = Field(
        validation_alias=AliasChoices("collection_downloads", "result_downloads"), max_length=500
    )
    related: tuple[Related, ...] = Field(default=(), alias="related_analysis_results", max_length=500)


@dataclass(frozen=True)
class Published:
    """A record, what it is, and where it was read."""

    kind: DatasetKind
    record: TciaRecord
    file: Path

    def data_citation(self) -> str:
        """Return the text of its one data citation. Raise `InputError` where there is none or more than one."""
        found = [citation.text for citation in self.record.citations if citation.type == "Data Citation"]
        if len(found) != 1:
            raise InputError(f"has {len(found)} data citations, not one", file=self.file, field=self.record.slug)
        return found[0]


def recorded(folder: Path) -> date:
    """Return the day of the recording."""
    return recorded_on(folder, FILES[DatasetKind.COLLECTION])


def read(folder: Path) -> Iterator[Published]:
    """Yield all records of both files, collections first. Raise `InputError` for one without the API's shape."""
    for kind, name in FILES.items():
        for record in parse_records(folder / name, TciaRecord):
            yield Published(kind, record, folder / name)


def distributions(published: Published, names: LicenseNames, as_of: date) -> tuple[Distribution, ...]:
    """Return the downloads of a record with TCIA's own claims, in its order.

    Raise `InputError` for an unmapped license.
    """
    return tuple(_distribution(published, row, names, as_of) for row in published.record.downloads)


def _distribution(published: Published, row: Download, names: LicenseNames, as_of: date) -> Distribution:
    if row.id == UNNAMED_DOWNLOAD:
        # Not a download of this dataset: where one is missing, the API fills in fields of the latest one of another.
        return Distribution(id=str(row.id), title=row.title or UNNAMED_TITLE, claims=())
    record = Record(published.file, f"{published.record.slug}, download {row.id}")
    return Distribution(
        id=str(row.id),
        title=row.title or UNNAMED_TITLE,
        data_types=row.data_types,
        file_types=row.file_types,
        updated=row.updated,
        claims=claims(_statements(row.license, names, record), SOURCE, as_of),
    )


def _statements(license_: LicenseField, names: LicenseNames, record: Record) -> Iterator[Statement]:
    if license_.label is not None:
        yield names.label(license_.label, record, "label")
    if license_.url is not None:
        yield names.url(license_.url, record, "url")
