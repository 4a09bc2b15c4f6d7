"""Texts told once: what differs is a slot, and nothing is lost."""

import pytest

from tcia_policy.reports.alike import Case, Texts, told_once, with_slots


def in_full(members: list[Texts]) -> list[Texts]:
    """Return what can be put together again, in the order of `members`."""
    found: dict[int, Texts] = {}
    for told in told_once(members):
        for case in told.cases:
            found |= dict.fromkeys(case.numbers, told.in_full(case))
    return [found[number] for number in range(len(members))]


def test_a_text_that_is_the_same_for_all_is_told_once_without_slots() -> None:
    (told,) = told_once([("It is so. Do it.",)] * 3)
    assert told.texts == ("It is so. Do it.",)
    assert told.cases == (Case((), (0, 1, 2)),)


def test_what_differs_in_a_sentence_becomes_a_slot() -> None:
    (told,) = told_once([("See phs004225 now. Ask first.",), ("See phs002192 now. Ask first.",)] * 2)
    assert told.texts == ("See [A] now. Ask first.",)
    assert told.cases == (Case((("A", "phs004225"),), (0, 2)), Case((("A", "phs002192"),), (1, 3)))


def test_what_differs_alike_has_one_letter() -> None:
    (told,) = told_once([("CC BY 3.0 is stated. Apply CC BY 3.0.",), ("CC BY 4.0 is stated. Apply CC BY 4.0.",)])
    assert told.texts == ("CC BY [A] is stated. Apply CC BY [A].",)
    (told,) = told_once([("It is CC0 here. Apply CC0 there.",), ("It is MIT here. Apply MIT there.",)])
    assert told.texts == ("It is [A] here. Apply [A] there.",)


@pytest.mark.parametrize(
    "members",
    [
        [("a b c.",), ("a c.",), ("a b b c.",)],
        [("one. two.",), ("one.",), ("",)],
        [("x", "y. z"), ("x", "y. w"), ("v", "y. z")],
        [("[A] is mine. So",), ("it is mine. So",), ("he is mine. So",)],
        [("a",), ("b",)],
        [("a  b. c",), ("a b. c",)],
        [(" ".join(f"s{row}{number}." for number in range(40)),) for row in range(3)],
    ],
)
def test_nothing_is_lost(members: list[Texts]) -> None:
    assert in_full(members) == members


def test_the_name_of_a_data_item_becomes_a_slot_only_where_it_stands_alone() -> None:
    assert with_slots("NLST is open, idc-nlst, NLST-2 and NLST/x are not.", "NLST") == (
        "[data item] is open, idc-nlst, NLST-2 and NLST/x are not."
    )
    assert with_slots("Cite A: https://doi.org/10.1/a", "A", "https://doi.org/10.1/a") == "Cite [data item]: [its DOI]"


def test_a_text_that_has_something_like_a_slot_stays_as_it_is() -> None:
    assert with_slots("[data item] of A", "A") == "[data item] of A"
    assert with_slots("[B] of A", "A") == "[B] of A"
