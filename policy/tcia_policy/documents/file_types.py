"""What kind of file something is, by its content first and its name second."""

from collections.abc import Collection
from pathlib import PurePosixPath

from tcia_policy.documents import formats
from tcia_policy.documents.formats import Format
from tcia_policy.files import magic
from tcia_policy.lazy import dataclass

HEAD_BYTES = 4096  # what is looked at of a file, to recognize it


@dataclass(frozen=True)
class NotRead:
    """What a file is that is not read (`an old Word document`), and what would be right."""

    what: str
    hint: str


AS_DOCX = "save it as .docx or PDF and name that file"
CONVERT = "convert it to .docx, PDF or Markdown and name that file"
UNPACK = "unpack it and name the folder or file in it"
ZIP = NotRead("a zip with the name of something else", "name the manuscript in it by itself")
"""A zip of documents: read where it is named, not where it lies in a folder or in another zip."""

# What documents come in that are not read.
UNREAD_SUFFIXES = {
    ".doc": NotRead("an old Word document", AS_DOCX),
    ".dot": NotRead("an old Word template", AS_DOCX),
    ".odt": NotRead("an OpenDocument text", AS_DOCX),
    ".ott": NotRead("an OpenDocument template", AS_DOCX),
    ".rtf": NotRead("rich text", AS_DOCX),
    ".pages": NotRead("a Pages document", AS_DOCX),
    ".wpd": NotRead("a WordPerfect document", AS_DOCX),
    ".epub": NotRead("an e-book", CONVERT),
    ".adoc": NotRead("AsciiDoc", CONVERT),
    ".org": NotRead("an Org document", CONVERT),
    ".typ": NotRead("a Typst document", "name the PDF that it makes"),
    ".lyx": NotRead("a LyX document", "export it as LaTeX and name that file"),
    ".tm": NotRead("a TeXmacs document", "export it as LaTeX and name that file"),
    ".ps": NotRead("PostScript", "make a PDF of it and name that file"),
    ".djvu": NotRead("a DjVu document", "make a PDF of it and name that file"),
    ".enl": NotRead("an EndNote library", "export it as BibTeX and name that file"),
    ".gz": NotRead("a gzip archive", UNPACK),
    ".tgz": NotRead("a gzip archive", UNPACK),
    ".tar": NotRead("a tar archive", UNPACK),
    ".bz2": NotRead("a bzip2 archive", UNPACK),
    ".xz": NotRead("an xz archive", UNPACK),
    ".7z": NotRead("a 7z archive", UNPACK),
    ".rar": NotRead("a RAR archive", UNPACK),
}
_UNREAD_MAGIC = (
    (
        magic.OLE[:4],
        NotRead("an old Word document, or one with a password", "save it as .docx without a password, or as PDF"),
    ),
    (magic.RTF, UNREAD_SUFFIXES[".rtf"]),
    (magic.GZIP, UNREAD_SUFFIXES[".gz"]),
    (magic.BZIP2, UNREAD_SUFFIXES[".bz2"]),
    (magic.XZ, UNREAD_SUFFIXES[".xz"]),
    (magic.SEVEN_ZIP, UNREAD_SUFFIXES[".7z"]),
    (magic.RAR, UNREAD_SUFFIXES[".rar"]),
    (magic.POSTSCRIPT, UNREAD_SUFFIXES[".ps"]),
)
_UNREAD_MEMBERS = (
    ("xl/workbook.xml", NotRead("an Excel workbook", AS_DOCX)),
    ("ppt/presentation.xml", NotRead("a PowerPoint presentation", AS_DOCX)),
    ("META-INF/container.xml", UNREAD_SUFFIXES[".epub"]),
    ("mimetype", UNREAD_SUFFIXES[".odt"]),
    ("Index/Document.iwa", UNREAD_SUFFIXES[".pages"]),
)


def recognize(path: PurePosixPath, head: bytes, members: Collection[str] = ()) -> Format | NotRead:
    """Return the format of a file by its first `HEAD_BYTES`, or what it is instead (`ZIP` for a zip of documents).

    `members` are the names in it, where it is a zip that can be opened.
    """
    found = formats.format_by_magic(head)
    if found is not None:
        return found
    if magic.is_zip(head):
        return _in_zip(path, members)
    unread = next((what for beginning, what in _UNREAD_MAGIC if head.startswith(beginning)), None)
    return unread or _by_name(path, head)


def _in_zip(path: PurePosixPath, members: Collection[str]) -> Format | NotRead:
    zipped = [item for item in formats.FORMATS if item.member is not None]
    read = next((item for item in zipped if item.member in members), None)
    unread = next((what for name, what in _UNREAD_MEMBERS if name in members), None)
    by_name = next((item for item in zipped if path.suffix.lower() in item.suffixes), None)
    return read or unread or by_name or ZIP


def _by_name(path: PurePosixPath, head: bytes) -> Format | NotRead:
    suffix = path.suffix.lower()
    found = formats.format_by_suffix(path)
    if found is None and suffix == ".zip":
        return ZIP
    if found is None:
        unknown = NotRead("of an unknown kind", f"a manuscript is {formats.formats_in_words()}")
        return UNREAD_SUFFIXES.get(suffix, unknown)
    is_plain = "" in found.suffixes
    return (formats.format_by_text(head) if is_plain else None) or found
