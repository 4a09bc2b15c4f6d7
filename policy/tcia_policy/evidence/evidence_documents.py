"""The documents that evidence names: opened, hashed, and looked at for whether they are documents at all."""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import limits, magic
from tcia_policy.files.content import is_folder, read_start, readable, regular_size
from tcia_policy.files.text import unix_lines
from tcia_policy.model import EvidenceDocument

FEWEST_WORDS = 3
SMALL_PDF = 1_000_000  # blank pages take little
HEAD = 65_536  # bytes in which a text shows whether it says anything
SHORT_HASH = 12
ELSEWHERE = "name a file of the project, or who keeps the document: {held_by: ..., sha256: ...}"
ITS_OWN = "put the signed document there, or name who keeps it: {held_by: ..., sha256: ...}"
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]{2,}")  # Chinese has no blanks between words
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
# Words of a file or a name that stands in for a document that is still to come.
_STAND_INS = frozenset(
    (
        "todo tbd tba tbc fixme xxx placeholder dummy sample example test testing lorem ipsum dolor none nil null "
        "nothing na not applicable available yet missing pending unknown empty blank file document documents evidence "
        "proof pdf txt scan to be added done follow follows following provided uploaded here goes coming soon will "
        "later insert put see the this is an of and for add attach attached signed copy"
    ).split()
)


@dataclass(frozen=True)
class DocumentSeen:
    """What was seen of one document. `problem` says why it counts for nothing, `right` what would be right."""

    sha256: str | None = None
    problem: str | None = None
    right: str | None = None


def look_at(document: EvidenceDocument, base: Path, project_file: Path | None = None) -> DocumentSeen:
    """Open the file that a piece of evidence names, relative to `base`, and return its SHA-256 or what is wrong.

    A document that is kept elsewhere cannot be opened; it only has to say who keeps it. A file is read to hash it, and
    never more than `limits.EVIDENCE_FILE`; nothing of it is shown. Never raises for a file that cannot be read.
    """
    if document.held_by is not None:
        if not _says_something(document.held_by, 1):
            return DocumentSeen(problem=f"`held_by` is {document.held_by!r}, which names nobody", right=ITS_OWN)
        return DocumentSeen(sha256=document.sha256)
    assert document.path is not None
    path = base / document.path
    problem, right = _no_document(document.path, path, project_file)
    if problem is not None:
        return DocumentSeen(problem=problem, right=right)
    try:
        return _of_file(path, document)
    except InputError as error:
        return DocumentSeen(problem=f"{document.path}: {error.problem}", right=error.hint or ELSEWHERE)


def _no_document(named: str, path: Path, project_file: Path | None) -> tuple[str | None, str]:
    """Return what the path names if it cannot be a document at all, and what would be right."""
    if _URL.match(named):
        return f"{named} is an address, and only files are opened", ELSEWHERE
    if is_folder(path):
        return f"{named} is a folder", "name the document itself"
    if project_file is not None and os.path.realpath(path) == os.path.realpath(project_file):
        return f"{named} is the project file itself", ITS_OWN
    return None, ""


def _of_file(path: Path, document: EvidenceDocument) -> DocumentSeen:
    size = regular_size(path)
    if size > limits.EVIDENCE_FILE:
        problem = f"{document.path} is larger than {limits.EVIDENCE_FILE:,} bytes, and was not read"
        return DocumentSeen(problem=problem, right="name the signed document by itself")
    if size == 0:
        return DocumentSeen(problem=f"{document.path} is empty", right=ITS_OWN)
    found = _sha256(path)
    if document.sha256 is not None and document.sha256 != found:
        problem = f"{document.path} has the SHA-256 {found[:SHORT_HASH]}..., not {document.sha256[:SHORT_HASH]}..."
        return DocumentSeen(found, problem, "name the document that has this SHA-256, or state the one that it has")
    if _is_blank(read_start(path, HEAD)) or (size <= SMALL_PDF and _is_pdf_of_blank_pages(read_start(path, size))):
        return DocumentSeen(found, f"{document.path} is no document; there is nothing to read in it", ITS_OWN)
    return DocumentSeen(found)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    for block in _blocks(path):
        digest.update(block)
    return digest.hexdigest()


def _blocks(path: Path) -> Iterator[bytes]:
    """Yield a file's content. Raise `InputError` where it cannot be read, or grows beyond the bound meanwhile."""
    left = limits.EVIDENCE_FILE
    with readable(path), os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
        while block := stream.read(limits.BLOCK):
            left -= len(block)
            if left < 0:
                raise InputError(f"larger than {limits.EVIDENCE_FILE:,} bytes", file=path)
            yield block


def _is_blank(head: bytes) -> bool:
    """Return whether the beginning of a file shows that it says nothing: one byte over and over, or a stand-in."""
    if len(set(head)) <= 2:  # noqa: PLR2004 - such as NUL, or blanks and line ends
        return True
    if b"\0" in head and magic.encoding_by_mark(head) != "utf-16":
        return False
    if head.startswith(magic.PDF[:4]):
        head = head.partition(b"\n")[2] or b" "
    text = unix_lines(head.decode(magic.encoding_by_mark(head), errors="replace"))
    return not _says_something(text, FEWEST_WORDS)


def _is_pdf_of_blank_pages(content: bytes) -> bool:
    """Return whether a PDF shows that no page has anything on it: no content, no remarks, nothing packed away."""
    return (
        content.startswith(magic.PDF)
        and b"/Page" in content
        and not any(name in content for name in (b"/Contents", b"/Annots", b"/ObjStm"))
    )


def _says_something(text: str, fewest: int) -> bool:
    """Return whether a text has at least so many different words that stand in for nothing."""
    return len({word.lower() for word in _WORD.findall(text)} - _STAND_INS) >= fewest
