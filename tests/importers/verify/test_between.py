"""Datasets fit together: a name, a DOI or a page leads to one of them, and no dataset is made from itself."""

from collections.abc import Sequence
from typing import Any

import pytest

from tcia_policy.importers.verify.between import wrong_between
from tcia_policy.model import Dataset, Derivation, OtherName
from tests.importers.verify.made import SOURCE, TODAY, dataset


def named(id_: str, **fields: Any) -> Dataset:
    """Return a dataset with an id, a DOI and a page of its own."""
    page = f"https://www.cancerimagingarchive.net/collection/{id_}/"
    return dataset(**{"id": id_, "doi": f"10.7937/{id_}", "page": page, "aliases": (), "also_called": (), **fields})


def made_from(id_: str, *origins: str) -> Dataset:
    """Return a dataset that is made from others."""
    return named(id_, derived_from=tuple(Derivation(dataset=o, named=o, source=SOURCE, as_of=TODAY) for o in origins))


def problems(datasets: Sequence[Dataset]) -> list[str]:
    """Return what is wrong, each with the dataset and the place."""
    return [f"{id_}.{'.'.join(map(str, each.place))}: {each.problem}" for id_, each in wrong_between(datasets)]


def called(name: str) -> tuple[OtherName, ...]:
    """Return a further name."""
    return (OtherName(name=name, source=SOURCE, as_of=TODAY),)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"aliases": ("ALPHA",)}, "beta.aliases.0: is also that of 'alpha': 'ALPHA'"),
        ({"aliases": ("al_pha",)}, "beta.aliases.0: is also that of 'alpha': 'al_pha'"),
        ({"doi": "10.7937/alpha"}, "beta.doi: is also that of 'alpha': '10.7937/alpha'"),
        ({"also_called": called("10.7937/alpha")}, "beta.also_called.0.name: is also that of 'alpha': '10.7937/alpha'"),
        ({"also_called": called("Alpha")}, "beta.also_called.0.name: is also that of 'alpha': 'Alpha'"),
        (
            {"also_called": called("https://www.cancerimagingarchive.net/?p=42151")},
            "beta.also_called.0.name: is also that of 'alpha': 'https://www.cancerimagingarchive.net/?p=42151'",
        ),
    ],
)
def test_what_leads_to_two_datasets_is_told_of_the_second(fields: dict[str, Any], problem: str) -> None:
    alpha = named("alpha", also_called=called("https://cancerimagingarchive.net/?p=42151"))
    assert problems([alpha, named("beta")]) == []
    assert problems([alpha, named("beta", **fields)]) == [problem]


def test_several_spellings_of_one_dataset_are_no_mistake() -> None:
    assert problems([named("alpha", aliases=("ALPHA", "al-pha"), also_called=called("Alpha"))]) == []


def test_a_title_may_be_that_of_several_datasets_and_is_the_name_of_no_other_one() -> None:
    assert problems([named("alpha", title="One"), named("beta", title="One")]) == []
    assert problems([named("alpha", title="One"), named("beta", title="Alpha")]) == [
        "beta.title: is also a name of 'alpha': 'Alpha'"
    ]


def test_origins_that_go_in_a_circle_are_told_once() -> None:
    chain = [made_from("a", "b"), made_from("b", "c"), named("c")]
    assert problems(chain) == []
    circle = [made_from("a", "b"), made_from("b", "c"), made_from("c", "a"), made_from("d", "a")]
    assert problems(circle) == ["a.derived_from: goes in a circle: a from b from c from a"]
    assert problems([made_from("a", "a")]) == ["a.derived_from: goes in a circle: a from a"]
