"""The words of a gate."""

import pytest
from pydantic import ValidationError

from tcia_policy.model.gate import GateWord, days_of, gate_word, right_word, words_of
from tcia_policy.model.project import GateStated

WORST = {GateWord.PROHIBITED}
USUAL = {*WORST, GateWord.OPEN, GateWord.UNDETERMINED}


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("prohibited", "prohibited"),
        (" Stale ", "stale"),
        ("expiring:30", "expiring:30"),
        ("EXPIRING : 007", "expiring:7"),
        ("expiring:0", "expiring:0"),
        ("expiring:3650", "expiring:3650"),
        ("expiring:3651", None),
        ("expiring:99999999999999999999", None),
        ("expiring:-1", None),
        ("expiring:\u0663", None),
        ("expiring", None),
        ("expiring:", None),
        ("stale:3", None),
        ("rejected", None),
        ("never", None),
        ("", None),
    ],
)
def test_a_word_is_read_in_any_case_and_nothing_else_is(written: str, word: str | None) -> None:
    assert gate_word(written) == word


@pytest.mark.parametrize(
    ("fail_on", "words"),
    [
        (("prohibited",), WORST),
        (("undetermined",), USUAL),
        (("prohibited", "undetermined"), USUAL),
        (("unverified",), {*USUAL, GateWord.UNVERIFIED}),
        (("stale",), {*USUAL, GateWord.STALE}),
        (("prohibited", "stale"), {*WORST, GateWord.STALE}),
        (("expiring:30", "prohibited"), {*WORST, GateWord.EXPIRING}),
        (("never",), set()),
    ],
)
def test_a_list_stops_on_what_is_worse_too_and_always_on_a_prohibition(
    fail_on: tuple[str, ...], words: set[GateWord]
) -> None:
    assert words_of(fail_on) == words


def test_of_several_numbers_of_days_the_most_counts() -> None:
    assert days_of(("expiring:7", "stale", "expiring:30")) == 30
    assert days_of(("stale",)) is None


def test_what_is_no_word_comes_with_what_would_be_right() -> None:
    assert right_word("undetermind").startswith("did you mean 'undetermined'? use some of prohibited, open,")
    assert right_word("expiring").endswith("such as expiring:30")
    assert right_word("x" * 10_000).startswith("use some of")


def test_a_project_cannot_state_that_nothing_stops_it() -> None:
    with pytest.raises(ValidationError, match="is no gate"):
        GateStated(fail_on=("never",))
    assert GateStated(fail_on=("Prohibited", "expiring: 9")).fail_on == ("prohibited", "expiring:9")
