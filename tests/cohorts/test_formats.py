"""The register of cohort formats: one line for each, from which detection, messages, help and documentation come."""

import json
import re
from pathlib import Path

import pytest

from tcia_policy.cohorts import formats, read_cohort, resolve
from tcia_policy.cohorts.cohort import Cohort, CohortFormat, Entries
from tcia_policy.cohorts.cohort_file import CohortFile, open_cohort_file
from tcia_policy.cohorts.formats import FORMATS, formats_in_words
from tcia_policy.errors import InputError
from tcia_policy.model import DataItem
from tcia_policy.registry import Registry
from tests.cli.run import run
from tests.cohorts import idc
from tests.cohorts.conftest import Write

PROJECT_FILE = Path(__file__).parents[2] / "docs" / "project-file.md"


def is_json_list(file: CohortFile) -> bool:
    return file.head.startswith("[")


def read_json_list(file: CohortFile) -> Cohort:
    entries = Entries(file.path)
    for uid in json.loads("\n".join(file.lines())):
        entries.add_series(uid)
    return entries.cohort("JSON list")


JSON_LIST = CohortFormat("JSON list", "a JSON list of series UIDs", is_json_list, read_json_list)


def test_a_new_format_is_one_line_in_the_register(
    registry: Registry, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "FORMATS", (JSON_LIST, *FORMATS))
    uids = idc.uids_of(idc.LIDC, 2)
    path = write("cohort.json", json.dumps(uids))
    assert read_cohort(path).format_name == "JSON list"
    (holding,) = resolve([DataItem(manifest=path.name)], path.parent, registry).holdings
    assert (holding.dataset, holding.series) == ("LIDC-IDRI", 2)
    (of_folder,) = resolve([DataItem(folder=path.parent.name)], path.parent.parent, registry).holdings
    assert of_folder.series == 2
    assert "a JSON list of series UIDs" in formats_in_words()
    with pytest.raises(InputError, match="is a JSON list that lists no series"):
        read_cohort(write("empty.json", "[]"))
    with pytest.raises(InputError, match="`tcia-policy resolve --help` lists all that would do"):
        read_cohort(write("comments.txt", "# nothing but a comment\n"))


def test_every_format_has_a_name_of_its_own_and_a_help() -> None:
    assert len({each.name for each in FORMATS}) == len(FORMATS)
    assert all(each.help.startswith("a") for each in FORMATS)


def test_only_the_last_format_reads_any_text(write: Write) -> None:
    file = open_cohort_file(write("x", "words"))
    assert [each.recognizes(file) for each in FORMATS] == [False] * (len(FORMATS) - 1) + [True]


def test_the_documentation_and_the_help_list_the_formats_of_the_register() -> None:
    assert f"| a cohort file: {formats_in_words()}; " in PROJECT_FILE.read_text(encoding="utf-8")
    for command in ("resolve", "cite"):
        output = run(command, "--help").out
        assert f"A cohort file is {formats_in_words()}." in re.sub(r"[\s│]+", " ", output)
