"""What of the extra `bulk` is installed."""

import importlib.metadata
import sys
from pathlib import Path

import pytest

from tcia_policy.cohorts.index import installed


def test_the_installed_index_is_found_without_importing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "idc_index_data", raising=False)
    assert installed.idc_index_data() == importlib.metadata.version("idc-index-data")
    assert installed.has_duckdb()
    assert "idc_index_data" not in sys.modules


@pytest.mark.parametrize(("folders", "version"), [(["25.0.7"], "25.0.7"), (["25.0.7", "26.0.0"], None), ([], None)])
def test_the_version_is_that_of_the_folder_beside_the_package(
    folders: list[str], version: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "idc_index_data").mkdir()
    (tmp_path / "idc_index_data" / "__init__.py").touch()
    for each in folders:
        (tmp_path / f"idc_index_data-{each}.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.delitem(sys.modules, "idc_index_data", raising=False)
    monkeypatch.setattr(installed, "_version_by_metadata", lambda: None)
    assert installed.idc_index_data() == version


def test_what_is_not_installed_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.delitem(sys.modules, "idc_index_data", raising=False)
    assert installed.idc_index_data() is None
    assert str(installed.needed("`audit`")) == (
        "`audit` needs DuckDB and idc-index-data\n  pip install 'tcia-policy[bulk]'"
    )
    assert installed.needed("`audit`", "spark").hint == "pip install 'tcia-policy[spark]'"


def test_versions_are_ordered_by_their_numbers() -> None:
    versions = ["25.0.5", "9.1.0", "25.0.10", "25.1.0.post1"]
    assert sorted(versions, key=installed.order) == ["9.1.0", "25.0.5", "25.0.10", "25.1.0.post1"]
