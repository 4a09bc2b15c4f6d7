"""Finding datasets by what people call them."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.errors import InputError
from tcia_policy.registry import Registry
from tests.registry.small_registry import dataset, registry_of

SHIPPED = Registry.load()


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return registry_of(
        tmp_path,
        dataset("LIDC-IDRI", "10.7937/k9/tcia.2015.lo9ql9sx", title="Data From LIDC-IDRI", aliases=["lidc"]),
        dataset("NSCLC-Radiomics", "10.7937/k9/tcia.2015.pf0m9rei"),
        dataset("TCGA-BRCA", "10.7937/k9/tcia.2016.ab2nazrp", aliases=["tcga_brca"]),
        dataset("idc-tcga-brca", "10.5281/zenodo.12689962", aliases=["shared name"]),
        dataset("Double-Dot", "10.7937/k9/tcia.2014..ua0jgpdg", aliases=["shared name"]),
        dataset("Twin A", "10.1234/a"),
        dataset("twin_a", "10.1234/b"),
        idc={"tcga_brca": ["TCGA-BRCA", "idc-tcga-brca"], "lidc_idri": ["LIDC-IDRI"], "two_words": ["TCGA-BRCA"]},
    )


@pytest.mark.parametrize(
    "name", ["nsclc_radiomics", "NSCLC Radiomics", "nsclcradiomics", " NSCLC-Radiomics ", "NSCLC–Radiomics"]
)
def test_case_and_punctuation_do_not_matter(registry: Registry, name: str) -> None:
    assert registry.find(name) == ("NSCLC-Radiomics",)


@pytest.mark.parametrize(
    "spelling",
    [
        "10.7937/K9/TCIA.2015.LO9QL9SX",
        "https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx",
        "http://dx.doi.org/10.7937/K9/TCIA.2015.lo9ql9sx",
        "doi.org/10.7937/k9/tcia.2015.lo9ql9sx",
        "doi:10.7937/k9/tcia.2015.lo9ql9sx",
        "DOI: 10.7937/k9/tcia.2015.lo9ql9sx.",
        "https://doi.org/10.7937%2FK9%2FTCIA.2015.LO9QL9SX",
    ],
)
def test_a_doi_is_found_in_any_spelling(registry: Registry, spelling: str) -> None:
    assert registry.by_doi(spelling) == "LIDC-IDRI"
    assert registry.find(spelling) == ("LIDC-IDRI",)


def test_a_doi_with_a_double_dot_is_real(registry: Registry) -> None:
    assert registry.by_doi("10.7937/K9/TCIA.2014..UA0JGPDG") == "Double-Dot"


@pytest.mark.parametrize("text", ["", "LIDC-IDRI", "10.7937/unknown", "11.7937/k9/tcia.2015.lo9ql9sx"])
def test_what_is_no_doi_of_ours_has_no_dataset(registry: Registry, text: str) -> None:
    assert registry.by_doi(text) is None


def test_aliases_and_titles_are_names_too(registry: Registry) -> None:
    assert registry.find("lidc") == ("LIDC-IDRI",)
    assert registry.find("Data From LIDC-IDRI") == ("LIDC-IDRI",)
    assert registry.find("data from lidc idri") == ("LIDC-IDRI",)


def test_an_idc_collection_stands_for_all_its_datasets(registry: Registry) -> None:
    assert registry.find("tcga_brca") == ("TCGA-BRCA", "idc-tcga-brca")
    assert registry.find("TCGA-BRCA") == ("TCGA-BRCA",)
    assert registry.find("TCGA BRCA") == ("TCGA-BRCA",)
    assert registry.find("Two Words") == ("TCGA-BRCA",)


def test_names_that_two_datasets_share_are_not_guessed(registry: Registry) -> None:
    assert registry.find("Twin A") == ("Twin A",)
    assert registry.find("twin_a") == ("twin_a",)
    with pytest.raises(InputError, match="'twin-a' may be 'Twin A' or 'twin_a'"):
        registry.find("twin-a")
    with pytest.raises(InputError, match="may be 'idc-tcga-brca' or 'Double-Dot'"):
        registry.find("shared name")


def test_an_unknown_name_is_answered_with_what_may_be_meant() -> None:
    with pytest.raises(InputError) as raised:
        SHIPPED.find("LIDC-IDR")
    assert raised.value.problem == "unknown dataset 'LIDC-IDR'"
    assert raised.value.hint is not None
    assert raised.value.hint.startswith("did you mean 'LIDC-IDRI', ")
    assert raised.value.hint.partition("?")[0].count("'") == 6
    assert "declared with `other:`" in raised.value.hint


def test_a_name_that_resembles_nothing_gets_no_suggestion() -> None:
    with pytest.raises(InputError) as raised:
        SHIPPED.find("qqqq")
    assert raised.value.hint == "data from outside the registry is declared with `other:`"


def test_an_unknown_id_is_unknown_to_get_as_well(registry: Registry) -> None:
    with pytest.raises(InputError, match="unknown dataset 'LIDC-IDR'"):
        registry.get("LIDC-IDR")


def test_every_shipped_dataset_is_found_by_id_and_doi() -> None:
    for entry in SHIPPED.entries:
        assert SHIPPED.find(entry.id) == (entry.id,)
        assert SHIPPED.by_doi(entry.doi.upper()) == entry.id


@given(st.sampled_from(SHIPPED.entries), st.sampled_from(["-", "_", " ", "."]), st.booleans())
def test_every_shipped_id_is_found_with_other_punctuation_unless_it_names_several(
    entry: tuple[str, ...], separator: str, upper: bool
) -> None:
    spelled = "".join(letter if letter.isalnum() else separator for letter in entry[0])
    with suppress(InputError):  # names that several share, as the test above has it
        assert entry[0] in SHIPPED.find(spelled.upper() if upper else spelled)


@given(st.text(max_size=400))
def test_any_text_at_all_is_a_dataset_or_one_clear_error(text: str) -> None:
    with suppress(InputError):
        assert all(SHIPPED.get(id_).id == id_ for id_ in SHIPPED.find(text))
