"""The register of reference formats. A new format is one module with a writer, and one line in `FORMATS`."""

import pkgutil
from collections.abc import Callable, Sequence

from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import Citation


@dataclass(frozen=True)
class WriteOptions:
    """How references are written: `style` is a CSL style, for text only; `ascii_only` is for BibTeX only."""

    style: str | None = None
    ascii_only: bool = False


NO_OPTIONS = WriteOptions()

Writer = Callable[[Sequence[Citation], WriteOptions], str]
"""Return all references as text, one for each DOI, sorted by key; empty where there are none."""


@dataclass(frozen=True)
class Format:
    """One format, by the name that users type.

    `writer` is `module:function` of a `Writer`, imported when the format is written: most need a library of their own.
    `is_bibtex`: it can be written in ASCII, and added to a `.bib` file. `has_et_al` is false where the format has no
    place that says that creators are left out.
    """

    name: str
    suffix: str
    help: str
    writer: str
    is_bibtex: bool = False
    takes_style: bool = False
    has_et_al: bool = True

    def write(self, citations: Sequence[Citation], options: WriteOptions = NO_OPTIONS) -> str:
        """Return all references as text, one for each DOI, sorted by key; empty where there are none.

        Raise `InputError` for an option that the format does not have, and for a style that cannot be used.
        """
        if options.style is not None and not self.takes_style:
            hint = f"use --format {STYLED.name}"
            raise InputError(f"a citation style is for text, not for {self.name}", field="--style", hint=hint)
        if options.ascii_only and not self.is_bibtex:
            raise InputError(f"only BibTeX can be written in ASCII, not {self.name}", field="--ascii")
        writer: Writer = pkgutil.resolve_name(self.writer)
        return writer(citations, options)


_HERE = "tcia_policy.references"
BIBTEX = Format("bibtex", ".bib", "for BibTeX's own styles, data as `@misc`", f"{_HERE}.bibtex:write_bibtex", True)
BIBLATEX = Format("biblatex", ".bib", "for biber, data as `@dataset`", f"{_HERE}.bibtex:write_biblatex", True)
STYLED = Format(
    "text",
    ".txt",
    "one line each, as DataCite recommends or in a CSL style",
    f"{_HERE}.text_lines:write_text",
    takes_style=True,
)
FORMATS = (
    BIBTEX,
    BIBLATEX,
    Format("ris", ".ris", "for Zotero, Mendeley and EndNote", f"{_HERE}.ris:write_ris"),
    Format(
        "csl-json", ".json", "for pandoc and citation processors", f"{_HERE}.csl_json:write_csl_json", has_et_al=False
    ),
    Format("cff", ".cff", "a `references:` block for CITATION.cff 1.2.0", f"{_HERE}.cff:write_cff"),
    Format("endnote", ".xml", "EndNote's XML", f"{_HERE}.endnote:write_endnote"),
    STYLED,
)


def format_named(name: str) -> Format:
    """Return the format of this name. Raise `InputError` with all names where there is none."""
    for each in FORMATS:
        if each.name == name:
            return each
    names = ", ".join(each.name for each in FORMATS)
    raise InputError(f"there is no reference format {name!r}", field="--format", hint=f"the formats are {names}")
