"""Numbers and lists that a document tells once."""

from tcia_policy.model import Assessment
from tcia_policy.reports.memo.cross_references import MANY, CrossReferences
from tcia_policy.reports.memo.document import Line
from tcia_policy.reports.memo.memo import review_document
from tests.reports.assessments import SAMPLE, assessed_again, holding


def study(number: int) -> Assessment:
    return assessed_again(SAMPLE, holdings=tuple(holding(f"item{at}", f"Item {at}") for at in range(number)))


def said(line: Line) -> str:
    return "".join(span.text for span in line)


def test_few_data_items_are_named() -> None:
    known = CrossReferences.of(study(3))
    assert said(known.items_in_a_row(["item0", "item1", "item2"])) == "Item 0, Item 1, Item 2"
    assert said(known.items_in_a_row([])) == "the study as a whole"


def test_all_data_items_are_told_as_all_and_those_that_are_left_out_are_named() -> None:
    known = CrossReferences.of(study(12))
    ids = list(known.items)
    assert said(known.items_in_a_row(ids)) == "all 12 data items"
    assert said(known.items_in_a_row(ids[1:])) == "all 12 data items but Item 0"
    assert said(known.items_in_a_row(ids[:3])) == "Item 0, Item 1, Item 2"


def test_a_long_list_is_a_group_that_is_told_once_whenever_it_is_meant() -> None:
    known = CrossReferences.of(study(4 * MANY))
    many = list(known.items)[: MANY + 1]
    assert said(known.items_in_a_row(many)) == f"group 1 ({MANY + 1} data items)"
    assert said(known.items_in_a_row(many)) == f"group 1 ({MANY + 1} data items)"
    assert said(known.items_in_a_row([*many, "item20"])) == f"group 2 ({MANY + 2} data items)"
    assert list(known.groups.values()) == [1, 2]


def test_references_in_a_run_are_told_by_the_first_and_the_last() -> None:
    known = CrossReferences.of(SAMPLE)
    dois = [owed.citation.doi for owed in SAMPLE.citations]
    assert said(known.citations_in_a_row([*dois[:3], dois[4]])) == "C1 to C3, C5"


def test_a_study_of_nothing_but_one_item_makes_a_document() -> None:
    assert review_document(study(1)).sections
