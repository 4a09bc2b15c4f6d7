"""BibTeX and biblatex databases: what their entries say, and which of them no program would read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tcia_policy.documents.bibtex.bib_file import BibFile, Block, Field, scan
from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.latex.fragment import printed_text
from tcia_policy.documents.model import Entry, Manuscript, Problem, SourceLocation
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.text.years import stated_year

# Fields that no style prints. A DOI in an abstract is not cited by whoever cites the paper. Emacs and AUCTeX put `OPT`
# and `ALT` before the name of a field that is not used; others put something else around it (`old_doi`, `xurl`). No
# field of BibTeX or biblatex has a hyphen, an underscore or a digit in its name; BibDesk keeps an entry's own link so.
_NEVER_PRINTED = re.compile(
    r"opt.+|alt.+|(?!bdsk-url-)(?:.*[-_].*|.*\d)|(?!adsurl)(?:.+(?:doi|url)|(?:doi|url)[-_].+)|abstract|annote|annotation|keywords|file|pdf|comment|review|owner|timestamp|groups|"
    r"crossref|xref|xdata|ids|related|entryset|citationkey|langid|options|execute|sortname|sortkey|presort"
)
_LINK_COMMAND = re.compile(r"\\+(?=(?:url|href|doi|path|nolinkurl)\s*\{)")
_ESCAPED_TWICE = re.compile(r"\\\\(?=[_%&#])")
_VERBATIM = re.compile(r"doi|url|eprint|link|adsurl|bdsk-url-\d+|ee")
_CONTAINERS = ("journal", "journaltitle", "booktitle", "school")
# Entries that are only there for others to take fields from.
CANNOT_BE_CITED = ("xdata",)


def read_document(document: DocumentFile) -> Manuscript:
    """Return what a BibTeX file holds, as `read_bib` does."""
    return read_bib(document.content(), document.shown)


def read_bib(content: bytes, shown: str) -> Manuscript:
    """Return the entries of a `.bib` file, also under their `ids`, and a problem for each that would not be read.

    An entry's text has the fields that can be printed, one a line, `doi` and `url` as they are written. It takes from
    its `xdata` what it lacks (biblatex 3.20, section 3.13.6). What it would take from a `crossref` parent is not its
    own: the parent's DOI is not the child's. Whoever cites an `@set`, or an entry with `related` ones, cites these too.
    Of a repeated key (without regard to case, as in BibTeX) only the first entry is given.
    """
    try:
        bib = scan(content)
    except InputError as error:
        problem = Problem(SourceLocation(shown), f"the file {error.problem}", error.hint)
        return Manuscript(files=(shown,), problems=(problem,))
    problems = tuple(_problems(bib, shown))
    return Manuscript(files=(shown,), entries=tuple(_entries(bib, shown)), problems=problems)


def _entries(bib: BibFile, shown: str) -> Iterator[Entry]:
    by_key = {block.key: block for block in bib.entries}
    taken = {key.lower() for key in by_key}
    shared, told = _Shared(by_key), 0
    for block in bib.entries:
        if block.type in CANNOT_BE_CITED:
            continue
        entry = entry_of(shared.whole(block), shown)
        yield entry
        for key in _listed(block.value("entryset") if block.type == "set" else block.value("related")):
            if key in by_key and by_key[key] is not block and told < limits.BIBTEX_RELATED:
                told += 1
                yield replace(entry_of(shared.whole(by_key[key]), shown), key=block.key)
        for alias in _aliases(block, taken):
            yield replace(entry, key=alias)


def _listed(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()]


class _Shared:
    """Gives entries the fields that they take from their `xdata`, up to so many in all."""

    def __init__(self, by_key: Mapping[str, Block]) -> None:
        self._by_key = by_key
        self._left = limits.BIBTEX_SHARED_FIELDS

    def whole(self, block: Block) -> Block:
        """Return an entry with the fields that it takes from its `xdata`, and from theirs."""
        fields, waiting, seen = list(block.fields), _listed(block.value("xdata")), {block.key}
        names = {field.name for field in fields}
        while waiting and len(seen) < limits.BIBTEX_SHARED and self._left > 0:
            key = waiting.pop(0)
            shared = self._by_key.get(key)
            if shared is None or shared.type != "xdata" or key in seen:
                continue
            seen.add(key)
            self._left -= len(shared.fields)
            added = [field for field in shared.fields if field.name not in names]
            fields += added
            names |= {field.name for field in added}
            waiting += _listed(shared.value("xdata"))
        return replace(block, fields=tuple(fields)) if len(seen) > 1 else block


def entry_of(block: Block, shown: str) -> Entry:
    """Return what an entry of a `.bib` file says, as `read_bib` does."""
    values = [(field.name, _plain(field)) for field in block.fields if not _NEVER_PRINTED.fullmatch(field.name)]
    return Entry(
        key=block.key,
        text="\n".join(value for _, value in values if value),
        place=SourceLocation(shown, block.line),
        title=next((value for name, value in values if name == "title" and value), None),
        year=_year(block),
        doi=_unwrapped(block.value("doi")) or None,
        subtitle=printed_text(block.value("subtitle")),
        type=block.type,
        containers=tuple(printed_text(block.value(name)) for name in _CONTAINERS if block.value(name)),
    )


def _plain(field: Field) -> str:
    if _VERBATIM.fullmatch(field.name):
        return _unwrapped(field.value)
    return printed_text(_ESCAPED_TWICE.sub(r"\\", _LINK_COMMAND.sub(r"\\", field.value)))


def _unwrapped(value: str) -> str:
    """Return a DOI or URL as it is written, without the `\\url{}` around it, which may have its backslash twice."""
    plain = " ".join(value.split())
    return printed_text(_LINK_COMMAND.sub(r"\\", plain)) if _LINK_COMMAND.search(plain) else plain


def _aliases(block: Block, taken: set[str]) -> Iterator[str]:
    """Yield the further keys that biblatex knows it by, but for those of other entries."""
    for alias in block.value("ids").split(","):
        key = alias.strip()
        if key and key.lower() not in taken:
            taken.add(key.lower())
            yield key


def _year(block: Block) -> int | None:
    return stated_year(block.value("year")) or stated_year(block.value("date"))


def _problems(bib: BibFile, shown: str) -> Iterator[Problem]:
    if bib.encoding == "latin-1":
        yield Problem(SourceLocation(shown), "the file is not UTF-8 and was read as Latin-1", "save it as UTF-8")
    if not any(block.kind == "entry" for block in bib.blocks) and bib.text.strip("\ufeff \t\r\n"):
        yield Problem(
            SourceLocation(shown), "the file has no entry that can be read", "an entry begins with @type{key,"
        )
    said = [problem for block in bib.blocks if (problem := _problem(bib, block, shown)) is not None]
    yield from said[: limits.BIBTEX_PROBLEMS]
    if len(said) > limits.BIBTEX_PROBLEMS:
        rest = len(said) - limits.BIBTEX_PROBLEMS
        yield Problem(said[limits.BIBTEX_PROBLEMS].place, f"the file has {rest} more such problems from here on")


def _problem(bib: BibFile, block: Block, shown: str) -> Problem | None:
    place = SourceLocation(shown, block.line)
    called = f"@{block.type}{f' {block.key[:60]}' if block.key else ''}"
    if block.kind == "broken":
        hint = "mend it: BibTeX leaves out part of it, and biber and pandoc refuse the file"
        return Problem(place, f"{called} cannot be read: {block.problem}", hint)
    if block.start in bib.repeated:
        first = bib.repeated[block.start]
        hint = f"BibTeX reads only the first, {first.key[:60]} on line {first.line}; give this one another key"
        return Problem(place, f"the key {block.key[:60]} is there already", hint)
    return Problem(place, f"{called} looks wrong: {block.problem}") if block.problem else None
