"""Adding references to an author's own `.bib` file: what is missing goes to its end, no byte before that changes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, NamedTuple

from tcia_policy.documents.bibtex.bib_file import BibFile, Block, scan
from tcia_policy.model import Citation
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.bib_matching import Matches
from tcia_policy.references.citation_parts import Flavor
from tcia_policy.references.dedupe import unique_by_doi

State = Literal["present", "present-without-doi", "added"]


class Reference(NamedTuple):
    """The key that serves a work.

    `present-without-doi`: known by title and year; its author, whose fields are never changed, may want to add the DOI.
    """

    doi: str
    key: str
    state: State


@dataclass(frozen=True)
class Merged:
    """`references` has one for each DOI, sorted by the keys that we would give.

    `repeated` has the further keys of works that have several entries, as (doi, keys). `broken` has the blocks that
    BibTeX stumbles over: it may not get to what was added after them.
    """

    content: bytes
    references: tuple[Reference, ...]
    repeated: tuple[tuple[str, tuple[str, ...]], ...] = ()
    broken: tuple[Block, ...] = ()


def merge(content: bytes, citations: Sequence[Citation], flavor: Flavor, ascii_only: bool = False) -> Merged:
    """Return `content` with an entry for each of `citations` that has none in it.

    What is added has the line ends of the file. It is ASCII with LaTeX macros for `ascii_only` and for a file that is
    not UTF-8 or says so in its `% Encoding:` line, which keeps it valid; else it is UTF-8. Merging again changes
    nothing. Raise `InputError` for what `scan` cannot read.
    """
    bib = scan(content)
    wanted = unique_by_doi(citations)
    matches = Matches(bib.entries, wanted)
    keys = _Keys(bib)
    in_ascii = ascii_only or bib.encoding != "utf-8" or _says_other_encoding(content)
    references, repeated, added = [], [], []
    for citation in wanted:
        with_doi, without_doi = matches.with_doi(citation), matches.without_doi(citation)
        serve = [entry.key for entry in (*with_doi, *without_doi)]
        state: State = "present" if with_doi else "present-without-doi" if without_doi else "added"
        if not serve:
            serve = [keys.new(citation_key(citation))]
            added.append(_written(citation, flavor, in_ascii, serve[0]))
        references.append(Reference(citation.doi, serve[0], state))
        if len(serve) > 1:
            repeated.append((citation.doi, tuple(serve[1:])))
    return Merged(
        content + _appended(content, added),
        tuple(references),
        tuple(repeated),
        tuple(block for block in bib.blocks if block.kind == "broken"),
    )


def _written(citation: Citation, flavor: Flavor, in_ascii: bool, key: str) -> str:
    # imported here: with bibtexparser it takes 40 ms, and `cite` writes other formats too
    from tcia_policy.references.bibtex import render_entry  # noqa: PLC0415 - bibtexparser takes 25 ms, if an entry is new

    return render_entry(citation, flavor, in_ascii, key)


def diff(before: bytes, after: bytes, name: str) -> str:
    """Return a unified diff, empty if they are the same; one hunk from the first line that differs to the end.

    Bytes are decoded as `scan` does. Lines end as in the files, so that `patch` can apply it.
    """
    if before == after:
        return ""
    old, new = _lines(before), _lines(after)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    start = max(0, same - 3)
    hunk = f"@@ -{_range(start, len(old))} +{_range(start, len(new))} @@\n"
    body = [
        *(" " + line for line in old[start:same]),
        *("-" + line for line in old[same:]),
        *("+" + line for line in new[same:]),
    ]
    ended = (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in body)
    return f"--- {name}\n+++ {name}\n{hunk}{''.join(ended)}"


def _lines(content: bytes) -> list[str]:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _range(start: int, end: int) -> str:
    return f"{start + 1 if end > start else start},{end - start}"


class _Keys:
    """Keys that are taken, also in what is commented out or broken.

    Its author may bring it back, and BibTeX, which knows no comments, reads some of it.
    """

    _ANY_KEY = re.compile(r"@\s*[A-Za-z][\w-]*\s*[{(]\s*([^\s,{}()%]+)")

    def __init__(self, bib: BibFile) -> None:
        self._taken = {key.lower() for key in self._ANY_KEY.findall(bib.text)}
        for entry in bib.entries:
            self._taken |= {alias.strip().lower() for alias in entry.value("ids").split(",")}

    def new(self, key: str) -> str:
        """Return `key`, or `key-2`, `key-3` ... where BibTeX would take it for another one of the file."""
        free, number = key, 1
        while free.lower() in self._taken:
            number += 1
            free = f"{key}-{number}"
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
