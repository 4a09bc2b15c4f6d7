"""A small registry, and answers of TCIA to refresh it with."""

import copy
from collections.abc import Sequence
from datetime import date
from typing import Any

from tcia_policy.importers import tcia
from tcia_policy.importers.content import Content
from tcia_policy.importers.license_names import LicenseNames
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.refresh.refresh import refreshed
from tcia_policy.model import Dataset, Distribution, Source
from tcia_policy.registry.licenses import load_licenses
from tests.importers.made_up import BY_3, BY_4, CONTROLLED, download, record

NAMES = LicenseNames(load_licenses())
NC = {"label": "CC BY-NC 4.0", "url": "https://creativecommons.org/licenses/by-nc/4.0/"}
DAYS = tuple(date(2030, month, 1) for month in range(1, 10))
MORE = 6
LUNG, TWO, SEG = "10.7937/lung", "10.7937/two", "10.7937/seg"


def collections() -> list[dict[str, Any]]:
    """Return the records of eight collections, of which the first was made into an analysis result."""
    one = record(
        "collection",
        "Lung One",
        LUNG,
        [download(11, "Images", BY_4), download(12, "Clinical data", BY_3, files="XLSX")],
        related=(SEG,),
    )
    two = record("collection", "Two", TWO, [download(21, "Scans", CONTROLLED)])
    more = [
        record("collection", f"More {n}", f"10.7937/more{n}", [download(900 + n, "Scans", BY_4)]) for n in range(MORE)
    ]
    return [{"id": 101, **one}, {"id": 102, **two}, *more]


def results() -> list[dict[str, Any]]:
    """Return the record of one analysis result."""
    return [{"id": 201, **record("result", "Lung One Annotations", SEG, [download(31, "Masks", BY_4)])}]


def answers(
    day: date,
    records: Sequence[dict[str, Any]] | None = None,
    others: Sequence[dict[str, Any]] | None = None,
    form: str = "v2",
    **lists: Sequence[Any],
) -> Answers:
    """Return what TCIA answers on a day; `downloads_v1` and `versions` are further lists."""
    found = {
        "collections": collections() if records is None else records,
        "analysis-results": results() if others is None else others,
        **{name.replace("_", "-"): items for name, items in lists.items()},
    }
    return Answers("tcia", day, form, {name: tuple(copy.deepcopy(items)) for name, items in found.items()})


def empty() -> Content:
    """Return a registry without datasets, that knows of TCIA."""
    source = Source(id=tcia.SOURCE, title="TCIA", publisher="TCIA", url="https://cancerimagingarchive.net/api/v1/")
    return Content(
        version=date(2029, 1, 1),
        idc_index_data="1.0.0",
        datasets=(),
        idc_collections={"two": ()},
        sources=(source,),
        asked_about=(),
        idc_releases=(),
        carried={},
    )


def registry(day: date = DAYS[0]) -> Content:
    """Return the registry with what TCIA answers on a day."""
    return refreshed(empty(), answers(day)).content


def dataset(content: Content, id_: str = "Lung One") -> Dataset:
    """Return a dataset by its id."""
    return next(each for each in content.datasets if each.id == id_)


def part(content: Content, number: int = 11, id_: str = "Lung One") -> Distribution:
    """Return a part of a dataset by the number of its download."""
    return next(each for each in dataset(content, id_).distributions if each.id == str(number))


def with_license(license_: object, number: int = 11) -> list[dict[str, Any]]:
    """Return the collections, one of whose downloads has another license."""
    records = collections()
    for each in records:
        for row in each["collection_downloads"]:
            if row["id"] == number:
                row["license"] = license_
    return records
