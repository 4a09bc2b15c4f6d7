"""What kind of file something is, by its content first and its name second."""

from collections.abc import Collection
from enum import StrEnum
from pathlib import PurePosixPath

HEAD_BYTES = 4096
_PDF_MARK_WITHIN = 1024


class Kind(StrEnum):
    """The formats that are read."""

    LATEX = "LaTeX"
    BIBTEX = "BibTeX"
    MARKDOWN = "Markdown"
    WORD = "Word"
    PDF = "PDF"
    TEXT = "plain text"
    CSL_JSON = "CSL JSON"
    CSL_YAML = "CSL YAML"
    ZIP = "zip"


FORMATS = (
    "LaTeX, BibTeX, Markdown, Quarto, R Markdown, MyST, Word (.docx), PDF, plain text, CSL JSON, or a zip of these"
)
AS_DOCX = "save it as .docx or PDF and name that file"
CONVERT = "convert it to .docx, PDF or Markdown and name that file"
UNPACK = "unpack it and name the folder or file in it"

_BY_SUFFIX = {
    **dict.fromkeys((".tex", ".ltx", ".latex", ".bbl"), Kind.LATEX),
    **dict.fromkeys((".bib", ".bibtex", ".biblatex"), Kind.BIBTEX),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd", ".rmarkdown", ".myst"), Kind.MARKDOWN),
    **dict.fromkeys((".txt", ".text", ""), Kind.TEXT),
    **dict.fromkeys((".docx", ".docm"), Kind.WORD),
    ".pdf": Kind.PDF,
    ".json": Kind.CSL_JSON,
    ".yaml": Kind.CSL_YAML,
    ".yml": Kind.CSL_YAML,
    ".zip": Kind.ZIP,
}
# What documents come in that are not read: what each is, and what would be right.
UNREAD_SUFFIXES = {
    ".doc": ("an old Word document", AS_DOCX),
    ".dot": ("an old Word template", AS_DOCX),
    ".odt": ("an OpenDocument text", AS_DOCX),
    ".ott": ("an OpenDocument template", AS_DOCX),
    ".rtf": ("rich text", AS_DOCX),
    ".pages": ("a Pages document", AS_DOCX),
    ".wpd": ("a WordPerfect document", AS_DOCX),
    ".ipynb": ("a Jupyter notebook", "export it as Markdown or PDF and name that file"),
    ".html": ("a web page", CONVERT),
    ".htm": ("a web page", CONVERT),
    ".epub": ("an e-book", CONVERT),
    ".rst": ("reStructuredText", CONVERT),
    ".adoc": ("AsciiDoc", CONVERT),
    ".org": ("an Org document", CONVERT),
    ".typ": ("a Typst document", "name the PDF that it makes"),
    ".lyx": ("a LyX document", "export it as LaTeX and name that file"),
    ".tm": ("a TeXmacs document", "export it as LaTeX and name that file"),
    ".ps": ("PostScript", "make a PDF of it and name that file"),
    ".djvu": ("a DjVu document", "make a PDF of it and name that file"),
    ".enl": ("an EndNote library", "export it as BibTeX and name that file"),
    ".ris": ("a RIS bibliography", "export it as BibTeX and name that file"),
    ".nbib": ("a PubMed bibliography", "export it as BibTeX and name that file"),
    ".gz": ("a gzip archive", UNPACK),
    ".tgz": ("a gzip archive", UNPACK),
    ".tar": ("a tar archive", UNPACK),
    ".bz2": ("a bzip2 archive", UNPACK),
    ".xz": ("an xz archive", UNPACK),
    ".7z": ("a 7z archive", UNPACK),
    ".rar": ("a RAR archive", UNPACK),
}
_UNREAD_CONTENT = (
    (
        b"\xd0\xcf\x11\xe0",
        "an old Word document, or one with a password",
        "save it as .docx without a password, or as PDF",
    ),
    (b"{\\rtf", *UNREAD_SUFFIXES[".rtf"]),
    (b"\x1f\x8b", *UNREAD_SUFFIXES[".gz"]),
    (b"BZh", *UNREAD_SUFFIXES[".bz2"]),
    (b"\xfd7zXZ", *UNREAD_SUFFIXES[".xz"]),
    (b"7z\xbc\xaf", *UNREAD_SUFFIXES[".7z"]),
    (b"Rar!", *UNREAD_SUFFIXES[".rar"]),
    (b"%!PS", *UNREAD_SUFFIXES[".ps"]),
)
_ZIPPED = (
    ("word/document.xml", Kind.WORD),
    ("xl/workbook.xml", ("an Excel workbook", AS_DOCX)),
    ("ppt/presentation.xml", ("a PowerPoint presentation", AS_DOCX)),
    ("META-INF/container.xml", UNREAD_SUFFIXES[".epub"]),
    ("mimetype", UNREAD_SUFFIXES[".odt"]),
    ("Index/Document.iwa", UNREAD_SUFFIXES[".pages"]),
)


def is_zip(head: bytes) -> bool:
    """Whether a file begins as a zip does, which may be a Word document."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def kind_of(path: PurePosixPath, head: bytes, members: Collection[str] = ()) -> Kind | tuple[str, str]:
    """The kind of a file from its first bytes, or what it is instead, and what would be right.

    `members` are the names in it, where it is a zip that can be opened.
    """
    if b"%PDF-" in head[:_PDF_MARK_WITHIN]:
        return Kind.PDF
    if is_zip(head):
        found = next((kind for name, kind in _ZIPPED if name in members), None)
        return found or (Kind.WORD if path.suffix.lower() in (".docx", ".docm") else Kind.ZIP)
    suffix = path.suffix.lower()
    unread = next(((what, hint) for mark, what, hint in _UNREAD_CONTENT if head.startswith(mark)), None)
    unread = unread or UNREAD_SUFFIXES.get(suffix)
    if unread is not None:
        return unread
    kind = _BY_SUFFIX.get(suffix)
    if kind is Kind.TEXT and b"\\documentclass" in head:
        return Kind.LATEX
    return kind or ("of a kind that is not read", f"a manuscript is {FORMATS}")


def suffix_kind(path: PurePosixPath) -> Kind | None:
    """The kind that a name alone promises."""
    return _BY_SUFFIX.get(path.suffix.lower())
