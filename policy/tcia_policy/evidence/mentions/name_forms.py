"""What the names of datasets look like, and hence when one can mistake them for something else."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum, auto
from functools import cached_property, partial

from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import DatasetKind
from tcia_policy.registry.index import IndexEntry
from tcia_policy.text.name_keys import compare_key


class Kind(Enum):
    """How much a name says by itself; found out from how it is written, never dataset by dataset.

    `DISTINCTIVE`: several parts, one of them no word and no common abbreviation (`LIDC-IDRI`, `TCGA-GBM`).
    `WORDS`: parts that all are words or common abbreviations (`Prostate-MRI`, `CT Lymph Nodes`).
    `SINGLE`: one part, or a trial's number, that a trial, a person or a tool may have too (`NLST`, `ACRIN-6698`).
    `DISEASE`: one part that is the abbreviation of a disease or a technique (`HNSCC`).
    `TITLE`: a title so long that nobody writes it by chance.
    `IDENTIFIER`: no name that anyone prints but as it is (`idc-tcga-gbm`, `bamf_aimi_annotations`).
    """

    DISTINCTIVE = auto()
    WORDS = auto()
    SINGLE = auto()
    DISEASE = auto()
    TITLE = auto()
    IDENTIFIER = auto()


@dataclass(frozen=True, eq=False)
class Form:
    """One name. `letters` are its letters and digits, `compact` the same in lower case, `parts` where its parts lie.

    `nickname` says that neither ids nor titles have it, so that it may well mean something else (a challenge).
    `is_of_work` says that it is a title that a paper or a trial has too, or may have: it does not say that it is data.
    `breaks` are the positions in it at which a text may put a hyphen or a space: between its parts, where lower case
    meets upper case or a digit (`Ivy-GAP`), and where its dataset's title does (`I-SPY 1` for `ISPY1`).
    """

    spelling: str
    datasets: tuple[str, ...]
    kind: Kind
    letters: str
    compact: str
    parts: tuple[tuple[int, int], ...]
    telling: tuple[bool, ...]
    breaks: frozenset[int]
    genomic: bool = False
    nickname: bool = False
    is_of_work: bool = False

    @cached_property
    def joints(self) -> str:
        """Return what joins the parts of its spelling: hyphens, spaces, underscores."""
        return re.sub(r"[^\W_]+", "", self.spelling)

    @cached_property
    def is_id(self) -> bool:
        """Return whether it is the id of a dataset, and no other name."""
        return any(self.compact == compare_key(dataset) for dataset in self.datasets)

    @cached_property
    def is_long(self) -> bool:
        """Return whether it has so many parts that nobody writes them in a row by chance (`Prostate-MRI-US-Biopsy`)."""
        return len(self.parts) >= _MANY_PARTS and self.kind in (Kind.WORDS, Kind.DISTINCTIVE)


# Abbreviations and words in capitals that mean something without any dataset. A part of a name that is not among them,
# has three characters or more and is no ordinarily written word makes the name distinctive.
DISEASES = frozenset(
    (
        "ACC ALL AML BC BRCA CC CCRCC CLL CM CML COAD COVID CRC DCIS DLBCL ESCC GBM HCC HGG HGSOC HNC HNSC "
        "HNSCC IDC ILC LGG LSCC LUAD LUSC MDS MM NET NPC NSCLC OPC OPSCC OV PCA PDAC PDA PRAD RCC RMS SAR "
        "SARC SCC SCCHN SCLC STAD TNBC UCEC"
    ).split()
)
TECHNIQUES = frozenset(
    (
        "ADC AI CAD CBCT CESM CEUS CODEX CT CTA DBT DCE DICOM DIR DSC DTI DWI FDG FFPE FLAIR FLT FMISO HE "
        "HIFI HSI IHC IMRT MIF MIHC MPM MR MRI NAF PACS PET PSMA QA RECIST RT RTSTRUCT ROI ROIS SBRT SEG "
        "SPECT SUV TACE US USG VS WSI XRAY 2D 3D 4D 1T 3T HER2 KI67 EGFR PD1 PDL1"
    ).split()
)
WORDS_IN_CAPITALS = frozenset(
    (
        "ABDOMEN ADRENAL ANNOTATIONS ATLAS BLADDER BONE BRAIN BREAST CERVIX CHALLENGE CHEST CLASS COLON "
        "COLONOGRAPHY COLORECTAL DATA DIAGNOSIS ESOPHAGUS GENOMICS GLIOMA HEAD HEADNECK KIDNEY LESIONS LIVER "
        "LUNG LYMPH MELANOMA NECK NEURO NODES ORGAN OVARY PANCREAS PELVIS PHANTOM PILOT PROGRESSION PROSTATE "
        "RADIOGENOMICS RADIOMICS RECTUM RESPONSE SARCOMA SKIN SPINE STOMACH SURVIVAL TEST THYROID TREATMENT "
        "TUMOR VALIDATION FDA"
    ).split()
)
ORDINARY = DISEASES | TECHNIQUES | WORDS_IN_CAPITALS
GENOMIC_PROGRAMS = frozenset("tcga cptac htan cgci hcmi gtex ccdi".split())

LEAST_TITLE_WORDS = 8
LEAST_TITLE_LETTERS = 45
LEAST_NAME = 4  # letters and digits; a shorter name is too short to look for
LONGEST_NAME = 400
_SHORTEST_TELLING = 3  # characters of a part that makes a name distinctive
_MANY_PARTS = 4
_TWO_PARTS = 2  # a trial's group and number (`ACRIN-6698`), a program and its cohort (`TCGA-GBM`)
_PART = pattern(r"[^\W_]+")
_SEAM = pattern(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])|(?<=[A-Z]{2})(?=[a-z])")
_WORD = pattern(r"[A-Z]?[a-z]+|[A-Z]|[0-9]+")
# What the title of data says, and that of a paper or a trial need not.
_SAYS_DATA = pattern(
    r"\b(?:data|data-?sets?|data\s?bases?|collections?|images|scans|annotations?|segmentations?|labels?|contours|atlas"
    r"|biobank|archive|challenge|phantoms?|CTs|MRIs|radiographs|slides|measurements|cases)\b",
    re.IGNORECASE,
)
_TITLE_BEGINS = pattern(r"^(?:data from\s+)?(?:(?:the|an?)\s+)?", re.IGNORECASE)
_TITLE_ENDS = pattern(r"\s+(?:collection|data\s?set)$", re.IGNORECASE)


def form(
    spelling: str, datasets: tuple[str, ...] = (), *, title: str = "", genomic: bool = False, least: int = LEAST_NAME
) -> Form | None:
    """Return the form of a name, or `None` where it is too short or too long. `title` may show more breaks."""
    parts: list[tuple[int, int]] = []
    letters = ""
    for match in _PART.finditer(unicodedata.normalize("NFC", spelling)[:LONGEST_NAME]):
        parts.append((len(letters), len(letters) + len(match.group())))
        letters += match.group()
    compact = letters.lower()
    if len(compact) < least or len(compact) != len(letters):
        return None
    words = [letters[start:end] for start, end in parts]
    breaks = {start for start, _end in parts} | {seam.start() for seam in _SEAM.finditer(letters)}
    return Form(
        spelling=spelling,
        datasets=datasets,
        kind=_kind(words, letters),
        letters=letters,
        compact=compact,
        parts=tuple(parts),
        telling=tuple(map(_is_telling, words)),
        breaks=frozenset(breaks | _breaks_in(title, compact)),
        genomic=genomic,
    )


def _kind(words: list[str], letters: str) -> Kind:
    if letters.islower() and "".join(words) == letters and len(words) > 1 and not _reads_as_title(words, letters):
        return Kind.IDENTIFIER
    if len(words) == 1:
        return Kind.DISEASE if words[0].upper() in DISEASES | TECHNIQUES else Kind.SINGLE
    if _reads_as_title(words, letters):
        return Kind.TITLE
    if len(words) == _TWO_PARTS and words[0].isupper() and words[1].isdigit():
        return Kind.SINGLE
    return Kind.DISTINCTIVE if any(map(_is_telling, words)) else Kind.WORDS


def _reads_as_title(words: list[str], letters: str) -> bool:
    return len(words) >= LEAST_TITLE_WORDS and len(letters) >= LEAST_TITLE_LETTERS


def _is_telling(word: str) -> bool:
    """Return whether a part is neither written as words are nor a common abbreviation (`MRIs` is `MRI`)."""
    bare = word[:-1] if word.endswith("s") else word
    return len(word) >= _SHORTEST_TELLING and not _WORD.fullmatch(word) and bare.upper() not in ORDINARY


def _breaks_in(title: str, compact: str) -> set[int]:
    """Return where a title that has the name in it puts a hyphen or a space."""
    words = [word.lower() for word in _PART.findall(title)]
    if compact not in "".join(words):
        return set()
    for first in range(len(words)):
        breaks, length = set[int](), 0
        for word in words[first:]:
            if not compact.startswith(word, length):
                break
            breaks.add(length)
            length += len(word)
            if length == len(compact):
                return breaks
    return set()


def forms(entries: Iterable[IndexEntry], papers: Iterable[str] = ()) -> tuple[Form, ...]:
    """Return a form of every name of every dataset, each once. `papers` are the titles of papers on data.

    An id comes before another dataset's alias, that before an IDC collection, that before a title: `nlst` is `NLST`,
    not every dataset with series in that collection. What two datasets share at the same rank stands for both.
    """
    entries = tuple(entries)
    of_papers = {compare_key(title) for title in papers}
    spelled: dict[str, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for entry in entries:
        for rank, name in _names(entry):
            spelled[compare_key(name)][rank].setdefault(entry.id, name)
    by_id = {entry.id: entry for entry in entries}
    found = []
    for compact, ranks in sorted(spelled.items()):
        owners = ranks[min(ranks)]
        name = _best_spelling(ranks, owners, [by_id[id_] for id_ in owners])
        entry = by_id[min(owners)]
        made = form(name, tuple(sorted(owners)), title=entry.title, genomic=_is_genomic(entry))
        if made is not None and compact:
            is_nickname = not any(map(partial(_has, compact), [by_id[id_] for id_ in owners]))
            is_of_work = made.kind is Kind.TITLE and (compact in of_papers or not _SAYS_DATA.search(name))
            found.append(replace(made, nickname=is_nickname, is_of_work=is_of_work))
    return tuple(found)


def _has(compact: str, entry: IndexEntry) -> bool:
    return any(compact in compare_key(name) for name in (entry.id, entry.title, *entry.idc_collections))


def _names(entry: IndexEntry) -> Iterator[tuple[int, str]]:
    yield 0, entry.id
    for alias in entry.aliases:
        yield 1, alias
    for collection in entry.idc_collections if len(entry.idc_collections) == 1 else ():
        yield 2, collection
    title = _TITLE_BEGINS.sub("", entry.title)
    for name in (entry.title, title, _TITLE_ENDS.sub("", title)):
        yield 3, name


def _best_spelling(ranks: dict[int, dict[str, str]], owners: dict[str, str], entries: list[IndexEntry]) -> str:
    """Return the spelling with capitals: of the id, or of the title that begins with it (`NLST-Sybil: ...`)."""
    name = owners[min(owners)]
    if not name.islower():
        return name
    beginnings = [entry.title.split(":")[0] for entry in entries]
    others = [spelling for rank in sorted(ranks) for spelling in ranks[rank].values()]
    return next(
        (other for other in (*others, *beginnings) if compare_key(other) == compare_key(name) and not other.islower()),
        name,
    )


def _is_genomic(entry: IndexEntry) -> bool:
    """Return whether the name is a genomic program and one of its cohorts, or a program alone (`IvyGAP`)."""
    if entry.kind is DatasetKind.ANALYSIS_RESULT:
        return False
    if _PART.fullmatch(entry.id):
        return True
    names = [_PART.findall(name.lower()) for name in (entry.id, *entry.aliases)]
    return any(name and name[0] in GENOMIC_PROGRAMS and len(name) <= _TWO_PARTS for name in names)
