from pathlib import Path

from tcia_policy.model import Activity, Purpose, Use
from tcia_policy.reports.answer.project_places import (
    Standpoint,
    explain_command,
    line_of_holding,
    place_of_line,
    project_argument,
)
from tests.reports.assessments import SAMPLE

IN_FILE = SAMPLE.model_copy(update={"project_file": "tcia-policy.yaml"})


def test_a_place_is_the_file_and_the_line() -> None:
    assert place_of_line(12, IN_FILE) == "tcia-policy.yaml:12"
    assert place_of_line(None, IN_FILE) is None
    assert place_of_line(12, SAMPLE) is None


def test_an_item_without_a_line_has_no_place() -> None:
    assert line_of_holding("LIDC-IDRI", SAMPLE) is None


def test_a_command_names_the_folder_the_file_or_the_data() -> None:
    assert project_argument(IN_FILE) == "."
    assert project_argument(SAMPLE.model_copy(update={"project_file": "my study.yaml"})) == "'my study.yaml'"
    assert project_argument(SAMPLE) == "cohort/lung.tcia"


def test_many_items_are_not_all_typed() -> None:
    many = SAMPLE.model_copy(update={"terms": (), "holdings": SAMPLE.holdings * 2})
    assert project_argument(many) == "SELECTION..."


def test_a_command_finds_the_project_from_where_the_reader_stands() -> None:
    other = SAMPLE.model_copy(update={"project_file": "second.yaml"})
    assert project_argument(IN_FILE, Standpoint(Path("my study"))) == "'my study'"
    assert project_argument(IN_FILE, Standpoint(Path(".."))) == ".."
    assert project_argument(other, Standpoint(Path("study"))) == "study/second.yaml"


def test_the_command_that_explains_names_the_project_unless_it_is_found() -> None:
    other = SAMPLE.model_copy(update={"project_file": "second.yaml"})
    assert explain_command(IN_FILE, "LIDC-IDRI") == "tcia-policy explain LIDC-IDRI"
    assert explain_command(IN_FILE, "LIDC-IDRI", Standpoint(Path("study"))) == "tcia-policy explain study LIDC-IDRI"
    assert explain_command(other, "LIDC-IDRI") == "tcia-policy explain second.yaml LIDC-IDRI"


def test_what_is_no_dataset_is_named_by_its_id_and_without_a_project_by_its_file() -> None:
    lost = SAMPLE.holdings[0].model_copy(
        update={"id": "not-found@a.csv", "name": "2 series of it", "dataset": None, "items": ("a.csv",)}
    )
    told = SAMPLE.model_copy(update={"holdings": (lost,)})
    in_file = told.model_copy(update={"project_file": "tcia-policy.yaml"})
    assert explain_command(in_file, lost.id) == "tcia-policy explain not-found@a.csv"
    assert explain_command(told, lost.id).startswith("tcia-policy explain a.csv")


def test_without_a_project_it_says_what_is_done_with_the_data() -> None:
    use = Use(purpose=Purpose.COMMERCIAL, activities=(Activity.USE_IN_PRODUCT,))
    said = SAMPLE.model_copy(update={"project": SAMPLE.project.model_copy(update={"use": use})})
    assert explain_command(said, "NSCLC-Radiomics").startswith(
        "tcia-policy explain NSCLC-Radiomics --purpose commercial --activity "
    )
    unstated = SAMPLE.model_copy(update={"activities_stated": False})
    assert "--activity" not in explain_command(unstated, "NSCLC-Radiomics")
