"""ORCID iDs: which texts are one."""

import pytest

from tcia_policy.text.orcid import is_orcid


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("0000-0002-1825-0097", True),
        ("0000-0001-5109-3700", True),
        ("0000-0002-9079-593X", True),
        ("0000-0002-1825-0098", False),
        ("0000000218250097", False),
        ("https://orcid.org/0000-0002-1825-0097", False),
    ],
)
def test_the_last_digit_of_an_orcid_is_computed_from_the_others(text: str, is_one: bool) -> None:
    assert is_orcid(text) == is_one
