"""The schemas that editors and users of the JSON report rely on."""

import json
from pathlib import Path

import pytest

from tcia_policy.schema import FOLDER, SCHEMAS, render_schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_in_the_package_is_the_one_that_the_models_give(name: str) -> None:
    assert (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8") == render_schema(name), (
        "run `python -m tcia_policy.schema`"
    )


def test_every_rule_file_and_example_names_a_schema_that_is_there() -> None:
    root = Path(__file__).resolve().parents[2]
    files = list((root / "rules").glob("*/*.yaml"))
    files += list((root / "data" / "curated").glob("*.yaml"))
    files += list((root / "examples").glob("*/tcia-policy.yaml"))
    assert len(files) > 7
    for path in files:
        marker = path.read_text(encoding="utf-8").splitlines()[0]
        assert marker.startswith("# yaml-language-server: $schema="), path
        assert (path.parent / marker.split("=", 1)[1]).is_file(), path


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_has_a_name_of_its_own(name: str) -> None:
    assert json.loads(render_schema(name))["$id"] == f"urn:tcia-policy:schema:{name}"
