"""A small made-up recording of every source, in their shapes, for importing in a test."""

import copy
import csv
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

BY_3 = {"label": "CC BY 3.0", "url": "https://creativecommons.org/licenses/by/3.0/"}
BY_4 = {"label": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
CONTROLLED = {
    "label": "NIH Controlled Data Access Policy",
    "url": "https://www.cancerimagingarchive.net/nih-controlled-data-access-policy/",
}
LONG_3 = "Creative Commons Attribution 3.0 Unported License"
LONG_4 = "Creative Commons Attribution 4.0 International License"
REMOVED = "SeriesInstanceUID,last_version,source_doi,license,collection_id\n"
LABELS = ("kind", "slug", "download", "license", "first_seen", "last_seen")
VERSIONS = ("idc_index_data_version", "idc_version", "idc_release_date", "package_date")
BY_VERSION = ("source_doi", "license", "first_version", "last_version")
README = """| file | what it is | as of |
| --- | --- | --- |
| `tcia/collections.json` | collections | 2030-01-02 |
| `nbia/collection_report.csv` | report | 2030-01-03 |
| `curated/authors.json` | authors | 2030-01-04 |
| `curated/terms.json` | terms | 2030-01-05 |
"""


def download(
    number: int, title: str, license_: dict[str, Any], files: str = "DICOM", types: str = "CT"
) -> dict[str, Any]:
    """One row of a Data Access table."""
    return {
        "id": number,
        "download title": title,
        "date updated": "2029-12-31",
        "data type": [types],
        "file type": [files],
        "license": license_,
    }


def record(
    kind: str, name: str, doi: str, downloads: list[dict[str, Any]], related: tuple[str, ...] = ()
) -> dict[str, Any]:
    """One collection (`collection`) or analysis result (`result`)."""
    text = (
        f"Zhao, B., & Li, X. (2029). Data from {name} (Version 1) [Dataset]. The Cancer Imaging Archive. {doi.upper()}"
    )
    return {
        "slug": name.lower().replace(" ", "-"),
        "link": f"https://www.cancerimagingarchive.net/collection/{name.lower()}/",
        f"{kind}_short_title": name,
        f"{kind}_title": f"Data from {name}",
        f"{kind}_doi": doi,
        "program": ["Community"],
        "citations": [{"tcia_citation_type": "Data Citation", "tcia_citation_text": text, "tcia_citation_doi": doi}],
        f"{kind}_downloads": downloads,
        "related_analysis_results": [{"title": "related", "doi": doi} for doi in related],
    }


def term(dataset: str, kind: str = "citation", **given: Any) -> dict[str, Any]:
    """One entry of the terms that single datasets ask for."""
    entry = {
        "dataset": dataset,
        "kind": kind,
        "level": "requested",
        "text": 'Quote: "Please cite this."',
        "doi": None,
        "source_url": "https://example.org/page",
        "as_of": "2029-06-30",
        "confidence": "high",
    }
    return {**entry, **given}


@dataclass
class IdcRow:
    """One source of one IDC collection, with one series in one study."""

    collection: str
    source: str
    doi: str
    original: bool = True
    label: str = "CC BY 4.0"
    long_name: str = LONG_4
    url: str = BY_4["url"]
    access: str = "Public"
    modalities: str = "CT"
    study: str = "1.2.3"
    citation: str = ""


@dataclass
class MadeUp:
    """The recording, to be changed by a test before it is written."""

    collections: list[dict[str, Any]] = field(default_factory=list)
    results: list[dict[str, Any]] = field(default_factory=list)
    report: list[tuple[str, str, str]] = field(default_factory=list)
    authors: list[dict[str, Any]] = field(default_factory=list)
    terms: list[dict[str, Any]] = field(default_factory=list)
    decisions: str = "taken: []\n"
    idc: list[IdcRow] = field(default_factory=list)
    labels: list[tuple[str, str, str, str, str, str]] = field(
        default_factory=lambda: [("collection", "unheard-of", "99", "CC BY 4.0", "2029-01-01", "2030-01-02")]
    )
    versions: list[tuple[str, str, str, str]] = field(
        default_factory=lambda: [("1.0.0", "1", "2028-01-01", "2028-02-01")]
    )
    by_version: list[tuple[str, str, str, str]] = field(default_factory=list)
    groups: list[list[Any]] = field(default_factory=lambda: [["v1_0_0"]])
    readme: str = README

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write it below `folder`; the folder of recordings and that of the parquet files. The decisions on terms are
        beside them, in `terms.yaml`.
        """
        recordings, parquet = folder / "recordings", folder / "parquet"
        for name in ("tcia", "nbia", "curated", "history"):
            (recordings / name).mkdir(parents=True)
        parquet.mkdir()
        (recordings / "README.md").write_text(self.readme, "utf-8")
        (recordings / "tcia/collections.json").write_text(json.dumps(self.collections), "utf-8")
        (recordings / "tcia/analysis-results.json").write_text(json.dumps(self.results), "utf-8")
        (recordings / "curated/authors.json").write_text(json.dumps(self.authors), "utf-8")
        (recordings / "curated/terms.json").write_text(json.dumps(self.terms), "utf-8")
        (folder / "terms.yaml").write_text(self.decisions, "utf-8")
        _write_csv(recordings / "nbia/collection_report.csv", ("Collection", "DOIs", "Licenses"), self.report)
        history = recordings / "history"
        _write_csv(history / "tcia_download_licenses.csv", LABELS, self.labels)
        _write_csv(history / "idc_versions.csv", VERSIONS, self.versions)
        _write_csv(history / "idc_licenses_by_version.csv", BY_VERSION, self.by_version)
        (history / "idc_removed_series.csv.gz").write_bytes(gzip.compress(REMOVED.encode(), mtime=0))
        (history / "idc_series_history_codes.json").write_text(json.dumps(self.groups), "utf-8")
        _write_parquet(self.idc, parquet)
        return recordings, parquet


def _write_csv(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([columns, *rows])


def small() -> MadeUp:
    """Two collections of TCIA, an analysis result, and what IDC hosts of them and of its own."""
    return copy.deepcopy(
        MadeUp(
            collections=[
                record(
                    "collection",
                    "Lung One",
                    "10.7937/one",
                    [
                        download(11, "Images", BY_3),
                        download(12, "Images of the head", CONTROLLED),
                        download(13, "Clinical data", BY_3, "CSV", "Demographic"),
                    ],
                    related=("10.7937/ann", "10.7937/two"),
                ),
                record("collection", "Two", "https://doi.org/10.7937/TWO", [download(21, "Images", BY_4)]),
            ],
            results=[record("result", "Lung One Annotations", "10.7937/ann", [download(31, "SEG", BY_4, types="SEG")])],
            report=[
                ("Lung One", "https://doi.org/10.7937/one, https://doi.org/10.7937/ann", f"{LONG_4}, {LONG_3}"),
                ("Second", "https://doi.org/10.7937/two", LONG_4),
                ("Elsewhere", "Not Specified", LONG_4),
            ],
            idc=[
                IdcRow("lung_one", "lung_one", "10.7937/one", label="CC BY 3.0", long_name=LONG_3, url=BY_3["url"]),
                IdcRow("lung_one", "lung_one_slides", "10.5281/zenodo.1", study="1.2.4", modalities="SM"),
                IdcRow("lung_one", "lung_one_seg", "10.5281/zenodo.2", original=False, modalities="SEG"),
                IdcRow("two", "two", "10.7937/two"),
            ],
        )
    )


def _write_parquet(rows: list[IdcRow], folder: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "create table flat (collection varchar, source varchar, doi varchar, kind varchar, label varchar, "
            "long_name varchar, url varchar, access varchar, modalities varchar, study varchar, citation varchar, "
            "result varchar)"
        )
        for row in rows:
            citation = row.citation or (
                f"Clunie, D., &amp; Fedorov, A. (2029). <i>{row.source}\nin DICOM</i> [Data set]. Zenodo. {row.doi}"
            )
            kind = "original_data" if row.original else "analysis_result"
            connection.execute(
                "insert into flat values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [row.collection, row.source, row.doi, kind, row.label, row.long_name, row.url, row.access,
                 row.modalities, row.study, citation, None if row.original else row.source],
            )  # fmt: skip
        for name, query in _FILES.items():
            connection.execute(f"copy ({query}) to '{folder / name}' (format parquet)")


_FILES = {
    "collections_index.parquet": """
        select collection as collection_id, upper(collection) as collection_name, 'community' as program_id,
        list({source_id: source, source_title: 'Title of ' || source, source_type: kind, source_doi: doi,
              source_url: 'https://doi.org/' || doi, modalities: modalities,
              license: {license_url: url, license_long_name: long_name, license_short_name: label},
              citation: citation, "Access": access}) as sources
        from flat group by collection
    """,
    "analysis_results_index.parquet": """
        select doi as "source_DOI", string_agg(distinct collection, ', ') as collections
        from flat where kind = 'analysis_result' group by doi
    """,
    "idc_index.parquet": """
        select doi as "source_DOI", collection as collection_id, study as "StudyInstanceUID",
        result as analysis_result_id from flat
    """,
    "version_metadata_index.parquet": "select 99 as idc_version, '2030-02-01' as version_timestamp",
}
