"""Pages of TCIA's lists: in a circle, repeated, dropped, or of a list that changes while it is read."""

from collections.abc import Iterator
from typing import Any

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers.online.ask import ask
from tests.importers.online.replay import Answer, Replay, replaying

FIRST, SECOND = "v2/collections/?per_page=100&page=1", "v2/collections/?per_page=100&page=2"


@pytest.fixture
def replay() -> Iterator[Replay]:
    """Give a server whose v1 does not answer, so that what is wrong with v2 is told."""
    with replaying() as running:
        running.fault("/v1/", Answer({}, 404))
        yield running


def refusals(replay: Replay) -> list[str]:
    with pytest.raises(InputError) as refused:
        ask("tcia", replay.asking())
    return [each.problem for each in refused.value.mistakes]


def page(replay: Replay, **changed: Any) -> Answer:
    """Return the second page, changed."""
    return Answer({"page": 2, "total_pages": 2, "results": replay.held.collections[2:]} | changed)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"page": 1}, "answers page 1, where page 2 was asked for"),
        ({"page": None}, "answers page None, where page 2 was asked for"),
        ({"page": True}, "answers page True, where page 2 was asked for"),
        ({"total_pages": 3}, "had 2 pages, and then 3, so that records may be missing"),
        ({"total_pages": 1}, "had more pages, and then 1, so that records may be missing"),
        ({"total_pages": "many"}, "says that there are 'many' pages"),
        ({"total_pages": 10**9}, "says that there are 1000000000 pages"),
        ({"results": []}, "has 2 pages, of which page 2 is empty"),
        ({"results": None}, "is not a list of records"),
        ({"results": [[]]}, "record 1 is not an object, but []"),
        ({"results": [{"id": 1}]}, "record 1 stands on page 1 and on page 2, so that others may be missing"),
    ],
)
def test_a_bad_page_is_told(replay: Replay, changed: dict[str, Any], problem: str) -> None:
    replay.fault(SECOND, page(replay, **changed))
    assert refusals(replay)[0] == problem


def test_a_list_without_records_is_told(replay: Replay) -> None:
    replay.fault(FIRST, Answer({"page": 1, "total_pages": 0, "results": []}))
    assert refusals(replay)[0] == "has no records"


def test_an_answer_without_pages_is_told(replay: Replay) -> None:
    replay.fault(FIRST, Answer([{"id": 1}]))
    assert refusals(replay)[0] == "is not a page of v2: it has no `results`"


def test_a_list_that_changed_while_it_was_read_is_read_again(replay: Replay) -> None:
    replay.fault(SECOND, page(replay, results=[{"id": 1}]), times=1)
    assert ask("tcia", replay.asking()).lists["collections"] == tuple(replay.held.collections)


def test_numbers_of_pages_may_be_written_as_text(replay: Replay) -> None:
    replay.fault(SECOND, page(replay, page="2", total_pages="2"))
    assert ask("tcia", replay.asking()).lists["collections"] == tuple(replay.held.collections)


def of_v1(replay: Replay, answer: Answer) -> str:
    """Return what is said of v1 where v2 does not answer, and v1's first page is this."""
    replay.mend()
    replay.fault("/v2/", Answer({}, 404))
    replay.fault("v1/collections", answer)
    return refusals(replay)[1]


def test_links_of_v1_that_lead_in_a_circle_are_told(replay: Replay) -> None:
    following = f"{replay.base}/tcia/v1/collections/?page=1"
    answer = Answer([{"id": 1}], headers={"link": f'<{following}>; rel="next"'})
    assert of_v1(replay, answer) == "leads from page to page without an end (2 pages)"


def test_links_of_v1_to_another_host_are_told(replay: Replay) -> None:
    answer = Answer([{"id": 1}], headers={"link": '<https://evil.example/2>; rel="next"'})
    assert "leads to 'https://evil.example/2'" in of_v1(replay, answer)


def test_records_of_v1_that_are_fewer_than_it_says_are_told(replay: Replay) -> None:
    answer = Answer([{"id": 1}], headers={"x-wp-total": "3"})
    assert of_v1(replay, answer) == "has 1 records, and says that there are 3"
