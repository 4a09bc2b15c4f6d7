"""The items of a printed list of references that cite data without any DOI."""

from tcia_policy.documents.model import Manuscript, TextBlock
from tcia_policy.evidence.dataset_uses import DatasetUses
from tcia_policy.evidence.reference_items import data_without_doi
from tcia_policy.registry import Registry
from tests.work import IN_PROPORTION, growth

LIST = TextBlock(
    "paper.md",
    "[1] Doe J (2020) Data from the LIDC-IDRI study. The Cancer Imaging Archive.\n"
    "[2] Roe R (2016) Data from Pancreas-CT. The Cancer Imaging Archive. doi:10.9999/other\n"
    "[3] Poe P (2019) Radiomics on NSCLC-Radiomics. Journal of Things 4:1.",
    starts=(0, 76, 160),
    numbers=(10, 11, 12),
    is_references=True,
)


def test_an_item_on_data_without_a_doi_is_found_with_its_line() -> None:
    (item,) = data_without_doi(LIST)
    assert item.text.startswith("[1] Doe")
    assert str(item.place(0)) == "paper.md:10"


def test_data_in_a_list_are_cited_by_their_name() -> None:
    uses = DatasetUses(Manuscript(files=("paper.md",), prose=(LIST,)), Registry.load())
    assert {name: str(place) for name, place in uses.listed_by_name.items()} == {"LIDC-IDRI": "paper.md:10"}
    assert not uses.named


def test_a_list_without_items_is_no_item() -> None:
    assert not list(data_without_doi(TextBlock("a", "The Cancer Imaging Archive. " * 400, is_references=True)))


def test_a_long_list_takes_work_in_proportion() -> None:
    item = "[1] Doe J. Data from X. The Cancer Imaging Archive.\n"
    assert growth(lambda count: list(data_without_doi(TextBlock("a", item * count))), 300) < IN_PROPORTION
