"""From which items of a project a data item came."""

import pytest

from tcia_policy.engine.items_used import ItemsByLabel, items_of
from tcia_policy.model import DataItem, Holding, HoldingKind, ItemUsed, OtherData, Route

MANIFEST = DataItem(manifest="cohort/lung.tcia", changes="cropped")
FOLDER = DataItem(folder="cohort/")


def held(*items: str, **fields: object) -> Holding:
    values = {"id": "x", "name": "x", "kind": HoldingKind.DATASET, "obtained_from": Route.TCIA, "items": items}
    return Holding.model_validate(values | fields)


def used(holding: Holding, *items: DataItem) -> tuple[ItemUsed, ...]:
    return items_of(holding, ItemsByLabel.of(items), None).used


def test_a_cohort_file_is_found_by_its_path_and_by_the_folder_it_is_in() -> None:
    file = "cohort/lung.tcia"
    assert used(held(file), MANIFEST) == (
        ItemUsed(label=file, changes="cropped", is_cohort_file=True, field="data[0]"),
    )
    assert used(held(file), FOLDER) == (ItemUsed(label=file, is_cohort_file=True, field="data[0]"),)
    assert used(held("elsewhere/lung.tcia"), MANIFEST, FOLDER) == ()


def test_a_dataset_is_no_file() -> None:
    assert used(held("LIDC-IDRI"), DataItem(collection="LIDC-IDRI")) == (ItemUsed(label="LIDC-IDRI", field="data[0]"),)


@pytest.mark.parametrize(
    ("item", "route"),
    [
        (DataItem(collection="LIDC-IDRI"), Route.IDC),
        (DataItem(collection="LIDC-IDRI", obtained_from=Route.IDC), Route.TCIA),
        (DataItem(collection="LIDC-IDRI", version="2"), Route.TCIA),
        (DataItem(other=OtherData(name="LIDC-IDRI")), Route.TCIA),
    ],
)
def test_an_item_that_says_otherwise_is_not_where_it_came_from(item: DataItem, route: Route) -> None:
    assert used(held("LIDC-IDRI", obtained_from=route), item) == ()


def test_an_item_that_leaves_out_the_place_is_told() -> None:
    stated = DataItem(collection="LIDC-IDRI", obtained_from=Route.TCIA)
    left_out = DataItem(collection="LIDC-IDRI")
    holding = held("LIDC-IDRI")
    assert not items_of(holding, ItemsByLabel.of((stated,)), None).some_leave_out_the_place
    assert items_of(holding, ItemsByLabel.of((stated, left_out)), None).some_leave_out_the_place


def test_a_cohort_file_that_shows_where_its_data_are_from_is_where_they_came_from() -> None:
    holding = held("cohort/lung.tcia", obtained_from=Route.GENERAL_COMMONS)
    shown = holding.model_copy(update={"shown_by": "cohort/lung.tcia: it has addresses of its files"})
    assert used(holding, MANIFEST) == ()
    assert [item.changes for item in used(shown, MANIFEST)] == ["cropped"]
    assert [item.label for item in used(shown, FOLDER)] == ["cohort/lung.tcia"]
    elsewhere = MANIFEST.model_copy(update={"obtained_from": Route.KAGGLE})
    assert used(shown, elsewhere) == ()


def test_the_place_and_line_of_the_item_are_told_and_another_copy_is_not_meant() -> None:
    items = (DataItem(collection="LIDC-IDRI", id="first"), DataItem(collection="LIDC-IDRI", id="second"))
    (item,) = items_of(held("LIDC-IDRI", item="second"), ItemsByLabel.of(items, {"data[1]": 7}), None).used
    assert (item.field, item.line) == ("data[1]", 7)
