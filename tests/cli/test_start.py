"""What a start does once, and what it does each time: counted, never timed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.work import PATIENCE

CHECK = """
import json, sys
from tcia_policy.files import located_yaml
parse, parsed = located_yaml.parse_text, []
def counted(path, text):
    if path.is_absolute():
        parsed.append(str(path))
    return parse(path, text)
located_yaml.parse_text = counted
sys.argv = ["tcia-policy", "check", "LIDC-IDRI", "--as-of", "2026-11-22"]
from tcia_policy.cli import main
try:
    main()
finally:
    from pydantic import BaseModel
    def below(cls):
        return {each for sub in cls.__subclasses__() for each in (sub, *below(sub))}
    built = sorted(each.__name__ for each in below(BaseModel) if each.__pydantic_complete__)
    print(json.dumps({"parsed": len(parsed), "modules": sorted(sys.modules), "built": built}), file=sys.stderr)
"""
NAMED = """
import json, sys
from tcia_policy.cli import main
try:
    main()
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""
LOOKED_UP_IN_BULK = """
import sys
import duckdb
from tcia_policy.cli import main
sys.argv = ["tcia-policy", "--version"]
main()
"""
ONLY_FOR_SOME = (
    "docutils lxml markdown_it pygments pypdf tinycss2",  # manuscripts
    "duckdb openpyxl tcia_policy.cohorts.formats",  # cohort files
    "bibtexparser jinja2 rispy typst",  # reports and references
    "yaml",  # project files
    "typer._adapters email csv gzip importlib.metadata zipfile",  # what is no text, and what is read of files
    "tcia_policy.model.changes tcia_policy.model.decision tcia_policy.model.lock",  # studies that are reviewed
    "tcia_policy.evidence.license_file tcia_policy.files.written_by",  # copies
    "tcia_policy.model.assessment_printed tcia_policy.model.release",
    "tcia_policy.engine.not_a_project tcia_policy.engine.review_file",  # project files
    "tcia_policy.cohorts.index.slim tcia_policy.cohorts.patients tcia_policy.evidence.evidence_documents",
    "tcia_policy.files.sections tcia_policy.rules.house_files tcia_policy.rules.rule_files",  # what is not kept
    "rapidfuzz",  # where a name is wrong
    "tcia_policy.api tcia_policy.importers tcia_policy.review tcia_policy.schema",
    "tcia_policy.reports.memo tcia_policy.reports.notices tcia_policy.reports.typeset tcia_policy.cli.lock",
    "tcia_policy.reports.screen.details tcia_policy.reports.view",  # what `-v` shows
)


def started(cache: Path) -> tuple[str, dict[str, Any]]:
    """Return what a check printed, and what was done for it, with this user's cache."""
    environment = {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "1",
        "XDG_CACHE_HOME": str(cache),
        "XDG_DATA_HOME": str(cache),
    }
    environment["PYTHONPYCACHEPREFIX"] = str(cache / "none")
    ran = subprocess.run(
        [sys.executable, "-c", CHECK],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment,
        timeout=PATIENCE,
    )
    return ran.stdout, json.loads(ran.stderr.splitlines()[-1])


def test_a_second_start_parses_nothing_and_prints_the_same(tmp_path: Path) -> None:
    first, once = started(tmp_path)
    second, again = started(tmp_path)
    assert first == second
    assert "LIDC-IDRI" in first
    assert once["parsed"] > 100
    assert again["parsed"] == 0
    loaded = {name for group in ONLY_FOR_SOME for name in group.split()} & set(again["modules"])
    assert loaded == set()
    assert again["built"] == [], "what pydantic checks values with takes long to build"


def test_the_end_of_a_program_with_duckdb_prints_nothing() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LOOKED_UP_IN_BULK], capture_output=True, check=True, encoding="utf-8", timeout=PATIENCE
    )
    assert ran.stderr == ""


@pytest.mark.parametrize("command", ["cite", "resolve"])
def test_what_reads_cohort_files_is_not_loaded_to_name_them_in_the_help(command: str) -> None:
    call = [sys.executable, "-c", NAMED, command, "LIDC-IDRI"]
    ran = subprocess.run(call, capture_output=True, check=False, encoding="utf-8", timeout=PATIENCE)
    assert "tcia_policy.cohorts.formats" not in json.loads(ran.stderr.splitlines()[-1])
