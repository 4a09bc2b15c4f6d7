"""Which strings of programs name a dataset."""

import pytest

from tcia_policy.documents.source_code import code_block, strings
from tcia_policy.evidence.mentions.in_code import IN_CODE
from tcia_policy.evidence.mentions.mentions import BY_PAGE, NameFinder, NameUse
from tcia_policy.registry import Registry

FINDER = NameFinder(Registry.load().entries)


def uses(code: str, language: str = "python") -> list[NameUse]:
    return FINDER.find(code_block("train.py", strings(code, language)))


@pytest.mark.parametrize(
    ("code", "datasets"),
    [
        ('collection = "CPTAC-GBM"', ["CPTAC-GBM"]),
        ("client.download_collection('rider_pilot')", ["RIDER Pilot"]),
        ('getSeries(collection="NLST")', ["NLST"]),
        ("q = \"SELECT * FROM t WHERE collection_id = 'nlst'\"", ["NLST"]),
        ('p = "/data/LIDC-IDRI/train"', ["LIDC-IDRI"]),
        ('p = f"{root}/NSCLC-Radiomics.csv"', ["NSCLC-Radiomics"]),
        ('p = "LIDC-IDRI-0072"', ["LIDC-IDRI"]),
        ('x = ["TCGA-GBM", "TCGA-LGG"]', ["TCGA-GBM", "TCGA-LGG"]),
        ('source = "idc_current"; label = "HNSCC"', ["HNSCC"]),
    ],
)
def test_a_string_that_is_nothing_but_a_name_counts(code: str, datasets: list[str]) -> None:
    assert [(use.dataset, use.how) for use in uses(code)] == [(dataset, IN_CODE) for dataset in datasets]


@pytest.mark.parametrize(
    "code",
    [
        'print("We use LIDC-IDRI data")',
        'label = "HNSCC"',
        'verb = "catch"; adjective = "exact"',
        'column = "lung1"',
        'project = "TCGA-GBM"; kind = "Gene Expression Quantification"',
        '# collection = "CPTAC-GBM"',
        'model = "unet-LIDC-IDRI-v2"',
        'x = "2015-0072"',
    ],
)
def test_words_in_a_longer_string_diseases_and_genes_do_not(code: str) -> None:
    assert uses(code) == []


def test_a_link_to_its_page_names_it() -> None:
    url = "https://www.cancerimagingarchive.net/collection/vestibular-schwannoma-seg/"
    assert [(use.dataset, use.how) for use in uses(f'open("{url}")')] == [("Vestibular-Schwannoma-SEG", IN_CODE)]
    wiki = "https://wiki.cancerimagingarchive.net/pages/viewpage.action?pageId=1966254"
    assert [(use.dataset, use.how) for use in uses(f'open("{wiki}")')] == [("LIDC-IDRI", BY_PAGE)]


def test_a_name_has_its_line() -> None:
    assert [str(use.place) for use in uses('\n\nx <- c("a",\n  "NLST")\n', "r")] == ["train.py:4"]
