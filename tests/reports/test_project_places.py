from tcia_policy.reports.project_places import line_of_holding, place_of_line, project_argument
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
