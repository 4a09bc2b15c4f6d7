"""References as plain text, one line each: as DataCite recommends, or in a CSL style."""

from collections.abc import Sequence

from tcia_policy.model import Citation
from tcia_policy.references.datacite_text import render_text
from tcia_policy.references.dedupe import unique_by_doi
from tcia_policy.references.formats import NO_OPTIONS, WriteOptions


def write_text(citations: Sequence[Citation], options: WriteOptions = NO_OPTIONS) -> str:
    """Return one line for each reference, as DataCite recommends, or in the CSL style of `options`.

    Raise `InputError` where the style cannot be used, and where styles are not installed.
    """
    if options.style is None:
        return "".join(f"{render_text(citation)}\n" for citation in unique_by_doi(citations))
    from tcia_policy.references.csl_style_files import not_installed  # noqa: PLC0415 - only where a style is asked for

    try:
        from tcia_policy.references.csl_text import render_styled  # noqa: PLC0415 - comes with the extra `styles`
    except ModuleNotFoundError:
        raise not_installed() from None
    return render_styled(citations, options.style)
