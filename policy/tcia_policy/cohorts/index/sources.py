"""The files in which series are looked up by DuckDB: those of idc-index-data, and our list of what IDC removed."""

import importlib.metadata
import importlib.util
from pathlib import Path
from typing import NamedTuple

from tcia_policy.errors import InputError
from tcia_policy.files.shipped import shipped


class Sources(NamedTuple):
    """The index and that of earlier versions (Parquet), the series that IDC removed (CSV), the index's version."""

    current: Path
    prior: Path
    removed: Path
    version: str

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the files."""
        return (self.current, self.prior, self.removed)


def installed_sources() -> Sources:
    """Return the files of the installed idc-index-data. Raise `InputError` where it is not installed."""
    found = importlib.util.find_spec("idc_index_data")
    if found is None or found.origin is None:
        raise InputError("idc-index-data is not installed, and series are looked up in it", hint="install it with pip")
    folder = Path(found.origin).parent
    return Sources(
        current=folder / "idc_index.parquet",
        prior=folder / "prior_versions_index.parquet",
        removed=shipped("data") / "idc-removed-series.csv.gz",
        version=importlib.metadata.version("idc-index-data"),
    )
