"""Programs: which data are theirs, and where they are to be had."""

from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.model import Route
from tcia_policy.registry import Registry
from tcia_policy.registry.programs import load_programs, programs_of_other, words_elsewhere

WRONG = """programs:
  - program: CPTAC
    dataset_ids_begin: CPTAC-
    names_have: CPTAC
    obtained_from: [cptac]
    parts_elsewhere: []
    reference: {title: Guidelines}
"""


@pytest.mark.parametrize(
    ("name", "route", "programs"),
    [
        ("Our CPTAC proteomes", Route.OTHER, ("CPTAC",)),
        ("cptac-luad", Route.PDC, ("CPTAC",)),
        ("Proteomes", Route.CPTAC_PORTAL, ("CPTAC",)),
        ("Proteomes", Route.PDC, ()),
    ],
)
def test_other_data_are_of_a_program_by_their_name_or_place(name: str, route: Route, programs: tuple[str, ...]) -> None:
    assert programs_of_other(name, route) == programs


@pytest.mark.parametrize(
    ("dataset", "route", "elsewhere"),
    [
        ("CPTAC-LUAD", Route.PDC, True),
        ("CPTAC-LUAD", Route.OTHER, True),
        ("CPTAC-LUAD", Route.TCIA, False),
        ("CPTAC-LUAD", None, False),
        ("LIDC-IDRI", Route.PDC, False),
    ],
)
def test_places_have_parts_of_a_programs_datasets(dataset: str, route: Route | None, elsewhere: bool) -> None:
    assert bool(words_elsewhere(Registry.load().get(dataset), route)) is elsewhere


def test_each_place_has_words_of_its_own() -> None:
    of = Registry.load().get("CPTAC-LUAD")
    assert "proteomics" in words_elsewhere(of, Route.PDC)
    assert "exome" not in words_elsewhere(of, Route.PDC)
    assert "exome" in words_elsewhere(of, Route.GDC)
    assert "proteomics" not in words_elsewhere(of, Route.GDC)


def test_a_place_that_does_not_exist_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "programs.yaml").write_text(WRONG, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_programs(tmp_path)
    assert (raised.value.line, raised.value.field) == (5, "programs[0].obtained_from[0]")
