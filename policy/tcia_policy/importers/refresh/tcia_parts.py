"""The parts of a dataset as TCIA lists them now: its downloads, and those that it had before."""

from collections.abc import Iterator

from tcia_policy.importers import tcia
from tcia_policy.importers.refresh.tcia_labels import Labels
from tcia_policy.model import Distribution

UNNAMED = str(tcia.UNNAMED_DOWNLOAD)


def parts(before: tuple[Distribution, ...], record: tcia.TciaRecord, labels: Labels) -> tuple[Distribution, ...]:
    """Return the downloads in TCIA's order, and after them those that it does not list any more, as withdrawn."""
    known = {part.id: part for part in before}
    rows = [row for row in tcia.rows(record) if row.id != tcia.UNNAMED_DOWNLOAD or not known]
    listed = {str(row.id): row for row in rows}
    now = (_part(known.get(id_), id_, row, labels) for id_, row in listed.items())
    return (*now, *_others(before, listed, labels))


def _part(before: Distribution | None, id_: str, row: tcia.Download, labels: Labels) -> Distribution:
    if row.id == tcia.UNNAMED_DOWNLOAD:
        return Distribution(id=id_, title=row.title or tcia.UNNAMED_TITLE, claims=())
    part = Distribution(
        id=id_,
        title=row.title or (tcia.UNNAMED_TITLE if before is None else before.title),
        listed=not row.hidden,
        data_types=row.data_types,
        file_types=row.file_types,
        updated=row.updated,
        claims=() if before is None else before.claims,
        past=() if before is None else before.past,
    )
    return labels.on(part, row)


def _others(
    before: tuple[Distribution, ...], listed: dict[str, tcia.Download], labels: Labels
) -> Iterator[Distribution]:
    """Yield the parts that TCIA does not list. What stood for a download without a number goes once there is one."""
    for part in before:
        if part.id in listed:
            continue
        if part.id != UNNAMED:
            yield part if part.withdrawn else part.model_copy(update={"withdrawn": labels.day})
        elif not listed or part.claims:
            yield part
