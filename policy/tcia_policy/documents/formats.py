"""The register of document formats. A new format is one module with a reader, and one line in `FORMATS`."""

from collections.abc import Callable
from enum import Enum, auto
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tcia_policy.files import magic
from tcia_policy.lazy import dataclass

if TYPE_CHECKING:  # the command line names the formats in its help, and reads none
    from tcia_policy.documents.document_file import DocumentFile
    from tcia_policy.documents.model import Manuscript

Reader = Callable[["DocumentFile"], "Manuscript"]
"""A reader returns all that a file holds. It raises `InputError` where nothing of it can be read."""


class InFolder(Enum):
    """Which files of a format are documents of the manuscript, where a folder or a zip is named as a whole.

    `ROOTS`: those that no other file includes. `NOT_PARTIAL`: all whose name does not begin with `_`. `EACH`: all.
    `PROSE`: those that are written in sentences. `WITHOUT_SOURCES`: all, if there is no document of another format,
    of which they may be the printed form. `WITHOUT_DOCUMENTS`: all, if there is no document at all. `SPARE`:
    bibliographies that no document names. `NEVER`: none.
    """

    ROOTS = auto()
    NOT_PARTIAL = auto()
    EACH = auto()
    PROSE = auto()
    WITHOUT_SOURCES = auto()
    SPARE = auto()
    WITHOUT_DOCUMENTS = auto()
    NEVER = auto()


@dataclass(frozen=True)
class Format:
    """One format: how a file of it is recognized, and what reads it.

    `help` says what of it is read, in Markdown. `reader` is `module:function` of a `Reader`, imported when the first
    file of the format is read: most checks read no PDF. `suffixes` are in lower case with their dot.
    `magic` is in the first `magic_within` bytes of every such file, whatever its name; `member` is a file in each that
    is a zip; `text_mark` is in the beginning of those whose name is that of plain text.
    A bibliography serves all documents beside which it is named.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: str
    help: str
    in_folder: InFolder = InFolder.EACH
    is_bibliography: bool = False
    magic: bytes | None = None
    magic_within: int = 1024
    member: str | None = None
    text_mark: bytes | None = None

    def read(self, document: "DocumentFile") -> "Manuscript":
        """Return what a file of this format holds. Raise `InputError` where nothing of it can be read."""
        import pkgutil  # noqa: PLC0415 - the command line names the formats, and reads none

        reader: Reader = pkgutil.resolve_name(self.reader)
        return reader(document)


_HERE = "tcia_policy.documents"
FORMATS = (
    Format(
        "LaTeX",
        (".tex", ".ltx", ".latex", ".bbl"),
        f"{_HERE}.read_latex:read_document",
        "from the main file on, `\\input`, `\\include`, `\\subfile`, `\\import` inside the project's folder; comments, "
        "verbatim, what follows `\\end{document}` and all else that LaTeX does not print are no text; citation "
        "commands of LaTeX, natbib, biblatex, revtex and apacite; `\\nocite`; `thebibliography`, `.bbl`",
        in_folder=InFolder.ROOTS,
        text_mark=b"\\documentclass",
    ),
    Format(
        "BibTeX",
        (".bib", ".bibtex", ".biblatex"),
        f"{_HERE}.bibtex.read_bibtex:read_document",
        "every entry that can be read, with what it takes from its `xdata`; a broken entry is left out, and named with "
        "its line; of a repeated key, the first entry; fields that are put aside (`OPTdoi`, `old_url`) are not printed",
        in_folder=InFolder.SPARE,
        is_bibliography=True,
    ),
    Format(
        "RIS",
        (".ris",),
        f"{_HERE}.reference_exports:read_ris",
        "every reference; `ID` is its key",
        in_folder=InFolder.SPARE,
        is_bibliography=True,
    ),
    Format(
        "PubMed (.nbib)",
        (".nbib",),
        f"{_HERE}.reference_exports:read_pubmed",
        "every reference",
        in_folder=InFolder.SPARE,
        is_bibliography=True,
    ),
    Format(
        "EndNote (.enw)",
        (".enw",),
        f"{_HERE}.reference_exports:read_endnote",
        "every reference; `%F` is its key",
        in_folder=InFolder.SPARE,
        is_bibliography=True,
    ),
    Format(
        "Markdown (Quarto, R Markdown, MyST)",
        (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd", ".rmarkdown", ".myst"),
        f"{_HERE}.markdown.read_markdown:read_document",
        "YAML header, `@key` and `[@a; @b]`, MyST's roles, includes; bibliographies as `.bib`, CSL JSON, CSL YAML, "
        "`.ris`; of chunks of code that are run the strings, as in programs",
        in_folder=InFolder.NOT_PARTIAL,
    ),
    Format(
        "reStructuredText (Sphinx)",
        (".rst", ".rest"),
        f"{_HERE}.rst.read_rst:read_document",
        "text, tables, notes, `[Key]_`, `:cite:` and its kin, includes; bibliographies that it or `conf.py` has; what "
        "`only`, `ifconfig`, `todo` or an unknown directive holds is in doubt",
        in_folder=InFolder.NOT_PARTIAL,
    ),
    Format(
        "Jupyter notebook",
        (".ipynb",),
        f"{_HERE}.notebook.read_notebook:read_document",
        "its Markdown and raw cells as one document, without those that a tag removes; of its code the strings, as in "
        "programs; no outputs",
    ),
    Format(
        "HTML",
        (".html", ".htm", ".xhtml"),
        f"{_HERE}.html.read_html:read_document",
        "the text that a reader of the page sees, and where links lead; its own styles are looked at, scripts do not "
        "run; verbatim text is no text, but for entries of BibTeX",
        in_folder=InFolder.WITHOUT_SOURCES,
    ),
    Format(
        "Word (.docx)",
        (".docx", ".docm"),
        f"{_HERE}.docx.read_docx:read_document",
        "text, tables, footnotes; fields of Zotero, Mendeley, EndNote and Word itself; deleted, hidden and "
        "struck-out text is no text",
        member="word/document.xml",
    ),
    Format(
        "PDF",
        (".pdf",),
        f"{_HERE}.pdf.read_pdf:read_document",
        "the text that the pages show, and the links; invisible text counts on the picture of a scan, and nowhere else",
        in_folder=InFolder.WITHOUT_SOURCES,
        magic=magic.PDF,
    ),
    Format(
        "plain text",
        (".txt", ".text", ""),
        f"{_HERE}.plain_text:read_document",
        "all of it; a line `References` begins the list of references",
        in_folder=InFolder.PROSE,
    ),
    Format(
        "programs (Python, R, Julia, SQL, shell)",
        (".py", ".r", ".jl", ".sql", ".sh"),
        f"{_HERE}.source_code:read_document",
        "strings, and words of shell commands, that are nothing but a name, link or DOI of data; of a folder only "
        "where it has no document",
        in_folder=InFolder.WITHOUT_DOCUMENTS,
    ),
    Format(
        "CITATION.cff",
        (".cff",),
        f"{_HERE}.citation_cff:read_document",
        "`references` and `preferred-citation`",
        in_folder=InFolder.NEVER,
        is_bibliography=True,
    ),
    Format(
        "CSL JSON",
        (".json",),
        f"{_HERE}.csl:read_json_document",
        "a list of items, by itself or under `items` or `references`",
        in_folder=InFolder.NEVER,
        is_bibliography=True,
    ),
    Format(
        "CSL YAML",
        (".yaml", ".yml"),
        f"{_HERE}.csl:read_yaml_document",
        "a list of items, by itself or under `references`",
        in_folder=InFolder.NEVER,
        is_bibliography=True,
    ),
)


def formats_in_words() -> str:
    """Return what a manuscript may be, for messages and help: `LaTeX, BibTeX, ..., or a zip of these`."""
    return f"{', '.join(item.name for item in FORMATS)}, or a zip of these"


def format_by_suffix(path: PurePosixPath) -> Format | None:
    """Return the format that a file's name promises."""
    suffix = path.suffix.lower()
    return next((item for item in FORMATS if suffix in item.suffixes), None)


def format_by_magic(head: bytes) -> Format | None:
    """Return the format that the first bytes of a file show, whatever its name is."""
    return next((item for item in FORMATS if item.magic is not None and item.magic in head[: item.magic_within]), None)


def format_by_text(head: bytes) -> Format | None:
    """Return the format that a file without a telling name shows by a word of its own."""
    return next((item for item in FORMATS if item.text_mark is not None and item.text_mark in head), None)
