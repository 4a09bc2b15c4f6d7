from tcia_policy.reports.project_places import place_of_line
from tests.reports.assessments import SAMPLE


def test_a_place_is_the_file_and_the_line() -> None:
    assert place_of_line(12, SAMPLE) == "tcia-policy.yaml:12"
    assert place_of_line(None, SAMPLE) is None
