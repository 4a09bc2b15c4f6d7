"""What the arguments of a command name: a project, or data without one."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcia_policy.engine.case import resolve_study
from tcia_policy.engine.selections import Chosen, chosen, study_or_project_of
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError
from tcia_policy.model import Route
from tcia_policy.registry import Registry

PROJECT = "data: [{dataset: NLST}]\n"
REGISTRY = Registry.load()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with some of everything; above it is a repository without a project."""
    (tmp_path / ".git").mkdir()
    work = tmp_path / "work"
    for name in ("study", "cohorts", "downloads", "outputs", "LIDC-IDRI", "NLST"):
        (work / name).mkdir(parents=True)
    (work / "study" / "tcia-policy.yml").write_text(PROJECT, encoding="utf-8")
    (work / "LIDC-IDRI" / "tcia-policy.yaml").write_text(PROJECT, encoding="utf-8")
    (work / "cohorts" / "list.txt").write_text("LIDC-IDRI\n", encoding="utf-8")
    (work / "downloads" / "1.dcm").write_bytes(b"\0" * 200)
    (work / "outputs" / "brain.nii").write_bytes(b"\0" * 200)
    (work / "cohort.txt").write_text("NSCLC-Radiomics\n", encoding="utf-8")
    (work / "wrong.txt").write_text("LIDC-IDR\n", encoding="utf-8")
    (work / "project.txt").write_text(PROJECT, encoding="utf-8")
    (work / "paper.tex").write_text("\\documentclass{article}\n", encoding="utf-8")
    monkeypatch.chdir(work)
    return work


def items(*selection: str) -> list[str]:
    study = chosen(selection, REGISTRY).study
    assert isinstance(study, Study)
    return [
        item.dataset or item.doi or item.series or item.manifest or item.folder or "" for item in study.project.data
    ]


def test_names_dois_series_and_cohort_files_are_data() -> None:
    selection = ("NSCLC-Radiomics", "10.7937/K9/TCIA.2015.LO9QL9SX", "1.2.840.113704.1.111.1", "cohort.txt", "cohorts/")
    assert items(*selection) == list(selection)


def opened(selection: list[str]) -> None:
    study = chosen(selection, REGISTRY).study
    assert isinstance(study, Study)
    resolve_study(study, REGISTRY)


@pytest.mark.parametrize("named", ["study", "study/", "study/tcia-policy.yml", "project.txt"])
def test_a_folder_with_a_project_file_and_a_file_with_its_keys_are_projects(named: str) -> None:
    assert chosen([named], REGISTRY).study == Path(named)


def test_a_folder_without_anything_to_read_and_a_manuscript_say_so_as_projects() -> None:
    for named in ("outputs", "paper.tex", ".", "cohorts/.."):
        assert chosen([named], REGISTRY).study == Path(named)
        with pytest.raises(InputError):
            Study.load(Path(named))


def test_a_folder_of_dicom_files_is_data() -> None:
    assert items("downloads") == ["downloads"]


def test_a_name_with_two_meanings_is_said_to_be_what_it_was_taken_for() -> None:
    project = chosen(["LIDC-IDRI"], REGISTRY)
    assert project.study == Path("LIDC-IDRI")
    assert project.remark is not None
    assert "is taken as the project in that folder" in project.remark
    data = chosen(["NLST"], REGISTRY)
    assert isinstance(data.study, Study)
    assert data.remark is not None
    assert "write ./NLST" in data.remark
    assert chosen(["NSCLC-Radiomics"], REGISTRY).remark is None


def test_nothing_named_is_the_project_of_this_folder_or_one_above_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chosen([], REGISTRY).study is None
    monkeypatch.chdir(folder / "study")
    assert chosen([], REGISTRY) == Chosen(Path("tcia-policy.yml"))
    (folder / "study" / "paper").mkdir()
    monkeypatch.chdir(folder / "study" / "paper")
    found = chosen([], REGISTRY)
    assert found.study == Path("../tcia-policy.yml")
    assert found.remark == "the project is ../tcia-policy.yml"


@pytest.mark.parametrize(
    ("selection", "problem", "hint"),
    [
        (["studdy/"], "no such file, and no dataset", "did you mean 'study'?"),
        (["chort.txt"], "no such file, and no dataset", "did you mean 'cohort.txt'?"),
        (["cohorts/lst.txt"], "no such file, and no dataset", "did you mean 'cohorts/list.txt'?"),
        (["studdy"], "unknown dataset 'studdy'", "'study' is there;"),
        (["chekc.yaml"], "no such file, and no dataset", ""),
        (["wrong.txt"], "nothing in it is a series or the name of a dataset", ""),
        (["LIDC-IDR"], "unknown dataset 'LIDC-IDR'", "'LIDC-IDRI'"),
        (["study", "NSCLC-Radiomics"], "is a project, and other data are named beside it", "name the project alone"),
    ],
)
def test_what_is_misspelled_is_an_error_with_what_is_there(selection: list[str], problem: str, hint: str) -> None:
    with pytest.raises(InputError) as raised:
        opened(selection)
    assert problem in raised.value.problem
    assert hint in (raised.value.hint or "")


def test_data_named_beside_a_project_are_said_to_be_judged_without_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "study")
    remark = chosen(["NSCLC-Radiomics"], REGISTRY).remark
    assert remark == "the data that are named are judged by themselves, without tcia-policy.yml"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text(max_size=300).filter(lambda text: "\0" not in text))
def test_whatever_is_typed_is_something_or_one_clear_error(text: str) -> None:
    try:
        opened([text])
    except (InputError, AssertionError):
        return


def test_every_name_that_is_unknown_is_told_at_once() -> None:
    with pytest.raises(InputError) as raised:
        study_or_project_of(["LIDC-IDR", "NLST", "NSCLC-Radiomcs"], REGISTRY)
    assert [each.problem for each in raised.value.mistakes] == [
        "unknown dataset 'LIDC-IDR'",
        "unknown dataset 'NSCLC-Radiomcs'",
    ]


def test_the_place_that_data_are_from_is_that_of_each_and_of_no_project() -> None:
    study = chosen(["NSCLC-Radiomics", "cohort.txt"], REGISTRY, "https://www.kaggle.com/x").study
    assert isinstance(study, Study)
    assert [item.obtained_from for item in study.project.data] == [Route.KAGGLE, Route.KAGGLE]
    with pytest.raises(InputError, match="did you mean 'Kaggle'"):
        chosen(["NSCLC-Radiomics"], REGISTRY, "kagle")
    with pytest.raises(InputError, match="is for data that are named in the command"):
        chosen(["study"], REGISTRY, "idc")
