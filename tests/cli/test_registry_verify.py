"""`registry verify` as a user runs it."""

import json
from pathlib import Path

from tcia_policy.importers import write_registry
from tests.cli.run import is_one_clear_error, run
from tests.importers.refresh import small


def test_the_shipped_registry_has_no_mistake() -> None:
    ran = run("registry", "verify", "--as-of", "2026-11-30")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Registry of 2026-08-21, 391 datasets, 11 sources: nothing is wrong\n")


def test_a_mistake_is_told_with_its_line_and_what_would_be_right(tmp_path: Path) -> None:
    write_registry.write(small.registry(small.DAYS[0]), tmp_path)
    path = tmp_path / "datasets" / "two.yaml"
    path.write_text(path.read_text("utf-8").replace("doi: 10.7937/two", "doi: two"), "utf-8")
    ran = run("registry", "verify", "--registry", tmp_path, "--as-of", "2030-06-01")
    assert ran.code == 1
    assert "\ndatasets/two.yaml:" in ran.out
    assert "doi: is no DOI as the registry writes it: 'two'" in " ".join(ran.out.split())
    assert "right would be: 10.REGISTRANT/NAME in lower case" in " ".join(ran.out.split())
    as_json = run("registry", "verify", "--registry", tmp_path, "--as-of", "2030-06-01", "--format", "json")
    found = json.loads(as_json.out)
    assert (as_json.code, found["exit_code"]) == (1, 1)
    assert {each["file"] for each in found["mistakes"]} == {"datasets/two.yaml", "index.json"}


def test_a_folder_without_a_registry_is_one_clear_error(tmp_path: Path) -> None:
    is_one_clear_error(run("registry", "verify", "--registry", tmp_path), "has no registry")
