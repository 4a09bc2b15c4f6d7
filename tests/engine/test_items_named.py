"""The data items that a user means by a name."""

import pytest

from tcia_policy.engine.case import Case, Library
from tcia_policy.engine.items_named import is_item, items_named
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError
from tcia_policy.model import DataItem, OtherData, OwnData
from tcia_policy.registry import Registry

REGISTRY = Registry.load()
ITEMS = (
    DataItem(dataset="LIDC-IDRI"),
    DataItem(dataset="LIDC-IDRI", obtained_from="idc"),
    DataItem(id="radiomics", dataset="NSCLC-Radiomics"),
    DataItem(other=OtherData(name="CT of a clinic", license="CC-BY-4.0")),
    DataItem(own=OwnData(name="Hospital CT")),
)
HOLDINGS = Case.open(Study.of(ITEMS), library=Library(REGISTRY)).holdings


def ids(name: str) -> list[str]:
    return [holding.id for holding in items_named(name, HOLDINGS, REGISTRY)]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("LIDC-IDRI", ["LIDC-IDRI", "LIDC-IDRI@idc"]),
        ("lidc idri", ["LIDC-IDRI", "LIDC-IDRI@idc"]),
        ("LIDC-IDRI@tcia", ["LIDC-IDRI"]),
        ("LIDC-IDRI@idc", ["LIDC-IDRI@idc"]),
        ("radiomics", ["radiomics"]),
        ("nsclc_radiomics", ["radiomics"]),
        ("10.7937/K9/TCIA.2015.PF0M9REI", ["radiomics"]),
        ("CT of a clinic", ["CT of a clinic"]),
        ("hospital ct", ["Hospital CT"]),
    ],
)
def test_every_name_leads_to_its_items(name: str, found: list[str]) -> None:
    assert ids(name) == found
    assert is_item(name, HOLDINGS, REGISTRY)


@pytest.mark.parametrize("name", ["TCGA-GBM", "LIDC-IDRY", "", "#1"])
def test_a_name_of_none_is_an_error_that_lists_them(name: str) -> None:
    assert not is_item(name, HOLDINGS, REGISTRY)
    with pytest.raises(InputError, match="has no data item") as raised:
        items_named(name, HOLDINGS, REGISTRY)
    assert "'LIDC-IDRI'" in (raised.value.hint or "")
