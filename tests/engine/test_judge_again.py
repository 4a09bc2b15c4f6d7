from collections.abc import Iterator

import pytest

from tcia_policy.engine.case import Case
from tcia_policy.engine.judge_again import Cell, World, judge_again
from tcia_policy.engine.suppose_facts import facts_supposed
from tcia_policy.engine.suppose_licenses import licenses_of_outputs_supposed
from tcia_policy.engine.suppose_parts import licenses_supposed, parts_supposed
from tcia_policy.model import Activity
from tests.engine.deciding import case_of

STUDY = """
use:
  activities: [train-model, release-model]
  outputs: [{kind: model, trained_on: [lidc, nsclc, mets, ours]}]
data:
  - {id: lidc, dataset: LIDC-IDRI}
  - {id: nsclc, dataset: NSCLC-Radiomics}
  - {id: mets, dataset: Pancreas-CT}
  - {id: ours, own: {name: CT of our hospital}}
"""


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of(STUDY)


def cells_of(case: Case) -> list[Cell]:
    """Return every data item and activity of a case."""
    done = case.activities_on(tuple(case.project.use.activities or Activity))
    return [(id_, activity) for id_, activities in done.items() for activity in activities]


def supposed_worlds(case: Case) -> Iterator[World]:
    """Yield the case as it would be after answers of several kinds, and after two of them."""
    world = World(case, case.readings(), tuple(case.project.use.activities or Activity))
    cells = cells_of(case)
    ids = [holding.id for holding in case.holdings]
    for id_ in ids:
        yield from (each.world for each in (*parts_supposed(world, id_), *licenses_supposed(world, id_)))
    for path in ("use.purpose", "positions.model-is-adaptation"):
        for first in facts_supposed(world, path, ids):
            yield first.world
            yield from (each.world for each in licenses_of_outputs_supposed(first.world, cells)[:3])


def anew(world: World) -> World:
    """Return a supposed world as it is read from its case alone, with nothing kept from the one it was made from."""
    readings = world.readings_of({holding.id for holding in world.case.holdings})
    return World(world.case, readings, world.activities)


def test_what_a_supposed_world_keeps_from_the_one_before_changes_no_result(case: Case) -> None:
    cells = cells_of(case)
    worlds = list(supposed_worlds(case))
    assert len({str(judge_again(world, cells)) for world in worlds}) > 1
    for world in worlds:
        assert judge_again(world, cells) == judge_again(anew(world), cells)


def test_the_outputs_of_a_supposed_world_are_those_of_its_case(case: Case) -> None:
    for world in supposed_worlds(case):
        assert world.releases == anew(world).releases


def test_no_data_item_outside_of_the_ones_asked_about_is_read(case: Case) -> None:
    world = World(case, case.readings(), ())
    assert [holding.item for holding, _ in world.readings_of({case.holdings[1].id})] == ["nsclc"]
