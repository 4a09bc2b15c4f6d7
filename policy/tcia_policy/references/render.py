"""References in a format, by its name."""

from collections.abc import Sequence
from typing import Literal

from tcia_policy.errors import InputError
from tcia_policy.model import Citation

Format = Literal["bibtex", "biblatex", "ris", "csl-json", "cff", "endnote", "text"]


def render_references(
    citations: Sequence[Citation], form: Format, *, style: str | None = None, ascii_only: bool = False
) -> str:
    """All references as text, one for each DOI, sorted by key; empty where there are none.

    `style` is a CSL style for `text`, which without one is as DataCite recommends; `ascii_only` is for BibTeX.
    Raises `InputError` for an option that the format does not have, and for a style that cannot be used.
    """
    if style is not None and form != "text":
        raise InputError(f"a citation style is for text, not for {form}", field="--style", hint="use --format text")
    if ascii_only and form not in ("bibtex", "biblatex"):
        raise InputError(f"only BibTeX can be written in ASCII, not {form}", field="--ascii")
    match form:
        case "bibtex" | "biblatex":
            from tcia_policy.references.bibtex import render_bibtex

            return render_bibtex(citations, form, ascii_only=ascii_only)
        case "ris":
            from tcia_policy.references.ris import render_ris

            return render_ris(citations)
        case "csl-json":
            from tcia_policy.references.csl_json import render_csl_json

            return render_csl_json(citations)
        case "cff":
            from tcia_policy.references.cff import render_cff

            return render_cff(citations)
        case "endnote":
            from tcia_policy.references.endnote import render_endnote

            return render_endnote(citations)
        case "text":
            return _render_text(citations, style)


def _render_text(citations: Sequence[Citation], style: str | None) -> str:
    if style is not None:
        from tcia_policy.references.csl_text import render_styled

        return render_styled(citations, style)
    from tcia_policy.references.datacite_text import render_text
    from tcia_policy.references.dedupe import unique_by_doi

    return "".join(f"{render_text(citation)}\n" for citation in unique_by_doi(citations))
