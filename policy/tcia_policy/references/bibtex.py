"""References as BibTeX, for classic BibTeX styles, biblatex and pandoc.

What was chosen, and why:

- Titles are braced whole (`title = {{Data From LIDC-IDRI}}`): a dataset's title is its name, and no style may set it in
  lower case. A list of acronyms to protect would be wrong for the first name that is on no list.
- Classic styles print neither `publisher`, `version` nor `doi` of a `@misc`. `note` says these in words, since the
  archive asks for the DOI in every attribution; a style that also prints `doi` shows it twice.
- `doi` and `url` are written as they are: biber, pandoc and the macros `\\doi` and `\\url` read them verbatim.
"""

from collections.abc import Sequence

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from bibtexparser.writer import BibtexFormat

from tcia_policy.model import Citation
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.bibtex_names import author_field
from tcia_policy.references.citation_parts import ARTICLE, Flavor, doi_url, kind, page_parts, shown, written_doi
from tcia_policy.references.dedupe import unique_by_doi
from tcia_policy.references.formats import NO_OPTIONS, WriteOptions
from tcia_policy.references.latex_encoding import escape


def write_bibtex(citations: Sequence[Citation], options: WriteOptions = NO_OPTIONS) -> str:
    """Return `citations` as `render_bibtex` does, for classic BibTeX styles."""
    return render_bibtex(citations, "bibtex", options.ascii_only)


def write_biblatex(citations: Sequence[Citation], options: WriteOptions = NO_OPTIONS) -> str:
    """Return `citations` as `render_bibtex` does, for biblatex."""
    return render_bibtex(citations, "biblatex", options.ascii_only)


def render_bibtex(citations: Sequence[Citation], flavor: Flavor = "bibtex", ascii_only: bool = False) -> str:
    """Return a BibTeX file of `citations`, sorted by key, one entry for each DOI (the citation that was read last).

    `bibtex`: `@misc` for data. `biblatex`: `@dataset`. Both: `@article` for papers. UTF-8, or with `ascii_only` ASCII
    with LaTeX macros, which pandoc reads with less care than biber does (see `latex_encoding.escape`).
    """
    return _written([_entry(citation, flavor, ascii_only) for citation in unique_by_doi(citations)])


def render_entry(citation: Citation, flavor: Flavor, ascii_only: bool, key: str) -> str:
    """Return one entry of such a file, under another key."""
    entry = _entry(citation, flavor, ascii_only)
    entry.key = key
    return _written([entry])


def _written(entries: list[Entry]) -> str:
    return write_string(Library([*entries]), bibtex_format=bibtex_format()) if entries else ""


def _entry(citation: Citation, flavor: Flavor, ascii_only: bool) -> Entry:
    is_article = citation.resource_type == ARTICLE and bool(shown(citation.container))
    is_data = citation.resource_type != ARTICLE
    entry_type = "article" if is_article else "dataset" if is_data and flavor == "biblatex" else "misc"
    text = _article_text(citation, flavor) if is_article else _data_text(citation, flavor)
    values = {
        "author": author_field(citation, ascii_only),
        "title": f"{{{escape(citation.title, ascii_only)}}}",
        "date" if flavor == "biblatex" else "year": str(citation.year),
        **{name: escape(value or "", ascii_only) for name, value in text.items()},
        "pages": _pages(citation, ascii_only) if is_article else "",
        "doi": written_doi(citation.doi, ascii_only),
        "url": doi_url(citation.doi),
    }
    fields = [Field(key=name, value=value) for name, value in values.items() if value not in ("", "{}")]
    return Entry(entry_type=entry_type, key=citation_key(citation), fields=fields)


def _article_text(citation: Citation, flavor: Flavor) -> dict[str, str | None]:
    return {
        "journaltitle" if flavor == "biblatex" else "journal": citation.container,
        "volume": citation.volume,
        "number": citation.issue,
    }


def _pages(citation: Citation, ascii_only: bool) -> str:
    return "--".join(escape(part, ascii_only) for part in page_parts(citation.pages or ""))


def _data_text(citation: Citation, flavor: Flavor) -> dict[str, str | None]:
    fields = {"version": citation.version, "publisher": citation.publisher}
    if flavor == "biblatex":
        return fields | {"type": kind(citation)}
    version = f"version {citation.version}" if shown(citation.version) else ""
    parts = [kind(citation), version, citation.publisher, f"doi:{citation.doi}"]
    return fields | {"note": ", ".join(part for part in parts if part)}


def bibtex_format() -> BibtexFormat:
    """Return the layout of our files."""
    layout = BibtexFormat()  # type: ignore[no-untyped-call]
    layout.indent = "  "
    layout.block_separator = "\n"
    layout.trailing_comma = True
    return layout
