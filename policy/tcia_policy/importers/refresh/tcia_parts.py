"""The parts of a dataset as TCIA lists them now: its downloads, and those that it had before."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from tcia_policy.importers import tcia
from tcia_policy.importers.refresh.tcia_labels import Labels
from tcia_policy.model import Distribution, Notice

UNNAMED = str(tcia.UNNAMED_DOWNLOAD)


def parts(before: tuple[Distribution, ...], record: tcia.TciaRecord, labels: Labels) -> tuple[Distribution, ...]:
    """Return the downloads in TCIA's order, and after them those that it does not list any more, as withdrawn."""
    known = {part.id: part for part in before}
    rows = [row for row in tcia.rows(record) if row.id != tcia.UNNAMED_DOWNLOAD or not known]
    listed: dict[str, list[tcia.Download]] = {}
    for row in rows:
        listed.setdefault(str(row.id), []).append(row)
    now = (_part(known.get(id_), id_, same, labels) for id_, same in listed.items())
    return (*now, *_others(before, listed, labels))


def covering(
    notices: tuple[Notice, ...], before: Sequence[Distribution], now: Sequence[Distribution]
) -> tuple[Notice, ...]:
    """Return the notices, those on some parts also on new parts of the same types of data.

    TCIA gives a download another number where it replaces it. What was said of the one before holds for it as well.
    """
    known = {part.id: part for part in before}
    new = [part for part in now if part.id not in known]
    return tuple(_on(notice, known, new) for notice in notices) if new else notices


def _on(notice: Notice, known: Mapping[str, Distribution], new: Iterable[Distribution]) -> Notice:
    if notice.distributions is None:
        return notice
    types = {type_ for id_ in notice.distributions if id_ in known for type_ in known[id_].data_types}
    more = (part.id for part in new if not part.data_types or not types or types & set(part.data_types))
    return notice.model_copy(update={"distributions": (*notice.distributions, *more)})


def _part(before: Distribution | None, id_: str, rows: list[tcia.Download], labels: Labels) -> Distribution:
    """Return the part as its row says. Where several rows have its number, the labels of all of them count."""
    row = rows[0]
    if row.id == tcia.UNNAMED_DOWNLOAD:
        return Distribution(id=id_, title=row.title or tcia.UNNAMED_TITLE, claims=())
    part = Distribution(
        id=id_,
        title=row.title or (tcia.UNNAMED_TITLE if before is None else before.title),
        listed=not row.hidden,
        data_types=row.data_types or _types(before, "data_types"),
        file_types=row.file_types or _types(before, "file_types"),
        updated=row.updated or (None if before is None else before.updated),
        claims=() if before is None else before.claims,
        past=() if before is None else before.past,
    )
    return labels.on(part, rows)


def _types(before: Distribution | None, field: str) -> tuple[str, ...]:
    """Return the types that the part had: a record that leaves them out says nothing of them."""
    types: tuple[str, ...] = () if before is None else getattr(before, field)
    return types


def _others(before: tuple[Distribution, ...], listed: Collection[str], labels: Labels) -> Iterator[Distribution]:
    """Yield the parts that TCIA does not list. What stood for a download without a number goes once there is one."""
    for part in before:
        if part.id in listed:
            continue
        if part.id != UNNAMED:
            yield part if part.withdrawn else part.model_copy(update={"withdrawn": labels.day})
        elif not listed or part.claims:
            yield part
