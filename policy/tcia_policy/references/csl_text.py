"""References as plain text in a CSL style, set by citeproc-py.

Where the text differs from what citeproc-py makes:

- Numbers are left out: in a numbered style they follow the order of a manuscript, which is not known here.
- TCIA asks for the DOI in every citation of data. Where a style has no place for it (`springer-basic-author-date`
  prints neither DOI nor archive of a data set), the link is added at the end.
- `et al.` closes a list of creators that the source cut off, also in styles that print every creator they are given.
- A link that a style prints twice in a row, as DOI and as URL, is printed once.
- Titles keep their case, since that of a data set is its name (as in `bibtex.py`).
- Commas and full stops stand inside the closing quote of a title where the style's language has them there;
  citeproc-py puts them outside.
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from citeproc import Citation as Cite
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from tcia_policy.errors import InputError
from tcia_policy.model import Citation
from tcia_policy.references.citation_parts import ARTICLE, doi_url
from tcia_policy.references.csl_json import csl_item
from tcia_policy.references.csl_style_files import NAMESPACE, read_style
from tcia_policy.references.dedupe import unique_by_doi
from tcia_policy.text.sanitize import clean

ET_AL = "et al."
# What citeproc-py leaves beside a given name that it does not shorten, such as `chiang, . veronica .`
_STRAY_MARK = re.compile(r"(?:^|\s)\s*\.(?=[\s,;:.]|$)")
_AND_ET_AL = r",?\s+(?:{and_}|&|…|\.\.\.)\s+et al\."


def render_styled(citations: Sequence[Citation], style: str) -> str:
    """Return one line for each reference, one for each DOI, sorted by citation key.

    `style` is a name, such as `apa`, or a path ending in `.csl`. Raise `InputError` as `read_style` does, and where
    citeproc-py cannot set references in this style.
    """
    content = read_style(style)
    with _telling_of_failure(style):
        setter = _Setter(content)
        return "".join(f"{setter.line(citation)}\n" for citation in unique_by_doi(citations))


@contextmanager
def _telling_of_failure(style: str) -> Iterator[None]:
    """Turn errors of citeproc-py into `InputError`: it has none of its own, and fails somewhere within."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except InputError:
        raise
    except Exception as error:
        told = clean(f"{type(error).__name__}: {error}")[:200]
        raise InputError(
            f"citeproc-py cannot set references in this style ({told})",
            field="--style",
            file=style,
            hint="write --format csl-json, and let pandoc or Zotero set them in this style",
        ) from None


class _Setter:
    """One style, in which references are set one at a time, so that none changes how another is printed."""

    def __init__(self, content: bytes) -> None:
        style = CitationStylesStyle(BytesIO(content), validate=False)
        root = style.root
        root.formatter = formatter.plain
        for element in [*root.iter(f"{NAMESPACE}text"), *root.iter(f"{NAMESPACE}number")]:
            if element.get("variable") == "citation-number":
                element.getparent().remove(element)
        self._style: Any = style
        self._and_et_al = re.compile(_AND_ET_AL.format(and_=re.escape(str(root.get_single_term(name="and")))))
        self._close_quote = str(root.get_single_term(name="close-quote"))
        self._punctuation_in_quote = str(root.get_locale_option("punctuation-in-quote")) == "true"

    def line(self, citation: Citation) -> str:
        """Return the reference on one line of plain text."""
        names, title, rest = clean(self._set(citation)).partition(clean(citation.title))
        names = _STRAY_MARK.sub("", names).lstrip()
        if citation.truncated:
            names = self._and_et_al.sub(f", {ET_AL}", names)
        text = f"{names}{title}{self._marks_in_quote(title, rest)}"
        link = doi_url(citation.doi)
        text = text.replace(f"{link} {link}", link)
        has_doi = citation.doi.lower() in text.lower() or link.lower() in text.lower()
        if citation.resource_type == ARTICLE or has_doi:
            return text
        return f"{text}{'' if text.endswith(('.', '?', '!')) else '.'} {link}"

    def _set(self, citation: Citation) -> str:
        item = csl_item(citation)
        item["title"] = f'<span class="nocase">{item.get("title", "")}</span>'
        authors = item.get("author")
        if isinstance(authors, list) and citation.truncated:
            item["author"] = [*authors, {"literal": ET_AL}]
        bibliography = CitationStylesBibliography(self._style, CiteProcJSON([item]), formatter.plain)
        bibliography.register(Cite([CitationItem(item["id"])]))
        return "".join(str(entry) for entry in bibliography.bibliography())

    def _marks_in_quote(self, title: str, rest: str) -> str:
        """Return what follows a title, with `”.` as `.”`; a title that ends in a mark of its own takes no other."""
        if not self._punctuation_in_quote or not rest.startswith((f"{self._close_quote}.", f"{self._close_quote},")):
            return rest
        mark = "" if title.endswith((".", "?", "!", ",")) else rest[len(self._close_quote)]
        return f"{mark}{self._close_quote}{rest[len(self._close_quote) + 1 :]}"
