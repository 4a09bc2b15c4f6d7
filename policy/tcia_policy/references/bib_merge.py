"""Adding references to an author's own `.bib` file: what is missing goes to its end, and what is there stays as it is.

With `fix`, an entry that is known by its title or name alone gets its DOI; no other byte changes.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Literal, NamedTuple

from tcia_policy.documents.bibtex.bib_file import BibFile, Block, scan
from tcia_policy.documents.bibtex.read_bibtex import CANNOT_BE_CITED, entry_of
from tcia_policy.documents.model import Entry
from tcia_policy.lazy import dataclass
from tcia_policy.model import Citation
from tcia_policy.references.bib_fix import Edit, edited, with_doi
from tcia_policy.references.bib_keys import citation_key, free_key
from tcia_policy.references.bib_matching import Finder, OfWork, of_works
from tcia_policy.references.citation_parts import Flavor, written_doi
from tcia_policy.references.dedupe import unique_by_doi

State = Literal["present", "present-without-doi", "fixed", "added"]
"""`present-without-doi`: known by title or name alone. `fixed`: such an entry, to which the DOI was added."""


class Reference(NamedTuple):
    """The key that serves a work."""

    doi: str
    key: str
    state: State


@dataclass(frozen=True)
class Merged:
    """`references` has one for each DOI, sorted by the keys that we would give.

    `repeated` has the further keys of works that have several entries, as (doi, keys). `other_doi` has the entries that
    have the title of an added work and another DOI, as (doi, entries). `lines` has the line of each entry in `content`,
    by its key. `broken` has the blocks that BibTeX stumbles over: it may not get to what was added after them.
    """

    content: bytes
    references: tuple[Reference, ...]
    repeated: tuple[tuple[str, tuple[str, ...]], ...] = ()
    broken: tuple[Block, ...] = ()
    other_doi: tuple[tuple[str, tuple[Entry, ...]], ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    encoding: Literal["utf-8", "latin-1"] = "utf-8"


def merge(
    content: bytes,
    citations: Sequence[Citation],
    flavor: Flavor,
    ascii_only: bool = False,
    fix: bool = False,
    find: Finder = of_works,
) -> Merged:
    """Return `content` with an entry for each of `citations` that has none in it, as `find` knows them.

    What is added has the line ends of the file. It is ASCII with LaTeX macros for `ascii_only` and for a file that is
    not UTF-8 or says so in its `% Encoding:` line, which keeps it valid; else it is UTF-8. `fix` adds DOIs to entries
    that have none. Merging again changes nothing. Raise `InputError` for what `scan` cannot read.
    """
    bib = scan(content)
    wanted = unique_by_doi(citations)
    merging = _Merging(bib, flavor, ascii_only or bib.encoding != "utf-8" or _says_other_encoding(content), fix)
    found = find(merging.entries, wanted)
    references = [merging.reference(citation, found[citation.doi.lower()]) for citation in wanted]
    fixed = edited(bib.text, merging.edits).encode(bib.encoding) if merging.edits else content
    whole = fixed + _appended(fixed, merging.added)
    return Merged(
        whole,
        tuple(references),
        tuple(merging.repeated),
        tuple(block for block in bib.blocks if block.kind == "broken"),
        tuple(merging.other_doi),
        _lines_of(bib if whole == content else scan(whole)),
        bib.encoding,
    )


class _Merging:
    """Collects what is to be changed in one file."""

    def __init__(self, bib: BibFile, flavor: Flavor, in_ascii: bool, fix: bool) -> None:
        self._bib, self._flavor, self._in_ascii, self._fix = bib, flavor, in_ascii, fix
        self._keys = Keys(bib)
        self._blocks = {entry_of(block, ""): block for block in bib.entries if block.type not in CANNOT_BE_CITED}
        self.edits: list[Edit] = []
        self.added: list[str] = []
        self.repeated: list[tuple[str, tuple[str, ...]]] = []
        self.other_doi: list[tuple[str, tuple[Entry, ...]]] = []

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the entries that can be cited."""
        return tuple(self._blocks)

    def reference(self, citation: Citation, found: OfWork) -> Reference:
        """Return the key that serves a work, and note what must change so that it does."""
        blocks = [self._blocks[entry] for entry in found.serving]
        if len(blocks) > 1:
            self.repeated.append((citation.doi, tuple(block.key for block in blocks[1:])))
        if not blocks:
            if found.with_another_doi:
                self.other_doi.append((citation.doi, found.with_another_doi))
            key = self._keys.new(citation_key(citation))
            self.added.append(_written(citation, self._flavor, self._in_ascii, key))
            return Reference(citation.doi, key, "added")
        edits = list(self._fixes(citation, found)) if self._fix else []
        self.edits += edits
        state: State = "fixed" if edits else "present-without-doi"
        return Reference(citation.doi, blocks[0].key, "present" if found.with_doi and not edits else state)

    def _fixes(self, citation: Citation, found: OfWork) -> Iterator[Edit]:
        doi = written_doi(citation.doi, self._in_ascii)
        line_end = _line_end(self._bib.text.encode(self._bib.encoding))
        for entry in found.without_doi:
            edit = with_doi(self._bib.text, self._blocks[entry], doi, line_end)
            if edit is not None:
                yield edit


def _lines_of(bib: BibFile) -> dict[str, int]:
    return {block.key: block.line for block in bib.entries}


def _written(citation: Citation, flavor: Flavor, in_ascii: bool, key: str) -> str:
    # imported here: with bibtexparser it takes 40 ms, and `cite` writes other formats too
    from tcia_policy.references.bibtex import render_entry  # noqa: PLC0415 - bibtexparser takes 25 ms, if an entry is new

    return render_entry(citation, flavor, in_ascii, key)


def diff(before: bytes, after: bytes, name: str) -> str:
    """Return a unified diff, empty if they are the same.

    Bytes are decoded as `scan` does. Lines end as in the files, so that `patch` can apply it.
    """
    lines = difflib.unified_diff(_lines(before), _lines(after), name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(content: bytes) -> list[str]:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return re.findall(r"[^\n]*\n|[^\n]+", text)


class Keys:
    """Keys that are taken, also in what is commented out or broken.

    Its author may bring it back, and BibTeX, which knows no comments, reads some of it.
    """

    _ANY_KEY = re.compile(r"@\s*[A-Za-z][\w-]*\s*[{(]\s*([^\s,{}()%]+)")

    def __init__(self, bib: BibFile) -> None:
        """Take all keys of a file."""
        self._taken = {key.lower() for key in self._ANY_KEY.findall(bib.text)}
        for entry in bib.entries:
            self._taken |= {alias.strip().lower() for alias in entry.value("ids").split(",")}

    def new(self, key: str) -> str:
        """Return `key`, or `key-2`, `key-3` ... where BibTeX would take it for another one of the file."""
        free = free_key(key, self._taken)
        self._taken.add(free.lower())
        return free


def _appended(content: bytes, entries: Sequence[str]) -> bytes:
    if not entries:
        return b""
    line_end = _line_end(content)
    text = "\n".join(entries).replace("\n", line_end).encode()
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        return text
    end = line_end.encode()
    endings = sum(content.endswith(end * count) for count in (1, 2))
    return end * (2 - endings) + text


def _line_end(content: bytes) -> str:
    """Return how most of its lines end."""
    windows, all_ = content.count(b"\r\n"), content.count(b"\n")
    if not all_ and b"\r" in content:
        return "\r"
    return "\r\n" if 2 * windows > all_ else "\n"


_DECLARED = re.compile(rb"^[\xef\xbb\xbf]*%+ *(?:!BIB *)?encoding *[:=] *([\w-]+)", re.IGNORECASE | re.MULTILINE)


def _says_other_encoding(content: bytes) -> bool:
    """Return whether the file names another encoding, as JabRef does: `% Encoding: ISO8859_1`."""
    declared = _DECLARED.search(content[:1000])
    return declared is not None and not declared.group(1).lower().startswith((b"utf-8", b"utf8"))
