"""Which datasets a text names, and which words only look like it."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.documents.model import SourceLocation, TextBlock
from tcia_policy.evidence.mentions.mentions import NameFinder, NameUse
from tcia_policy.model import Archive, DatasetKind
from tcia_policy.registry import Registry
from tcia_policy.registry.index import IndexEntry
from tcia_policy.registry.papers import load_papers
from tests.work import IN_PROPORTION, growth

HERE = Path(__file__).parent
ENTRIES = Registry.load().entries
FINDER = NameFinder(ENTRIES, (paper.title for paper in load_papers().by_doi.values()))
# Known silences: the reader lost the typewriter type that told an identifier from a word.
SILENCES = {"Data were accessed through the NCI IDC (collections nlst and lidc_idri).": {"NLST"}}


def uses(text: str) -> list[NameUse]:
    return FINDER.find(TextBlock("a.tex", text))


def named(text: str) -> set[str]:
    return {use.dataset for use in uses(text)}


def sentences(file: str) -> list[tuple[str, set[str]]]:
    rows = yaml.safe_load((HERE / file).read_text(encoding="utf-8"))
    return [(text, set(datasets)) for text, datasets in rows]


ALL = sentences("named_sentences.yaml") + sentences("unseen_sentences.yaml") + sentences("written_sentences.yaml")


def entry(id_: str, *, title: str = "A title", aliases: tuple[str, ...] = ()) -> IndexEntry:
    return IndexEntry(
        id_, "x.yaml", title, "10.7937/x", DatasetKind.COLLECTION, Archive.TCIA, None, aliases, (), ("CC-BY-4.0",)
    )


@pytest.mark.parametrize(("text", "datasets"), ALL, ids=[text[:60] for text, _datasets in ALL])
def test_a_sentence_names_what_a_reader_says_it_names(text: str, datasets: set[str]) -> None:
    assert named(text) == datasets - SILENCES.get(text, set())


def test_half_of_the_sentences_are_traps() -> None:
    assert len(ALL) >= 350
    assert sum(not datasets for _text, datasets in ALL) >= len(ALL) / 2


@pytest.mark.parametrize("dataset", [entry.id for entry in ENTRIES])
def test_every_dataset_is_found_where_its_archive_is_named(dataset: str) -> None:
    assert named(f"We used the {dataset} collection of The Cancer Imaging Archive.") == {dataset}


TRAPS = [text for text, datasets in ALL if not datasets]


@given(st.lists(st.sampled_from(TRAPS), min_size=1, max_size=12))
def test_traps_stay_traps_in_any_company(some: list[str]) -> None:
    assert named("\n\n".join(some)) == set()


ORDINARY_WORDS = (
    "we the a of and in patients with lung breast prostate brain head neck liver kidney pancreas cancer "
    "tumor tumors glioma sarcoma melanoma CT MRI PET MR scan scans imaging images radiomics diagnosis "
    "progression phantom screening lymph nodes dataset collection cohort data publicly available "
    "downloaded treatment response survival segmentation annotations study trial lesion lesions healthy "
    "total body soft tissue pelvic reference mouse mammary NSCLC GBM LUAD COVID-19 FDG-PET were was is "
    "from by on that reader exact remind catch plethora rider pilot"
).split()


@given(st.lists(st.sampled_from(ORDINARY_WORDS), min_size=1, max_size=40))
def test_ordinary_medical_words_in_lower_case_name_nothing(words: list[str]) -> None:
    assert named(" ".join(words)) == set()


@given(st.sampled_from(["-", " ", "\n", "-\n", "‐", "‑", "–", "/", "_", "\u00a0", "  \n   ", "- ", "\u00ad-\u200b"]))
def test_any_hyphen_or_space_joins_a_name(joint: str) -> None:
    text = f"We used LIDC{joint}IDRI here."
    (use,) = uses(text)
    assert use.dataset == "LIDC-IDRI"
    assert use.offset == text.index("LIDC")


@given(st.text(max_size=300))
def test_any_text_is_read_and_offsets_lie_in_it(text: str) -> None:
    for use in uses(f"{text} LIDC-IDRI {text}"):
        assert 0 <= use.offset < 2 * len(text) + 11
    assert "LIDC-IDRI" in named(f"{text}\n\nThe scans of LIDC-IDRI were read.")


def test_a_use_says_where_and_how() -> None:
    prose = TextBlock("paper/main.tex", "One line.\nScans of TCGA-\nGBM.", starts=(0, 10, 24), numbers=(7, 8, 9))
    (use,) = FINDER.find(prose)
    assert use == NameUse("TCGA-GBM", "TCGA-GBM", SourceLocation("paper/main.tex", 8), 19, "exact spelling")


def test_a_list_of_references_names_nothing() -> None:
    assert FINDER.find(TextBlock("a", "Data from LIDC-IDRI. The Cancer Imaging Archive.", is_references=True)) == []


def test_the_longest_name_is_the_one_that_is_meant() -> None:
    assert named("We used ACRIN-HNSCC-FDG-PET-CT from TCIA.") == {"ACRIN-HNSCC-FDG-PET-CT"}
    assert named("We used DICOM-LIDC-IDRI-Nodules from TCIA.") == {"DICOM-LIDC-IDRI-Nodules"}
    assert named("We used CC-Radiomics-Phantom-2 from TCIA.") == {"CC-Radiomics-Phantom-2"}


def test_a_part_of_an_unknown_longer_name_is_no_name() -> None:
    assert named("We used TCGA-GBM-xyz, my-TCGA-GBM and LIDC-IDRI_v2 from TCIA.") == set()


def test_a_program_goes_on_with_its_next_cohort() -> None:
    assert named("Images of TCGA-LUAD/LUSC, and of CPTAC-UCEC, -PDA and -LUAD.") == {
        "TCGA-LUAD", "TCGA-LUSC", "CPTAC-UCEC", "CPTAC-PDA", "CPTAC-LUAD",
    }  # fmt: skip


def test_a_full_title_names_its_dataset_across_lines() -> None:
    text = "Data from The Lung Image Database Consortium (LIDC) and\nImage Database Resource Initiative (IDRI): "
    text += "A completed\nreference database of lung nodules on CT scans"
    assert named(text) == {"LIDC-IDRI"}


def test_an_identifier_of_idc_is_not_the_slides_alone() -> None:
    assert named("The IDC TCGA-GBM collection was tiled.") == {"TCGA-GBM"}
    assert named("The dataset idc-tcga-gbm was tiled.") == {"idc-tcga-gbm"}


def test_genes_in_one_sentence_do_not_silence_images_in_the_next() -> None:
    assert named("Expression of TCGA-LGG came from the GDC. MR images of TCGA-GBM were read.") == {"TCGA-GBM"}


@pytest.mark.parametrize("data", ["cohorts are TCGA-KIRC and TCGA-KIRP", "full GTEx dataset was added"])
def test_a_text_of_genes_without_any_image_names_no_images(data: str) -> None:
    assert named(f"Transcripts were counted.\n\nThe {data}.") == set()
    assert named(f"Slides were scanned.\n\nTranscripts were counted.\n\nThe {data}.") != set()


def test_genes_in_a_text_that_has_images_too_silence_nothing_in_other_sentences() -> None:
    text = "Mutations came from the GDC. We split TCGA-GBM by patient. Every scan was resampled."
    assert named(text) == {"TCGA-GBM"}


TABLE = "Text.\n\nDataset\tPatients\tUse\n{}\t422\tTraining\nours\t20\tTesting"


@pytest.mark.parametrize("dataset", ["NSCLC-Radiomics", "Brain-Tumor-Progression", "Pancreas-CT", "NLST", "LIDC-IDRI"])
@pytest.mark.parametrize("separator", ["\t", " | "])
def test_a_column_of_datasets_names_them(dataset: str, separator: str) -> None:
    assert named(TABLE.format(dataset).replace("\t", separator)) == {dataset}


def test_other_lines_of_a_table_make_no_heading_of_its_cells() -> None:
    rows = (
        "Source Patients Use\nHospital 20 Testing\nNSCLC-Radiomics 422 Training\nHospital 9 Testing\nHospital 7 Testing"
    )
    assert named(rows) == {"NSCLC-Radiomics"}


@pytest.mark.parametrize(
    "text",
    [
        TABLE.format("HNSCC"),
        TABLE.format("Pancreas-CT at 3 mm"),
        TABLE.format("Pancreas-CT").replace("Dataset", "Examination"),
        "Modality\tDataset\nPancreas-CT\tours",
        "Dataset\tPatients\nours\t4\n\nPancreas-CT\t4",
    ],
)
def test_a_cell_elsewhere_is_no_dataset(text: str) -> None:
    assert named(text) == set()


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    assert named("As in Smith et al. The Cancer Imaging Archive was searched, e.g. for HNSCC.") == set()
    assert named("We took from TCIA (cf. Smith et al. 2020) the collections HNSCC and RADCURE.") == {"HNSCC", "RADCURE"}


def test_a_dataset_of_a_later_registry_falls_into_its_class_by_its_form() -> None:
    finder = NameFinder([entry("XYZQ-LUNG"), entry("ESCC"), entry("Liver-CT"), entry("NEWTRIAL99")])

    def found(text: str) -> set[str]:
        return {use.dataset for use in finder.find(TextBlock("a", text))}

    assert found("We used XYZQ-LUNG.") == {"XYZQ-LUNG"}
    assert found("ESCC and NEWTRIAL99 were discussed. Liver-CT was performed.") == set()
    assert found("From TCIA we used ESCC, NEWTRIAL99 and Liver-CT.") == {"ESCC", "NEWTRIAL99", "Liver-CT"}


def test_a_name_of_two_datasets_stands_for_both() -> None:
    finder = NameFinder([entry("A-ONEXX", aliases=("Shared-NAMEX",)), entry("B-TWOXX", aliases=("Shared-NAMEX",))])
    assert {use.dataset for use in finder.find(TextBlock("a", "We used Shared-NAMEX."))} == {"A-ONEXX", "B-TWOXX"}


@pytest.mark.parametrize(
    "piece",
    [
        "TCGA ",
        "HNSCC dataset of ",
        "TCGA-GBM/LGG, ",
        "https://a/NLST/",
        "([",
        "-",
        "a ",
        "NLST;",
        "LIDC-\n",
        "The Cancer ",
        "Pancreas-CT\t4\n",
        "Pancreas-CT\t",
        "CT+Lymph%20",
        "data:\nNLST\n",
        "Duke's Pancreas CT ",
        "%2Fnlst",
        "NLST, ",
        "scans from the NLST ",
    ],
)
def test_a_hostile_text_takes_work_in_proportion_to_its_length(piece: str) -> None:
    assert growth(lambda size: uses(piece * (size // len(piece))), 3_000) < IN_PROPORTION
    text = piece * (120_000 // len(piece))
    assert all(text.startswith(use.name, use.offset) for use in uses(text))


def test_a_book_takes_work_in_proportion_to_its_length() -> None:
    line = "Patients with lung cancer underwent CT imaging, and Breast MRI was read by two. We used the NLST dataset.\n"
    assert growth(lambda lines: uses(line * lines), 50) < IN_PROPORTION
    assert [use.offset // len(line) for use in uses(line * 10_000)] == list(range(10_000))


@pytest.mark.parametrize(
    ("text", "dataset"),
    [
        ("CT scans (https://wiki.cancerimagingarchive.net/pages/viewpage.action?pageId=1966254).", "LIDC-IDRI"),
        ("Data: https://www.cancerimagingarchive.net/collection/duke-breast-cancer-mri/", "Duke-Breast-Cancer-MRI"),
        ("mammograms, see https://cancerimagingarchive.net/?p=42097", "CBIS-DDSM"),
        ("https://wiki.cancerimagingarchive.net/display/Public/LIDC-IDRI, accessed in 2020", "LIDC-IDRI"),
    ],
)
def test_a_link_to_its_page_names_a_dataset(text: str, dataset: str) -> None:
    assert named(text) == {dataset}


@pytest.mark.parametrize(
    ("text", "datasets"),
    [
        ("We trained on the autoPET dataset from TCIA.", {"FDG-PET-CT-Lesions"}),
        ("Our method won second place in autoPET.", set()),
        ("We used the LIDC dataset.", {"LIDC-IDRI"}),
        ("The LIDC read every scan twice.", set()),
        ("https://www.cancerimagingarchive.net/browse-collections/", set()),
        ("https://cancerimagingarchive.net/?p=99999999", set()),
    ],
)
def test_a_nickname_counts_by_context_only(text: str, datasets: set[str]) -> None:
    assert named(text) == datasets
