"""TCIA's Collection Manager: collections and analysis results, their downloads and citations.

The records have the shape of its API, v1 or v2 (`GET /api/v2/collections/?v=1`, `/analysis-results/`): keys of a
download may contain spaces, an absent value is `false`, `""` or `[false]`, and a text may stand in an object that also
has its address. `license` is v2's label of a download, `data_license` v1's, and the two are not the same.
"""

import html
import re
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
TEXT_KEYS = ("rendered", "label", "license_label", "program_name", "title", "name", "post_title")
NO = frozenset({"0", "false", "no", "none"})

_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")


def _text(value: object) -> object:
    """Return the text of a value that may be an object, such as `{"label": ..., "url": ...}` or `{"rendered": ...}`."""
    while isinstance(value, dict):
        value = next((value[key] for key in TEXT_KEYS if value.get(key)), None)
    return value


def _one_line(value: object) -> object:
    text = _text(value)
    return " ".join(html.unescape(text).split()) or None if isinstance(text, str) else text or None


def _present(value: object) -> object:
    values = value if isinstance(value, list) else [value]
    return [_one_line(item) for item in values if _one_line(item)]


def _doi(value: object) -> object:
    doi = normalize_doi(value) if isinstance(value, str) else None
    if doi is None:
        raise ValueError(f"is not a DOI: {str(value)[:80]!r}")
    return doi


def _day(value: object) -> object:
    """Return the day of `2029-12-31`, `2029-12-31T10:00:00` and `20291231`; `None` for what is no day."""
    found = _DAY.match(value) if isinstance(value, str) else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _number(value: object) -> object:
    is_absent = isinstance(value, bool | list) or value in (None, "")
    return UNNAMED_DOWNLOAD if is_absent else value


def _written(value: object) -> object:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _flag(value: object) -> object:
    text = _one_line(value)
    return text is not None and str(text).lower() not in NO


def _fields(value: object) -> object:
    """Return the fields of a license. Several in a list are one label that no license has, since all of them count."""
    stated = [item for item in value if item] if isinstance(value, list) else [value]
    if len(stated) > 1:
        return {"label": ", ".join(str(_one_line(item)) for item in stated)}
    return next((item if isinstance(item, dict) else {"label": item} for item in stated), {})


def _rows(value: object) -> object:
    """Return the rows of a list that are there; another value stays what it is, so that it is refused."""
    return [row for row in value if row] if isinstance(value, list) else value or []


def _objects(value: object) -> object:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _with_doi(value: object) -> object:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict) and normalize_doi(str(item.get("doi") or "")) is not None]


Text = Annotated[str, BeforeValidator(_one_line), Field(min_length=1, max_length=2_000)]
MaybeText = Annotated[Text | None, BeforeValidator(_one_line)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_present), Field(max_length=200)]
Doi = Annotated[str, BeforeValidator(_doi)]
MaybeDay = Annotated[date | None, BeforeValidator(_day)]
Flag = Annotated[bool, BeforeValidator(_flag)]


def _either(key: str, *others: str) -> AliasChoices:
    """Return the choice of a key with a space in it, the same with an underscore, and others."""
    return AliasChoices(key, key.replace(" ", "_"), *others)


class LicenseField(BaseModel):
    """The license of a download, by name and by link."""

    label: MaybeText = None
    url: MaybeText = None


class Download(BaseModel):
    """One row of the Data Access table.

    `license` is `None` where the record has no such field, as in v1. `labels_v1` and `access_v1` are what v1 says.
    """

    id: Annotated[int, BeforeValidator(_number)] = UNNAMED_DOWNLOAD
    title: MaybeText = Field(default=None, validation_alias=_either("download title", "title"))
    updated: Annotated[date | None, BeforeValidator(_day)] = Field(
        default=None, validation_alias=_either("date updated")
    )
    data_types: Texts = Field(default=(), validation_alias=_either("data type"))
    file_types: Texts = Field(default=(), validation_alias=_either("file type"))
    license: Annotated[LicenseField, BeforeValidator(_fields)] | None = None
    labels_v1: Texts | None = Field(default=None, alias="data_license")
    access_v1: MaybeText = Field(default=None, alias="download_access")
    hidden: Flag = Field(default=False, alias="hide_from_browse_table")


class DataCitation(BaseModel):
    """A citation that the page asks for."""

    type: MaybeText = Field(default=None, alias="tcia_citation_type")
    text: Annotated[str, BeforeValidator(_text)] = Field(default="", alias="tcia_citation_text", max_length=10_000)


class Related(BaseModel):
    """A dataset that a collection's page points at; named after its analysis results, but it lists collections too."""

    title: MaybeText = None
    doi: Doi


class TciaRecord(BaseModel):
    """One collection or analysis result; `id` is the number of its page (`?p=42097`)."""

    id: int | None = None
    slug: Text
    link: Text = Field(validation_alias=AliasChoices("link", "url"))
    short_title: Text = Field(validation_alias=AliasChoices("collection_short_title", "result_short_title"))
    title: Text = Field(validation_alias=AliasChoices("collection_title", "result_title"))
    doi: Doi = Field(validation_alias=AliasChoices("collection_doi", "result_doi"))
    program: Texts = ()
    citations: Annotated[tuple[DataCitation, ...], BeforeValidator(_objects)] = Field(default=(), max_length=50)
    downloads: Annotated[tuple[Download, ...], BeforeValidator(_rows)] = Field(
        validation_alias=AliasChoices("collection_downloads", "result_downloads"), max_length=500
    )
    related: Annotated[tuple[Related, ...], BeforeValidator(_with_doi)] = Field(
        default=(), alias="related_analysis_results", max_length=500
    )
    hidden: Flag = Field(default=False, alias="hide_from_browse_table")
    version: Annotated[MaybeText, BeforeValidator(_written)] = Field(default=None, alias="version_number")
    updated: MaybeDay = Field(default=None, alias="date_updated")


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
    return tuple(_distribution(published, row, names, as_of) for row in rows(published.record))


def rows(record: TciaRecord) -> tuple[Download, ...]:
    """Return the downloads of a record; one without a number only where there is no other."""
    named = tuple(row for row in record.downloads if row.id != UNNAMED_DOWNLOAD)
    return named or record.downloads[:1]


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


def _statements(license_: LicenseField | None, names: LicenseNames, record: Record) -> Iterator[Statement]:
    if license_ is None:
        return
    if license_.label is not None:
        yield names.label(license_.label, record, "label")
    if license_.url is not None:
        yield names.url(license_.url, record, "url")
