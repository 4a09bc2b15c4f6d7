"""Small registries in a folder of their own, to try look-ups on."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tcia_policy.model import (
    Access,
    Archive,
    Citation,
    Creator,
    Dataset,
    DatasetKind,
    Derivation,
    Distribution,
    LicenseClaim,
)
from tcia_policy.registry import Registry

DAY = date(2026, 8, 21)
SOURCE = "tcia"


def part(
    id_: str,
    title: str = "Images",
    license_: str = "CC-BY-4.0",
    *,
    data_types: Sequence[str] = (),
    file_types: Sequence[str] = ("DICOM",),
    access: Access | None = None,
) -> Distribution:
    """Return a distribution with one claim."""
    claim = LicenseClaim(license=license_, source=SOURCE, as_of=DAY, stated_as=license_, access=access)
    return Distribution(
        id=id_, title=title, data_types=tuple(data_types), file_types=tuple(file_types), claims=(claim,)
    )


def dataset(
    id_: str,
    doi: str,
    parts: Sequence[Distribution] = (),
    *,
    title: str | None = None,
    derived_from: Sequence[str] = (),
    **fields: Any,
) -> Dataset:
    """Return a dataset of TCIA with a citation that is beside the point, and further `fields` of `Dataset`."""
    title = title or f"Data of {id_}"
    return Dataset(
        id=id_,
        title=title,
        kind=DatasetKind.COLLECTION,
        doi=doi,
        citation=Citation(
            creators=(Creator(literal="A study group"),),
            year=2020,
            title=title,
            publisher="The Cancer Imaging Archive",
            doi=doi,
            source=SOURCE,
            as_of=DAY,
        ),
        distributions=tuple(parts) or (part("1"),),
        derived_from=tuple(Derivation(dataset=each, named=each, source=SOURCE, as_of=DAY) for each in derived_from),
        sources=(SOURCE,),
        **{"archive": Archive.TCIA, **fields},
    )


def write_registry(folder: Path, datasets: Iterable[Dataset], idc: Mapping[str, Sequence[str]] | None = None) -> Path:
    """Write an index, dataset files (JSON is YAML) and sources as the importer lays them out; returns `folder`."""
    (folder / "datasets").mkdir(parents=True)
    entries = []
    for number, each in enumerate(datasets):
        file = f"{number}.yaml"
        (folder / "datasets" / file).write_text(each.model_dump_json(), encoding="utf-8")
        record = each.model_dump(
            mode="json", include={"id", "title", "doi", "kind", "archive", "program", "aliases", "idc_collections"}
        )
        licenses = sorted({claim.license for part in each.distributions for claim in part.claims})
        entries.append({**record, "file": file, "licenses": licenses})
    index = {"version": "2026-08-21", "idc_index_data": "25.0.5", "datasets": entries, "idc_collections": idc or {}}
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
    source = {"id": SOURCE, "title": "TCIA", "publisher": "TCIA", "url": "https://x.org", "as_of": "2026-08-21"}
    (folder / "sources.yaml").write_text(json.dumps([source]), encoding="utf-8")
    return folder


def registry_of(folder: Path, *datasets: Dataset, idc: Mapping[str, Sequence[str]] | None = None) -> Registry:
    """Return a registry of these datasets, with the licenses that ship."""
    return Registry.load(write_registry(folder / "data", datasets, idc))
