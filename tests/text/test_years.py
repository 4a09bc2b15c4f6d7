"""Years in text."""

import pytest

from tcia_policy.text.years import printed_year, stated_year


@pytest.mark.parametrize(
    ("text", "stated", "printed"),
    [
        ("2015", 2015, 2015),
        ("{2019a}", 2019, 2019),
        ("published 3 May 2020", 2020, 2020),
        ("2015-01-02", 2015, 2015),
        ("1687", 1687, None),
        ("2199", 2199, None),
        ("20191", None, None),
        ("0999", None, None),
        ("in press", None, None),
        ("", None, None),
    ],
)
def test_the_first_year_is_found(text: str, stated: int | None, printed: int | None) -> None:
    assert stated_year(text) == stated
    assert printed_year(text) == printed
