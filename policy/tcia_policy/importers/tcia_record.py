"""The dataset that a record of TCIA's is of: for a registry made from recordings, and for one that is updated."""

from collections.abc import Sequence
from datetime import date

from tcia_policy.importers import tcia
from tcia_policy.model import Archive, Citation, Dataset, Derivation, Distribution, OtherName

PAGE = "https://www.cancerimagingarchive.net/?p="


def dataset_of(
    published: tcia.Published,
    citation: Citation,
    parts: Sequence[Distribution],
    origins: Sequence[Derivation],
    day: date,
) -> Dataset:
    """Return the dataset of a record that was read on this day, with its parts, and what it was made from."""
    record = published.record
    return Dataset(
        id=record.short_title,
        title=record.title,
        kind=published.kind,
        archive=Archive.TCIA,
        program=", ".join(record.program) or None,
        doi=record.doi,
        page=record.link,
        also_called=pages(record, day),
        citation=citation,
        distributions=tuple(parts),
        derived_from=tuple(origins),
        sources=(tcia.SOURCE,),
    )


def pages(record: tcia.TciaRecord, day: date) -> tuple[OtherName, ...]:
    """Return the address by which WordPress, which TCIA's site runs on, also serves the page of a record."""
    if record.id is None:
        return ()
    return (OtherName(name=f"{PAGE}{record.id}", source=tcia.SOURCE, as_of=day),)
