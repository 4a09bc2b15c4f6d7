"""The `.bbl` files that biber writes for biblatex: one `\\entry` for each work that is cited."""

import re
from collections.abc import Callable, Iterator

from tcia_policy.documents.model import Entry, Manuscript, SourceLocation, TextBlock
from tcia_policy.text.years import stated_year

_ENTRY = re.compile(r"^[ \t]*\\entry\{([^{}\n]+)\}\{([^{}\n]*)\}", re.MULTILINE)
_END = re.compile(r"^[ \t]*\\endentry\b", re.MULTILINE)
_FIELD = re.compile(r"^[ \t]*\\(?:field|strng)\{([a-z]+)\}\{(.*)$", re.MULTILINE)
_VERB = re.compile(r"^[ \t]*\\verb\{([a-z]+)\}\n[ \t]*\\verb[ \t]([^\n]*)", re.MULTILINE)
_NAME = re.compile(r"^[ \t]*(prefix|family|given|suffix)=\{{1,9}([^\n]{0,500}?)\}{1,9},?%?[ \t]*$", re.MULTILINE)
_LISTED = re.compile(r"^[ \t]*\{([^{}\n]{1,500})\}%?[ \t]*$", re.MULTILINE)
_SHOWN = frozenset(
    "title subtitle booktitle journaltitle maintitle series edition volume number pages year date howpublished note "
    "addendum publisher institution organization location version type eprint pubstate".split()
)


def is_biblatex(text: str) -> bool:
    """Return whether it is one of these files."""
    return _ENTRY.search(text) is not None and "\\endentry" in text


def read_biblatex_bbl(text: str, file: str, plain: Callable[[str], str]) -> Manuscript:
    """Return its entries, each key once; `plain` undoes LaTeX. Biber writes those that are cited, and no others."""
    entries: dict[str, Entry] = {}
    for key, line, block in _blocks(text):
        if key not in entries:
            entries[key] = _entry(key, SourceLocation(file, line), block, plain)
    return Manuscript(files=(file,), prose=_prose(file, list(entries.values())), entries=tuple(entries.values()))


def _blocks(text: str) -> Iterator[tuple[str, int, str]]:
    line, counted = 1, 0
    starts = list(_ENTRY.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=True):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        block = text[match.end() : end]
        ending = _END.search(block)
        yield match.group(1), line, block[: ending.start()] if ending else block


def _entry(key: str, place: SourceLocation, block: str, plain: Callable[[str], str]) -> Entry:
    fields: dict[str, str] = {}
    for match in _FIELD.finditer(block):
        fields.setdefault(match.group(1), plain(match.group(2).rstrip().removesuffix("}")))
    names = [plain(match.group(2)) for match in _NAME.finditer(block)]
    listed = [plain(match.group(1)) for match in _LISTED.finditer(block)]
    shown = (value for name, value in fields.items() if name in _SHOWN)
    parts = [" ".join(names), *shown, *listed, *_links(block)]
    title = ": ".join(fields[name] for name in ("title", "subtitle") if fields.get(name))
    text = ". ".join(part for part in parts if part)
    return Entry(key, text, place, title or None, stated_year(fields.get("year", "")), printed=True)


def _links(block: str) -> list[str]:
    verbs = {match.group(1): match.group(2).strip() for match in _VERB.finditer(block)}
    dois = [f"doi:{verbs['doi']}"] if "doi" in verbs else []
    return dois + [verbs[name] for name in ("url", "eprint") if name in verbs]


def _prose(file: str, entries: list[Entry]) -> tuple[TextBlock, ...]:
    if not entries:
        return ()
    pieces = ((entry.text, entry.place.number or 1) for entry in entries)
    return (TextBlock.of_pieces(file, pieces, "\n\n", is_references=True),)
