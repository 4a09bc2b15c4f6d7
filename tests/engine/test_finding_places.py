"""The places that findings are about, out of the words in which texts tell them."""

import pytest

from tcia_policy.engine.finding_places import places_in

FILES = ("paper/main.tex", "main.tex", "model/README.md", "model/a, b.md")


@pytest.mark.parametrize(
    ("told", "places"),
    [
        ("paper/main.tex:8", ("paper/main.tex:8",)),
        ("paper/main.tex:8, under “Related work”", ("paper/main.tex:8",)),
        ("main.tex:3, where it may be short for main.txt", ("main.tex:3",)),
        ("model/README.md:2, model/a, b.md", ("model/README.md:2", "model/a, b.md")),
        ("model/LICENSE:1, where the text says so", ("model/LICENSE:1",)),
        ("model", ("model",)),
        ("", ()),
    ],
)
def test_a_place_is_found_in_what_is_told(told: str, places: tuple[str, ...]) -> None:
    assert places_in((told,), FILES) == places


def test_each_place_is_told_once_in_its_order() -> None:
    told = ("paper/main.tex:9", "paper/main.tex:2, under “A”", "paper/main.tex:9, under “B”")
    assert places_in(told, FILES) == ("paper/main.tex:9", "paper/main.tex:2")
