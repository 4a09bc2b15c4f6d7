"""Where the lists of references begin and end in text that marks them by their headings alone."""

import re
from collections.abc import Iterable, Iterator, Sequence

from tcia_policy.lazy import dataclass

LONGEST_HEADING = 80
LOOK_AHEAD = 12

_LISTS = frozenset(
    (
        "references reference referencelist listofreferences referencescited citedreferences referencesandnotes "
        "notesandreferences referencesandfurtherreading referencesandlinks bibliography bibliographicalreferences "
        "bibliographicreferences selectedbibliography literature literaturecited citedliterature workscited "
        "literatur literaturverzeichnis literaturliste quellenverzeichnis quellen "
        "références référencesbibliographiques bibliographie referencias referenciasbibliográficas bibliografía "
        "bibliografia riferimenti riferimentibibliografici referências referênciasbibliográficas literatuur "
        "literatuurlijst referenties referenser litteratur piśmiennictwo литература списоклитературы 参考文献"
    ).split()
)
# These follow another list, and so end it.
_FURTHER_LISTS = frozenset(
    (
        "datacitations datareferences supplementaryreferences supplementalreferences additionalreferences "
        "methodsreferences onlinemethodsreferences appendixreferences furtherreading"
    ).split()
)
_ENDS = re.compile(
    r"(?:appendix|appendices|annex(?:e|es)?|anhang|annexes)(?:[a-z]|\d{1,2}|[ivx]{1,4})?"
    r"|(?:supplement(?:ary|al)|supporting|additional)(?:materials?|information|data|methods?|text|files?|appendix|notes?|"
    r"figures?|tables?|results)(?:[a-z]?\d{0,2})"
    r"|supplements?|extendeddata(?:figures?|tables?|figuresandtables)?|(?:online)?methods"
    r"|acknowledge?ments?(?:andfunding)?|danksagung|remerciements|agradecimientos|ringraziamenti"
    r"|(?:data|code|software)(?:andcode|andmaterials?|andsoftware|sharing)?(?:availability|accessibility)(?:statements?)?"
    r"|datasharing(?:statements?|plan)?|availabilityof(?:data|code|materials?|dataandmaterials?|codeanddata)(?:statements?)?"
    r"|authors?'?contributions?(?:statements?)?|contributions|creditauthorshipcontributionstatement"
    r"|funding(?:statement|information|sources)?|financialdisclosures?|disclosures?"
    r"|(?:declarationof)?(?:conflicts?ofinterests?|competing(?:financial)?interests?|interests)(?:statements?)?"
    r"|(?:ethics?|ethical)(?:statements?|approval|declarations?|considerations)?|declarations?"
    r"|(?:figure|table|tableandfigure)(?:legends?|captions?)|(?:listof)?(?:figures|tables)|legends?"
    r"|abbreviations|listofabbreviations|glossary|index|nomenclature|correspondence|footnotes|endnotes"
    r"|abouttheauthors?|author(?:'?s)?(?:biograph(?:y|ies)|information|details)|biograph(?:y|ies)|publisher'?snote"
    r"|(?:neurips)?paperchecklist|reproducibilitychecklist|curriculumvitae|lebenslauf|eidesstattlicheerklärung"
)
_APPENDIX = re.compile(
    r"(?:appendix|annex|anhang|supplementary\s+note)\s+(?:[A-Z]|\d{1,2}|[IVX]{1,4})\s*[:.–—-]\s*\S", re.I
)
_NUMBER = re.compile(
    r"(?:(?:section|chapter|part|kapitel)\s+)?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVXLC]{1,7}|[A-Z])[.):]?\s+", re.I
)
_NAME = (
    r"(?:(?:van|von|de|der|den|del|della|di|da|la|le|el|al|ter|ten)[\s-]+){0,3}"
    r"[A-Z\u00c0-\u017d](?:['’][A-Z])?[a-z\u00df-\u017e][\w'’-]{0,40}"
)
_INITIALS = r"[A-Z\u00c0-\u017d]\.?(?:[\s-]?[A-Z\u00c0-\u017d]\.?){0,3}"
# `Smith J, Doe K.`, `Smith, John`, `J. Smith`, `Smith et al.`, `The Team (2015)`, `1. Smith`, `[1] ...`
_LISTED_AUTHOR = (
    rf"{_NAME}(?:,\s+[A-Z\u00c0-\u017d]|\s+{_INITIALS}(?=[\s,.;&:(])|\s+et\s+al\b|\s+(?:and|&)\s+{_NAME}[,.]?\s+\()"
)
_AUTHOR_IN_ORDER = rf"(?:[A-Z\u00c0-\u017d]\.[\s-]?){{1,4}}\s*{_NAME}\b"
_TEAM = r"[A-Z][\w .,&'’-]{3,150}\((?:19|20)\d\d[a-z]?\)[.,:]"
_BEGINS_A_REFERENCE = re.compile(
    rf"\s*(?:\[\d{{1,4}}\]\s*\S|(?:\(?\d{{1,4}}[.)]\s+)?(?:{_LISTED_AUTHOR}|{_AUTHOR_IN_ORDER}|{_TEAM}))"
)
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_YEAR_OR_DOI = re.compile(rf"{_YEAR.pattern}|10\.\d{{4}}")
_NUMBERED = re.compile(r"^\s*\[\d{1,4}\]\s", re.MULTILINE)
# Sentences of the authors of the text itself.
_IS_PROSE = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|were|[Pp]lease|you|your)\b")
FEWEST_REFERENCES = 2  # that stand together without a heading
# What at least one of the lines after the heading of a list says: a year, a DOI, an address.
_LIKE_A_REFERENCE = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)|10\.\d{4}|https?:|www\.|\bdoi\b|arxiv", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A line or paragraph. `level` is that of a heading that the document marks as one (1 is highest). What
    `cannot_head` is no heading whatever it says, as in a table's cell; what `repeats` may be a running head. What
    `is_whole` is a paragraph, and what `is_item` an item of a list, so that it can be told whether it is a reference.
    """

    text: str
    level: int | None = None
    cannot_head: bool = False
    repeats: bool = False
    is_whole: bool = False
    is_item: bool = False


@dataclass(frozen=True)
class _Heading:
    line: int
    level: int | None
    begins: bool
    named: bool
    is_label: bool


def reference_lists(lines: Sequence[Line]) -> list[range]:
    """Return the lines of each list of references, without its heading, in order.

    A list that nothing but a label begins (`References:`, in bold) goes on as long as what follows are references, in a
    text of whole paragraphs; so do two references or more that no heading begins.

    A list begins after a line that is nothing but its heading, numbered or not, in any case and spacing, and has a
    year, a DOI or an address soon after it. It ends at the next heading: one that the document marks (unless it is
    below that of the list), or one that usually follows a list (an appendix, acknowledgements, the availability of
    data ...). A list whose end is not seen before the next one begins is none, since the text between them would pass
    for references; the last may run to the end of the document.
    """
    headings = list(_headings(lines))
    lists = []
    for position, heading in enumerate(headings):
        if not heading.begins:
            continue
        if heading.is_label:
            lists.append(_references_from(lines, heading.line + 1))
            continue
        later = (headings[place] for place in range(position + 1, len(headings)) if not headings[place].is_label)
        following = next((other for other in later if _ends(heading, other)), None)
        if following is not None and following.begins and not following.named:
            continue
        span = range(heading.line + 1, len(lines) if following is None else following.line)
        if _looks_like_references(lines, span):
            lists.append(span)
    return sorted((span for span in (*lists, *_without_heading(lines, lists)) if span), key=lambda span: span.start)


def _references_from(lines: Sequence[Line], first: int) -> range:
    """Return the whole lines from `first` on that are references, one after the other."""
    end = first
    while end < len(lines) and lines[end].is_whole and lines[end].level is None and _is_reference(lines[end]):
        end += 1
    return range(first, end)


def _without_heading(lines: Sequence[Line], lists: Iterable[range]) -> Iterator[range]:
    """Yield runs of whole lines, of which each begins as a reference does, that are in none of the lists."""
    listed = {index for span in lists for index in span}
    begun, count = None, 0
    for index in range(len(lines) + 1):
        line = lines[index] if index < len(lines) and index not in listed else None
        if line is not None and line.is_whole and line.level is None and _is_reference(line, alone=True):
            begun = index if begun is None else begun
            count += max(1, len(_NUMBERED.findall(line.text)))
        else:
            if begun is not None and count >= FEWEST_REFERENCES:
                yield range(begun, index)
            begun, count = None, 0


def stands_like_a_reference(text: str) -> bool:
    """Return whether a paragraph by itself is one reference: it begins with authors, and has a year or an address."""
    return _is_reference(Line(text), alone=True)


def _is_reference(line: Line, alone: bool = False) -> bool:
    """Return whether a paragraph or item is one reference. One that is `alone`, below no label, has authors."""
    if _LIKE_A_REFERENCE.search(line.text) is None or _IS_PROSE.search(line.text):
        return False
    if alone and _YEAR_OR_DOI.search(line.text) is None:
        return False
    is_dated_item = line.is_item and not alone and _YEAR.search(line.text) is not None
    return is_dated_item or _BEGINS_A_REFERENCE.match(line.text) is not None


def parts_by_list(count: int, lists: Iterable[Iterable[int]]) -> Iterator[tuple[range, bool]]:
    """Part `count` lines in order: give each run that is in none of the `lists`, or in some, and which it is."""
    listed = {index for span in lists for index in span}
    begun = 0
    for index in range(1, count + 1):
        if index == count or (index in listed) != (begun in listed):
            yield range(begun, index), begun in listed
            begun = index


def begins_list(text: str) -> bool:
    """Return whether a line is nothing but the heading of a list of references."""
    return not heading_names(text).isdisjoint(_LISTS)


def _ends(heading: _Heading, other: _Heading) -> bool:
    below = heading.level is not None and other.level is not None and other.level > heading.level
    return other.named or other.begins or not below


def _headings(lines: Sequence[Line]) -> Iterator[_Heading]:
    """Yield the headings: `begins` says that it begins a list, `named` that its name alone ends one.

    What repeats is a heading only where it begins a list and none has begun.
    """
    has_begun = False
    for index, line in enumerate(lines):
        heading = _heading(index, line)
        if heading is None or (line.repeats and (has_begun or not heading.begins)):
            continue
        has_begun = heading.begins
        yield heading


def _heading(index: int, line: Line) -> _Heading | None:
    """Return a line as a heading, or `None` where nothing marks it as one."""
    text = line.text.strip()
    if line.cannot_head or not text:
        return None
    names = heading_names(text)
    further = not names.isdisjoint(_FURTHER_LISTS)
    begins = further or not names.isdisjoint(_LISTS)
    named = further or any(map(_ENDS.fullmatch, names)) or _APPENDIX.match(text) is not None
    is_heading = begins or named or line.level is not None
    is_label = begins and line.is_whole and line.level is None
    return _Heading(index, line.level, begins, named, is_label) if is_heading else None


def heading_names(text: str) -> frozenset[str]:
    """Return what a heading may be called, in small letters without spaces: with its number, and without.

    Spacing is left out since typesetters spread letters (`R E F E R E N C E S`) and set small capitals (`R EFERENCES`).
    Empty for what is too long to be a heading.
    """
    stripped = text.strip()
    if not stripped or len(stripped) > LONGEST_HEADING:
        return frozenset()
    return frozenset(map(_squeezed, (stripped, _NUMBER.sub("", stripped, count=1))))


def _squeezed(text: str) -> str:
    return "".join(text.split()).rstrip(".:").replace("’", "'").casefold()


def _looks_like_references(lines: Sequence[Line], span: range) -> bool:
    said = [line for index in span if (line := lines[index].text.strip())][:LOOK_AHEAD]
    return any(map(_LIKE_A_REFERENCE.search, said))
