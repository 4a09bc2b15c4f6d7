"""Columns whose headings do not say that they list series: what their first cells show, and what is told of them.

Where the index has one of these cells as a series, the column lists series, whatever its heading is: tables that were
made with pylidc or LUNA16 have series under `instance_uid`. Images have UIDs of their own, which no index has; so has
much that stands beside the series of a row.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tcia_policy.cohorts.found_in_text import found_in
from tcia_policy.cohorts.patients.patient_ids import known_patients_in
from tcia_policy.cohorts.records.cells import is_empty
from tcia_policy.cohorts.records.roles import Role, may_be_series, names_images
from tcia_policy.cohorts.uids import looks_like_uid, unwrap
from tcia_policy.lazy import dataclass

MOST_BY_VALUES = 3  # of ten: at least so many cells of a column show what it lists


class Aside(NamedTuple):
    """A column of UIDs by which no row is judged. `of_images` says that its heading is one of images."""

    at: int
    heading: str
    of_images: bool


@dataclass(frozen=True)
class Shown:
    """What the cells of columns show: the roles of those that list entries, and what stands aside, by index."""

    roles: dict[int, Role]
    aside: tuple[Aside, ...] = ()


def shown_by_cells(among: Iterable[int], headings: Sequence[str], sample: Sequence[Sequence[str]]) -> Shown:
    """Return what the first cells of columns show whose headings mean nothing to us.

    A column of images lists nothing, unless the index has one of its cells as a series.
    """
    roles: dict[int, Role] = {}
    aside = []
    for index in among:
        cells = [cell for row in sample if index < len(row) and not is_empty(cell := row[index])]
        role = role_of_cells(cells)
        if role is Role.UID and _has_series(cells, headings[index]):
            roles[index] = Role.SERIES
        elif role is not Role.UID or may_be_series(headings[index]):
            roles |= {} if role is None else {index: role}
        elif names_images(headings[index]):
            aside.append(Aside(index, headings[index], of_images=True))
    return Shown(roles, tuple(aside))


def role_of_cells(cells: Sequence[str]) -> Role | None:
    """Return the role of a column by its cells: UIDs, text with UIDs or with ids of known patients in it, or any.

    The lines of what a notebook shows have series in one line, and in the next its patient.
    """
    kinds = Counter(filter(None, map(role_of_cell, cells)))
    if not kinds or sum(kinds.values()) * 10 < len(cells) * MOST_BY_VALUES:
        return None
    if len(kinds) > 1 and Role.KNOWN_PATIENT in kinds:
        return Role.ANY
    return kinds.most_common(1)[0][0]


def role_of_cell(cell: str) -> Role | None:
    """Return what one cell shows; `None` where it shows nothing."""
    if looks_like_uid(unwrap(cell)):
        return Role.UID
    if found_in(cell):
        return Role.PATH
    return Role.KNOWN_PATIENT if known_patients_in(cell) else None


def has_other_series(index: int, sample: Sequence[Sequence[str]]) -> bool:
    """Return whether paths in a column have series of the index that stand nowhere else in their rows."""
    return _is_any_in_index([uid for cells in sample for uid in uids_aside(index, cells)])


def uids_aside(index: int, cells: Sequence[str]) -> list[str]:
    """Return the UIDs in a cell of a row, or in a path in it, that stand in no other cell of the row."""
    cell = cells[index] if index < len(cells) else ""
    uids = [unwrap(cell)] if looks_like_uid(unwrap(cell)) else [each.entry for each in found_in(cell)]
    return [uid for uid in uids if not any(uid in other for at, other in enumerate(cells) if at != index)]


def _has_series(cells: Iterable[str], heading: str) -> bool:
    """Return whether the index has one of these UIDs as a series. Those of classes and of frames are not looked up."""
    return (may_be_series(heading) or names_images(heading)) and _is_any_in_index([*map(unwrap, cells)])


def _is_any_in_index(uids: Sequence[str]) -> bool:
    from tcia_policy.cohorts.index.slim import slim_index  # noqa: PLC0415 - 10 ms, where there are such columns
    from tcia_policy.cohorts.index.slim_table import UNKNOWN  # noqa: PLC0415 - as above

    return any(row != UNKNOWN for row in slim_index().rows_of_series(uids))
