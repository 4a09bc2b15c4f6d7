"""The generated registry, read from its files as a stranger would: YAML and JSON, then validated."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tcia_policy.files import located_yaml
from tcia_policy.files.shipped import shipped
from tcia_policy.model import Archive, Dataset

DATA = shipped("data")


@cache
def paths() -> dict[str, Path]:
    """Every dataset file by the id it holds."""
    return {dataset.id: path for path, dataset in _parsed()}


@cache
def datasets() -> dict[str, Dataset]:
    """Every dataset by its id, in the order of the file names."""
    return {dataset.id: dataset for _, dataset in _parsed()}


@cache
def recorded() -> dict[str, Dataset]:
    """Every dataset that TCIA or IDC publishes, by its id; the others are re-issues."""
    return {name: each for name, each in datasets().items() if each.archive is not Archive.ELSEWHERE}


@cache
def index() -> dict[str, Any]:
    """Return the index, as JSON."""
    loaded: dict[str, Any] = json.loads((DATA / "index.json").read_text("utf-8"))
    return loaded


@cache
def sources() -> frozenset[str]:
    """Return the ids of `sources.yaml`."""
    return frozenset(source["id"] for source in yaml.safe_load((DATA / "sources.yaml").read_text("utf-8")))


@cache
def _parsed() -> tuple[tuple[Path, Dataset], ...]:
    return tuple((path, located_yaml.read(path).parse(Dataset)) for path in sorted((DATA / "datasets").glob("*.yaml")))
