"""What people call datasets: each name and page of `data/curated/names.yaml` leads where it says, or is asked about."""

from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.registry import Registry
from tcia_policy.registry.names_in_use import DoiOfVersion, NameOfDataset, PageOfDataset, SharedName, load_names

SHIPPED = Registry.load()
NAMES = load_names()
WIKI = "https://wiki.cancerimagingarchive.net/pages/viewpage.action?pageId="
FILE = """source: {id: names, title: Names, publisher: Various, url: https://example.org/, before: 2026-11-29}
names:
  - {name: A, dataset: LIDC-IDRI, seen: {title: a page, before: 2026-11-29}}
pages: []
shared:
  - {name: B, copy_of: [LIDC-IDRI], seen: {title: a page, before: 2026-11-29}}
"""


@pytest.mark.parametrize("item", NAMES.names, ids=lambda item: item.name)
def test_a_name_leads_to_its_dataset(item: NameOfDataset) -> None:
    for spelling in (item.name, item.name.lower(), item.name.upper(), item.name.replace(" ", "")):
        assert SHIPPED.find(spelling) == (item.dataset,)


@pytest.mark.parametrize("item", NAMES.pages, ids=lambda item: str(item.page))
def test_a_page_of_the_wiki_leads_to_its_dataset(item: PageOfDataset) -> None:
    assert SHIPPED.find(f"{WIKI}{item.page}") == (item.dataset,)
    assert SHIPPED.find(f"viewpage.action?pageId={item.page}") == (item.dataset,)


@pytest.mark.parametrize("item", NAMES.shared, ids=lambda item: item.name)
def test_a_shared_name_is_asked_about_unless_the_registry_has_it_by_now(item: SharedName) -> None:
    assert all(SHIPPED.get(id_).id == id_ for id_ in (*item.may_be, *item.copy_of))
    if SHIPPED.knows(item.name):
        assert SHIPPED.find(item.name)[0] not in item.copy_of
        return
    with pytest.raises(InputError) as raised:
        SHIPPED.find(item.name)
    said = str(raised.value)
    assert "unknown dataset" not in said
    assert "`other:`" in said
    assert all(f"'{id_}'" in said for id_ in (*item.may_be, *item.copy_of))
    assert item.note is None or item.note in said


@pytest.mark.parametrize(
    ("name", "dataset"),
    [
        ("LIDC", "LIDC-IDRI"),
        ("LIDC/IDRI", "LIDC-IDRI"),
        ("LUNG1", "NSCLC-Radiomics"),
        ("NSCLC-Radiogenomics", "NSCLC Radiogenomics"),
        ("BraTS2021", "RSNA-ASNR-MICCAI-BraTS-2021"),
        ("AutoPET", "FDG-PET-CT-Lesions"),
        ("Prostate-X", "PROSTATEx"),
        ("QIN-PROSTATE", "QIN PROSTATE"),
        ("Breast Cancer Screening-DBT", "Breast-Cancer-Screening-DBT"),
        ("Low Dose CT Image and Projection Data", "LDCT-and-Projection-data"),
        ("Pancreas CT", "Pancreas-CT"),
        ("I-SPY 1", "ISPY1"),
        ("ACRIN-6668", "ACRIN-NSCLC-FDG-PET"),
        ("National Lung Screening Trial", "NLST"),
        ("TCIA CT-ORG", "CT-ORG"),
        ("CT_ORG", "CT-ORG"),
        ("rider_pilot", "RIDER Pilot"),
        ("Duke Breast MRI", "Duke-Breast-Cancer-MRI"),
        ("NSCLC-Radiomics (Lung1)", "NSCLC-Radiomics"),
        ("BCS-DBT", "Breast-Cancer-Screening-DBT"),
        ("ACRIN 6657", "ISPY1"),
        ("https://wiki.cancerimagingarchive.net/pages/viewpage.action?pageId=70230229", "HCC-TACE-Seg"),
        ("https://wiki.cancerimagingarchive.net/display/Public/LIDC-IDRI", "LIDC-IDRI"),
        ("https://wiki.cancerimagingarchive.net/display/Public/NSCLC+Radiogenomics", "NSCLC Radiogenomics"),
        ("https://wiki.cancerimagingarchive.net/display/Public/SPIE-AAPM-NCI+PROSTATEx+Challenges", "PROSTATEx"),
        ("https://www.cancerimagingarchive.net/collection/nsclc-radiomics/", "NSCLC-Radiomics"),
        ("https://cancerimagingarchive.net/?p=42097", "CBIS-DDSM"),
    ],
)
def test_names_seen_in_the_wild_lead_to_their_dataset(name: str, dataset: str) -> None:
    assert SHIPPED.find(name) == (dataset,)


@pytest.mark.parametrize(
    ("name", "dataset"),
    [
        ("Duke breast", "Duke-Breast-Cancer-MRI"),
        ("HN1", "HEAD-NECK-RADIOMICS-HN1"),
        ("UPENN", "UPENN-GBM"),
        ("BTP", "Brain-Tumor-Progression"),
        ("HCC-TACE", "HCC-TACE-Seg"),
        ("BAMF-AIMI", "idc-bamf-aimi-annotations"),
        ("Bone-Marrow-Cytomorphology", "Bone-Marrow-Cytomorphology_MLL_Helmholtz_Fraunhofer"),
        ("CBIS", "CBIS-DDSM"),
        ("DICOM-LIDC-IDRI", "DICOM-LIDC-IDRI-Nodules"),
    ],
)
def test_a_short_form_that_nobody_recorded_is_only_suggested(name: str, dataset: str) -> None:
    with pytest.raises(InputError) as raised:
        SHIPPED.find(name)
    assert raised.value.hint is not None
    assert raised.value.hint.startswith(f"did you mean '{dataset}'")


def test_every_page_of_tcia_leads_to_its_dataset() -> None:
    for entry in SHIPPED.entries:
        page = SHIPPED.get(entry.id).page
        if page is not None and "cancerimagingarchive" in page:
            assert SHIPPED.find(page) == (entry.id,)
            assert any(key.startswith("post:") for key in entry.addresses)


def test_a_page_of_tcia_that_is_no_dataset_is_said_to_be_none() -> None:
    with pytest.raises(InputError, match="no dataset of the registry has this page; write its name or its DOI"):
        SHIPPED.find("https://www.cancerimagingarchive.net/collection/no-such-data/")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("before: 2026-11-29}}\npages", "as_of: 2026-11-29, before: 2026-11-29}}\npages", "names[0].seen"),
        (", copy_of: [LIDC-IDRI]", "", "shared[0]"),
        (", copy_of: [LIDC-IDRI]", ", copy_of: [A], may_be: [B]", "shared[0]"),
        ("name: A, ", "", "names[0].name"),
    ],
)
def test_a_mistake_is_told_with_its_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    assert old in FILE
    (tmp_path / "names.yaml").write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_names(tmp_path)
    assert raised.value.field == field


@pytest.mark.parametrize("item", NAMES.versions, ids=lambda item: item.doi)
def test_the_doi_of_a_version_leads_to_its_dataset(item: DoiOfVersion) -> None:
    assert SHIPPED.find(item.doi.upper()) == (item.dataset,)
    assert item.doi in SHIPPED.get(item.dataset).dois
    assert SHIPPED.get(item.dataset).doi != item.doi
