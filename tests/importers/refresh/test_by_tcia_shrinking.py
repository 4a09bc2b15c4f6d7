"""Where much of what the registry has is not in TCIA's answers, TCIA counts as failed, and nothing is taken over."""

from typing import Any

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers.refresh.refresh import refreshed
from tests.importers.made_up import BY_4, download
from tests.importers.refresh.small import DAYS, NC, answers, collections, part, registry, results

FIRST, SECOND = DAYS[:2]


@pytest.mark.parametrize(
    ("records", "others", "says"),
    [
        (collections()[:5], results(), "has 5 collections, and the registry has 8"),
        (collections(), [], "has 0 analysis-results, and the registry has 1"),
        ([{**each, "collection_downloads": []} for each in collections()], results(), "has 1 downloads"),
        ([{"title": "another form"} for _ in collections()], results(), "has 0 collections"),
    ],
)
def test_a_source_that_shrinks_by_more_than_a_fifth_fails(
    records: list[dict[str, Any]], others: list[dict[str, Any]], says: str
) -> None:
    with pytest.raises(InputError, match=f"{says}.*more than a fifth fewer"):
        refreshed(registry(), answers(SECOND, records, others))


def test_where_most_labels_are_gone_the_source_fails_rather_than_all_parts_lose_their_license() -> None:
    many = collections()
    many[0]["collection_downloads"] = [download(n, "Images", BY_4) for n in range(1, 40)]
    whole = refreshed(registry(), answers(FIRST, many)).content
    for row in many[0]["collection_downloads"]:
        row["license"] = {"of": "another form"}
    with pytest.raises(InputError, match="with a license that is described"):
        refreshed(whole, answers(SECOND, many))


def test_where_a_fifth_of_what_is_restricted_would_be_opened_at_once_the_source_fails() -> None:
    many = collections()
    many[0]["collection_downloads"] = [download(n, "Images", NC) for n in range(1, 40)]
    whole = refreshed(registry(), answers(FIRST, many)).content
    for row in many[0]["collection_downloads"][:20]:
        row["license"] = BY_4
    few = refreshed(whole, answers(SECOND, many)).content
    assert part(few, 1).claims[0].license == "CC-BY-4.0"
    for row in many[0]["collection_downloads"]:
        row["license"] = BY_4
    with pytest.raises(InputError, match="with a license that restricts their use"):
        refreshed(whole, answers(SECOND, many))
