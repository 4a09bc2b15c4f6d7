"""The names that a notebook uses."""

import doctest
import inspect
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import tcia_policy
from tcia_policy.model import Verdict
from tcia_policy.reports.json_report import read_json
from tests.transcripts import ROOT

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
DAY = date(2026, 11, 22)


def test_a_project_is_judged_from_its_folder_or_from_its_parts() -> None:
    from_folder = tcia_policy.assess(EXAMPLES / "commercial-product", as_of=DAY)
    assert from_folder.verdict is Verdict.PROHIBITED
    again = tcia_policy.assess(from_folder.project, base=EXAMPLES / "commercial-product", as_of=DAY)
    assert _without_places(again.model_dump()) == _without_places(from_folder.model_dump())


def _without_places(content: object) -> object:
    if isinstance(content, dict):
        return {name: _without_places(value) for name, value in content.items() if name not in ("line", "project_file")}
    return [_without_places(each) for each in content] if isinstance(content, list | tuple) else content


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


NC = {"purpose": "commercial", "activities": ["use-in-product"], "as_of": "2026-11-22"}


def test_the_page_on_notebooks_shows_what_its_lines_give() -> None:
    page = ROOT / "docs" / "notebook.md"
    failed, tried = doctest.testfile(str(page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert (failed, tried > 5) == (0, True)


def test_data_are_judged_without_a_project_and_nothing_is_assumed() -> None:
    judged = tcia_policy.assess("LIDC-IDRI", "NSCLC-Radiomics", **NC)  # type: ignore[arg-type]
    assert {cell.holding: cell.verdict for cell in judged.verdicts} == {
        "LIDC-IDRI": Verdict.CONDITIONAL,
        "NSCLC-Radiomics": Verdict.PROHIBITED,
    }
    nothing_said = tcia_policy.assess("LIDC-IDRI", as_of=DAY)
    assert nothing_said.verdict is Verdict.UNDETERMINED
    assert nothing_said.exit_code == 3


def test_what_is_said_takes_the_place_of_what_a_project_states() -> None:
    stated = tcia_policy.assess(EXAMPLES / "lung-nodules", as_of=DAY)
    other = tcia_policy.assess(EXAMPLES / "lung-nodules", purpose="commercial", as_of=DAY)
    assert (stated.verdict, other.verdict) == (Verdict.CONDITIONAL, Verdict.PROHIBITED)
    assert other.project.use.activities == stated.project.use.activities


def test_a_notebook_shows_one_line_or_the_first_screen() -> None:
    judged = tcia_policy.assess("NSCLC-Radiomics", **NC)  # type: ignore[arg-type]
    assert repr(judged).startswith("<PROHIBITED  ")
    assert "\n" not in repr(judged)
    assert str(judged) == tcia_policy.render(judged)
    page = judged._repr_html_()
    assert re.search(r"<th scope=\"row\"[^>]*>NSCLC-Radiomics</th><td[^>]*>no</td>", page)
    assert "<script" not in page


def test_a_notebook_shows_names_as_text() -> None:
    evil = "<img src=x onerror=alert(1)>\x1b[31m"
    project = tcia_policy.Project.model_validate({"title": evil, "data": [{"other": {"name": evil}}]})
    page = tcia_policy.assess(project, as_of=DAY)._repr_html_()
    assert "<img" not in page
    assert "\x1b" not in page
    assert "&lt;img src=x" in page


def test_verdicts_are_rows_of_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=list))
    rows: Any = tcia_policy.assess("NSCLC-Radiomics", **NC).to_frame()  # type: ignore[arg-type]
    assert list(rows) == [
        {
            "data": "NSCLC-Radiomics",
            "activity": "use-in-product",
            "verdict": "prohibited",
            "license": "CC BY-NC 3.0",
            "rules": "cc-noncommercial, tcia-commercial-restriction",
            "questions": "",
        }
    ]
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(tcia_policy.InputError, match="needs pandas"):
        tcia_policy.assess("NSCLC-Radiomics", as_of=DAY).to_frame()


def test_citations_of_a_study_are_written_in_any_format() -> None:
    citations = tcia_policy.assess("LIDC-IDRI", as_of=DAY).citations
    assert citations.to_bibtex(only="required") == tcia_policy.cite(["LIDC-IDRI"], only="required")
    assert citations.to("ris").startswith("TY  - ")
    assert "Armato" in citations._repr_html_()


def test_other_results_are_shown_as_the_commands_print_them() -> None:
    why = tcia_policy.explain("LIDC-IDRI", "NSCLC-Radiomics", item="nsclc radiomics", **NC)  # type: ignore[arg-type]
    assert why.result.cell.verdict is Verdict.PROHIBITED
    assert str(why).startswith("PROHIBITED")
    assert "NSCLC-Radiomics" in repr(why)
    may = tcia_policy.licenses("NSCLC-Radiomics", output="model", as_of=DAY)
    assert may.result.output.value == "model"
    assert "<pre>" in may._repr_html_()
    both = tcia_policy.what_if("NSCLC-Radiomics", as_of=DAY)
    assert {item.purpose.value for item in both.result.suppositions} == {"commercial", "noncommercial"}
    assert "ATTRIBUTION.md" in tcia_policy.notices("LIDC-IDRI", as_of=DAY)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: tcia_policy.assess("LIDC-IDIR"), "LIDC-IDRI"),
        (lambda: tcia_policy.assess("LIDC-IDRI", purpose="comercial"), "commercial"),
        (lambda: tcia_policy.assess("LIDC-IDRI", activities=["sell"]), "activities"),
        (lambda: tcia_policy.assess("LIDC-IDRI", as_of="22.11.2026"), "is not a day"),
        (lambda: tcia_policy.explain("LIDC-IDRI", activity="sell"), "unknown activity 'sell'"),
        (lambda: tcia_policy.licenses("LIDC-IDRI", output="song"), "unknown output 'song'"),
        (lambda: tcia_policy.explain("LIDC-IDRI", item="NLST"), "NLST"),
    ],
    ids=["name", "purpose", "activities", "day", "activity", "output", "item"],
)
def test_a_mistake_is_an_input_error_in_plain_words(call: Callable[[], object], said: str) -> None:
    with pytest.raises(tcia_policy.InputError) as caught:
        call()
    assert said in str(caught.value)
    assert "Input should" not in str(caught.value)


def test_every_function_says_what_it_does() -> None:
    for name in tcia_policy.__all__:
        documented = inspect.getdoc(getattr(tcia_policy, name))
        assert name == "__version__" or documented


def test_a_release_is_judged_by_what_its_files_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = "---\nlicense: apache-2.0\nlibrary_name: monai\ndatasets: [NSCLC-Radiomics]\n---\n# Tumor model\n"
    (tmp_path / "README.md").write_text(card, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = tcia_policy.assess(release=[tmp_path])
    assert found.verdict is Verdict.PROHIBITED
    assert found.release is not None
    assert found.release.selects
