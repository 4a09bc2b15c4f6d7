"""Files that people read and that have no fields: NOTICE, ATTRIBUTION, citations, terms of use, other pages.

Their text counts as said in the release: names, citations, notices. A page may state a license below a heading.
"""

from dataclasses import replace

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.formats import format_by_suffix
from tcia_policy.documents.model import Manuscript
from tcia_policy.documents.plain_text import read_document
from tcia_policy.releases.license_sections import license_sections
from tcia_policy.releases.model import Released, ReleaseFile
from tcia_policy.releases.spdx_headers import is_source

NOTICE, PAGE = "notice", "page"
_NO_DOCUMENTS = frozenset((".json", ".csv", ".tsv", ".png", ".svg", ".zip", ".gz"))


def read_notice(file: DocumentFile) -> ReleaseFile | None:
    """Return the text of a file that credits others; `None` for what is no document."""
    if is_source(file.path) or file.path.suffix.lower() in _NO_DOCUMENTS:
        return None
    return ReleaseFile(file.shown, NOTICE, Released.UNKNOWN, text=_read(file))


def read_page(file: DocumentFile) -> ReleaseFile | None:
    """Return the text of a page of documentation; `None` for what is no document."""
    if is_source(file.path) or file.path.suffix.lower() in _NO_DOCUMENTS:
        return None
    read = _read(file)
    stated = tuple(license_sections(read.prose, ()))
    return ReleaseFile(file.shown, PAGE, Released.UNKNOWN, stated, text=read)


def read_citations(file: DocumentFile) -> ReleaseFile | None:
    """Return the works of a file that says how to cite the release: all of them are shown to its readers."""
    read = _read(file)
    entries = tuple(replace(entry, printed=True) for entry in read.entries)
    return ReleaseFile(file.shown, NOTICE, Released.UNKNOWN, text=replace(read, entries=entries))


def _read(file: DocumentFile) -> Manuscript:
    if not file.content().strip():
        return Manuscript(files=(file.shown,))
    known = format_by_suffix(file.path)
    return read_document(file) if known is None else known.read(file)
