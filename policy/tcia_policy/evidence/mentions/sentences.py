"""What surrounds a name: the sentence that it stands in, and what that sentence speaks of."""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from tcia_policy.lazy import dataclass, pattern

LONGEST_SENTENCE = 1500  # characters; a table or a list without any full stop is cut there
NEAR = 60  # characters
AROUND = 100
MOST = 0.6
LONGEST_LINK = 200
LINES_OF_A_TITLE = 3
LONGEST_TABLE = 4000  # characters above a name in which its table may begin
LONGEST_LINE = 400
FEWEST_PIECES = 3  # of a table's row that is cut at its cells and at the name: there is another cell

_SENTENCE_ENDS = pattern(r"[.!?][)\]\"'”’]{0,3}\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n[ \t]*\n")
_NO_END = pattern(
    r"(?:\b(?:al|[Ff]igs?|e\.g|i\.e|vs|[Nn]o|nos|[Dd]r|[Rr]efs?|[Ee]qs?|[Ss]ec|[Tt]ab|approx|ca|cf|[Ii]nc|[Ss]t|et|resp|vol|Vol)|\b[A-Z])\.$"
)

_ARCHIVE = pattern(
    r"\bTCIA\b|Cancer\s+Imaging\s+Archive|cancerimagingarchive|10\.(?:7937|25737)/|Imaging\s+Data\s+Commons|imaging\.datacommons"
    r"|\bNCI(?:['’]s)?\s+IDC\b|\bIDC\s+(?:portal|collections?|data|release|v\d|version)|\b(?:from|in|via|through|on|the)\s+(?:the\s+)?IDC\s*(?:[,;.)]|$|and\b|or\b)"
)
_SETS = r"(?:data[\s-]?sets?|collections?|data\s?bases?|benchmarks?|challenges?|repositor(?:y|ies)|cohorts?)"
_PLURAL_SETS = pattern(r"\b(?:data[\s-]?sets|collections|data\s?bases|benchmarks)\b", re.IGNORECASE)
_ACQUIRED = pattern(
    r"\bdownloaded\b|\bpublicly[\s-]+(?:available|accessible)\b|\bopen[\s-]access\b|\bpublic\s+data\b", re.IGNORECASE
)
_A_SET = pattern(r"\b(?:data[\s-]?set|collection|data\s?base|benchmark)\b", re.IGNORECASE)
_GENOMIC = pattern(
    r"\b(?:gene|genes|genomics?|genome|mRNA|miRNA|RNA|RNA-?seq\w*|scRNA\w*|transcript\w*|expression|methylation|mutations?|mutational|"
    r"single[\s-]cells?|microarrays?|TCGAbiolinks|"
    r"copy[\s-]number|GDC|cBioPortal|Xena|GEPIA\w*|sequencing|exome|proteom\w*|phosphoproteom\w*|proteogenom\w*|GEO|PDC|GTEx\s+Portal|"
    r"FPKM|TPM|WES|WGS|SNV|CNV|eQTLs?|GSE\d+)\b",
    re.IGNORECASE,
)
# The name of a program says nothing on what of its data is meant.
_PROGRAM_NAME = pattern(
    r"\bCancer\s+Genome\s+(?:Atlas|Characterization\s+Initiative)|\bClinical\s+Proteomic\s+Tumou?r\s+Analysis\s+Consortium",
    re.IGNORECASE,
)
_IMAGING = pattern(
    r"\b(?:imag(?:e|es|ing)|MRIs?|MR|CTs?|PET|scans?|slides?|WSIs?|radiom\w*|radiog\w*|radiolog\w*|tomogra\w*|segment\w*|histopatholog\w*|"
    r"patholog\w*|DICOM|TCIA|X-?rays?|mammogra\w*|ultrasound|voxels?|deep\s+learning|pixels?|H&E|nnU-?Net)\b",
    re.IGNORECASE,
)
_OWN_DATA = pattern(
    r"\b(?:our|ours|in-house|institutional|private|proprietary|local)\b|\bour\s+(?:own|hospital|institution|cent(?:er|re))|"
    r"\bwe\s+(?:retrospectively\s+|prospectively\s+)?(?:collected|enrolled|recruited|acquired)\b|\bat\s+(?:our|a\s+single|\w+)\s+(?:hospital|institution|cent(?:er|re)s?)\b|"
    r"\bfrom\s+(?:our|\w+)\s+(?:hospitals?|institutions?|cent(?:er|re)s)\b",
    re.IGNORECASE,
)
_CELL_ENDS = pattern(r"[\t|]")
_CELL_OR_LINE_ENDS = pattern(r"[\t|\n]")
_AROUND_A_CELL = " *_`~†‡§"
_HEAD_OF_SETS = pattern(
    rf"[\s*_]*(?:(?:public|imaging|TCIA|source|training|test|external)\s+)?(?:{_SETS}|data\s+sources?)(?:\s+names?)?[\s*_]*$",
    re.IGNORECASE,
)
_LONG_WORD = pattern(r"\b[^\W\d_][^\W\d_]{3,}\b")
_FOLLOWING_SET = pattern(
    r"(?:['’]s?)?(?:/(?-i:[A-Z])[\w-]{2,20}(?:\s\d{1,2})?)?[\s,]*(?:\([^()]{0,80}\)\s*|\[[^\[\]]{0,40}\]\s*)?(?:(?:TCIA|IDC|NCI|public|open|imag(?:e|es|ing)|training|test|testing|validation|challenge|CT|MRI|PET|MR|"
    rf"segmentation|radiology|pathology|histology|lung|publicly\s+available)\s+){{0,3}}(?:data\b|(?P<set>{_SETS})\b)",
    re.IGNORECASE,
)
_PRECEDING_SET = pattern(
    rf"\b{_SETS}(?:\s+(?:called|named|known\s+as|entitled|titled|of))?\s*[:,(\"“‘]?\s*$", re.IGNORECASE
)
_TRIAL = pattern(
    r"['’]?\s*(?:\([^()]{0,60}\)\s*)?(?:(?:randomi[sz]ed|clinical|screening|phase|multicenter)\s+){0,2}"
    r"(?:trials?|stud(?:y|ies)|protocols?|investigators?|participants|guidelines|criteria|results|researchers|regimen|arm)\b",
    re.IGNORECASE,
)
_IN_A_LINK = pattern(r"://|www\.|10\.\d{4,9}/")


def archive_named(text: str) -> re.Match[str] | None:
    """Return the first place that names TCIA or IDC, by name, link or DOI. `IDC` alone is as often a breast cancer."""
    return _ARCHIVE.search(text)


@dataclass(frozen=True)
class Sentence:
    """One sentence, or a whole text. What it speaks of is found out once, however many names stand in it.

    `is_in_section_of_sets` says that it stands in a section whose title says that it is about data.
    """

    text: str
    start: int
    is_in_section_of_sets: bool = False

    @cached_property
    def names_archive(self) -> bool:
        """Return whether it speaks of TCIA or IDC, as `archive_named` has it."""
        return archive_named(self.text) is not None

    @cached_property
    def speaks_of_sets(self) -> bool:
        """Return whether it lists datasets, or says that data were downloaded or are public."""
        return _PLURAL_SETS.search(self.text) is not None or _ACQUIRED.search(self.text) is not None

    @cached_property
    def is_of_images(self) -> bool:
        """Return whether it speaks of images or of the archive."""
        return self.names_archive or _IMAGING.search(self.text) is not None

    @cached_property
    def is_genomic_only(self) -> bool:
        """Return whether it speaks of genes or proteins, and not of images."""
        return not self.is_of_images and _GENOMIC.search(_PROGRAM_NAME.sub("", self.text)) is not None

    @cached_property
    def is_of_own_data(self) -> bool:
        """Return whether it speaks of data that the authors or a hospital gathered."""
        return _OWN_DATA.search(self.text) is not None

    def is_heading(self, start: int, end: int) -> bool:
        """Return whether the longer words around the name from `start` to `end` begin with capitals, as in a title.

        What stands in other cells of a table, or on other lines of more lines than a title has, is not around it.
        """
        first, last = start - self.start, end - self.start
        ends = _CELL_OR_LINE_ENDS if self.text.count("\n") > LINES_OF_A_TITLE else _CELL_ENDS
        words = _LONG_WORD.findall(ends.split(self.text[max(0, first - AROUND) : first])[-1])
        words += _LONG_WORD.findall(ends.split(self.text[last : last + AROUND])[0])
        words = [word for word in words if not word.isupper()]
        return len(words) > 1 and sum(word[0].isupper() for word in words) > MOST * len(words)

    def near_a_set(self, start: int, end: int) -> bool:
        """Return whether `dataset`, `collection` or the like stands close to the name from `start` to `end`."""
        first, last = start - self.start, end - self.start
        position = bisect_right(self._sets, first)
        before = self._sets[position - 1] if position else -NEAR
        after = self._sets[position] if position < len(self._sets) else last + NEAR
        is_before = first - before < NEAR and ";" not in self.text[before:first]
        return is_before or (after - last < NEAR and ";" not in self.text[last:after])

    @cached_property
    def _sets(self) -> list[int]:
        """Return where `dataset`, `collection` or the like begins."""
        return [match.start() for match in _A_SET.finditer(self.text)]


class Sentences:
    """The sentences of a text, found when the first is asked for; linear in the text's length."""

    def __init__(self, text: str, is_of_sets: Callable[[int], bool] | None = None) -> None:
        """`is_of_sets` says whether the character at an offset is in a section on data."""
        self._text = text
        self._is_of_sets = is_of_sets
        self._known: dict[int, Sentence] = {}

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for match in _SENTENCE_ENDS.finditer(self._text):
            if match.group()[0] == "." and _NO_END.search(self._text, max(0, match.start() - 8), match.start() + 1):
                continue
            starts += range(starts[-1] + LONGEST_SENTENCE, match.end(), LONGEST_SENTENCE)
            starts.append(match.end())
        starts += range(starts[-1] + LONGEST_SENTENCE, len(self._text), LONGEST_SENTENCE)
        return starts

    @cached_property
    def _whole(self) -> Sentence:
        return Sentence(self._text, 0)

    def is_genomic_only(self, sentence: Sentence) -> bool:
        """Return whether a sentence speaks of genes and not of images; if of neither, whether the whole text does."""
        return sentence.is_genomic_only or (not sentence.is_of_images and self._whole.is_genomic_only)

    def around(self, offset: int) -> Sentence:
        """Return the sentence with the character at `offset`."""
        position = bisect_right(self._starts, offset) - 1
        if position not in self._known:
            ends = self._starts[position + 1 : position + 2] or [len(self._text)]
            start = self._starts[position]
            is_of_sets = self._is_of_sets is not None and self._is_of_sets(start)
            self._known[position] = Sentence(self._text[start : ends[0]], start, is_of_sets)
        return self._known[position]


def set_after(text: str, end: int) -> str | None:
    """Return the word for a set of data that follows a name (`dataset`, `cohort`, `data`), in lower case."""
    match = _FOLLOWING_SET.match(text, end, end + 160)
    return None if match is None else " ".join((match["set"] or "data").lower().split())


def set_before(text: str, start: int) -> bool:
    """Return whether a word for a set of data introduces the name (`the collection "X"`, `datasets: X`)."""
    return _PRECEDING_SET.search(text[max(0, start - 40) : start]) is not None


def in_a_column_of_sets(text: str, start: int, end: int) -> bool:
    """Return whether the name fills a cell of a table whose first line has `Dataset` or the like above it."""
    line = text.rfind("\n", max(0, start - LONGEST_LINE), start) + 1
    if line == 0:
        return False
    before = _CELL_ENDS.split(text[line:start])
    after = _CELL_ENDS.split(text[end : end + LONGEST_LINE].split("\n", 1)[0])
    is_alone = not before[-1].strip(_AROUND_A_CELL) and not after[0].strip(_AROUND_A_CELL)
    if not is_alone or len(before) + len(after) < FEWEST_PIECES:
        return False
    nearest = max(0, line - LONGEST_TABLE)
    gap = text.rfind("\n\n", nearest, line)
    table = nearest if gap < 0 else gap + 2
    heads = _CELL_ENDS.split(text[table : table + LONGEST_LINE].split("\n", 1)[0])
    return len(heads) >= len(before) and _HEAD_OF_SETS.match(heads[len(before) - 1]) is not None


def trial_after(text: str, end: int) -> bool:
    """Return whether the name is that of a trial or a study here."""
    return _TRIAL.match(text, end, end + 120) is not None


def link_around(text: str, start: int, end: int) -> str | None:
    """Return the link or DOI that a name stands in, up to the name, or `None`."""
    if start == 0 or text[start - 1].isspace():
        return None
    first = max(0, start - LONGEST_LINK)
    first = max(first, *(text.rfind(space, first, start) + 1 for space in " \n\t\u00a0"))
    before = text[first:start].lower()
    return before + text[start:end] if _IN_A_LINK.search(before) else None
