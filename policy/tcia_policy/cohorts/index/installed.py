"""What of the extra `bulk` is installed: DuckDB, and which idc-index-data. Neither is imported to find that out."""

import importlib.metadata
import importlib.util

from tcia_policy.errors import InputError

HINT = "install 'tcia-policy[bulk]'"


def idc_index_data() -> str | None:
    """Return the version of the installed idc-index-data; `None` where none is installed."""
    try:
        return importlib.metadata.version("idc-index-data")
    except importlib.metadata.PackageNotFoundError:
        return None


def has_duckdb() -> bool:
    """Return whether DuckDB is installed."""
    return importlib.util.find_spec("duckdb") is not None


def needed(what: str) -> InputError:
    """Return the error for what needs the extra `bulk`, where it is not installed."""
    return InputError(f"{what} needs DuckDB and idc-index-data", hint=HINT)


def order(version: str) -> tuple[int, ...]:
    """Return what versions of idc-index-data (`25.0.5`) are sorted by; what is no number in one counts as 0."""
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))
