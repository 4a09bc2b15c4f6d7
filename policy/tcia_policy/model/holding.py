"""Holdings, which users know as data items: a dataset that a study used, and the parts that may be meant."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from tcia_policy.model.base import Day, Made


class HoldingKind(StrEnum):
    """The reason why this holding is one line of the assessment.

    `dataset`: a dataset of the registry. `other`: data from elsewhere, on the user's word. `own`: the institution's own
    data, on the user's word. `not-in-idc-index`: series
    that idc-index-data does not have. `unlisted-source`: series whose source DOI the registry does not know.
    `not-understood`: lines or items of a cohort file that could not be read.
    """

    DATASET = "dataset"
    OTHER = "other"
    OWN = "own"
    NOT_IN_IDC_INDEX = "not-in-idc-index"
    UNLISTED_SOURCE = "unlisted-source"
    NOT_UNDERSTOOD = "not-understood"


class OtherKind(StrEnum):
    """What a data item is: data, a model (such as pretrained weights), or software."""

    DATASET = "dataset"
    MODEL = "model"
    SOFTWARE = "software"


class Route(StrEnum):
    """The place where the user got the files. `other` is any place that is not listed."""

    TCIA = "tcia"
    IDC = "idc"
    GENERAL_COMMONS = "general-commons"
    CTDC = "ctdc"
    PDC = "pdc"
    GDC = "gdc"
    DBGAP = "dbgap"
    CPTAC_PORTAL = "cptac-portal"
    CDAS = "cdas"
    KAGGLE = "kaggle"
    HUGGING_FACE = "hugging-face"
    ZENODO = "zenodo"
    FDAT = "fdat"
    SYNAPSE = "synapse"
    GRAND_CHALLENGE = "grand-challenge"
    GITHUB = "github"
    AWS = "aws"
    INSTITUTION = "institution"
    OTHER = "other"


class Repository(NamedTuple):
    """The names of a repository in publications: in full with its `article`, in short, and within a sentence."""

    name: str
    short: str
    in_sentence: str
    article: str = "the "


# An institution and any other place are `NOWHERE`, written as "elsewhere".
REPOSITORIES: Mapping[Route, Repository] = {
    Route.TCIA: Repository("The Cancer Imaging Archive", "TCIA", "TCIA", article=""),
    Route.IDC: Repository("Imaging Data Commons", "IDC", "IDC"),
    Route.GENERAL_COMMONS: Repository("General Commons", "General Commons", "the General Commons"),
    Route.CTDC: Repository("Clinical and Translational Data Commons", "CTDC", "the CTDC"),
    Route.PDC: Repository("Proteomic Data Commons", "PDC", "the PDC"),
    Route.GDC: Repository("Genomic Data Commons", "GDC", "the GDC"),
    Route.DBGAP: Repository("database of Genotypes and Phenotypes", "dbGaP", "dbGaP"),
    Route.CPTAC_PORTAL: Repository("CPTAC Data Portal", "CPTAC portal", "the CPTAC portal"),
    Route.CDAS: Repository("Cancer Data Access System", "CDAS", "CDAS"),
    Route.KAGGLE: Repository("Kaggle", "Kaggle", "Kaggle", article=""),
    Route.HUGGING_FACE: Repository("Hugging Face", "Hugging Face", "Hugging Face", article=""),
    Route.ZENODO: Repository("Zenodo", "Zenodo", "Zenodo", article=""),
    Route.FDAT: Repository("research data archive of the University of Tübingen", "FDAT", "FDAT"),
    Route.SYNAPSE: Repository("Synapse", "Synapse", "Synapse", article=""),
    Route.GRAND_CHALLENGE: Repository("Grand Challenge", "Grand Challenge", "Grand Challenge", article=""),
    Route.GITHUB: Repository("GitHub", "GitHub", "GitHub", article=""),
    Route.AWS: Repository("Amazon Web Services", "AWS", "AWS", article=""),
}
NOWHERE = Repository("", "", "elsewhere")
DESK_CAN_NAME = "the archive's help desk, help@cancerimagingarchive.net, can name them"
"""Who can name the owner of a dataset that no source names."""


class PartWord(Made):
    """A word that the user wrote for parts, and the ids of all parts that it was read as."""

    word: str
    parts: tuple[str, ...]


class CopyClaim(Made):
    """A license that came with the copy of the user, and who says so: the project, or a file beside the copy.

    `in_rows` is for what rows of a cohort file say: it counts beside the registry, and is no word of the user's.
    """

    license: str
    source: str
    in_rows: bool = False


class ConcludedLicense(Made):
    """The license that a reviewer concluded to hold, of those that are stated, for these `parts` by their ids.

    Without `parts`, it is for data of which no parts are known. `decision` is the name of the decision, `role` that of
    the reviewer, `on` its day.
    """

    license: str
    parts: tuple[str, ...] = ()
    decision: str
    role: str
    on: Day


class WordOf(StrEnum):
    """By whose word series count as a dataset's that IDC's index does not have: their rows', or the file's name.

    `PATIENTS`, `STUDIES`: the patients or studies that are named are of this dataset, and the index does not have all
    of its parts.
    """

    ROWS = "rows"
    FILE_NAME = "file-name"
    PATIENTS = "patients"
    STUDIES = "studies"


class Holding(Made):
    """One dataset (or one heap of unresolved things) that the study used.

    `id` says which copy of which data it is, and never counts: the user's `id:`, else the dataset with the place that
    the copy is from, where that is not the usual one, and the version where one is stated: `LIDC-IDRI@idc,v22`.
    `distributions` are the ids of the parts that may be held; `distributions_stated` says whether the user named them
    (or they follow from the files), so that no other part can be meant. `all_used` says that each of them was used:
    they were named together. Else any of them may have been. `words_read` says as which parts each word of the user was
    read. `copy_license` and `copy_license_file` are what the user says came with the copy, `copy_claims` the licenses
    that these state; `altered` is whether the place that it came from had changed it.
    `claimed_licenses` are license identifiers that IDC's index gives the selected series, or that the place a copy came
    from gives its data. `series` counts distinct
    SeriesInstanceUIDs, `size_mb` is their size in MB (10**6 bytes) in IDC's index, and `collections` are the IDC
    collections that they are of (empty where no series are listed). `items` are the selections this came
    from; `examples` are up to three lines or UIDs that did not resolve; `license` is the user's word for `other` data.
    `removed_after` is the last version of IDC's index that had the series, if IDC has removed them.
    `parts_named` are the user's words for parts that the registry does not have; `named_otherwise` is the dataset that
    a cohort file's name promises while it holds this one. `item` is the `id` of the project's item, where it has one;
    `content` says whether it is data, a model or software. For data on the user's word, `registered_as` is the dataset
    of the registry that has the DOI stated, and `named_like` the one whose name is in theirs; `speaks_of` is an
    archive, a challenge or a DOI of TCIA that their name or description has. `concluded` are the
    licenses that reviewers concluded to hold. `on_word_of` says by whose word series are of the dataset that IDC's
    index does not have; `rows_name` are other datasets that rows name for these series; `shown_by` is what in a cohort
    file shows the place that the copy is from. `whole_studies` and `whole_patients` are how many studies and patients
    were named, of which all series count. `may_be_unused` says that it counts since it may have been used, and perhaps
    was not: patients or studies are named, and the index does not have these parts.
    """

    id: str
    kind: HoldingKind
    name: str
    dataset: str | None = None
    distributions: tuple[str, ...] = ()
    distributions_stated: bool = False
    all_used: bool = False
    words_read: tuple[PartWord, ...] = ()
    copy_license: str | None = None
    copy_license_file: str | None = None
    copy_claims: tuple[CopyClaim, ...] = ()
    altered: bool | None = None
    claimed_licenses: tuple[str, ...] = ()
    license: str | None = None
    doi: str | None = None
    version: str | None = None
    obtained_from: Route
    obtained_on: Day | None = None
    series: int | None = None
    size_mb: float | None = None
    collections: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    parts_named: tuple[str, ...] = ()
    named_otherwise: str | None = None
    removed_after: str | None = None
    item: str | None = None
    content: OtherKind = OtherKind.DATASET
    registered_as: str | None = None
    named_like: str | None = None
    speaks_of: str | None = None
    concluded: tuple[ConcludedLicense, ...] = ()
    on_word_of: WordOf | None = None
    rows_name: tuple[str, ...] = ()
    shown_by: str | None = None
    whole_studies: int | None = None
    whole_patients: int | None = None
    may_be_unused: bool = False
