"""Which citation a dataset gets, where its sources print several."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.importers import apa, idc, tcia
from tcia_policy.model import Citation


def is_undated(published: tcia.Published) -> bool:
    """Return whether TCIA's data citation has `n.d.` for a year."""
    return apa.is_undated(published.data_citation())


def of_tcia(published: tcia.Published, as_of: date) -> Citation:
    """Return TCIA's data citation. Raise `InputError` for what is not an APA data citation with a year."""
    text = published.data_citation()
    return _located(lambda: apa.parse(text, source=tcia.SOURCE, as_of=as_of), published.file, published.record.slug)


def of_idc(source: idc.IdcSource, as_of: date) -> tuple[Citation, tuple[str, ...]]:
    """Return IDC's data citation, and the publications that its text names beside it."""
    texts = [text for text in source.citation.split("\n\n") if text.strip()]
    data = texts if len(texts) == 1 else [text for text in texts if apa.names_its_type(text)]
    file = Path(idc.COLLECTIONS_FILE)
    if len(data) != 1:
        raise InputError(f"has {len(data)} data citations, not one", file=file, field=source.id)
    citation = _located(lambda: apa.parse(data[0], source=idc.SOURCE, as_of=as_of), file, source.id)
    return citation, tuple(apa.plain(text) for text in texts if text is not data[0])


def _located(parse: Callable[[], Citation], file: Path, record: str) -> Citation:
    try:
        return parse()
    except InputError as error:
        raise error.at(file=file, field=record) from None
