"""Studies in YAML, assessed; and texts as their consumers read them."""

import shutil
import subprocess
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.study import Study
from tcia_policy.files import located_yaml
from tcia_policy.model import Assessment, Project
from tcia_policy.registry import Registry
from tcia_policy.rules.rulebook import RuleBook, load_rules
from tests.work import PATIENCE

DAY = date(2026, 11, 22)
NONCOMMERCIAL = """
title: A study
use:
  purpose: noncommercial
  activities: [analyze, train-model, publish-results, release-model, share-derived-data]
  outputs: [{kind: model, license: Apache-2.0}, {kind: segmentations, license: CC-BY-4.0}]
  country: US
positions: {model-is-adaptation: false}
"""


@cache
def registry() -> Registry:
    return Registry.load()


@cache
def rules() -> RuleBook:
    return load_rules()


def assessed(project: str, base: Path = Path()) -> Assessment:
    """Return the assessment of a project file's text."""
    source = located_yaml.parse_text(Path("tcia-policy.yaml"), project)
    return assess(
        Case.open(Study(source.parse(Project), base, source), CaseOptions(as_of=DAY), Library(registry(), rules()))
    )


def using(data: str, rest: str = NONCOMMERCIAL) -> Assessment:
    """Return the assessment of a noncommercial study of these data that releases a model and segmentations."""
    return assessed(f"{rest}data:\n{data}")


def pandoc(text: str, read: str, write: str) -> str:
    """Return what pandoc makes of a text; fails the test where it complains."""
    if shutil.which("pandoc") is None:
        pytest.skip("pandoc is not installed")
    command = ["pandoc", "-f", read, "-t", write, "--wrap=none", "--fail-if-warnings"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
