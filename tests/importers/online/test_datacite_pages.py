"""Pages of DataCite's answer: in a circle, repeated, or fewer DOIs than it says."""

from collections.abc import Iterator

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers.online.ask import ask
from tests.importers.online.replay import Answer, Replay, doi_record, replaying


@pytest.fixture
def replay() -> Iterator[Replay]:
    with replaying() as running:
        yield running


def refusal(replay: Replay, *dois: str) -> str:
    with pytest.raises(InputError) as refused:
        ask("datacite", replay.asking(dois=dois))
    return refused.value.problem


def test_pages_that_lead_in_a_circle_are_told(replay: Replay) -> None:
    following = f"{replay.base}/datacite/dois?client-id=nihnci.tcia&page[cursor]=again"
    page = {"data": [doi_record("10.7937/alpha", "Alpha")], "meta": {"total": 3}, "links": {"next": following}}
    replay.fault("/dois", Answer(page))
    assert refusal(replay) == "leads from page to page without an end (2 pages)"


def test_a_page_that_repeats_records_is_told(replay: Replay) -> None:
    replay.fault("page[cursor]=3", Answer({"data": replay.held.dois[:1], "meta": {"total": 3}, "links": {}}))
    expected = "record 10.7937/alpha stands on page 1 and on page 2, so that others may be missing"
    assert refusal(replay) == expected


def test_fewer_dois_than_it_says_are_told(replay: Replay) -> None:
    replay.fault("page[cursor]=3", Answer({"data": [], "meta": {"total": 3}, "links": {}}))
    assert refusal(replay) == "has 2 DOIs, and says that there are 3"


def test_the_next_page_on_another_host_is_told(replay: Replay) -> None:
    page = {"data": replay.held.dois[:1], "meta": {"total": 3}, "links": {"next": "https://evil.example/dois"}}
    replay.fault("/dois", Answer(page))
    assert refusal(replay).startswith("leads to 'https://evil.example/dois'")


def test_a_record_of_another_doi_is_refused(replay: Replay) -> None:
    replay.fault("/dois/10.5281", Answer({"data": replay.held.dois[0]}))
    assert refusal(replay, "10.5281/zenodo.1") == "is not the record of 10.5281/zenodo.1"


def test_one_doi_that_does_not_answer_fails_the_whole(replay: Replay) -> None:
    replay.fault("/dois/10.5281", Answer({}, 500))
    assert refusal(replay, "10.5281/zenodo.1") == "answers 500 Internal Server Error (4 tries)"
