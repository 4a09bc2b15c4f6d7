"""What of the extra `bulk` is installed: DuckDB, and which idc-index-data. Neither is imported to find that out."""

import importlib.util
from pathlib import Path

from tcia_policy.errors import InputError

_BEGINNING, _END = "idc_index_data-", ".dist-info"


def idc_index_data() -> str | None:
    """Return the version of the installed idc-index-data; `None` where none is installed.

    It is read off the name of the folder that installers write beside a package (PyPA's "Recording installed
    projects"): `importlib.metadata` takes 30 ms for the same.
    """
    found = importlib.util.find_spec("idc_index_data")
    if found is None or found.origin is None:
        return None
    beside = Path(found.origin).parents[1].glob(f"{_BEGINNING}*{_END}")
    versions = [path.name.removeprefix(_BEGINNING).removesuffix(_END) for path in beside]
    return versions[0] if len(versions) == 1 else _version_by_metadata()


def has_duckdb() -> bool:
    """Return whether DuckDB is installed."""
    return importlib.util.find_spec("duckdb") is not None


def needed(what: str, extra: str = "bulk") -> InputError:
    """Return the error for what needs the extra `bulk`, or one that includes it, where it is not installed."""
    return InputError(f"{what} needs DuckDB and idc-index-data", hint=f"pip install 'tcia-policy[{extra}]'")


def order(version: str) -> tuple[int, ...]:
    """Return what versions of idc-index-data (`25.0.5`) are sorted by; what is no number in one counts as 0."""
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))


def _version_by_metadata() -> str | None:
    import importlib.metadata  # noqa: PLC0415 - 30 ms, only where the folder does not say it

    try:
        return importlib.metadata.version("idc-index-data")
    except importlib.metadata.PackageNotFoundError:
        return None
