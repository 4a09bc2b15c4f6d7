"""Which parts a word may mean: all of them, so none picks only open parts where a controlled one may be meant."""

import re
from collections.abc import Iterator

import pytest

from tcia_policy.cohorts.distributions import is_controlled
from tcia_policy.cohorts.parts_meant import names_any, parts_meant
from tcia_policy.model import Dataset, Distribution
from tcia_policy.registry import Registry
from tcia_policy.registry.part_words import load_part_words
from tests.registry.small_registry import dataset, part


@pytest.fixture(scope="module")
def registry() -> Registry:
    """Return the registry that ships."""
    return Registry.load()


ALL_WORDS = ("data", "the data", "dataset", "files", "everything", "all", "collection", "patients", "cases", "subjects")
IMAGE_WORDS = (
    *(
        "image",
        "Images",
        "imaging",
        "imaging data",
        "image data",
        "scans",
        "pictures",
        "volumes",
        "series",
        "raw images",
    ),
    *("brain images", "images of the head", "head scans", "images and clinical data", "clinical data, images"),
)
WORDS_FOR_TYPES = {
    "MR": ("MR", "MRI", "mri scans", "MRIs", "T1 images", "magnetic resonance", "MR images"),
    "CT": ("CT", "CTs", "CT scans", "computed tomography", "PET/CT", "CT images"),
    "PT": ("PT", "PET", "PET scans", "FDG PET", "PET-CT"),
    "RTSTRUCT": ("RTSTRUCT", "structures", "contours", "segmentations", "masks", "GTV", "annotations", "labels"),
    "SEG": ("SEG", "segmentations", "segmentation masks", "ground truth", "labels"),
    "Segmentation": ("segmentation", "masks", "outlines"),
    "RTDOSE": ("RTDOSE", "dose", "radiotherapy"),
    "RTPLAN": ("RTPLAN", "plans", "RT"),
    "Diagnosis": ("clinical data", "Diagnosis"),
}
RADIOLOGY = {"MR", "CT", "PT", "NM"}


def mixed(registry: Registry) -> Iterator[tuple[Dataset, list[Distribution]]]:
    """Yield the datasets that have open and controlled parts, with the controlled ones."""
    for entry in registry.entries:
        found = registry.get(entry.id)
        closed = [each for each in found.distributions if is_controlled(each, registry.licenses)]
        if closed and len(closed) < len(found.distributions):
            yield found, closed


def words_for(of: Dataset, closed: Distribution) -> Iterator[str]:
    """Yield words by which somebody may mean this controlled part."""
    yield from ALL_WORDS
    yield from (of.id, of.id.replace("-", " "), of.title, closed.id, closed.title)
    for type_ in (*closed.data_types, *closed.file_types):
        yield from ("DICOM",) if type_ == "DICOM" else WORDS_FOR_TYPES.get(type_, ())
    if RADIOLOGY & set(closed.data_types):
        yield from IMAGE_WORDS
        yield "radiology"
    yield from (word for word in re.findall(r"[A-Za-z]{4,}", closed.title) if word.lower() != "only")


def test_no_word_picks_only_open_parts_where_a_controlled_part_may_be_meant(registry: Registry) -> None:
    missed, tried = [], 0
    for of, controlled in mixed(registry):
        ids = {each.id for each in controlled}
        for closed in controlled:
            for word in dict.fromkeys(words_for(of, closed)):
                meant = set(parts_meant(of, word))
                tried += 1
                if meant and not meant & ids:
                    missed.append((of.id, word))
    assert missed == []
    assert tried > 1500


def test_the_words_for_all_that_there_is_and_the_own_name_pick_every_part(registry: Registry) -> None:
    wrong = [
        (of.id, word)
        for of, _ in mixed(registry)
        for word in (*ALL_WORDS, of.id, of.id.upper(), of.title)
        if parts_meant(of, word) != tuple(each.id for each in of.distributions)
    ]
    assert wrong == []


def test_an_id_and_a_whole_title_of_several_words_pick_that_part_alone(registry: Registry) -> None:
    wrong = []
    for of, _ in mixed(registry):
        for each in of.distributions:
            alike = [other.id for other in of.distributions if other.title == each.title]
            several = len(re.findall(r"[^\W_]+", each.title)) > 1
            wrong += [each.id] if parts_meant(of, each.id) != (each.id,) else []
            wrong += [each.title] if several and list(parts_meant(of, each.title.lower())) != alike else []
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "word", "ids"),
    [
        ("REMBRANDT", "MRI", ("43411", "43417")),
        ("REMBRANDT", "brain", ()),
        ("REMBRANDT", "VASARI_MRI_features", ("43417",)),
        ("REMBRANDT", "features", ("43417",)),
        ("REMBRANDT", "clinical data", ("43413",)),
        ("HNSCC", "clinical data", ("45823", "45787")),
        ("RHUH-GBM", "brain", ("45345", "45347", "45349")),
        ("RHUH-GBM", "brain images", ("45345", "45347")),
        ("RHUH-GBM", "brain-extracted images", ("45347",)),
        ("HNSCC", "pre-treatment CT", ("42477", "45821", "45823", "45825", "45785", "45787")),
        ("HNSCC", "clinical CT", ("42477", "45821", "45823", "45825", "45785", "45787")),
        ("REMBRANDT", "ground truth MRI", ("43411", "43413", "43415", "43417")),
        ("REMBRANDT", "pre-contrast MRI", ("43411", "43417")),
        ("LDCT-and-Projection-data", "protocol CT", ("42651", "54940", "42653", "52435", "42655")),
        ("LDCT-and-Projection-data", "user manual", ("42655",)),
        ("RHUH-GBM", "pre brain-extracted images", ("45345", "45347", "45349")),
        ("FDG-PET-CT-Lesions", "pre-defaced images", ("41509", "55754", "41511")),
        ("FDG-PET-CT-Lesions", "images, not defaced", ("41509", "55754", "41511")),
        ("BCBM-RadioGenomics", "skull-stripped images", ("50097",)),
        ("BCBM-RadioGenomics", "non-skull-stripped images", ("50097", "50283", "50323", "50399")),
        ("CMB-AML", "CT XA", ("48105", "48107")),
        ("CMB-AML", "image metadata", ("48105", "48107", "41647")),
        ("RHUH-GBM", "images and segmentations", ("45345", "45347")),
        ("FDG-PET-CT-Lesions", "images", ("41509", "55754")),
        ("FDG-PET-CT-Lesions", "defaced images", ("55754",)),
        ("FDG-PET-CT-Lesions", "Images - Defaced", ("55754",)),
        ("CPTAC-LSCC", "PET-CT", ("44935", "48477")),
        ("CPTAC-GBM", "slide images", ("44607",)),
        ("CPTAC-GBM", "tissue", ("44607",)),
        ("CMB-AML", "Images", ("48105", "48107", "41647")),
        ("CMB-GEC", "head MRI", ("41677", "47105")),
        ("LDCT-and-Projection-data", "Images of the head", ("52435",)),
        ("Oropharyngeal-Radiomics-Outcomes", "outcomes", ("45785", "45787")),
    ],
)
def test_a_word_picks_by_type_and_by_title(registry: Registry, name: str, word: str, ids: tuple[str, ...]) -> None:
    assert parts_meant(registry.get(name), word) == ids


TELL_IMAGES_APART = {"chest", "liver", "phantom", "defaced"}
IMAGE_NOUNS = {"images": RADIOLOGY, "CT": {"CT"}, "MRI": {"MR"}, "PET": {"PT"}}


def words_before(of: Dataset) -> Iterator[str]:
    """Yield every word that may stand before `CT`: those for tables and documents, and those of all titles."""
    recorded = load_part_words()
    no_images = {"clinical data", "genomics", "features", "tables", "reports"}
    yield from (word for kind in recorded.kinds if kind.kind in no_images for word in kind.words)
    yield from (*recorded.titles, *recorded.details, *recorded.everything, *recorded.negations, *recorded.before)
    yield from (f"{denied} {word}" for denied in ("not", "non", "pre") for word in recorded.telling)
    yield from (type_ for part_ in of.distributions for type_ in part_.data_types if type_ not in RADIOLOGY)
    yield from (word for part_ in of.distributions for word in re.findall(r"[A-Za-z]{3,}", part_.title))


def test_no_word_before_an_image_word_makes_it_mean_a_table_or_other_images(registry: Registry) -> None:
    missed, tried = [], 0
    for of, controlled in mixed(registry):
        words = {word.lower() for word in words_before(of)} - TELL_IMAGES_APART
        for noun, types in IMAGE_NOUNS.items():
            meant_closed = {each.id for each in controlled if types & set(each.data_types)}
            for phrase in [f"{word} {noun}" for word in words if meant_closed] + [f"{noun} {word}" for word in words]:
                meant = parts_meant(of, phrase) if meant_closed else ()
                tried += bool(meant)
                images = [
                    each for each in of.distributions if each.id in meant and is_named_by_kind(each, phrase, types)
                ]
                if meant and not meant_closed & set(meant) and not images:
                    missed.append((of.id, phrase))
    assert missed == []
    assert tried > 5000


def is_named_by_kind(each: Distribution, phrase: str, types: set[str]) -> bool:
    """Return whether a part has such images, and is of another type that the phrase names (`slide images`)."""
    kinds = load_part_words().kinds
    words = {word.removesuffix("s") for word in phrase.lower().split()}
    named = {type_ for kind in kinds if words & set(kind.words) for type_ in kind.types}
    named |= {type_ for type_ in each.data_types if words & set(type_.lower().split())}
    own = set(each.data_types)
    return bool(named & own - types) and bool(own - {"Diagnosis", "Treatment", "Follow-Up", "Demographic", "Other"})


@pytest.mark.parametrize(
    "word", ["", " ", "-", "--", "?", "and", "of the", "proteomics", "MRI proteomics", "clinial data"]
)
def test_a_word_that_names_nothing_fits_no_part(word: str) -> None:
    made = dataset("X", "10.1234/x", [part("1", "Images", data_types=["MR"]), part("2", "Clinical data")])
    assert parts_meant(made, word) == ()


def test_a_part_without_a_type_is_found_by_its_title() -> None:
    made = dataset("X", "10.1234/x", [part("1", "Scans", data_types=[]), part("2", "Masks", data_types=[])])
    assert parts_meant(made, "images") == ("1",)
    assert parts_meant(made, "segmentations") == ("2",)


@pytest.mark.parametrize(
    ("word", "fits"),
    [
        ("raw Proteomics data", True),
        ("proteome", True),
        ("whole exomes", False),
        ("data", False),
        ("", False),
        ("-", False),
    ],
)
def test_recorded_words_may_stand_beside_words_that_tell_nothing(word: str, fits: bool) -> None:
    assert names_any(word, ["proteomics", "proteome"]) is fits
