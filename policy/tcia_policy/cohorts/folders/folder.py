"""A folder of data: the cohort files in it, the series of its images, and how much of it is not read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from tcia_policy.cohorts.cohort import NOTHING_BESIDE, Beside, Cohort, Entries, EntryKind, Origin
from tcia_policy.cohorts.detect import read_cohort
from tcia_policy.cohorts.dicom_header import INSTALL, can_read_headers, is_dicom_file
from tcia_policy.cohorts.folders.dicom_folders import DicomFiles, FoundInDicom, Listing, by_headers, by_paths
from tcia_policy.cohorts.folders.file_kinds import IMAGES, NOT_OPENED, FileKind, in_words, kind_by_name
from tcia_policy.cohorts.folders.folder_content import Folder, Images, NotRead
from tcia_policy.cohorts.folders.nbia_download import is_nbia_license, series_by_place
from tcia_policy.cohorts.path_uids import Named, is_of_idc, named_by_path
from tcia_policy.errors import InputError
from tcia_policy.files import limits, magic
from tcia_policy.files.content import read_start
from tcia_policy.files.progress import progress
from tcia_policy.files.tree import EXAMPLES, Counted, FilesOfFolder, Tree
from tcia_policy.lazy import dataclass
from tcia_policy.model import Route
from tcia_policy.text import english

NAME = "folder of images"
LITTER = frozenset(("thumbs.db", "desktop.ini"))  # of Windows
LICENSES = frozenset(("license", "license.txt"))
IDC_LAYOUT = Origin(Route.IDC, "its folders are named as IDC's tools name them")
NBIA_LICENSE = Origin(Route.TCIA, "NBIA's LICENSE file is in it")


@dataclass
class _Looked:
    """What was found in a folder before the headers of its DICOM files are read."""

    cohorts: list[Cohort] = field(default_factory=list)
    dicom: list[DicomFiles] = field(default_factory=list)
    named: dict[Named, str] = field(default_factory=dict)
    licenses: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    not_read: dict[FileKind, Counted] = field(default_factory=dict)
    opened: int = 0

    def count(self, kind: FileKind, path: str) -> None:
        """Count a file that is not read."""
        self.not_read.setdefault(kind, Counted()).add(path)


def read_folder(folder: Path, is_dataset: Callable[[str], bool]) -> Folder:
    """Return what a folder, and all folders in it, has; cohort files come in the order of their names.

    DICOM files count as what their headers say (with the extra `dicom`), else as what their paths say; other images as
    what their paths say. A list is a cohort file only where one of its names `is_dataset`. Names that begin with a dot
    are passed over. Links are followed within the folder only. Raise `InputError` where it is no folder, a folder of
    the system, cannot be read, or has no file or too many: these are counted before any of them is opened.
    """
    tree = Tree(folder)
    looked = _Looked()
    total = tree.count()
    for each in progress(tree.folders(), "Files looked at", total, lambda each: len(each.names)):
        _look(each, is_dataset, looked)
    if not total and not tree.passed_over:
        raise InputError("has no files in it", file=folder)
    images, cohorts = _images(folder, looked)
    kinds: list[tuple[str, Counted]] = [*looked.not_read.items(), *tree.passed_over.items()]
    return Folder(tuple(cohorts), tuple(images), _not_read(kinds), _remark(tree, looked))


def has_data(folder: Path, is_dataset: Callable[[str], bool]) -> bool:
    """Return whether a folder has a cohort file, a DICOM file, or an image that is named after a series.

    Not all of a large folder is looked at. Raise `InputError` as `read_folder` does.
    """
    tree = Tree(folder)
    tree.count()
    looked = _Looked()
    for each in tree.folders():
        _look(each, is_dataset, looked)
        if looked.cohorts or looked.dicom or looked.named:
            return True
    return False


def _look(folder: FilesOfFolder, is_dataset: Callable[[str], bool], looked: _Looked) -> None:
    """Look at the files of one folder."""
    dicom = []
    for name in folder.names:
        kind = kind_by_name(name)
        if name.lower() in LITTER or (name.lower() in LICENSES and _is_license(folder, name, looked)):
            continue
        if kind is FileKind.DICOM or (kind is FileKind.OTHER and _is_dicom(folder.path / name)):
            dicom.append(name)
        elif kind in NOT_OPENED:
            named = named_by_path(folder.place, name) if kind in IMAGES else ()
            looked.named.update({each: folder.place for each in named if each not in looked.named})
            if not named:
                looked.count(kind, folder.within(name))
        else:
            _read_list(folder, name, is_dataset, looked)
    if dicom:
        looked.dicom.append(DicomFiles.of(folder, dicom))


def _is_license(folder: FilesOfFolder, name: str, looked: _Looked) -> bool:
    """Note NBIA's license file, and return whether it is one."""
    try:
        content = read_start(folder.path / name, limits.BLOCK)
    except InputError:
        return False
    if is_nbia_license(content):
        looked.licenses[folder.place] = folder.within(name), content
        return True
    return False


def _is_dicom(path: Path) -> bool:
    try:
        return is_dicom_file(read_start(path, magic.DICOM_PREAMBLE + len(magic.DICOM)))
    except InputError:
        return False


def _read_list(folder: FilesOfFolder, name: str, is_dataset: Callable[[str], bool], looked: _Looked) -> None:
    """Read a file that may be a cohort file; count it where it is none, and where enough of them were read."""
    path = folder.path / name
    kind = kind_by_name(name)
    looked.opened += 1
    if looked.opened > limits.COHORT_FILES:
        looked.count(kind, folder.within(name))
        return
    try:
        cohort = read_cohort(path)
    except InputError as error:
        looked.count(FileKind.EMPTY if error.problem == "is empty" else kind, folder.within(name))
        return
    if cohort.lists_entries or any(is_dataset(each.text) for each in cohort.names):
        looked.cohorts.append(cohort)
    else:
        looked.count(kind, folder.within(name))


def _images(root: Path, looked: _Looked) -> tuple[list[Images], list[Cohort]]:
    """Return the images, those of one license together, and the cohort files without the series of these images."""
    listing = _listing(root, looked.cohorts)
    scopes: dict[str | None, _Scope] = {}
    read = by_headers if can_read_headers() and looked.dicom else by_paths
    number = sum(len(each.names) for each in looked.dicom)
    for files, found in progress(read(looked.dicom, listing), "DICOM files", number, lambda each: each[1].files):
        for kind, counted in found.not_read.items():
            _add_all(looked.not_read.setdefault(kind, Counted()), counted)
        _scope_of(files.place, looked, scopes).add(files, found)
    for named, place in looked.named.items():
        _scope_of(place, looked, scopes).named.setdefault(named)
    made = [_images_of(root, scope, looked.cohorts) for scope in scopes.values() if scope.entries or scope.named]
    covered = {named for scope in scopes.values() for named in scope.covered}
    return made, [_without(cohort, covered, made) for cohort in looked.cohorts]


@dataclass
class _Scope:
    """The images that one license file of NBIA's is for, or that none is for.

    `covered` are the entries of cohort files whose images these are: they count once, as images.
    """

    license_file: str | None
    entries: dict[Named, Beside | None] = field(default_factory=dict)
    named: dict[Named, None] = field(default_factory=dict)
    covered: set[Named] = field(default_factory=set)
    in_idc_folders: bool = False

    def add(self, files: DicomFiles, found: FoundInDicom) -> None:
        """Note what the DICOM files of one folder are."""
        for named, beside in found.entries.items():
            self.entries[named] = _together(self.entries.get(named), beside)
        self.covered.update(found.entries)
        self.in_idc_folders = self.in_idc_folders or is_of_idc(files.place)


def _scope_of(place: str, looked: _Looked, scopes: dict[str | None, _Scope]) -> _Scope:
    """Return the images that the nearest license file at or above a place is for; the same text is the same license."""
    at: str | None = place
    while at is not None and at not in looked.licenses:
        at = at.rpartition("/")[0] if at else None
    if at is None:
        return scopes.setdefault(None, _Scope(None))
    path, content = looked.licenses[at]
    return scopes.setdefault(content.decode("latin-1"), _Scope(path))


def _images_of(root: Path, scope: _Scope, cohorts: list[Cohort]) -> Images:
    entries = Entries(root)
    said = _said_in(cohorts)
    for (kind, entry), beside in scope.entries.items():
        entries.add(kind, entry, _said_beside(said.get(entry), beside))
    for kind, entry in scope.named:
        if (EntryKind.SERIES, entry) not in scope.entries:
            entries.add(EntryKind.SERIES if entry in said else kind, entry, said.get(entry, NOTHING_BESIDE))
    return Images(entries.cohort(NAME, _origin(scope, cohorts)), scope.license_file)


def _said_in(cohorts: list[Cohort]) -> Mapping[str, Beside]:
    """Return what the rows of cohort files say beside the series that they list."""
    said: dict[str, Beside] = {}
    for cohort in cohorts:
        for uid, beside in cohort.listed.get(EntryKind.SERIES, {}).items():
            said[uid] = _together(said.get(uid), cohort.beside[beside]) or NOTHING_BESIDE
    return said


def _said_beside(by_rows: Beside | None, by_header: Beside | None) -> Beside:
    return (None if by_rows == NOTHING_BESIDE else by_rows) or by_header or NOTHING_BESIDE


def _together(one: Beside | None, other: Beside | None) -> Beside | None:
    """Return what is said of one entry at two places."""
    if one is None or other is None or one == other:
        return one or other
    return one.and_of([other])


def _origin(scope: _Scope, cohorts: list[Cohort]) -> Origin | None:
    """Return where the images came from: by the cohort files that list them, if these agree, else by their folders."""
    listing = (each for each in cohorts if any((kind, uid) in scope.covered for kind, uid in _entries(each)))
    shown = {each.origin.route: each.origin for each in listing if each.origin is not None}
    if shown:
        return next(iter(shown.values())) if len(shown) == 1 else None
    if scope.in_idc_folders:
        return IDC_LAYOUT
    return NBIA_LICENSE if scope.license_file is not None else None


def _entries(cohort: Cohort) -> Iterator[Named]:
    return ((kind, entry) for kind, entries in cohort.listed.items() for entry in entries)


def _without(cohort: Cohort, covered: set[Named], images: list[Images]) -> Cohort:
    """Return a cohort file without what counts as images, unless it says that they came from another place."""
    routes = {each.cohort.origin.route for each in images if each.cohort.origin is not None}
    if cohort.origin is not None and cohort.origin.route not in routes:
        return cohort
    listed = {
        kind: {entry: beside for entry, beside in entries.items() if (kind, entry) not in covered}
        for kind, entries in cohort.listed.items()
    }
    return replace(cohort, listed={kind: entries for kind, entries in listed.items() if entries})


def _listing(root: Path, cohorts: list[Cohort]) -> Listing:
    series: set[str] = set()
    uuids: set[str] = set()
    places: dict[str, str] = {}
    for cohort in cohorts:
        series.update(cohort.listed.get(EntryKind.SERIES, ()))
        uuids.update(cohort.listed.get(EntryKind.SERIES_UUID, ()))
        places.update(series_by_place(cohort.path, root))
    return Listing(series, uuids, places)


def _add_all(to: Counted, counted: Counted) -> None:
    for example in counted.examples:
        to.add(example)
    to.number += counted.number - len(counted.examples)


def _not_read(kinds: Sequence[tuple[str, Counted]]) -> NotRead:
    most_first = sorted(kinds, key=lambda each: -each[1].number)
    return NotRead(
        sum(counted.number for _kind, counted in kinds),
        tuple(in_words(kind, counted.number) for kind, counted in most_first),
        tuple(sorted(example for _kind, counted in kinds for example in counted.examples)[:EXAMPLES]),
    )


def _remark(tree: Tree, looked: _Looked) -> str | None:
    """Return what is to be known of how the folder was read."""
    said = []
    if looked.dicom and not can_read_headers():
        said.append(f"DICOM files count as what their paths say; {INSTALL}")
    if tree.links_in.number:
        links = english.count(tree.links_in.number, "link")
        named = ", ".join(tree.links_in.examples)
        said.append(f"{links} to folders in it not followed ({named}); these folders are read where they are")
    return "; ".join(said) or None
