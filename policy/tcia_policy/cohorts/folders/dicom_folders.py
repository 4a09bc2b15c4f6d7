"""The DICOM files of a folder: of which series they are, by their headers, else by their paths.

Every header is read, but for a folder that is one series beyond doubt: its name or NBIA's metadata.csv says which, a
manifest or table in the folder lists that series, and the headers of its first and last file say so, too.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from tcia_policy.cohorts.cohort import Beside, EntryKind
from tcia_policy.cohorts.dicom_header import DicomHeader, read_header, without_warnings
from tcia_policy.cohorts.folders.file_kinds import FileKind
from tcia_policy.cohorts.path_uids import Named, named_by_folder
from tcia_policy.errors import InputError
from tcia_policy.files.tree import Counted, FilesOfFolder
from tcia_policy.lazy import dataclass

THREADS = 4  # that wait for the disk or the network; they share one processor for the rest
CHUNK = 500  # files of one folder that one thread reads


@dataclass(frozen=True)
class DicomFiles:
    """Files of one folder that are, or are called, DICOM."""

    path: Path
    place: str
    names: tuple[str, ...]

    @classmethod
    def of(cls, folder: FilesOfFolder, names: Sequence[str]) -> "DicomFiles":
        """Return these files of a folder."""
        return cls(folder.path, folder.place, tuple(names))

    def chunks(self) -> "Iterator[DicomFiles]":
        """Yield the same files, a limited number at a time."""
        for start in range(0, len(self.names), CHUNK):
            yield DicomFiles(self.path, self.place, self.names[start : start + CHUNK])

    def within(self, name: str) -> str:
        """Return the path of a file, relative to the folder that was named."""
        return f"{self.place}/{name}" if self.place else name


@dataclass(frozen=True)
class Listing:
    """What the cohort files in a folder list: series, UUIDs of series, and which series lies in which place.

    Places are those of NBIA's metadata.csv (column `File Location`), relative to the folder that was named.
    """

    series: Collection[str] = frozenset()
    uuids: Collection[str] = frozenset()
    places: Mapping[str, str] = field(default_factory=dict)

    def claim(self, files: DicomFiles) -> Named | None:
        """Return what the folder of the files is said to be, by metadata.csv or by its own name."""
        series = self.places.get(files.place)
        return (EntryKind.SERIES, series) if series is not None else named_by_folder(files.place.rpartition("/")[2])

    def lists(self, claim: Named) -> bool:
        """Return whether a cohort file in the folder lists it."""
        kind, entry = claim
        return entry in (self.uuids if kind is EntryKind.SERIES_UUID else self.series)


@dataclass
class FoundInDicom:
    """The entries of some DICOM files, each with what its first header that says anything says beside it.

    `not_read` counts the files of which nobody knows what they are, by kind.
    """

    entries: dict[Named, Beside | None] = field(default_factory=dict)
    not_read: dict[FileKind, Counted] = field(default_factory=dict)
    files: int = 0

    def add(self, header: DicomHeader) -> None:
        """Note what a header says."""
        beside = Beside(header.datasets) if header.datasets else None
        named = [(EntryKind.SERIES, uid) for uid in header.series]
        if header.study is not None:
            named.append((EntryKind.STUDY, header.study))
        for each in named:
            self.entries[each] = self.entries.get(each) or beside

    def merge(self, other: "FoundInDicom") -> None:
        """Note all that was found elsewhere."""
        for named, beside in other.entries.items():
            self.entries[named] = self.entries.get(named) or beside
        for kind, counted in other.not_read.items():
            for example in counted.examples:
                self.not_read.setdefault(kind, Counted()).add(example)
            self.not_read[kind].number += counted.number - len(counted.examples)
        self.files += other.files

    def count(self, kind: FileKind, path: str) -> None:
        """Count a file that is not read."""
        self.not_read.setdefault(kind, Counted()).add(path)


def by_headers(folders: Sequence[DicomFiles], listing: Listing) -> Iterator[tuple[DicomFiles, FoundInDicom]]:
    """Yield what the headers of files say, folder by folder and in their order; parts of a large one by themselves."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - 5 ms, for DICOM files only

    to_read: list[DicomFiles] = []
    with without_warnings(), ThreadPoolExecutor(THREADS) as pool:
        for folder, found in zip(folders, pool.map(lambda each: _one_series(each, listing), folders), strict=True):
            if found is None:
                to_read.extend(folder.chunks())
            else:
                yield folder, found
        yield from zip(to_read, pool.map(_read_all, to_read), strict=True)


def by_paths(folders: Sequence[DicomFiles], listing: Listing) -> Iterator[tuple[DicomFiles, FoundInDicom]]:
    """Yield what the paths of files say; files whose path says nothing are counted."""
    for folder in folders:
        found = FoundInDicom(files=len(folder.names))
        claim = listing.claim(folder)
        if claim is not None:
            found.entries[claim] = None
        else:
            for name in folder.names:
                found.count(FileKind.DICOM, folder.within(name))
        yield folder, found


def _one_series(files: DicomFiles, listing: Listing) -> FoundInDicom | None:
    """Return the series of a folder that is one series beyond doubt, else `None`."""
    claim = listing.claim(files)
    if claim is None or not _is_listed(claim, listing):
        return None
    try:
        first, last = (read_header(files.path / name) for name in (files.names[0], files.names[-1]))
    except InputError:
        return None
    if first.series != last.series or len(first.series) != 1:
        return None
    if claim[0] is not EntryKind.SERIES_UUID and first.series[0] != claim[1]:
        return None
    found = FoundInDicom(files=len(files.names))
    found.add(first)
    return found


def _is_listed(claim: Named, listing: Listing) -> bool:
    return listing.lists(claim) and claim[0] is not EntryKind.STUDY


def _read_all(files: DicomFiles) -> FoundInDicom:
    found = FoundInDicom(files=len(files.names))
    for name in files.names:
        try:
            found.add(read_header(files.path / name))
        except InputError:
            found.count(FileKind.BROKEN_DICOM, files.within(name))
    return found
