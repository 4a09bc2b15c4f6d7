"""Which citation a dataset gets, where its sources print several or cut one off."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.importers import apa, creators, idc, tcia
from tcia_policy.model import Citation


def of_tcia(published: tcia.Published, in_idc: idc.IdcSource | None, as_of: date, idc_as_of: date) -> Citation:
    """TCIA's data citation; where it has `n.d.` for a year, IDC's citation of the same DOI as a whole."""
    text = published.data_citation()
    if in_idc is not None and apa.is_undated(text):
        return of_idc(in_idc, idc_as_of)[0]
    return _located(lambda: apa.parse(text, source=tcia.SOURCE, as_of=as_of), published.file, published.record.slug)


def of_idc(source: idc.IdcSource, as_of: date) -> tuple[Citation, tuple[str, ...]]:
    """IDC's data citation, and the publications that its text names beside it."""
    texts = [text for text in source.citation.split("\n\n") if text.strip()]
    data = texts if len(texts) == 1 else [text for text in texts if apa.names_its_type(text)]
    file = Path(idc.COLLECTIONS_FILE)
    if len(data) != 1:
        raise InputError(f"has {len(data)} data citations, not one", file=file, field=source.id)
    citation = _located(lambda: apa.parse(data[0], source=idc.SOURCE, as_of=as_of), file, source.id)
    return citation, tuple(apa.plain(text) for text in texts if text is not data[0])


def completed(citation: Citation, full: creators.FullList | None) -> tuple[Citation, str | None]:
    """The citation with all of its creators where they were cut off and `full` agrees, and else why they stay so."""
    if not citation.truncated:
        return citation, None
    problem = "no full list is recorded" if full is None else full.disagreement(citation)
    if full is None or problem is not None:
        return citation, f"the creators stay cut off: {problem}"
    return creators.complete(citation, full), None


def _located(parse: Callable[[], Citation], file: Path, record: str) -> Citation:
    try:
        return parse()
    except InputError as error:
        raise error.at(file=file, field=record) from None
