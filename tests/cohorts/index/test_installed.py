"""What of the extra `bulk` is installed."""

import importlib.metadata
import sys

import pytest

from tcia_policy.cohorts.index import installed


def test_the_installed_index_is_found_without_importing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "idc_index_data", raising=False)
    assert installed.idc_index_data() == importlib.metadata.version("idc-index-data")
    assert installed.has_duckdb()
    assert "idc_index_data" not in sys.modules


def test_what_is_not_installed_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_there(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", not_there)
    assert installed.idc_index_data() is None
    assert str(installed.needed("`audit`")) == (
        "`audit` needs DuckDB and idc-index-data\n  install 'tcia-policy[bulk]'"
    )


def test_versions_are_ordered_by_their_numbers() -> None:
    versions = ["25.0.5", "9.1.0", "25.0.10", "25.1.0.post1"]
    assert sorted(versions, key=installed.order) == ["9.1.0", "25.0.5", "25.0.10", "25.1.0.post1"]
