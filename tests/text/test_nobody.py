"""Names, and what only stands in for one."""

import pytest

from tcia_policy.text.nobody import names_somebody


@pytest.mark.parametrize("text", [None, "", " ", "-", "...", "\u200b", "\u00ad", "TBD", "(tbd)", "N/A", "n.a."])
def test_a_stand_in_names_nobody(text: str | None) -> None:
    assert not names_somebody(text)


@pytest.mark.parametrize("text", ["To be decided", "no one", "XXX", "the licensee", "\uff34\uff22\uff24", "_", "?"])
def test_words_for_a_name_that_is_to_come_name_nobody(text: str) -> None:
    assert not names_somebody(text)


@pytest.mark.parametrize("text", ["Ex BV", "3M", "Nobody & Sons GmbH", "Office of Counsel", "東京大学"])
def test_a_name_names_somebody(text: str) -> None:
    assert names_somebody(text)
