"""The line at which a place of the project file is shown."""

import pytest

from tcia_policy.engine.lines import nearest_line

LINES = {"use": 1, "data": 2, "data[0]": 3, "data[1]": 4}


@pytest.mark.parametrize(
    ("field", "line"),
    [("data[1].altered", 4), ("data[2]", 2), ("use.purpose", 1), ("positions.x", 1), ("answers", 1), (None, None)],
)
def test_the_nearest_line_around_a_place_is_its_line(field: str | None, line: int | None) -> None:
    assert nearest_line(field, LINES) == line


def test_without_a_file_there_is_no_line() -> None:
    assert nearest_line("use.purpose", {}) is None
