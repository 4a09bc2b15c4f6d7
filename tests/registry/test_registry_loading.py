"""Opening a registry and reading from it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.model import Access, DatasetKind
from tcia_policy.registry import Registry
from tests.registry.small_registry import dataset, registry_of, write_registry

_opened: list[str] | None = None


def _note_opened(event: str, arguments: tuple[object, ...]) -> None:
    if _opened is not None and event == "open":
        _opened.append(str(arguments[0]))


sys.addaudithook(_note_opened)


@contextmanager
def files_opened() -> Iterator[list[str]]:
    """Return the paths of all files that are opened meanwhile, as Python itself reports them."""
    global _opened  # noqa: PLW0603 - an audit hook cannot be taken away again
    _opened = []
    try:
        yield _opened
    finally:
        _opened = None


def test_five_datasets_cost_the_index_and_five_files(tmp_path: Path) -> None:
    data = write_registry(tmp_path / "data", [dataset(f"Set-{n}", f"10.1234/{n}") for n in range(30)])
    with files_opened() as opened:
        registry = Registry.load(data)
        for _again in range(2):
            for number in range(5):
                registry.get(registry.find(f"set {number}")[0])
    read = [Path(path).name for path in opened if path.startswith(str(data))]
    assert read == ["index.json", "0.yaml", "1.yaml", "2.yaml", "3.yaml", "4.yaml"]


def test_the_index_says_what_a_listing_needs(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, dataset("One", "10.1234/1", program="CPTAC", aliases=["uno"]))
    (entry,) = registry.entries
    assert registry.version == "2026-08-21"
    assert (entry.id, entry.doi, entry.program, entry.aliases) == ("One", "10.1234/1", "CPTAC", ("uno",))
    assert entry.kind is DatasetKind.COLLECTION
    assert entry.licenses == ("CC-BY-4.0",)


def test_licenses_and_sources_are_found_by_their_id(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, dataset("One", "10.1234/1"))
    assert registry.licenses["LicenseRef-NIH-Controlled-Data-Access"].access is Access.CONTROLLED
    assert registry.sources["tcia"].publisher == "TCIA"


def test_a_file_that_is_another_dataset_is_refused(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, dataset("One", "10.1234/1"), dataset("Two", "10.1234/2"))
    folder = tmp_path / "data" / "datasets"
    (folder / "0.yaml").write_bytes((folder / "1.yaml").read_bytes())
    with pytest.raises(InputError, match=r"0\.yaml: id: the index lists it as 'One', the file says 'Two'"):
        registry.get("One")


@pytest.mark.parametrize(
    "content",
    ["", "[", "[]", "{}", '{"version": 1}', '{"version": "1", "datasets": [{}], "idc_collections": {}}', "\0"],
)
def test_an_index_of_another_shape_is_one_clear_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "index.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"index\.json: is not an index of datasets"):
        Registry.load(tmp_path)


def test_a_folder_without_an_index_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"index\.json: no such file"):
        Registry.load(tmp_path)


def test_a_source_list_of_another_shape_has_no_sources(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, dataset("One", "10.1234/1"))
    (tmp_path / "data" / "sources.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(InputError, match=r"sources\.yaml"):
        _ = registry.sources


def test_a_check_of_names_pays_for_neither_duckdb_nor_rapidfuzz(tmp_path: Path) -> None:
    data = write_registry(tmp_path / "data", [dataset("One", "10.1234/1")])
    program = (
        "import sys, json; from pathlib import Path\n"
        "from tcia_policy.model import DataItem\n"
        "from tcia_policy.registry import Registry\n"
        "from tcia_policy.cohorts import resolve\n"
        "found = resolve([DataItem(dataset='one')], Path(), Registry.load(Path(sys.argv[1])))\n"
        "print(json.dumps([found.holdings[0].id, found.idc_index_data, 'duckdb' in sys.modules,"
        " 'rapidfuzz' in sys.modules, 'idc_index_data' in sys.modules]))"
    )
    output = subprocess.run([sys.executable, "-c", program, str(data)], check=True, capture_output=True).stdout
    assert json.loads(output) == ["One", None, False, False, False]
