"""Cards as Hugging Face reads them."""

import re
from typing import Any

import pytest
import yaml
from bibtexparser.entrypoint import parse_string

from tcia_policy.model import License, LicenseFamily, Reference
from tcia_policy.reports.notices.context import NoticeContext
from tcia_policy.reports.notices.hub_cards import HUB_LICENSES, is_hub_id, license_keys, render_cards
from tests.reports.notices.studies import NONCOMMERCIAL, pandoc, using

OURS = License(
    id="LicenseRef-ours",
    name="Ours",
    short_name="Ours",
    family=LicenseFamily.PROJECT_TERMS,
    url="javascript:alert(1)",
    terms_known=True,
    reference=Reference(title="Ours"),
)
LIDC = "- {collection: LIDC-IDRI, distributions: [images]}"


def cards(data: str = LIDC, rest: str = NONCOMMERCIAL) -> dict[str, str]:
    return dict(render_cards(NoticeContext.of(using(data, rest))))


def header(text: str) -> dict[str, Any]:
    """Return the YAML block as the Hub finds it: from a first line of three dashes to the next."""
    found = re.match(r"\A---\n(.*?)\n---\n", text, re.DOTALL)
    assert found is not None
    read = yaml.safe_load(found.group(1))
    assert isinstance(read, dict)
    return read


def releasing(license_id: str) -> str:
    return NONCOMMERCIAL.replace("Apache-2.0", license_id)


def test_a_model_and_a_data_set_have_a_card_each() -> None:
    found = cards()
    assert list(found) == ["CARD-model.md", "CARD-segmentations.md"]
    assert header(found["CARD-model.md"]) == {"license": "apache-2.0", "tags": ["tcia"]}
    assert header(found["CARD-segmentations.md"]) == {
        "license": "cc-by-4.0",
        "source_datasets": ["extended"],
        "tags": ["tcia"],
    }


def test_two_models_have_two_cards_and_an_article_has_none() -> None:
    rest = NONCOMMERCIAL.replace(
        "{kind: segmentations, license: CC-BY-4.0}", "{kind: model, license: MIT}, {kind: article}"
    )
    found = cards(rest=rest)
    assert list(found) == ["CARD-model.md", "CARD-model-2.md"]
    assert header(found["CARD-model-2.md"])["license"] == "mit"


def test_a_study_that_states_no_outputs_has_no_card() -> None:
    assert cards(rest="use: {purpose: noncommercial, activities: [analyze]}\n") == {}


@pytest.mark.parametrize(
    ("stated", "written"),
    [("CC-BY-4.0", "cc-by-4.0"), ("cc-by-nc-3.0", "cc-by-nc-3.0"), ("BSD-3-Clause", "bsd-3-clause")],
)
def test_a_licence_that_the_hub_knows_has_its_identifier(stated: str, written: str) -> None:
    assert header(cards(rest=releasing(stated))["CARD-model.md"])["license"] == written


def test_any_other_licence_is_other_with_name_and_link() -> None:
    found = header(cards(rest=releasing("LicenseRef-proprietary"))["CARD-model.md"])
    assert found["license"] == "other"
    assert found["license_name"] == "licenseref-proprietary"
    assert found["license_link"] == "LICENSE"


@pytest.mark.parametrize(
    ("data", "rest"),
    [
        ("- {collection: TCGA-GBM}", NONCOMMERCIAL),
        ("- {collection: NSCLC-Radiomics}", NONCOMMERCIAL.replace("noncommercial", "commercial")),
        (LIDC, NONCOMMERCIAL.replace(", release-model, share-derived-data", "")),
        (LIDC + "\n- other: {name: Hospital CT}", NONCOMMERCIAL),
    ],
    ids=["controlled", "commercial", "stray-output", "elsewhere"],
)
def test_an_output_that_is_not_cleared_has_no_licence_in_its_header(data: str, rest: str) -> None:
    for text in cards(data, rest).values():
        assert "license" not in header(text)
        assert "**Not cleared for release" in text
        assert text.index("Not cleared") < text.index("## License")


def test_no_dataset_is_given_as_one_of_the_hub() -> None:
    for text in cards().values():
        assert "datasets" not in header(text)


def test_the_body_says_that_data_keep_their_terms_and_names_them() -> None:
    text = cards(LIDC + "\n- {collection: NSCLC-Radiomics}")["CARD-model.md"]
    assert "covers the authors' own contribution and nothing else" in text
    assert "no adaptation of these data" in text
    assert "**NSCLC-Radiomics**: Data From NSCLC-Radiomics (Aerts et al. 2019)" in text
    assert text.count("do not cover commercial use") == 1
    html = pandoc(text, "markdown", "html")
    assert 'href="https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx"' in html


def test_data_from_elsewhere_are_linked_by_the_doi_that_the_project_gives() -> None:
    elsewhere = "- other: {name: Phantoms, license: CC-BY-4.0, doi: 10.5281/zenodo.1234567}"
    html = pandoc(cards(elsewhere)["CARD-model.md"], "gfm+yaml_metadata_block", "html")
    assert 'href="https://doi.org/10.5281/zenodo.1234567"' in html


def test_the_citations_are_bibtex_for_all_that_is_owed() -> None:
    assessment = using(LIDC)
    text = render_cards(NoticeContext.of(assessment))["CARD-model.md"]
    block = re.search(r"^```bibtex\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert block is not None
    library = parse_string(block.group(1))
    assert not library.failed_blocks
    dois = {entry["doi"] for entry in library.entries}
    assert dois == {owed.citation.doi for owed in assessment.citations}


@pytest.mark.parametrize(
    "license_id", ["Apache-2.0", "CC-BY-NC-SA-4.0", "GPL-3.0-only", "LicenseRef-proprietary", "MIT OR Apache-2.0"]
)
@pytest.mark.parametrize("data", [LIDC, "- {collection: Phantom FDA}\n- other: {name: 'Hospital: CT', license: MIT}"])
def test_the_hubs_own_reader_takes_the_cards_as_they_are(license_id: str, data: str) -> None:
    hub = pytest.importorskip("huggingface_hub")
    for name, text in cards(data, releasing(license_id)).items():
        kind = hub.ModelCard if name == "CARD-model.md" else hub.DatasetCard
        card = kind(text)
        assert card.data.to_dict() == header(text)
        assert str(card).partition("\n---\n")[2] == text.partition("\n---\n")[2]
        if card.data.license is not None:
            assert card.data.license in {*HUB_LICENSES, "other"}
        for tag in card.data.tags or ():
            assert re.fullmatch("[a-z0-9-]+", tag)


def test_a_license_link_is_a_web_address_or_the_file_beside_the_card() -> None:
    keys = license_keys("LicenseRef-ours", {"LicenseRef-ours": OURS})
    assert keys == {"license": "other", "license_name": "licenseref-ours", "license_link": "LICENSE"}
    web = OURS.model_copy(update={"url": "https://example.org/terms"})
    assert license_keys("LicenseRef-ours", {web.id: web})["license_link"] == "https://example.org/terms"


@pytest.mark.parametrize(
    "name", ["LIDC-IDRI", "NLST", "a", "_a_", "Phantom FDA", "a--b", "a..b", "-a", "a.git", "é", ""]
)
def test_a_name_is_one_of_the_hub_where_the_hub_says_so(name: str) -> None:
    utils = pytest.importorskip("huggingface_hub.utils")
    try:
        utils.validate_repo_id(name)
    except utils.HFValidationError:
        assert not is_hub_id(name)
    else:
        assert is_hub_id(name)
