"""The registry's generated files hold what the archives publish, all of it and nothing else."""

import re
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest
import yaml

from tcia_policy.files import located_yaml
from tcia_policy.files.shipped import shipped
from tcia_policy.importers import apa
from tcia_policy.model import (
    Access,
    Archive,
    Authority,
    ClaimScope,
    Creator,
    Dataset,
    DatasetKind,
    Extent,
    LicenseClaim,
    Notice,
    NoticeKind,
    NoticeLevel,
)
from tcia_policy.registry.licenses import load_licenses
from tcia_policy.registry.papers import PapersFile
from tcia_policy.text.doi import normalize_doi
from tests.importers.registry_files import DATA, datasets, index, paths, recorded, sources

# Why these do not come back as the source prints them; everything else does.
NOT_RENDERED_AS_PRINTED = {
    "CDD-CESM": "a combining mark before a family name is left out",
    "DLBCL-Morphology": "one given name is printed in full and becomes an initial",
    "HER2 tumor ROIs": "all given names are printed in full and become initials",
    "LIDC-IDRI": "one given name is printed in full and becomes an initial",
    "MIDI-B-Test-MIDI-B-Validation": "one name is printed given name first",
    "Pulmonary-Nodules-Segmentation": "one given name is printed in full and becomes an initial",
    "RADCURE": "the full list has another apostrophe in O'Sullivan",
    "SPIE-AAPM Lung CT Challenge": "creators are parted by semicolons, given names in full",
    "idc-nnu-net-bpr-annotations": "all names are printed given name first",
    "idc-pdxnet": "the ellipsis is three full stops",
}
STAY_CUT_OFF = {
    "CPTAC-Glioblastoma-CODEX",
    "Radiomic-Feature-Standards",
    "idc-ccdi-mci",
    "idc-pdxnet",
    "idc-tcga-sbu-til-maps",
}
LITERAL_CREATORS = {
    "Cancer Moonshot Biobank",
    "GTEx Consortium",
    "Lung Image Database Consortium (LIDC)",
    "M.D. Anderson Cancer Center Head And Neck Quantitative Imaging Working Group",
    "M.D. Anderson Cancer Center Head and Neck Quantitative Imaging Working Group",
    "National Cancer Institute Clinical Proteomic Tumor Analysis Consortium (CPTAC)",
    "National Lung Screening Trial Research Team",
    "Princess Margaret Head And Neck Site Group",
    "The ECOG-ACRIN Cancer Research Group",
    "The Research for Precision Oncology Program and the Applied Proteogenomics Organizational Learning and Outcomes "
    "(APOLLO) Research Network",
    # People of whom the source prints one name only.
    "S",
    "Yanling",
    "Zsofia",
}
ALL = sorted(datasets())


def normalized(citation: str) -> str:
    """Without what the archives themselves write in several ways: `[Data set]`, and the DOI's resolver and case."""
    text = " ".join(citation.split()).replace("[Data set]", "[Dataset]").replace("https://doi.org/", "")
    return re.sub(r"10\.\d+/\S+$", lambda doi: doi[0].lower(), text)


def claims() -> list[tuple[Dataset, str, LicenseClaim]]:
    return [
        (each, part.id, claim) for each in datasets().values() for part in each.distributions for claim in part.claims
    ]


def licenses_of(dataset: str, distribution: str, source: str) -> set[str]:
    parts = {part.id: part for part in datasets()[dataset].distributions}
    return {claim.license for claim in parts[distribution].claims if claim.source == source}


def test_every_dataset_of_tcia_and_every_source_of_idc_is_there_once() -> None:
    kinds = Counter(dataset.kind for dataset in recorded().values())
    assert kinds == {DatasetKind.COLLECTION: 239, DatasetKind.ANALYSIS_RESULT: 60, DatasetKind.IDC_SOURCE: 89}
    assert len({dataset.doi for dataset in recorded().values()}) == 388
    reissues = len(datasets()) - len(recorded())
    assert len(list((DATA / "datasets").iterdir())) == 388 + reissues
    assert reissues == 3


def test_tcias_datasets_have_their_722_downloads_and_idcs_one_each() -> None:
    counts = Counter(dataset.archive for dataset in recorded().values() for _ in dataset.distributions)
    assert counts == {Archive.TCIA: 722, Archive.IDC: 89}
    for dataset in recorded().values():
        ids = [part.id for part in dataset.distributions]
        assert len(set(ids)) == len(ids), dataset.id
        if dataset.archive is Archive.IDC:
            assert ids == ["idc"]


def test_every_source_doi_of_idcs_series_leads_to_a_dataset() -> None:
    spec = find_spec("idc_index_data")
    assert spec is not None
    assert spec.origin is not None
    series = Path(spec.origin).parent / "idc_index.parquet"
    with duckdb.connect() as connection:
        rows = connection.execute("select distinct source_DOI from read_parquet(?)", [str(series)]).fetchall()
    dois = {normalize_doi(doi) for (doi,) in rows}
    by_doi = {dataset.doi: dataset for dataset in datasets().values()}
    assert len(dois) == 242
    assert dois <= set(by_doi)
    archives = Counter(by_doi[doi].archive for doi in dois if doi is not None)
    assert archives == {Archive.TCIA: 153, Archive.IDC: 89}


def test_a_doi_that_tcia_writes_with_its_resolver_is_no_second_dataset() -> None:
    eay131 = datasets()["EAY131"]
    assert eay131.doi == "10.7937/c5ke-yx42"
    assert eay131.idc_collections == ("eay131",)
    assert "idc-eay131" not in datasets()


@pytest.mark.parametrize("name", sorted(recorded()))
def test_a_citation_has_creators_title_year_and_doi(name: str) -> None:
    citation = recorded()[name].citation
    assert citation.creators
    assert citation.title
    assert citation.publisher in {"The Cancer Imaging Archive", "TCIA", "Zenodo"}
    assert 2010 <= citation.year <= 2026
    assert normalize_doi(citation.doi) == citation.doi
    assert citation.text is not None
    assert "\n" not in citation.text
    assert not re.search(r"</?\w+>|&\w+;|  ", citation.text + citation.title)


@pytest.mark.parametrize("name", ALL)
def test_the_names_of_creators_are_names(name: str) -> None:
    for creator in datasets()[name].citation.creators:
        assert not re.search(r"[,;<>&\d…]|\.\.\.", _joined(creator)), creator
        if creator.literal is not None:
            assert creator.literal in LITERAL_CREATORS
        else:
            assert creator.family
            assert creator.family == creator.family.strip()
            assert creator.given


def test_rendering_a_parsed_citation_gives_the_sources_string_back() -> None:
    different = {
        name
        for name, each in recorded().items()
        if normalized(apa.render(each.citation)) != normalized(each.citation.text or "")
    }
    assert different == set(NOT_RENDERED_AS_PRINTED)
    assert len(different) <= 0.03 * len(recorded())


def test_citations_that_apa_cut_off_are_complete_where_the_creators_are_known() -> None:
    assert {name for name, dataset in recorded().items() if dataset.citation.truncated} == STAY_CUT_OFF
    completed = [dataset.citation for dataset in recorded().values() if dataset.citation.creators_from is not None]
    assert len(completed) == 29
    assert all(len(citation.creators) > 20 for citation in completed)
    lidc = recorded()["LIDC-IDRI"].citation
    assert len(lidc.creators) == 56
    assert lidc.creators[0] == Creator(family="Armato", given="Samuel G.", suffix="III")
    assert lidc.creators[-1] == Creator(family="Clarke", given="Laurence P.")


def test_a_citation_keeps_the_doi_that_its_source_prints_and_the_dataset_the_one_it_is_found_by() -> None:
    pairs = {
        name: (dataset.doi, dataset.citation.doi)
        for name, dataset in recorded().items()
        if dataset.doi != dataset.citation.doi
    }
    assert pairs == {
        "idc-cmb-mel": ("10.5281/zenodo.13993786", "10.5281/zenodo.13993787"),
        "idc-rcc-aid": ("10.5281/zenodo.22284133", "10.5281/zenodo.20719257"),
    }


def test_a_publication_beside_the_data_citation_is_a_notice() -> None:
    (notice,) = datasets()["idc-rcc-aid"].notices
    assert notice.kind is NoticeKind.CITATION
    assert notice.quote is not None
    assert notice.quote.endswith("https://doi.org/10.59275/j.melba.2026-2dg2")


def test_a_year_that_tcia_leaves_out_comes_with_idcs_citation() -> None:
    citation = datasets()["PSMA-PET-CT-Lesions"].citation
    assert (citation.year, citation.source) == (2026, "idc-index-data")


def test_every_claim_names_a_license_we_have_and_every_fact_a_source_we_list() -> None:
    known = set(load_licenses())
    for dataset, part, claim in claims():
        assert claim.license in known, (dataset.id, part)
        assert claim.source in dataset.sources
    for dataset in datasets().values():
        assert set(dataset.sources) <= sources(), dataset.id
        facts = {dataset.citation.source, *(contact.source for contact in dataset.contacts)}
        facts |= {notice.source for notice in dataset.notices} | {origin.source for origin in dataset.derived_from}
        assert facts <= set(dataset.sources), dataset.id


def test_nbia_speaks_of_the_dicom_of_collections_as_a_whole() -> None:
    for dataset, part, claim in claims():
        if claim.source == "nbia-collection-report":
            assert claim.scope is ClaimScope.COLLECTION
            assert dataset.kind is DatasetKind.COLLECTION
            (named,) = [each for each in dataset.distributions if each.id == part]
            assert named.file_types == () or "DICOM" in named.file_types


def test_idc_speaks_of_dicom_that_is_open() -> None:
    licenses = load_licenses()
    for dataset, part, claim in claims():
        if claim.source == "idc-index-data":
            assert claim.access is Access.OPEN
            own = licenses_of(dataset.id, part, "tcia-collection-manager")
            assert all(licenses[license_].access is Access.OPEN for license_ in own), (dataset.id, part)


def test_every_tcia_dataset_that_idc_hosts_has_idcs_claim() -> None:
    for dataset in datasets().values():
        stated = any(claim.source == "idc-index-data" for part in dataset.distributions for claim in part.claims)
        assert stated is bool(dataset.idc_collections), dataset.id


def test_the_sources_of_phantom_fda_disagree_and_all_of_them_are_kept() -> None:
    assert licenses_of("Phantom FDA", "43115", "tcia-collection-manager") == {"CC-BY-3.0"}
    assert licenses_of("Phantom FDA", "43115", "nbia-collection-report") == {"CC-BY-NC-3.0"}
    assert licenses_of("Phantom FDA", "43115", "idc-index-data") == {"CC-BY-NC-3.0", "CC-BY-3.0"}


@pytest.mark.parametrize(
    ("dataset", "tcia", "nbia"),
    [
        ("Pediatric-CT-SEG", {"CC-BY-4.0"}, {"CC-BY-NC-4.0"}),
        ("NRG-1308", {"LicenseRef-NIH-Controlled-Data-Access"}, {"CC-BY-3.0"}),
        ("CPTAC-SAR", {"CC-BY-4.0"}, {"CC-BY-3.0"}),
        (
            "HEAD-NECK-RADIOMICS-HN1",
            {"LicenseRef-NIH-Controlled-Data-Access"},
            {"LicenseRef-TCIA-No-Commercial-Limited-Access"},
        ),
    ],
)
def test_known_disagreements_of_tcia_and_nbia_stand_side_by_side(dataset: str, tcia: set[str], nbia: set[str]) -> None:
    dicom = next(part.id for part in datasets()[dataset].distributions if "DICOM" in part.file_types)
    assert licenses_of(dataset, dicom, "tcia-collection-manager") == tcia
    assert licenses_of(dataset, dicom, "nbia-collection-report") == nbia


def test_a_download_that_tcias_record_does_not_name_has_no_license_of_tcias() -> None:
    unnamed = {name for name, each in datasets().items() for part in each.distributions if part.id == "0"}
    assert unnamed == {
        "Glioblastoma-Genomic-Mapping",
        "LuminalB-Breast-MR-Enhancement",
        "Pulmonary-Nodules-Segmentation",
        "QIN PROSTATE",
    }
    for name in unnamed:
        assert licenses_of(name, "0", "tcia-collection-manager") == set()


@pytest.mark.parametrize("name", ["Phantom FDA", "NSCLC-Radiomics", "NSCLC-Radiomics-Genomics"])
def test_the_policy_pages_commercial_restriction_is_on_three_whole_datasets(name: str) -> None:
    dataset = datasets()[name]
    (notice,) = [each for each in dataset.notices if each.source == "tcia-policy-page"]
    assert notice.kind is NoticeKind.COMMERCIAL_RESTRICTION
    assert notice.distributions is None
    assert str(notice.before) == "2018-10-30"
    assert set(notice.contacts) <= set(dataset.contacts)
    assert dataset.contacts[0].email in {"marios.gavrielides@fda.hhs.gov", "hugo_aerts@dfci.harvard.edu"}


def test_the_copyright_of_prostate_diagnosis_is_on_its_segmentations_only() -> None:
    dataset = datasets()["PROSTATE-DIAGNOSIS"]
    (notice,) = [each for each in dataset.notices if each.source == "tcia-policy-page"]
    assert notice.kind is NoticeKind.COPYRIGHT
    assert notice.distributions == ("43169", "43171", "43173")
    assert notice.contacts[0].email == "nicolas.bloch@bmc.org"
    assert dataset.contacts == ()


def test_the_policy_page_speaks_of_four_datasets() -> None:
    assert sum("tcia-policy-page" in dataset.sources for dataset in datasets().values()) == 4


def notices() -> list[tuple[str, Notice]]:
    return [(dataset.id, notice) for dataset in datasets().values() for notice in dataset.notices]


def of_kind(dataset: str, kind: NoticeKind) -> list[Notice]:
    return [notice for notice in datasets()[dataset].notices if notice.kind is kind]


def test_every_notice_has_words_of_ours_a_level_an_authority_a_day_and_a_source() -> None:
    for name, notice in notices():
        text = (DATA / "datasets" / paths()[name].name).read_text("utf-8")
        assert text.count("    level: ") == text.count("    authority: ") == len(datasets()[name].notices), name
        assert len(notice.summary.split()) >= 7, name
        assert (notice.as_of is None) is not (notice.before is None), name
        assert notice.source in sources()
        if notice.source == "collection-terms":
            assert notice.reference is not None, name
            assert (
                notice.reference.url is not None
                or notice.authority is Authority.THIRD_PARTY_COPY
                or "PyPI" in notice.reference.title
            )
        assert notice.doi is None or notice.doi == normalize_doi(notice.doi), name


def test_the_notices_are_these_many_of_each_kind() -> None:
    counts = Counter((notice.kind.value, notice.level.value) for _, notice in notices())
    assert counts == {
        ("access", "required"): 2,
        ("acknowledgement", "requested"): 3,
        ("acknowledgement", "required"): 1,
        ("citation", "requested"): 46,
        ("citation", "required"): 8,
        ("commercial-restriction", "required"): 3,
        ("contact", "requested"): 3,
        ("copyright", "required"): 2,
        ("noncommercial-statement", "required"): 3,
    }


def test_only_wording_that_users_are_asked_to_print_or_a_reference_is_quoted() -> None:
    quoted = {(name, notice.kind.value) for name, notice in notices() if notice.quote is not None}
    assert quoted == {("LIDC-IDRI", "acknowledgement"), ("idc-rcc-aid", "citation")}


def test_what_forbids_commercial_use_by_a_statement_was_itself_read() -> None:
    stated = [(name, each.authority) for name, each in notices() if each.kind is NoticeKind.NONCOMMERCIAL_STATEMENT]
    assert [name for name, _ in stated] == ["MIDRC-RICORD-1A", "MIDRC-RICORD-1B", "MIDRC-RICORD-1C"]
    assert {authority for _, authority in stated} == {Authority.OFFICIAL_STATEMENT}


def test_lidc_asks_for_an_acknowledgement_in_these_words() -> None:
    (notice,) = of_kind("LIDC-IDRI", NoticeKind.ACKNOWLEDGEMENT)
    assert notice.level is NoticeLevel.REQUESTED
    assert notice.authority is Authority.OFFICIAL_STATEMENT
    assert notice.reading is Extent.FULL
    assert notice.quote == (
        "The authors acknowledge the National Cancer Institute and the Foundation for the National Institutes of "
        "Health and their critical role in the creation of the free publicly available LIDC/IDRI Database used in "
        "this study."
    )


def test_the_paper_on_breast_cancer_screening_dbt_is_asked_for_on_its_own_page() -> None:
    (notice,) = of_kind("Breast-Cancer-Screening-DBT", NoticeKind.CITATION)
    assert notice.level is NoticeLevel.REQUESTED
    assert notice.doi == "10.1001/jamanetworkopen.2021.19100"
    assert notice.authority is Authority.OFFICIAL_STATEMENT
    assert notice.reading is Extent.FULL
    assert notice.reference is not None
    assert notice.reference.url == "https://www.cancerimagingarchive.net/collection/breast-cancer-screening-dbt/"


def test_the_page_of_prostate_diagnosis_states_a_copyright_on_mark_ups_in_nrrd() -> None:
    stated = [each for each in of_kind("PROSTATE-DIAGNOSIS", NoticeKind.COPYRIGHT) if each.source == "collection-terms"]
    (notice,) = stated
    assert notice.distributions == ("43169", "43171")
    assert notice.authority is Authority.THIRD_PARTY_COPY
    assert "Nicolas Bloch" in notice.summary
    parts = {part.id: part for part in datasets()["PROSTATE-DIAGNOSIS"].distributions}
    assert all("NRRD" in parts[part].file_types for part in notice.distributions)


def test_what_the_brats_agreement_asks_for_is_on_two_datasets_and_no_program_is_on_all() -> None:
    agreed = {name for name, notice in notices() if "BraTS 2018 data usage agreement" in notice.summary}
    assert agreed == {"BraTS-TCGA-GBM", "BraTS-TCGA-LGG"}
    asking = {name for name, dataset in datasets().items() if "collection-terms" in dataset.sources}
    assert len(asking) == 54
    spread = Counter(notice.summary for _, notice in notices())
    assert max(spread.values()) <= 4


def test_a_doi_that_its_source_cuts_off_is_left_out_and_its_paper_named_in_words() -> None:
    for name in ("RIDER Lung CT",):
        (notice,) = of_kind(name, NoticeKind.CITATION)
        assert notice.doi is None
        assert "its DOI is cut off" in notice.summary


def test_the_help_desk_is_whom_eleven_pages_name() -> None:
    named = {
        dataset.id: contact.page
        for dataset in datasets().values()
        for contact in dataset.contacts
        if contact.source == "collection-terms"
    }
    assert len(named) == 11
    assert all(page is not None and page.startswith("https://www.cancerimagingarchive.net/") for page in named.values())


def test_every_paper_is_asked_for_by_a_notice_and_has_what_a_reference_needs() -> None:
    asked = {notice.doi for _, notice in notices() if notice.kind is NoticeKind.CITATION}
    content = located_yaml.read(shipped("rules") / "reference" / "collection-papers.yaml").parse(PapersFile)
    described = {source.id for source in content.sources}
    assert len(content.papers) == 34
    for paper in content.papers:
        assert paper.doi in asked
        assert paper.source in described
        assert paper.creators
        assert paper.container
        assert not paper.truncated
        assert not any("et al" in (creator.family or creator.literal or "") for creator in paper.creators)


def test_every_analysis_result_knows_what_it_was_made_from_and_nothing_derives_from_itself() -> None:
    for dataset in datasets().values():
        origins = [origin.dataset for origin in dataset.derived_from]
        assert origins == sorted(set(origins), key=str), dataset.id
        assert dataset.id not in origins
        assert set(origins) <= set(datasets())
        if dataset.kind is DatasetKind.ANALYSIS_RESULT:
            assert origins, dataset.id


@pytest.mark.parametrize(
    ("dataset", "origins"),
    [
        ("idc-nnu-net-bpr-annotations", {"NLST", "NSCLC-Radiomics"}),
        ("idc-rcc-aid", {"TCGA-KICH", "TCGA-KIRC", "TCGA-KIRP"}),
        ("idc-cptac-luad", {"CPTAC-LUAD"}),
        ("idc-catch", {"CATCH"}),
        ("idc-gtex", set()),
        ("DICOM-LIDC-IDRI-Nodules", {"LIDC-IDRI"}),
        ("BraTS-TCGA-GBM", {"TCGA-GBM"}),
        ("NSCLC-Radiomics", set()),
    ],
)
def test_lineage_is_what_the_archives_say(dataset: str, origins: set[str]) -> None:
    assert {origin.dataset for origin in datasets()[dataset].derived_from} == origins


def test_the_index_says_what_the_files_say() -> None:
    entries = index()["datasets"]
    assert [entry["id"] for entry in entries] == sorted(datasets())
    for entry in entries:
        dataset = datasets()[entry["id"]]
        assert entry["file"] == paths()[dataset.id].name
        assert entry["licenses"] == sorted({claim.license for part in dataset.distributions for claim in part.claims})
        for field in ("title", "doi", "program"):
            assert entry[field] == getattr(dataset, field)
        for field in ("aliases", "idc_collections"):
            assert tuple(entry[field]) == getattr(dataset, field)
        assert (entry["kind"], entry["archive"]) == (dataset.kind.value, dataset.archive.value)


def test_an_idc_collection_leads_to_its_original_datasets() -> None:
    collections = index()["idc_collections"]
    assert len(collections) == 179
    assert collections["cptac_luad"] == ["CPTAC-LUAD", "idc-cptac-luad"]
    assert collections["catch"] == ["CATCH", "idc-catch"]
    assert collections["gtex"] == ["idc-gtex"]
    assert all(ids and set(ids) <= set(datasets()) for ids in collections.values())


def test_no_two_datasets_share_a_name() -> None:
    owners: dict[str, set[str]] = {}
    for dataset in datasets().values():
        for name in (dataset.id, *dataset.aliases):
            owners.setdefault(re.sub(r"[\W_]", "", name.casefold()), set()).add(dataset.id)
    assert [ids for ids in owners.values() if len(ids) > 1] == []
    assert owners["gtex"] == {"idc-gtex"}
    assert owners["cptacluad"] == {"CPTAC-LUAD"}


@pytest.mark.parametrize("name", ALL)
def test_a_file_is_plain_utf_8_with_one_fact_a_line_and_says_where_it_is_from(name: str) -> None:
    content = paths()[name].read_bytes()
    assert re.fullmatch(r"[a-z0-9-]+\.yaml", paths()[name].name)
    assert b"\r" not in content
    text = content.decode("utf-8")
    assert text.startswith("# Generated by `python -m tcia_policy.importers` from ")
    assert not re.search(r"(?<!claims): \[\]$|: (null|~|\{\})?$(?!\n *[-a-z])", text, re.MULTILINE)
    assert yaml.safe_load(text)["id"] == name


def _joined(creator: Creator) -> str:
    return " ".join(part for part in (creator.family, creator.literal, creator.suffix, creator.given) if part)
