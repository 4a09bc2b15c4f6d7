"""`resolve`, `show`, `list`, `rules` and `registry`: what is known, and from where."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tcia_policy.files.shipped import shipped
from tcia_policy.reports.rule import render_rule
from tcia_policy.rules.rulebook import load_rules
from tests.cli.run import EXAMPLES, run
from tests.registry.small_registry import dataset, part, write_registry

MANIFEST = EXAMPLES / "lung-nodules" / "cohort" / "nsclc-radiomics.tcia"
TABLE = EXAMPLES / "commercial-product" / "cohort" / "training-series.csv"


def test_resolve_counts_the_series_of_each_dataset() -> None:
    ran = run("resolve", MANIFEST)
    assert (ran.code, ran.err) == (0, "")
    assert "NSCLC-Radiomics" in ran.out
    assert "60 series" in ran.out
    assert "CC BY-NC 3.0" in ran.out
    assert ran.out.startswith("RESOLVE  1 dataset, 60 series, 3.8 GB.\n")
    holdings = json.loads(run("resolve", TABLE, "--format", "json").out)["holdings"]
    assert {holding["dataset"]: holding["series"] for holding in holdings} == {
        "LIDC-IDRI": 30,
        "Breast-Cancer-Screening-DBT": 25,
        "Phantom FDA": 15,
    }


def test_resolve_says_which_licenses_of_a_table_no_source_states(tmp_path: Path) -> None:
    uid, rows = "1.3.6.1.4.1.14519.5.2.1.100021037900057802620273040894888815148", "Series UID,License Name\n"
    (tmp_path / "metadata.csv").write_text(f"{rows}{uid},CC BY 4.0\n", encoding="utf-8")
    text = " ".join(run("resolve", "metadata.csv", cwd=tmp_path).out.split())
    said = "another license than the sources state is in metadata.csv, whose rows say 'CC BY 4.0'."
    assert f"NOTE Duke-Breast-Cancer-MRI: {said}" in text
    (tmp_path / "metadata.csv").write_text(f"{rows}{uid},CC BY-NC 4.0\n", encoding="utf-8")
    assert "another license" not in run("resolve", "metadata.csv", cwd=tmp_path).out


def test_resolve_names_what_it_does_not_find(tmp_path: Path) -> None:
    (tmp_path / "cohort.tcia").write_text("ListOfSeriesToDownload=\n1.2.3\nnot a series\x1b[31m\n", encoding="utf-8")
    ran = run("resolve", "cohort.tcia", cwd=tmp_path)
    assert ran.code == 0
    assert ran.out.startswith("RESOLVE  0 datasets; 1 series not found; 1 entry of cohort.tcia not understood.\n")
    assert "\nNot found\n1 series that IDC's index does not have" in ran.out
    assert "    1.2.3\n" in ran.out
    assert "line 3: not a series\ufffd[31m" in ran.out


def test_resolve_says_how_the_words_of_a_project_for_parts_were_read() -> None:
    ran = run("resolve", EXAMPLES / "lung-nodules")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("RESOLVE  3 datasets, 60 series, 3.8 GB.\n")
    assert "  CPTAC-LUAD@idc: ‘images’ is Images (44835); Tissue Slide Images (44839)\n" in ran.out
    words = json.loads(run("resolve", EXAMPLES / "lung-nodules", "--format", "json").out)["words"]
    assert {"holding": "LIDC-IDRI", "word": "images", "parts": ["Images (42123)"]} in words


def test_show_answers_with_license_and_access() -> None:
    ran = run("show", "LIDC")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("SHOW  LIDC-IDRI: under CC BY 3.0, open access (4 parts).\n")
    assert "\n  42123  Images  " in ran.out
    for heading in ("Parts", "Cite as", "What its sources ask for, beside the license"):
        assert f"\n{heading}\n" in ran.out
    assert "NBIA collection report, 2025-01-04: " not in ran.out


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("CMB-LCA", "2 parts under CC BY 4.0, open access and 1 part under NIH controlled access."),
        ("Phantom FDA", "under CC BY 3.0 or CC BY-NC 3.0: the sources disagree, open access (1 part); read beside it:"),
        ("TCGA-GBM", "under NIH controlled access (1 part)."),
        ("PROSTATE-DIAGNOSIS", "under CC BY 3.0, open access (5 parts); read beside it: copyright."),
    ],
)
def test_show_says_what_is_closed_disagreed_on_or_restricted_beside_the_license(name: str, answer: str) -> None:
    told = json.loads(run("show", name, "--format", "json").out)
    assert told["summary"].startswith(f"{name}: {answer.rstrip('.')}")
    first = " ".join(run("show", name).out.split("\n\n")[0].split())
    assert first.startswith(f"SHOW {name}: {answer}")


def test_show_dates_what_a_source_states_by_its_claims(tmp_path: Path) -> None:
    early = part("1").claims[0].model_copy(update={"as_of": date(2026, 7, 31)})
    gone = part("1").model_copy(update={"withdrawn": date(2026, 8, 1), "claims": (early,)})
    folder = write_registry(tmp_path, [dataset("One", "10.1/1", [gone]), dataset("Two", "10.1/2", [gone, part("2")])])
    assert ", 2026-07-31\n" in run("show", "One", "--registry", folder).out
    assert ", 2026-07-31 to 2026-08-21\n" in run("show", "Two", "--registry", folder).out


def test_show_tells_every_claim_with_its_source() -> None:
    ran = run("show", "phantom fda", "-v")
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
    summary, _, *lines = run("list").out.splitlines()
    told = json.loads(run("list", "--format", "json").out)
    assert summary == f"LIST  {told['summary']}."
    assert len(lines) == len(told["datasets"]) > 380
    assert all("  10." in line for line in lines)


def test_list_filters_combine() -> None:
    everything = json.loads(run("list", "--format", "json").out)["datasets"]
    wanted = [
        entry["id"]
        for entry in everything
        if entry["kind"] == "collection" and entry["program"] == "CPTAC" and "CC-BY-3.0" in entry["licenses"]
    ]
    found = run("list", "--kind", "collection", "--program", "cptac", "--license", "CC-BY-3.0").out
    assert [line.split()[0] for line in found.splitlines()[2:]] == wanted
    assert 0 < len(wanted) < 14


def listed(*arguments: str) -> dict[str, Any]:
    ran = run("list", *arguments, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    found: dict[str, Any] = json.loads(ran.out)
    return found


def names(entries: list[dict[str, Any]]) -> set[str]:
    return {entry["id"] for entry in entries}


def test_list_finds_all_words_wherever_they_stand() -> None:
    found = listed("lung", "ct")
    assert {"LIDC-IDRI", "NLST", "QIN LUNG CT"} <= names(found["datasets"])
    assert "TCGA-GBM" not in names(found["datasets"])
    assert found["summary"].endswith("with lung, ct")
    assert names(listed("LIDC IDRI")["datasets"]) >= {"LIDC-IDRI"}
    assert names(listed("lung", "ct", "--kind", "collection")["datasets"]) < names(found["datasets"])


def test_list_suggests_a_word_where_nothing_is_found() -> None:
    ran = run("list", "prostrate")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "LIST  0 datasets with prostrate.")
    assert "did you mean 'prostate'?" in ran.out


def test_list_judges_what_is_usable_and_lists_apart_what_is_not_known() -> None:
    found = listed("lung", "ct", "--usable-for", "commercial")
    usable, unknown = names(found["datasets"]), names(found["unknown"])
    assert {"LIDC-IDRI", "NLST"} <= usable
    assert {"CMB-LCA", "CPTAC-LSCC"} <= unknown
    assert {"NSCLC-Radiomics", "NSCLC-Radiomics-Genomics", "S0819"}.isdisjoint(usable | unknown)
    assert found["not_usable"] == len(listed("lung", "ct")["datasets"]) - len(usable) - len(unknown) >= 3
    text = run("list", "lung", "ct", "--usable-for", "commercial").out
    assert text.startswith(f"LIST  {len(usable)} of ")
    assert "\nCannot be judged, so not to be taken as usable\nCMB-LCA " in text


def test_a_use_without_a_purpose_leaves_open_what_depends_on_it() -> None:
    found = listed("lung", "--usable-for", "redistribution")
    assert "NSCLC-Radiomics" in names(found["unknown"])
    assert "No purpose is stated" in run("list", "lung", "--usable-for", "redistribution").out
    stated = listed("lung", "--usable-for", "redistribution", "--usable-for", "noncommercial")
    assert "NSCLC-Radiomics" in names(stated["datasets"])


def test_what_is_usable_is_what_check_says_of_a_study_of_it_alone(tmp_path: Path) -> None:
    found = listed("--program", "CPTAC", "--usable-for", "training", "--usable-for", "noncommercial")
    for entry in [*found["datasets"], *found["unknown"]]:
        path = tmp_path / "tcia-policy.yaml"
        path.write_text(
            f"use: {{purpose: noncommercial, activities: [train-model]}}\ndata: [{{dataset: {entry['id']}}}]\n",
            encoding="utf-8",
        )
        checked = json.loads(run("check", path, "--format", "json").out)
        assert entry["usable"]["verdict"] == checked["verdict"], entry["id"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["comercial"], "did you mean 'commercial'"),
        (["selling"], "Use commercial, noncommercial, analyze"),
        (["commercial", "noncommercial"], "one purpose, and two are named"),
    ],
)
def test_an_unknown_use_is_one_error(words: list[str], said: str) -> None:
    ran = run("list", *(argument for word in words for argument in ("--usable-for", word)))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: --usable-for: ")
    assert said in ran.err


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


def test_registry_status_checks_every_byte_of_the_index_of_series(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran = run("registry", "status")
    assert "Index: 1,057,404 series of IDC, as of idc-index-data 25.0.5; undamaged\n" in ran.out
    content = bytearray((shipped("data") / "idc-series.bin").read_bytes())
    content[20_000_000] ^= 1
    (tmp_path / "damaged.bin").write_bytes(content)
    monkeypatch.setattr("tcia_policy.registry.series_layout.FILE", str(tmp_path / "damaged.bin"))
    ran = run("registry", "status")
    assert (ran.code, ran.out) == (2, "")
    assert "damaged.bin: is damaged in its section" in ran.err
    assert ran.err.endswith("\n  install tcia-policy anew\n")


def test_registry_conflicts_shows_what_is_open_today_with_both_claims() -> None:
    conflicts = json.loads(run("registry", "conflicts", "--format", "json").out)["conflicts"]
    assert {item["dataset"] for item in conflicts} == {"ExACT", "NRG-1308", "Pediatric-CT-SEG", "Phantom FDA"}
    counting = [{claim["license"] for claim in item["claims"] if claim["standing"] == "counts"} for item in conflicts]
    assert all(len(licenses) > 1 for licenses in counting)
    text = run("registry", "conflicts").out
    assert "Phantom FDA (43115), stated at the same time\n  CC BY 3.0 " in text
    assert text.splitlines()[-2] == "The sources disagree today in 4 places."


def test_registry_conflicts_shows_what_is_history_when_asked() -> None:
    conflicts = json.loads(run("registry", "conflicts", "--all", "--format", "json").out)["conflicts"]
    assert len({item["dataset"] for item in conflicts}) > 60
    assert sum(item["open"] for item in conflicts) == 4
    assert "[history: CC BY 4.0 on 2026-07-09]" in run("registry", "conflicts", "--all").out


def test_a_group_without_a_command_says_which_there_are() -> None:
    for group in ("rules", "registry"):
        ran = run(group)
        assert ran.code in (0, 2)
        assert "Commands:" in ran.out + ran.err
