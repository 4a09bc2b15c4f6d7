"""Addresses of TCIA's pages, in the forms in which people copy them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.registry.addresses import NOWHERE, Address, addresses_in, is_address, read_address


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("https://wiki.cancerimagingarchive.net/pages/viewpage.action?pageId=1966254", "page:1966254"),
        ("http://wiki.cancerimagingarchive.net/pages/viewpage.action?pageId=1966254&fbclid=x#tab", "page:1966254"),
        ("wiki.cancerimagingarchive.net/pages/viewpage.action?pageid=1966254", "page:1966254"),
        ("<https://wiki.cancerimagingarchive.net/plugins/viewsource/viewpagesrc.action?pageId=7>", "page:7"),
        (
            "https://wiki.cancerimagingarchive.net/plugins/servlet/mobile?contentId=93258287#content/view",
            "page:93258287",
        ),
        ("viewpage.action?pageId=1966254", "page:1966254"),
        ("pageId=1966254", "page:1966254"),
        ("https://cancerimagingarchive.net/?p=42097", "post:42097"),
        ("https://www.cancerimagingarchive.net?p=42097", "post:42097"),
        ("?p=42097", "post:42097"),
        ("https://www.cancerimagingarchive.net/collection/nsclc-radiomics/", "entry:nsclc-radiomics"),
        ("https://WWW.CancerImagingArchive.net/Collection/NSCLC-Radiomics?x=1#cite", "entry:nsclc-radiomics"),
        ("www.cancerimagingarchive.net/analysis-result/saros", "entry:saros"),
        ("/collection/nsclc-radiomics/", "entry:nsclc-radiomics"),
        ("analysis-result/saros", "entry:saros"),
    ],
)
def test_an_address_leads_to_one_page(text: str, key: str) -> None:
    assert read_address(text) == Address(key=key)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("https://wiki.cancerimagingarchive.net/display/Public/LIDC-IDRI", "LIDC-IDRI"),
        ("https://wiki.cancerimagingarchive.net/display/Public/NSCLC+Radiogenomics#abc", "NSCLC Radiogenomics"),
        ("https://wiki.cancerimagingarchive.net/display/DOI/RIDER%20Pilot", "RIDER Pilot"),
        ("/display/Public/LIDC-IDRI", "LIDC-IDRI"),
        ("https://www.cancerimagingarchive.net/nbia-search/?CollectionCriteria=CBIS-DDSM", "CBIS-DDSM"),
    ],
)
def test_some_addresses_say_the_name(text: str, name: str) -> None:
    assert read_address(text) == Address(name=name)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.cancerimagingarchive.net/",
        "https://www.cancerimagingarchive.net/browse-collections/",
        "https://wiki.cancerimagingarchive.net/display/Public/",
        "https://www.cancerimagingarchive.net/?p=x",
        "https://www.cancerimagingarchive.net/collection/",
    ],
)
def test_a_page_that_is_no_dataset_leads_nowhere(text: str) -> None:
    assert read_address(text) == NOWHERE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "LIDC-IDRI",
        "1966254",
        "10.7937/k9/tcia.2015.lo9ql9sx",
        "https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx",
        "https://cancerimagingarchive.net.example.org/?p=42097",
        "https://notcancerimagingarchive.net/?p=42097",
        "https://example.org/collection/nsclc-radiomics/",
        "cohorts/collection/files/list.csv",
        "https://www.cancerimagingarchive.net/" + "x" * 3_000,
    ],
)
def test_what_is_no_address_of_tcia_is_none(text: str) -> None:
    assert read_address(text) is None
    assert not is_address(text)


def test_addresses_are_found_in_a_text_without_its_marks() -> None:
    text = "See (https://cancerimagingarchive.net/?p=42097), and www.cancerimagingarchive.net/collection/saros/."
    assert list(addresses_in(text)) == [
        (5, "https://cancerimagingarchive.net/?p=42097"),
        (53, "www.cancerimagingarchive.net/collection/saros/"),
    ]


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert read_address(f"https://www.cancerimagingarchive.net/{text}") is not None
    assert all(is_address(address) for _, address in addresses_in(f"https://cancerimagingarchive.net/{text}"))
