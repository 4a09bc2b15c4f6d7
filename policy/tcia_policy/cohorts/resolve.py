"""From the items of a project to holdings: what was used, dataset by dataset, counted."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from tcia_policy.cohorts.aside import told_aside, told_prose, told_sheets
from tcia_policy.cohorts.cohort import Origin
from tcia_policy.cohorts.drafts import Draft, with_what_shows_its_place
from tcia_policy.cohorts.holdings import (
    holding_of_other,
    holdings_of_names,
    holdings_of_series,
    holdings_of_the_rest,
    merge,
)
from tcia_policy.cohorts.index.answers import NOT_LOOKED_UP, Index, LookedUp, Place
from tcia_policy.cohorts.items import Selected, by_beside, located, read_item, read_without_duckdb, with_the_rest
from tcia_policy.cohorts.named_above import holdings_named_above
from tcia_policy.cohorts.not_in_index import holdings_of_unknown
from tcia_policy.cohorts.outside import is_outside, refused
from tcia_policy.cohorts.patients_elsewhere import holdings_of_patients
from tcia_policy.cohorts.rows_say import narrowed
from tcia_policy.cohorts.uids import is_series_uid
from tcia_policy.errors import InputError, Mistakes
from tcia_policy.files.progress import waiting
from tcia_policy.lazy import dataclass
from tcia_policy.model import DataItem, Holding
from tcia_policy.registry import Registry, is_address, normalize_doi

WITHOUT_BULK = "A large table, sooner with 'tcia-policy[bulk]'"


@dataclass(frozen=True)
class FileRead:
    """A cohort file that was read: the position of its item, its name as the user wrote it, and what is to be told.

    `empty` counts cells without an entry, `origin` is the place that the file shows, `remarks` what such a file cannot
    tell, and what of it does not count.
    """

    position: int
    label: str
    empty: int
    origin: Origin | None
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Resolution:
    """The holdings, and the version of idc-index-data they were looked up in (`None` where no series were).

    `files` are the cohort files that were read, `read` has what is to be told of some of them. `selected` is what the
    items select, before any of it is looked up.
    """

    holdings: tuple[Holding, ...]
    idc_index_data: str | None
    files: tuple[Path, ...] = ()
    read: tuple[FileRead, ...] = ()
    selected: tuple[Selected, ...] = ()


def resolve(
    items: Sequence[DataItem], base: Path, registry: Registry, *, shown_within: Path | None = None
) -> Resolution:
    """Return what the items of a project resolve to; relative paths are relative to `base`.

    Nothing of the content of files outside of the folder `shown_within` is kept to be shown, where one is given.

    Holdings come in the order of the items; those of one item by their number of series, the largest first. Items that
    select the same parts of a dataset in the same way make one holding. Raise `InputError`, with the item's place in
    the project (`data[2].doi`) or the file, for a name, DOI or distribution that is unknown, what is not a UID, and a
    file that cannot be read, all at once; what is merely not understood within a file becomes a holding of its own.
    """
    selected: list[Selected] = []
    places: list[tuple[int, DataItem]] = []
    mistakes = Mistakes()
    for position, item in enumerate(items):
        if mistakes.are_enough:
            break
        with mistakes.noted(), located(position, item):
            found = _selected(item, base, registry, shown_within)
            selected.extend(found)
            places.extend([(position, item)] * len(found))
    if mistakes:
        _note_unknown_parts(selected, places, registry, mistakes)
    mistakes.tell()
    as_read = tuple(selected)
    looked_up = narrowed(look_up_all(selected, registry), selected, registry)
    drafts: list[Draft] = []
    for cohort, (each, place) in enumerate(zip(selected, places, strict=True)):
        with mistakes.noted(), located(*place):
            drafts.extend(
                with_what_shows_its_place(draft, each) for draft in _drafts(each, cohort, looked_up, registry)
            )
    mistakes.tell()
    holdings = merge(drafts, [each.label for each in selected], looked_up, registry)
    files = tuple(each.path for each in selected if each.path is not None)
    read = (_read(each, position) for each, (position, _item) in zip(selected, places, strict=True))
    told = tuple(each for each in read if each is not None)
    return Resolution(holdings, looked_up.version, files, told, as_read)


def _read(selected: Selected, position: int) -> FileRead | None:
    """Return what is to be told of a cohort file; `None` where there is nothing."""
    told = () if selected.remark is None else (selected.remark,)
    remarks = (
        *told,
        *told_aside(selected.aside, withheld=selected.withheld),
        *told_sheets(selected.sheets_without, withheld=selected.withheld),
        *told_prose(selected.prose),
    )
    if not (selected.empty or selected.origin or remarks):
        return None
    return FileRead(position, selected.label, selected.empty, selected.origin, remarks)


def item_from_argument(text: str, base: Path, registry: Registry) -> DataItem:
    """Return the item that a SELECTION on the command line means; relative paths are relative to `base`.

    In this order: a DOI, in any spelling; a series UID (write `./1.2.3` for a file of such a name); an existing file or
    folder whose name has a separator or an extension; a name or the address of a page that the registry knows; any
    other existing file or folder. Raise `InputError` for a path that does not exist, and for a name, an address or a
    DOI that is unknown.
    """
    text = text.strip()
    if normalize_doi(text) is not None:
        registry.find(text)
        return DataItem.model_construct(doi=text)
    if is_series_uid(text):
        return DataItem.model_construct(series=text)
    exists = bool(text) and os.path.lexists(base / text)
    looks_like_path = os.sep in text or "." in text
    if exists and (looks_like_path or not registry.knows(text)):
        if (base / text).is_dir():
            return DataItem.model_construct(folder=text)
        return DataItem.model_construct(manifest=text)
    is_name = registry.knows(text) or is_address(text)
    if not is_name and (os.sep in text or Path(text).suffix):
        raise InputError("no such file, and no dataset of that name", file=text)
    registry.find(text)
    return DataItem.model_construct(dataset=text)


def _selected(item: DataItem, base: Path, registry: Registry, shown_within: Path | None) -> tuple[Selected, ...]:
    named = item.manifest or item.folder
    if shown_within is None or named is None or not is_outside(base / named, shown_within):
        return read_item(item, base, registry)
    try:
        return tuple(each.without_content() for each in read_item(item, base, registry))
    except InputError as error:
        raise refused(error, base / named) from None


def _note_unknown_parts(
    selected: Sequence[Selected], places: Sequence[tuple[int, DataItem]], registry: Registry, mistakes: Mistakes
) -> None:
    """Note the parts that the datasets of other items do not have, which is told where no series are looked up."""
    for each, place in zip(selected, places, strict=True):
        with mistakes.noted(), located(*place):
            tuple(holdings_of_names(each, 0, registry))


def look_up_all(selected: list[Selected], registry: Registry) -> LookedUp:
    """Look up all series at once. In `selected`, a table that DuckDB cannot take is replaced by what Python reads."""
    if not any(each.has_entries for each in selected):
        return NOT_LOOKED_UP
    from tcia_policy.cohorts.index.choose import is_for_bulk  # noqa: PLC0415 - for series only, as what follows

    entries = sum(len(names) for each in selected for names in each.listed.values())
    if is_for_bulk(entries, any(each.table is not None for each in selected)):
        return _look_up_in_bulk(selected, registry)
    from tcia_policy.cohorts.index.slim_look_up import SlimLookUp  # noqa: PLC0415 - as above

    index = SlimLookUp()
    for cohort, each in enumerate(selected):
        if each.table is not None:
            with waiting(WITHOUT_BULK):
                selected[cohort] = read_without_duckdb(each, registry)
        _enter(index, cohort, selected[cohort])
    with waiting("Series"):
        return index.look_up()


def _look_up_in_bulk(selected: list[Selected], registry: Registry) -> LookedUp:
    from tcia_policy.cohorts.index.bulk import BulkIndex  # noqa: PLC0415 - loads DuckDB: 60 ms, for many series

    with waiting("IDC's index"):
        opened = BulkIndex()
    with opened as index:
        for cohort, each in enumerate(selected):
            if each.table is not None:
                with waiting("Series of a table", index.fraction):
                    read = index.enter_table(cohort, each.table)
                selected[cohort] = (
                    read_without_duckdb(each, registry)
                    if read is None
                    else with_the_rest(each, read.rest, read.has_entries, registry)
                )
            _enter(index, cohort, selected[cohort])
        with waiting("Series", index.fraction):
            return index.look_up()


def _enter(index: Index, cohort: int, selected: Selected) -> None:
    for kind, entries in selected.listed.items():
        for beside, names in by_beside(entries).items():
            index.enter(Place(cohort, kind, beside), names)


def _drafts(selected: Selected, cohort: int, looked_up: LookedUp, registry: Registry) -> Iterator[Draft]:
    yield from holdings_of_names(selected, cohort, registry)
    yield from holdings_named_above(selected, cohort, looked_up, registry)
    yield from holdings_of_series(selected, cohort, looked_up, registry)
    yield from holding_of_other(selected, cohort)
    yield from holdings_of_patients(selected, cohort, looked_up, registry)
    yield from holdings_of_unknown(selected, cohort, looked_up, registry)
    yield from holdings_of_the_rest(selected, cohort)
