"""The names that a notebook uses."""

from datetime import date
from pathlib import Path

import pytest

import tcia_policy
from tcia_policy.model import Verdict
from tcia_policy.reports.json_report import read_json

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
DAY = date(2026, 11, 22)


def test_a_project_is_judged_from_its_folder_or_from_its_parts() -> None:
    from_folder = tcia_policy.assess(EXAMPLES / "commercial-product", as_of=DAY)
    assert from_folder.verdict is Verdict.PROHIBITED
    again = tcia_policy.assess(from_folder.project, base=EXAMPLES / "commercial-product", as_of=DAY)
    without_lines = tuple(item.model_copy(update={"line": None}) for item in from_folder.evidence)
    assert again == from_folder.model_copy(update={"evidence": without_lines})


def test_an_assessment_is_rendered_in_every_form_and_json_loses_nothing() -> None:
    assessment = tcia_policy.assess(EXAMPLES / "lung-nodules", as_of=DAY)
    assert "LIDC-IDRI" in tcia_policy.render(assessment)
    assert tcia_policy.render(assessment, "html").startswith("<!DOCTYPE html>")
    assert "LIDC-IDRI" in tcia_policy.render(assessment, "markdown")
    assert read_json(tcia_policy.render(assessment, "json")) == assessment


def test_references_are_cited_by_name() -> None:
    text = tcia_policy.cite("LIDC-IDRI", flavor="biblatex")
    assert "@dataset{" in text
    assert "10.7937/k9/tcia.2015.lo9ql9sx" in text


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = tcia_policy.nothing
