"""Countries: what somebody writes, and the code that is meant."""

import pytest

from tcia_policy.model.country import CODES, country_code, refuse_no_and_yes
from tcia_policy.model.country_names import country_names


def test_every_code_has_a_name() -> None:
    assert set(country_names()) == CODES


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("no", "`NO` for Norway"),
        ("Norway", "`NO` for Norway"),
        ("germany", "`DE` for Germany"),
        ("Germny", "`DE` for Germany"),
        ("UK", "`GB` for Britain (UK)"),
        ("USA", "`US` for United States"),
        ("??", "two capital letters"),
        ("", "two capital letters"),
    ],
)
def test_what_is_no_code_is_answered_with_the_code_that_is_meant(written: str, said: str) -> None:
    with pytest.raises(ValueError, match="is not a country code") as raised:
        country_code(written)
    assert said in str(raised.value)


def test_a_no_that_was_read_as_false_is_explained() -> None:
    with pytest.raises(ValueError, match="Norway"):
        refuse_no_and_yes(value=False)
    assert refuse_no_and_yes("NO") == "NO"
