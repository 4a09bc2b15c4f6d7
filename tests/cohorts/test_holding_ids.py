"""The ids of data items say which copy of which data it is; another order of the project changes none."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tcia_policy.cohorts.resolve import resolve
from tcia_policy.model import DataItem, Holding, OtherData, OwnData
from tcia_policy.registry import Registry

REGISTRY = Registry.load()
ITEMS = (
    DataItem(dataset="LIDC-IDRI"),
    DataItem(dataset="LIDC-IDRI", obtained_from="idc"),
    DataItem(dataset="LIDC-IDRI", obtained_from="idc", version="v22"),
    DataItem(dataset="LIDC-IDRI", version="4"),
    DataItem(dataset="LIDC-IDRI", obtained_on="2024-03-01"),
    DataItem(dataset="LIDC-IDRI", obtained_from="kaggle", altered=True),
    DataItem(dataset="LIDC-IDRI", obtained_from="kaggle", altered=False),
    DataItem(dataset="LIDC-IDRI", obtained_from="kaggle", license="MIT"),
    DataItem(id="lidc", dataset="LIDC-IDRI"),
    DataItem(id="other", dataset="LIDC-IDRI"),
    DataItem(dataset="CPTAC-LUAD"),
    DataItem(dataset="CPTAC-LUAD", obtained_from="pdc", distributions=("proteomics",)),
    DataItem(dataset="CPTAC-LUAD", obtained_from="gdc", distributions=("genomics",)),
    DataItem(dataset="HNSCC", distributions=("DICOM",)),
    DataItem(dataset="HNSCC", distributions=("Oropharyngeal-Radiomics-Outcomes Clinical Data",)),
    DataItem(series="1.2.3.4.5"),
    DataItem(series="1.2.3.4.6"),
    DataItem(other=OtherData(name="CT of a clinic")),
    DataItem(other=OtherData(name="Ours", license="MIT")),
    DataItem(own=OwnData(name="Ours")),
)
# Whatever is looked up in the index of series takes a while.
WITHOUT_SERIES = [item for item in ITEMS if item.series is None]


def held(items: list[DataItem]) -> dict[str, Holding]:
    holdings = resolve(items, Path(), REGISTRY).holdings
    found = {holding.id: holding.model_copy(update={"items": tuple(sorted(holding.items))}) for holding in holdings}
    assert len(found) == len(holdings)
    return found


@given(st.permutations(WITHOUT_SERIES), st.integers(min_value=1, max_value=len(WITHOUT_SERIES)))
@settings(max_examples=40, deadline=None)
def test_in_any_order_each_id_means_the_same(items: list[DataItem], most: int) -> None:
    chosen = items[:most]
    in_order = [item for item in ITEMS if item in chosen]
    assert held(chosen) == held(in_order)


def test_so_do_those_of_series() -> None:
    everything = held(list(ITEMS))
    for by in range(1, len(ITEMS), 5):
        assert held([*ITEMS[by:], *ITEMS[:by]]) == everything
    assert held(list(reversed(ITEMS))) == everything


def test_what_is_held_once_has_a_short_id_and_keeps_it_when_another_copy_comes() -> None:
    before = held([ITEMS[0]])
    assert list(before) == ["LIDC-IDRI"]
    for more in ITEMS[1:]:
        assert "LIDC-IDRI" in held([ITEMS[0], more])


def test_an_id_names_the_place_the_version_and_what_else_differs() -> None:
    assert list(held([*ITEMS[:6], *ITEMS[8:16]])) == [
        "LIDC-IDRI",
        "LIDC-IDRI@idc",
        "LIDC-IDRI@idc,v22",
        "LIDC-IDRI@v4",
        "LIDC-IDRI@2024-03-01",
        "LIDC-IDRI@kaggle",
        "lidc",
        "other",
        "CPTAC-LUAD",
        "CPTAC-LUAD@pdc",
        "CPTAC-LUAD@gdc",
        "HNSCC@dicom",
        "HNSCC@oropharyngeal-radiomics-outcomes-clinical-data",
        "not-in-idc-index@1.2.3.4.5",
    ]
    assert list(held(list(ITEMS[5:8]))) == [
        "LIDC-IDRI@kaggle,altered",
        "LIDC-IDRI@kaggle,not-altered",
        "LIDC-IDRI@kaggle",
    ]


def test_the_same_file_listed_twice_is_one_data_item(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1.2.3.4.5\n", encoding="utf-8")
    items = [DataItem(manifest="a.txt"), DataItem(manifest="a.txt")]
    assert [holding.id for holding in resolve(items, tmp_path, REGISTRY).holdings] == ["not-in-idc-index@a.txt"]
