"""Lists, counts and sizes as a sentence has them."""

import pytest

from tcia_policy.text.english import count, first_few, first_of, joined, one_of, size


@pytest.mark.parametrize(
    ("items", "shown"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_has_commas_and_one_word_before_the_last(items: list[str], shown: str) -> None:
    assert joined(items) == shown
    assert one_of(items) == shown.replace(" and ", " or ")


def test_one_is_singular_and_thousands_are_parted() -> None:
    assert count(1, "file") == "1 file"
    assert count(0, "file") == "0 files"
    assert count(1018, "series", "series") == "1,018 series"
    assert count(2, "entry", "entries") == "2 entries"


def test_a_size_is_in_the_largest_unit_of_which_it_has_one() -> None:
    assert [size(each) for each in (0.04, 999.94, 1000, 124512.4, 2_500_000)] == [
        "0.0 MB",
        "999.9 MB",
        "1.0 GB",
        "124.5 GB",
        "2.5 TB",
    ]


def test_a_long_list_is_cut_and_says_so() -> None:
    assert first_few(["a", "b", "c"]) == "a, b, c"
    assert first_few(iter("abcd")) == "a, b, c, ..."
    assert first_few([]) == ""


def test_of_many_words_the_first_are_told_and_how_many_more_there_are() -> None:
    assert first_of(["a", "b", "c"], most=2) == ["a", "b", "c"]
    assert first_of(["a", "b", "c", "d"], most=2) == ["a", "b", "2 more"]
