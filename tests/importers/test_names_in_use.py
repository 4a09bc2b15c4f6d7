"""Names in use, put on the datasets of the registry."""

from datetime import date

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers.names_in_use import annotate
from tcia_policy.registry import Registry
from tcia_policy.registry.names_in_use import NameOfDataset, NamesInUse, SeenAt, load_names

LIDC = Registry.load().get("LIDC-IDRI").model_copy(update={"also_called": ()})


def names(*items: NameOfDataset) -> NamesInUse:
    return load_names().model_copy(update={"names": items, "pages": ()})


def test_a_name_is_put_on_its_dataset_with_its_place_and_day() -> None:
    shipped = next(item for item in Registry.load().get("LIDC-IDRI").also_called if item.name == "LIDC")
    assert (shipped.source, str(shipped.as_of)) == ("names-in-use", "2026-11-29")
    assert shipped.url == "https://github.com/tensorflow/datasets/issues/972"


def test_names_of_datasets_that_are_not_there_are_left_out() -> None:
    item = NameOfDataset(name="X", dataset="No-Such-Data", seen=SeenAt(title="a page", before=date(2026, 11, 29)))
    assert annotate([LIDC], names(item)) == (LIDC,)


def test_a_name_of_another_dataset_is_refused() -> None:
    item = NameOfDataset(name="lidc idri", dataset="NLST", seen=SeenAt(title="a page", before=date(2026, 11, 29)))
    with pytest.raises(InputError, match="'lidc idri' is a name of 'LIDC-IDRI'"):
        annotate([LIDC], names(item))


def test_every_recorded_name_is_of_a_dataset_that_is_there() -> None:
    known = {entry.id for entry in Registry.load().entries}
    recorded = load_names()
    assert {item.dataset for item in recorded.names} | {page.dataset for page in recorded.pages} <= known
