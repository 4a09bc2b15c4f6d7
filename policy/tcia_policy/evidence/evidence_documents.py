"""The documents that evidence names: opened, hashed, and looked at for whether they are documents at all."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.evidence.document_content import KINDS, says_something, why_no_document, without_hidden_characters
from tcia_policy.evidence.observations import SHORT_HASH, DocumentSeen
from tcia_policy.files import limits
from tcia_policy.files.content import is_folder, read_start, readable, regular_size
from tcia_policy.lazy import pattern
from tcia_policy.model import EvidenceDocument

ELSEWHERE = "name a file of the project, or who keeps the document: {held_by: ..., sha256: ...}"
ITS_OWN = f"put the signed document there ({KINDS}), or name who keeps it: {{held_by: ..., sha256: ...}}"
_URL = pattern(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SOME_ADDRESS = pattern(r"://|\bwww\.|^[^\s@]+\.[a-z]{2,}(?:/\S*)?$", re.IGNORECASE)
_EMPTY = hashlib.sha256(b"").hexdigest()
_NOBODY = pattern(
    r"\b(?:nobody|no[ -]?one|not|never|nowhere|without|lost|destroyed|deleted|my|myself|someone|somebody|"
    r"anyone|anybody|everyone|everybody|whoever|no(?!\.?\s*\d))\b|n['’]t\b"
    r"|^(?:me|us|we|them|him|her|you|it)$",
    re.IGNORECASE,
)


def look_at(document: EvidenceDocument, base: Path, project_file: Path | None = None) -> DocumentSeen:
    """Open the file that a piece of evidence names, relative to `base`, and return its SHA-256 or what is wrong.

    A document that is kept elsewhere cannot be opened; it only has to say who keeps it. A file is read to hash it, and
    never more than `limits.EVIDENCE_FILE`; nothing of it is shown. Never raises for a file that cannot be read.
    """
    if document.held_by is not None:
        if not _names_somebody(document.held_by):
            return DocumentSeen(problem=f"`held_by` is {document.held_by!r}, which names nobody", right=ITS_OWN)
        if document.sha256 is not None and document.sha256.lower() == _EMPTY:
            return DocumentSeen(problem="`sha256` is that of an empty file", right="state that of the document")
        return DocumentSeen(sha256=document.sha256)
    assert document.path is not None
    path = base / document.path
    problem, right = _no_document(document.path, path, project_file)
    if problem is not None:
        return DocumentSeen(problem=problem, right=right)
    try:
        return _of_file(path, document, project_file)
    except InputError as error:
        return DocumentSeen(problem=f"{document.path}: {error.problem}", right=error.hint or ELSEWHERE)


def _no_document(named: str, path: Path, project_file: Path | None) -> tuple[str | None, str]:
    """Return what the path names if it cannot be a document at all, and what would be right."""
    if "\0" in named or named.encode(errors="replace").decode() != named:
        return f"{named!r} is not a possible file name", ELSEWHERE
    if _URL.match(named):
        return f"{named} is an address, and only files are opened", ELSEWHERE
    if is_folder(path):
        return f"{named} is a folder", "name the document itself"
    if project_file is not None and os.path.realpath(path) == os.path.realpath(project_file):
        return f"{named} is the project file itself", ITS_OWN
    return None, ""


def _of_file(path: Path, document: EvidenceDocument, project_file: Path | None) -> DocumentSeen:
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
    if project_file is not None and project_file.is_file() and found == _sha256(project_file):
        return DocumentSeen(found, f"{document.path} is a copy of the project file", ITS_OWN)
    from tcia_policy.files.written_by import is_marked  # noqa: PLC0415 - 3 ms, only where there is a document

    content = read_start(path, size)
    why = "tcia-policy wrote it" if is_marked(content) else why_no_document(content)
    if why is not None:
        return DocumentSeen(found, f"{document.path} is no document; {why}", ITS_OWN)
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


def _names_somebody(held_by: str) -> bool:
    """Return whether the text names who keeps a document: no address of the web, no denial, not the user."""
    text = without_hidden_characters(held_by).strip()
    return says_something(text, 1) and not _SOME_ADDRESS.search(text) and not _NOBODY.search(text)
