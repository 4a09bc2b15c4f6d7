"""Data judged without a project file, and a project found from a folder below it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import DAY, EXAMPLES, is_one_clear_error, run

MANIFEST = EXAMPLES / "lung-nodules" / "cohort" / "nsclc-radiomics.tcia"
OF_FILE = ("line", "versions", "questions", "project_file")
PRODUCT = ("--purpose", "commercial", "--activity", "use-in-product")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Return a folder with no project in it or above it."""
    (tmp_path / ".git").mkdir()
    return tmp_path


def assessed(*arguments: str | Path, cwd: Path) -> dict[str, Any]:
    ran = run("check", *arguments, "--format", "json", "--as-of", DAY, cwd=cwd)
    assessment: dict[str, Any] = json.loads(ran.out)
    return assessment | {"code": ran.code}


def same_by_file(folder: Path, text: str) -> dict[str, Any]:
    (folder / "elsewhere").mkdir(exist_ok=True)
    (folder / "elsewhere" / "study.yaml").write_text(text, encoding="utf-8")
    return assessed("elsewhere/study.yaml", cwd=folder)


def without_lines(value: Any) -> Any:
    """Return a part of an assessment without the lines of a file, and what is of the file as a whole."""
    if isinstance(value, dict):
        return {key: without_lines(each) for key, each in value.items() if key not in OF_FILE}
    return [without_lines(each) for each in value] if isinstance(value, list) else value


def test_data_named_in_the_command_are_judged_as_a_project_file_would_have_it(here: Path) -> None:
    named = assessed("LIDC-IDRI", "NSCLC-Radiomics", *PRODUCT, cwd=here)
    assert named["code"] == 1
    filed = same_by_file(
        here,
        "use: {purpose: commercial, activities: [use-in-product]}\n"
        "data: [{dataset: LIDC-IDRI}, {dataset: NSCLC-Radiomics}]\n",
    )
    assert without_lines(named) == without_lines(filed)
    assert named["project"] == filed["project"]


def test_what_is_not_said_is_unknown_and_never_clear(here: Path) -> None:
    for said in ((), ("--purpose", "noncommercial"), ("--activity", "train-model")):
        assert assessed("NSCLC-Radiomics", *said, cwd=here)["code"] in (1, 3)
    unknown_place = assessed("LIDC-IDRI", "--activity", "analyze", "--obtained-from", "kaggle", cwd=here)
    assert unknown_place["code"] == 3


def test_a_cohort_file_is_judged_by_itself(here: Path) -> None:
    shutil.copy(MANIFEST, here / "cohort.tcia")
    cohort = assessed("cohort.tcia", "--purpose", "noncommercial", "--activity", "analyze", cwd=here)
    assert [holding["dataset"] for holding in cohort["holdings"]] == ["NSCLC-Radiomics"]


def test_an_output_may_be_said(here: Path) -> None:
    said = ("--purpose", "noncommercial", "--activity", "share-derived-data", "--release", "segmentations=MIT")
    named = assessed("NSCLC-Radiomics", *said, cwd=here)
    assert [item["output"]["license"] for item in named["clearance"]["outputs"]] == ["MIT"]
    filed = same_by_file(
        here,
        "use:\n  {purpose: noncommercial, activities: [share-derived-data], "
        "outputs: [{kind: segmentations, license: MIT}]}\n"
        "data: [{dataset: NSCLC-Radiomics}]\n",
    )
    assert without_lines(named) == without_lines(filed)


def test_what_is_said_takes_the_place_of_what_a_project_states(here: Path) -> None:
    (here / "tcia-policy.yaml").write_text(
        "use: {purpose: noncommercial, activities: [analyze]}\ndata: [{dataset: NSCLC-Radiomics}]\n", encoding="utf-8"
    )
    assert assessed(cwd=here)["code"] == 0
    assert assessed(*PRODUCT, cwd=here)["code"] == 1


def test_a_manuscript_alone_takes_what_is_said_of_its_use(here: Path) -> None:
    (here / "paper.md").write_text("We used NSCLC-Radiomics.\n", encoding="utf-8")
    assert assessed("--manuscript", "paper.md", *PRODUCT, cwd=here)["activities"] == ["use-in-product"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("LIDC-IDRI", "--purpose", "comercial"), "--purpose: unknown value 'comercial'\n  did you mean 'commercial'?"),
        (("LIDC-IDRI", "--activity", "train"), "--activity: unknown value 'train'"),
        (("LIDC-IDRI", "--release", "modl=MIT"), "--release: unknown value 'modl'\n  did you mean 'model'?"),
        (("LIDC-IDRI", "--obtained-from", "kagle"), "did you mean 'Kaggle'?"),
        (("LIDC-IDRI", "--set", "use.purpose=commercial"), "--set"),
        (("chekc.yaml",), "chekc.yaml: no such file"),
        (("studdy/",), "studdy/: no such file"),
        ((), "no tcia-policy.yaml in this folder"),
    ],
)
def test_what_is_wrong_in_the_command_is_one_error(here: Path, arguments: tuple[str, ...], said: str) -> None:
    is_one_clear_error(run("check", *arguments, cwd=here), said)


def test_every_command_that_judges_takes_data(here: Path) -> None:
    for command in (
        ("what-if",),
        ("licenses", "--for", "model"),
        ("report", "-o", "review"),
        ("notices", "-o", "texts"),
    ):
        ran = run(*command, "LIDC-IDRI", "--purpose", "noncommercial", "--activity", "train-model", cwd=here)
        assert (ran.code, "LIDC-IDRI" in ran.out + ran.err or (here / command[-1]).is_dir()) == (0, True)
    assert run("explain", "LIDC-IDRI", "-a", "train-model", "--purpose", "commercial", cwd=here).code == 0


def test_the_project_above_is_found_and_said_and_a_folder_that_is_given_is_not_left(here: Path) -> None:
    (here / "paper" / "figures").mkdir(parents=True)
    (here / "cohort.txt").write_text("LIDC-IDRI\n", encoding="utf-8")
    (here / "tcia-policy.yml").write_text(
        "use: {purpose: noncommercial, activities: [analyze]}\ndata: [{manifest: cohort.txt}]\n", encoding="utf-8"
    )
    ran = run("check", "--as-of", DAY, cwd=here / "paper" / "figures")
    assert (ran.code, ran.err) == (0, "the project is ../../tcia-policy.yml\n")
    assert run("check", "--as-of", DAY, cwd=here).err == ""
    nearest = "no tcia-policy.yaml in this folder\n  the nearest one is ../tcia-policy.yml"
    is_one_clear_error(run("check", ".", cwd=here / "paper"), nearest)
    for command in (("what-if",), ("explain", "LIDC-IDRI"), ("licenses", "--for", "model")):
        below = run(*command, cwd=here / "paper")
        assert below.code == 0
        assert below.err.startswith("the project is ../tcia-policy.yml\n")


def test_two_project_files_in_one_folder_are_an_error(here: Path) -> None:
    for name in ("tcia-policy.yaml", "tcia-policy.yml"):
        (here / name).write_text("data: [{dataset: LIDC-IDRI}]\n", encoding="utf-8")
    for arguments in ((), (".",)):
        is_one_clear_error(run("check", *arguments, cwd=here), "has tcia-policy.yaml and tcia-policy.yml", "keep one")
