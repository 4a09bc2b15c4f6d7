"""`resolve`, `show`, `list`, `rules` and `registry`: what is known, and from where."""

import json
import re
from pathlib import Path

import pytest

from tcia_policy.reports.rule import render_rule
from tcia_policy.rules.rulebook import load_rules
from tests.cli.run import EXAMPLES, run

MANIFEST = EXAMPLES / "lung-nodules" / "cohort" / "nsclc-radiomics.tcia"
TABLE = EXAMPLES / "commercial-product" / "cohort" / "training-series.csv"


def test_resolve_counts_the_series_of_each_dataset() -> None:
    ran = run("resolve", MANIFEST)
    assert (ran.code, ran.err) == (0, "")
    assert "NSCLC-Radiomics" in ran.out
    assert "60 series" in ran.out
    assert "CC BY-NC 3.0" in ran.out
    holdings = json.loads(run("resolve", TABLE, "--format", "json").out)["holdings"]
    assert {holding["dataset"]: holding["series"] for holding in holdings} == {
        "LIDC-IDRI": 30,
        "Breast-Cancer-Screening-DBT": 25,
        "Phantom FDA": 15,
    }


def test_resolve_names_what_it_does_not_find(tmp_path: Path) -> None:
    (tmp_path / "cohort.tcia").write_text("ListOfSeriesToDownload=\n1.2.3\nnot a series\x1b[31m\n", encoding="utf-8")
    ran = run("resolve", "cohort.tcia", cwd=tmp_path)
    assert ran.code == 0
    assert "1 series that IDC's index does not have" in ran.out
    assert "    1.2.3\n" in ran.out
    assert "line 3: not a series\ufffd[31m" in ran.out


def test_show_tells_every_claim_with_its_source() -> None:
    ran = run("show", "phantom fda")
    assert (ran.code, ran.err) == (0, "")
    for fact in (
        "10.7937/k9/tcia.2015.orbjkmux",
        "CC BY-NC 3.0  NBIA collection report",
        "CC BY 3.0     TCIA Collection Manager",
        "commercial-restriction",
        "marios.gavrielides@fda.hhs.gov",
        "Data From Phantom FDA",
    ):
        assert fact in ran.out


@pytest.mark.parametrize("name", ["LIDC-IDR", "lidc idr", "LIDC-IDRY"])
def test_show_suggests_what_an_unknown_name_may_have_meant(name: str) -> None:
    ran = run("show", name)
    assert (ran.code, ran.out) == (2, "")
    assert f"error: unknown dataset '{name}'\n" in ran.err
    assert "'LIDC-IDRI'" in ran.err


def test_list_has_one_line_a_dataset_and_every_line_its_doi() -> None:
    lines = run("list").out.splitlines()
    assert len(lines) == len(json.loads(run("list", "--format", "json").out)) > 380
    assert all("  10." in line for line in lines)


def test_list_filters_combine() -> None:
    everything = json.loads(run("list", "--format", "json").out)
    wanted = [
        entry["id"]
        for entry in everything
        if entry["kind"] == "collection" and entry["program"] == "CPTAC" and "CC-BY-3.0" in entry["licenses"]
    ]
    found = run("list", "--kind", "collection", "--program", "cptac", "--license", "CC-BY-3.0").out
    assert [line.split()[0] for line in found.splitlines()] == wanted
    assert 0 < len(wanted) < 14


@pytest.mark.parametrize(
    ("option", "word", "known"),
    [("--kind", "series", "idc-source"), ("--license", "CC-BY-NC", "CC-BY-NC-3.0"), ("--program", "TGCA", "TCGA")],
)
def test_list_knows_its_words(option: str, word: str, known: str) -> None:
    ran = run("list", option, word)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {option}: unknown ")
    assert known in ran.err


def test_rules_list_has_each_rule_under_its_policy() -> None:
    everything = run("rules", "list").out
    of_one = run("rules", "list", "--policy", "creative-commons").out
    assert "cc-noncommercial " in of_one
    assert "cptac-data-use-agreement" in everything
    assert "cptac-data-use-agreement" not in of_one
    assert _ids(of_one) < _ids(everything)
    assert "unknown policy 'cc'" in run("rules", "list", "--policy", "cc").err


def test_rules_show_has_the_reason_the_source_and_the_examples() -> None:
    out = run("rules", "show", "cc-noncommercial").out
    for heading in ("\nWhy\n", "\nWhat to do\n", "\nWhom it binds\n", "\nUnless\n", "\nSource\n", "\nExamples\n"):
        assert heading in out
    assert "https://creativecommons.org/licenses/by-nc/4.0/legalcode" in out


def _ids(rule_list: str) -> set[str]:
    return {line.split()[0] for line in rule_list.splitlines() if line.startswith("  ")}


def test_every_rule_that_is_listed_can_be_shown() -> None:
    book = load_rules()
    listed = _ids(run("rules", "list").out)
    assert len(listed) > 30
    for rule in listed:
        shown = render_rule(book.get(rule))
        assert f"\nRule       {rule}\n" in shown
        assert not re.search(r"\{\w+\.\w+\}", shown)


def test_rules_show_suggests() -> None:
    ran = run("rules", "show", "cc-noncomercial")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean 'cc-noncommercial'" in ran.err


def test_rules_test_runs_every_example() -> None:
    ran = run("rules", "test")
    passed, of, total, *_ = ran.out.split()
    assert (ran.code, of) == (0, "of")
    assert int(passed) == int(total) > 100


def test_registry_status_says_how_old_each_source_is() -> None:
    ran = run("registry", "status")
    assert (ran.code, ran.err) == (0, "")
    assert "391 datasets" in ran.out
    for kind in (" 60  analysis-result", "239  collection", " 89  idc-source"):
        assert kind in ran.out
    assert "IDC v25 index, version 25.0.5: 2026-09-26" in ran.out


def test_registry_conflicts_shows_what_is_open_today_with_both_claims() -> None:
    conflicts = json.loads(run("registry", "conflicts", "--format", "json").out)
    assert {item["dataset"] for item in conflicts} == {"ExACT", "NRG-1308", "Pediatric-CT-SEG", "Phantom FDA"}
    counting = [{claim["license"] for claim in item["claims"] if claim["standing"] == "counts"} for item in conflicts]
    assert all(len(licenses) > 1 for licenses in counting)
    text = run("registry", "conflicts").out
    assert "Phantom FDA (43115)\n  CC BY 3.0 " in text
    assert text.splitlines()[-2] == "The sources disagree today in 4 places."


def test_registry_conflicts_shows_what_is_history_when_asked() -> None:
    conflicts = json.loads(run("registry", "conflicts", "--all", "--format", "json").out)
    assert len({item["dataset"] for item in conflicts}) > 60
    assert sum(item["open"] for item in conflicts) == 4
    assert "[history: CC BY 4.0 on 2026-07-09]" in run("registry", "conflicts", "--all").out


def test_a_group_without_a_command_says_which_there_are() -> None:
    for group in ("rules", "registry"):
        ran = run(group)
        assert ran.code in (0, 2)
        assert "Commands:" in ran.out + ran.err
