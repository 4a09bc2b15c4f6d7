"""The items of a project, read: which datasets each names, and which series it lists."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from pathlib import Path

from tcia_policy.cohorts.cohort import (
    NOTHING_BESIDE,
    NOTHING_UNREAD,
    Beside,
    Cohort,
    EntryKind,
    Listed,
    Origin,
    StoredTable,
    Unread,
    printable,
    unread_of,
)
from tcia_policy.cohorts.detect import nothing_in, read_cohort
from tcia_policy.cohorts.filename_check import datasets_named_in_filename
from tcia_policy.cohorts.folders.folder_content import EVERYTHING_READ, Images, NotRead
from tcia_policy.cohorts.outside import refused
from tcia_policy.cohorts.uids import is_series_uid
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.progress import waiting
from tcia_policy.lazy import dataclass
from tcia_policy.model import DataItem, OtherData, OtherKind, OwnData
from tcia_policy.model.project import ITEM_KINDS
from tcia_policy.registry import Registry, normalize_doi
from tcia_policy.registry.name_likeness import (
    dataset_named_in,
    dataset_of_doi,
    naming_data,
    spoken_of,
    spoken_of_by_own,
)


@dataclass(frozen=True)
class Selected:
    """What one item, or one file of a folder, selects. `label` is the item as the user wrote it.

    `datasets` are registry ids; `listed` are the entries to look up, each with the index into `beside` of what its row
    says beside it; `table` has more of them. `lines` and `not_read` are what was not understood, `empty` counts empty
    cells, `aside` UIDs that are no entries, `prose` sentences; `sheets_without` are sheets with no entry.
    `named_in_filename` are the datasets that the file is named after, `named_above` those that stand above the headings
    of its table; `origin` is the place that the content of the file shows, of which some rows may show nothing
    (`origin_unsure`). `withheld` says that nothing of the content may be printed.
    """

    item: DataItem
    label: str
    datasets: tuple[str, ...] = ()
    listed: Listed = field(default_factory=dict)
    beside: tuple[Beside, ...] = (NOTHING_BESIDE,)
    path: Path | None = None
    table: StoredTable | None = None
    named_in_filename: tuple[str, ...] = ()
    named_above: tuple[str, ...] = ()
    lines: Unread = NOTHING_UNREAD
    not_read: NotRead = EVERYTHING_READ
    empty: int = 0
    origin: Origin | None = None
    origin_unsure: bool = False
    remark: str | None = None
    aside: Mapping[tuple[str, EntryKind | None], int] = field(default_factory=dict)
    prose: Unread = NOTHING_UNREAD
    sheets_without: tuple[str, ...] = ()
    other: OtherData | None = None
    own: OwnData | None = None
    registered_as: str | None = None
    named_like: str | None = None
    speaks_of: str | None = None
    withheld: bool = False

    @property
    def has_entries(self) -> bool:
        """Return whether anything is to be looked up in an index."""
        return self.table is not None or any(self.listed.values())

    def without_content(self) -> "Selected":
        """Return the same without anything of a file that could be shown."""
        return replace(self, lines=Unread(self.lines.count), prose=Unread(self.prose.count), withheld=True)


def by_beside(entries: Mapping[str, int]) -> dict[int, list[str]]:
    """Return the entries by the index of what their rows say beside them."""
    found: dict[int, list[str]] = {}
    for entry, beside in entries.items():
        found.setdefault(beside, []).append(entry)
    return found


def kind_of(item: DataItem) -> str:
    """Return which of the kinds of item it is: `dataset`, `manifest` ..."""
    return next(kind for kind in ITEM_KINDS if getattr(item, kind) is not None)


@contextmanager
def located(position: int, item: DataItem) -> Iterator[None]:
    """Give errors the item's place in the project, such as `data[2].doi`; one about a cohort file keeps that file."""
    try:
        yield
    except InputError as error:
        field = f"data[{position}].{error.field or kind_of(item)}"
        raise error.at(field=field) from None


def read_item(item: DataItem, base: Path, registry: Registry) -> tuple[Selected, ...]:
    """Return what an item selects; several only for a folder. Relative paths are relative to `base`.

    Raise `InputError` for a name or DOI that the registry does not have, what is not a UID, and an unreadable file.
    """
    if item.manifest is not None:
        with waiting("A cohort file"):
            cohort = read_cohort(base / item.manifest)
        return (_of_cohort(item, item.manifest, cohort, registry),)
    if item.folder is not None:
        return _of_folder(item, item.folder, base, registry)
    if item.other is not None:
        return (_of_other(item, item.other, registry),)
    if item.own is not None:
        spoken = spoken_of_by_own(item.own.name, item.own.description or "", registry)
        own = Selected(item, label=item.own.name, own=item.own, named_like=spoken.dataset, speaks_of=spoken.others)
        return (own,)
    if item.series is not None:
        return (_of_series(item, item.series.strip()),)
    name = item.dataset or item.collection or item.analysis_result or item.doi or ""
    return (Selected(item, label=name, datasets=registry.find(name)),)


def read_without_duckdb(selected: Selected, registry: Registry) -> Selected:
    """Return the same, read by Python, for a table that DuckDB cannot read. Raise `InputError` as before."""
    path = selected.path or Path()
    return _again(selected, lambda: read_cohort(path, large=limits.COHORT_FILE + 1), registry)


def with_the_rest(selected: Selected, rest: Cohort, has_entries: bool, registry: Registry) -> Selected:
    """Return a selection with what its table has besides the entries that DuckDB looked up in it.

    Raise `InputError` where it has nothing at all.
    """
    found = replace(
        rest, origin=selected.origin or rest.origin, remark=rest.remark, table=selected.table if has_entries else None
    )
    return replace(_again(selected, lambda: found, registry), named_above=selected.named_above)


def _again(selected: Selected, read: Callable[[], Cohort], registry: Registry) -> Selected:
    """Return a selection by what was read of it at last. What is withheld stays so, also in errors."""
    try:
        found = _of_cohort(selected.item, selected.label, read(), registry)
    except InputError as error:
        raise refused(error, selected.path or Path()) if selected.withheld else error from None
    return found.without_content() if selected.withheld else found


def _of_series(item: DataItem, uid: str) -> Selected:
    if not is_series_uid(uid):
        raise InputError(
            f"{printable(uid)!r} is not a series UID",
            hint="a SeriesInstanceUID has digits and dots only, at most 64; a file of them is `manifest:`",
        )
    return Selected(item, label=uid, listed={EntryKind.SERIES: {uid: 0}})


def _of_other(item: DataItem, other: OtherData, registry: Registry) -> Selected:
    """Return data from elsewhere.

    Raise `InputError` for a name that is a dataset's of the registry, and for what is stated as a DOI and is none.
    """
    if registry.knows(other.name):
        raise _is_registered(registry.find(other.name)[0])
    doi = None if other.doi is None else normalize_doi(other.doi)
    if doi is None and other.doi is not None:
        raise _no_doi(other.doi, registry)
    registered_as = None if doi is None else dataset_of_doi(doi, registry)
    spoken = spoken_of(other.name if doi is None or registered_as else f"{other.name} {doi}", registry)
    return Selected(
        item,
        label=other.name,
        other=other.model_copy(update={"doi": doi}),
        registered_as=registered_as,
        named_like=spoken.dataset,
        speaks_of=spoken.others if other.kind in (None, OtherKind.DATASET) else None,
    )


def _is_registered(dataset: str) -> InputError:
    hint = f"write `dataset: {dataset}`, with `obtained_from` if need be; if these are other data, rename them"
    return InputError(f"this is {dataset!r} of the registry", hint=hint)


def _no_doi(stated: str, registry: Registry) -> InputError:
    """Return the error for what is stated as a DOI and is none, such as the page of a dataset."""
    if registry.knows(stated):
        return _is_registered(registry.find(stated)[0]).at(field="other.doi")
    hint = "write the DOI alone, such as 10.1234/abcd; leave it out if there is none"
    return InputError(f"{printable(stated)!r} is not a DOI", field="other.doi", hint=hint)


def _of_folder(item: DataItem, name: str, base: Path, registry: Registry) -> tuple[Selected, ...]:
    from tcia_policy.cohorts.folders.folder import read_folder  # noqa: PLC0415 - 5 ms, for folders only

    folder = read_folder(base / name, registry.knows)
    within = name.rstrip("/")
    found = [_of_images(item, within or name, images) for images in folder.images]
    found += [
        _of_cohort(item, f"{within}/{cohort.path.relative_to(base / name).as_posix()}", cohort, registry, part=True)
        for cohort in folder.cohorts
    ]
    if folder.not_read.number or folder.remark:
        found.append(Selected(item, label=name, not_read=folder.not_read, remark=folder.remark))
    return tuple(found)


def _of_images(item: DataItem, label: str, images: Images) -> Selected:
    """Return images of a folder. The license file that came with them is that of the copy, if no other is stated."""
    stated = item.license is not None or item.license_file is not None
    if images.license_file is not None and not stated:
        item = item.model_copy(update={"license_file": f"{label}/{images.license_file}"})
    cohort = images.cohort
    return Selected(item, label=label, listed=cohort.listed, beside=cohort.beside, origin=cohort.origin)


def _of_cohort(item: DataItem, label: str, cohort: Cohort, registry: Registry, *, part: bool = False) -> Selected:
    """Return what a cohort file selects; one that is `part` of a folder may list nothing that the rest does not."""
    from tcia_policy.cohorts.patients.patient_names import beginnings_of, patients_in  # noqa: PLC0415 - for files only

    named = {name: _known_names(cohort, name.text, registry) for name in cohort.names}
    known = [text for texts in named.values() for text in texts]
    others = [name for name, texts in named.items() if not texts]
    beginnings = beginnings_of(registry.entries)
    patients = {name: patients_in(name.text, beginnings) for name in others}
    listed = _with_patients(cohort.listed, [id_ for ids in patients.values() for id_ in ids])
    unknown = [name for name, ids in patients.items() if not ids]
    naming = naming_data([line.text for line in cohort.sentences], registry)
    told = [each for each in cohort.sentences if each.text in naming]
    told += [each for each in cohort.headings if dataset_named_in(each.text, registry.entries) is not None]
    lines = cohort.unread + unread_of(unknown) + unread_of(told)
    if not (known or any(listed.values()) or cohort.lists_entries or cohort.is_told or part):
        raise nothing_in(replace(cohort, unread=lines, sentences=()))
    return Selected(
        item,
        label=label,
        datasets=tuple(dict.fromkeys(id_ for name in known for id_ in registry.find(name))),
        listed=listed,
        beside=cohort.beside,
        path=cohort.path,
        table=cohort.table,
        named_above=tuple(
            dict.fromkeys(id_ for line in cohort.above if registry.knows(line.text) for id_ in registry.find(line.text))
        ),
        named_in_filename=datasets_named_in_filename(cohort.path, registry),
        lines=lines,
        empty=cohort.empty,
        origin=cohort.origin,
        origin_unsure=cohort.origin_unsure,
        remark=cohort.remark,
        aside=cohort.aside,
        prose=unread_of([line for line in cohort.sentences if line.text not in naming]),
        sheets_without=cohort.sheets_without,
    )


def _with_patients(listed: Listed, patients: Sequence[str]) -> Listed:
    """Return the entries with patients that lines name without saying that they are patients."""
    if not patients:
        return listed
    return {**listed, EntryKind.PATIENT: {**dict.fromkeys(patients, 0), **listed.get(EntryKind.PATIENT, {})}}


def _known_names(cohort: Cohort, name: str, registry: Registry) -> tuple[str, ...]:
    """Return the name of a dataset that a row states, or where it is none what else such rows name."""
    if registry.knows(name):
        return (name,)
    return tuple(other for other in cohort.other_names.get(name, ()) if registry.knows(other))
