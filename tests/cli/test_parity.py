"""The command line and the library give the same answers."""

import json
from datetime import date

import pytest

import tcia_policy
from tcia_policy.registry import Registry
from tcia_policy.reports.json_report import read_json
from tests.cli.run import DAY, EXAMPLES, run

PROJECTS = sorted(path.parent.name for path in EXAMPLES.glob("*/tcia-policy.yaml"))


@pytest.mark.parametrize("name", PROJECTS)
def test_json_is_the_whole_assessment_and_the_librarys_and_so_is_the_text(name: str) -> None:
    ran = run("check", EXAMPLES / name, "--format", "json", "--as-of", DAY)
    by_library = tcia_policy.assess(EXAMPLES / name, as_of=date.fromisoformat(DAY))
    assert ran.err == ""
    assert read_json(ran.out) == by_library
    assert ran.out == tcia_policy.render(by_library, "json")
    assert ran.code == by_library.exit_code
    assert json.loads(ran.out)["as_of"] == DAY
    assert run("check", "--as-of", DAY, cwd=EXAMPLES / name).out == tcia_policy.render(by_library, "text")


def test_references_are_the_librarys() -> None:
    selection = ("LIDC-IDRI", "10.7937/K9/TCIA.2015.PF0M9REI", "DICOM-LIDC-IDRI-Nodules")
    assert run("cite", *selection).out == tcia_policy.cite(*selection)
    assert run("cite", *selection, "--format", "biblatex", "--ascii").out == tcia_policy.cite(
        *selection, flavor="biblatex", ascii_only=True
    )


def test_show_prints_what_the_registry_has() -> None:
    registry = Registry.load()
    shown = json.loads(run("show", "nsclc_radiomics", "--format", "json").out)["datasets"]
    assert shown == [registry.get("NSCLC-Radiomics").model_dump(mode="json")]


def test_list_prints_every_dataset() -> None:
    listed = json.loads(run("list", "--format", "json").out)["datasets"]
    assert [entry["id"] for entry in listed] == [entry.id for entry in Registry.load().entries]
