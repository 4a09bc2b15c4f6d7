"""What citation managers and PubMed export: RIS, PubMed's `.nbib` and EndNote's `.enw`, read with rispy.

Formats: https://en.wikipedia.org/wiki/RIS_(file_format), https://www.nlm.nih.gov/bsd/mms/medlineelements.html,
https://support.clarivate.com/Endnote (tags of the "EndNote Import" format). rispy reads one reference at a time here,
so that each has its line, and so that one it cannot read costs no other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rispy import RisParser

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.model import Entry, Manuscript, Problem, SourceLocation
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.text import decode_text
from tcia_policy.lazy import dataclass
from tcia_policy.text.years import stated_year

_END = "\0"  # a line that no decoded text has


@dataclass(frozen=True)
class _Dialect:
    """How one of the formats is written: `line` parts a tag from its text, `start` begins a reference.

    `unsaid` are tags that no style prints. The others name the tags in which something is looked for, best first.
    """

    name: str
    line: re.Pattern[str]
    start: str
    unsaid: frozenset[str]
    key: tuple[str, ...]
    title: tuple[str, ...]
    year: tuple[str, ...]
    doi: tuple[str, ...]
    container: tuple[str, ...]
    types: Mapping[str, str]


# The kinds that decide whether an entry can be data or a paper, in BibTeX's words.
_RIS_TYPES = {
    "JOUR": "article", "EJOUR": "article", "MGZN": "article", "DATA": "dataset", "DBASE": "dataset", "AGGR": "dataset",
    "BOOK": "book", "CHAP": "incollection", "CONF": "proceedings", "CPAPER": "inproceedings", "THES": "thesis",
    "COMP": "software",
}  # fmt: skip
_RIS = _Dialect(
    name="RIS",
    line=re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*)|)$"),
    start="TY",
    unsaid=frozenset("TY ID ER AB N1 N2 KW L1 L2 L3 L4 LK RN CN AN DB DP LB C1 C2 C3 C4 C5 C6 C7 C8".split()),
    key=("ID",),
    title=("TI", "T1", "CT", "BT"),
    year=("PY", "Y1", "DA"),
    doi=("DO",),
    container=("JO", "JF", "T2", "JA", "J2"),
    types=_RIS_TYPES,
)
_PUBMED = _Dialect(
    name="PubMed",
    line=re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)$"),
    start="PMID",
    unsaid=frozenset(
        "OWN STAT LR AB OAB OT OTO MH MHDA RN SB CIN CON COIS GR AD AUID IS JID DCOM EDAT CRDT PHST PST LA EIN".split()
    ),
    key=(),
    title=("TI", "BTI"),
    year=("DP", "DEP"),
    doi=("LID", "AID"),
    container=("JT", "TA"),
    types={},
)
_ENDNOTE = _Dialect(
    name="EndNote",
    line=re.compile(r"(%.)(?: (.*)|)$"),
    start="%0",
    unsaid=frozenset("%0 %X %K %Z %F %> %L %< %M %W %~ %1 %2 %3 %4 %5 %+ %^ %#".split()),
    key=("%F",),
    title=("%T",),
    year=("%D", "%8"),
    doi=("%R",),
    container=("%J", "%B"),
    types={"Journal Article": "article", "Dataset": "dataset", "Book": "book", "Thesis": "thesis"},
)
_DOI = re.compile(r"10\.\d{4,9}/\S+")


def read_ris(document: DocumentFile) -> Manuscript:
    """Return the references of a RIS file. Raise `InputError` for what is none."""
    return _read(document, _RIS)


def read_pubmed(document: DocumentFile) -> Manuscript:
    """Return the references that PubMed exported (`.nbib`). Raise `InputError` for what is none."""
    return _read(document, _PUBMED)


def read_endnote(document: DocumentFile) -> Manuscript:
    """Return the references in EndNote's format (`.enw`). Raise `InputError` for what is none."""
    return _read(document, _ENDNOTE)


class _AllTags(dict[str, str]):
    """rispy's table of names for tags, in which each tag is its own name, whatever it is."""

    def __missing__(self, tag: str) -> str:
        return tag


class _EveryTag:
    """rispy's list of the tags that may be repeated: all may."""

    def __contains__(self, tag: object) -> bool:
        return True


class _Parser(RisParser):  # type: ignore[misc]
    """rispy's parser with the lines of one format."""

    END_TAG = _END

    def __init__(self, dialect: _Dialect) -> None:
        super().__init__(mapping=_AllTags(), list_tags=_EveryTag(), delimiter_tags_mapping={})
        self.START_TAG = dialect.start
        self._line = dialect.line

    def parse_line(self, line: str) -> tuple[str | None, str]:
        if line == _END:
            return _END, ""
        match = self._line.match(line)
        return (match[1], (match[2] or "").strip()) if match else (None, line.strip())


def _read(document: DocumentFile, dialect: _Dialect) -> Manuscript:
    shown = document.shown
    lines = decode_text(document.content(), shown, limits.BIBTEX_FILE).removeprefix("\ufeff").split("\n")
    parser = _Parser(dialect)
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, record in _records(lines, dialect):
        place = SourceLocation(shown, number)
        if len(entries) >= limits.BIBTEX_BLOCKS:
            problems.append(Problem(place, f"only the first {limits.BIBTEX_BLOCKS:,} references were read"))
            break
        entries += (_entry(parsed, place, dialect) for parsed in parser.parse_lines(iter([*record, _END])))
    if not entries:
        hint = f"each of its references begins with a line {dialect.start!r}"
        raise InputError(f"has no reference in {dialect.name}'s format", file=shown, hint=hint)
    return Manuscript(files=(shown,), entries=tuple(entries), problems=tuple(problems))


def _records(lines: Iterable[str], dialect: _Dialect) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the lines of each reference, and the number of its first."""
    record: list[str] = []
    begun = 0
    for number, line in enumerate(lines, 1):
        match = dialect.line.match(line)
        if match and match[1] == dialect.start:
            if record:
                yield begun, record
            record, begun = [line], number
        elif record and line.strip():
            record.append(line)
    if record:
        yield begun, record


def _entry(parsed: Mapping[str, str | list[str]], place: SourceLocation, dialect: _Dialect) -> Entry:
    said = {tag: [text for text in _texts(value) if text] for tag, value in parsed.items()}
    doi = next((found[0] for text in _first(said, dialect.doi) if (found := _DOI.search(text))), None)
    return Entry(
        key=next(iter(_first(said, dialect.key)), None),
        text="\n".join(" ".join(texts) for tag, texts in said.items() if texts and tag not in dialect.unsaid),
        place=place,
        title=" ".join(_first(said, dialect.title)) or None,
        year=next(filter(None, map(stated_year, _first(said, dialect.year))), None),
        doi=doi,
        type=dialect.types.get(next(iter(said.get(dialect.start, ())), ""), ""),
        containers=tuple(_first(said, dialect.container)[:1]),
    )


def _texts(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _first(said: Mapping[str, list[str]], tags: Iterable[str]) -> list[str]:
    """Return the texts of the first of several tags that has any."""
    return next((said[tag] for tag in tags if said.get(tag)), [])
