"""`tcia-policy explain`: how did this verdict come about?"""

import json
from pathlib import Path

import pytest

from tests.cli.run import DAY, EXAMPLES, Project, run

NODULES = EXAMPLES / "lung-nodules"
PRODUCT = EXAMPLES / "commercial-product"
TWO_PARTS_CLOSED = """\
use: {purpose: noncommercial, activities: [train-model, publish-results]}
data: [{dataset: TCGA-GBM}]
"""


def test_the_command_that_check_ends_with_works_in_the_folder_of_the_project() -> None:
    ran = run("explain", "NSCLC-Radiomics", "--as-of", DAY, cwd=NODULES)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("PERMITTED  NSCLC-Radiomics, ") or ran.out.startswith("CONDITIONAL  NSCLC-Radiomics, ")
    assert "\ndecided by  " in ran.out
    assert "\nsource      " in ran.out


def test_the_derivation_is_short_and_verbose_has_every_rule() -> None:
    arguments = ("explain", PRODUCT, "Phantom FDA", "-a", "train-model", "--as-of", DAY)
    short, long = run(*arguments).out, run(*arguments, "-v").out
    assert short.startswith("PROHIBITED  Phantom FDA, train-model\n")
    assert "[tcia-commercial-restriction]" in short
    assert len(short.splitlines()) < 35
    assert "rules were looked at" in short
    assert "  rules that did not apply, and would if" in long
    assert "Interpretation 1 of " in long
    assert "    [x] use.purpose is commercial  (commercial; from the project)" in long


@pytest.mark.parametrize(
    "name",
    [
        "LIDC-IDRI",
        "lidc_idri",
        "LIDC",
        "10.7937/K9/TCIA.2015.LO9QL9SX",
        "https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx",
    ],
)
def test_any_spelling_of_the_name_will_do(name: str) -> None:
    ran = run("explain", name, "-a", "train-model", "--as-of", DAY, cwd=NODULES)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "PERMITTED  LIDC-IDRI, train-model")
    assert run("explain", NODULES, "-d", name, "-a", "train-model", "--as-of", DAY).out == ran.out


def test_a_name_that_is_not_in_the_project_is_one_error_with_suggestions() -> None:
    ran = run("explain", "LIDC-IDR", cwd=NODULES)
    assert (ran.code, ran.out) == (2, "")
    assert "the project has no data item 'LIDC-IDR'" in ran.err
    assert "did you mean 'LIDC-IDRI'?" in ran.err
    elsewhere = run("explain", "TCGA-GBM", cwd=NODULES)
    assert (elsewhere.code, "the project has no data item 'TCGA-GBM'" in elsewhere.err) == (2, True)


def test_two_data_items_are_one_too_many() -> None:
    ran = run("explain", "LIDC-IDRI", "NSCLC-Radiomics", cwd=NODULES)
    assert (ran.code, ran.out) == (2, "")
    assert "explains one data item, and there are 2" in ran.err


def test_an_unknown_activity_is_named_with_those_that_there_are() -> None:
    ran = run("explain", NODULES, "-a", "train")
    assert ran.code == 2
    assert "unknown activity 'train'" in ran.err


def test_without_a_data_item_the_worst_of_all_is_explained_and_the_others_are_listed() -> None:
    ran = run("explain", PRODUCT, "--as-of", DAY)
    assert ran.out.startswith("PROHIBITED  ")
    assert "none of them worse" in ran.out
    checked = json.loads(run("check", PRODUCT, "--as-of", DAY, "--format", "json").out)["verdicts"]
    told = json.loads(run("explain", PRODUCT, "--as-of", DAY, "--format", "json").out)
    assert [told["cell"], *told["others"]].__len__() == len(checked)
    assert told["cell"]["verdict"] == "prohibited"


def test_a_project_with_one_data_item_needs_no_name(project: Project) -> None:
    path = project(TWO_PARTS_CLOSED)
    ran = run("explain", path, "-a", "train-model", "--as-of", DAY)
    assert (ran.code, ran.out.split(",")[0].split("  ")[1]) == (0, "TCGA-GBM")


def test_ten_data_items_alike_are_told_once(project: Project) -> None:
    names = ["LIDC-IDRI", "4D-Lung", "QIN LUNG CT", "SPIE-AAPM Lung CT Challenge", "LungCT-Diagnosis"]
    data = "\n".join(f"  - {{dataset: {name}}}" for name in names)
    path = project(f"use: {{purpose: noncommercial, activities: [train-model]}}\ndata:\n{data}\n")
    ran = run("explain", path, "--as-of", DAY)
    assert ran.code == 0
    rows = ran.out.split("none of them worse\n")[1].split("\n\n")[0]
    assert sum(line.startswith("  ") and not line.startswith("   ") for line in rows.splitlines()) == 1
    assert all(name in " ".join(rows.split()) for name in names[1:])


def test_interpretations_alike_are_told_once(project: Project) -> None:
    path = project("use: {purpose: noncommercial, activities: [analyze]}\ndata: [{dataset: LIDC-IDRI}]\n")
    ran = run("explain", path, "-v", "--as-of", DAY)
    headings = [line for line in ran.out.splitlines() if line.startswith("Interpretation ")]
    assert headings == [
        "Interpretation 1 of 2: Images (42123) under CC-BY-3.0",
        "Interpretation 2 of 2: 3 parts under CC-BY-3.0",
    ]
    assert "  Nodule Counts by Patient (42129)\n    stated by TCIA Collection Manager, 2026-08-21\n" in ran.out


def test_of_two_copies_the_worse_is_explained_unless_one_is_named(project: Project) -> None:
    path = project(
        "use: {purpose: noncommercial, activities: [train-model]}\n"
        "data: [{dataset: LIDC-IDRI}, {dataset: LIDC-IDRI, obtained_from: kaggle}]\n"
    )
    worse = run("explain", path, "LIDC-IDRI", "--as-of", DAY).out
    assert worse.startswith("UNDETERMINED") or worse.startswith("PROHIBITED")
    assert run("explain", path, "LIDC-IDRI@kaggle", "--as-of", DAY).out.splitlines()[0] == worse.splitlines()[0]
    assert not run("explain", path, "LIDC-IDRI@tcia", "--as-of", DAY).out.startswith(worse.split()[0])


def test_a_folder_without_a_project_is_an_error_of_the_project(tmp_path: Path) -> None:
    ran = run("explain", tmp_path, "-a", "analyze")
    assert (ran.code, "no tcia-policy.yaml in this folder" in ran.err) == (2, True)
    assert "missing.yaml" in run("explain", "missing.yaml", cwd=tmp_path).err


def test_names_from_the_project_do_not_reach_the_terminal_as_controls(project: Project) -> None:
    path = project(
        'use: {purpose: noncommercial}\ndata: [{other: {name: "Clinic\\u001b[31m", license: CC-BY-NC-4.0}}]\n'
    )
    for more in ((), ("-v",), ("--format", "json")):
        ran = run("explain", path, *more)
        assert (ran.code, "\x1b" in ran.out) == (0, False)


def test_by_whose_word_series_are_of_the_dataset_is_told(tmp_path: Path) -> None:
    (tmp_path / "RIDER_NEURO_MRI.tcia").write_text("ListOfSeriesToDownload=\n2.25.1\n", encoding="utf-8")
    ran = run("explain", "RIDER_NEURO_MRI.tcia", "-a", "analyze", "--as-of", DAY, cwd=tmp_path)
    text = " ".join(ran.out.split())
    assert "the data not in IDC's index; they count as RIDER NEURO MRI because the file is named after it" in text
