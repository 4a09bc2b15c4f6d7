"""`python -m tcia_policy.importers.series_index [PACKAGE ...] [-o data]`: make `data/idc-series.bin`.

Each PACKAGE is the folder of the files of an `idc-index-data`, the oldest first; without one, it is the installed one.
What older versions said comes from `--history`, the folder of the recordings `idc_series_history.parquet` (`u`, the
SeriesInstanceUID, and `code`) and `idc_series_history_codes.json` (the names of the versions, then for each code what
each version says, as `source DOI|license|collection`, or null); with `--without-history`, from the packages alone.
"""

import argparse
import importlib.metadata
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.atomic import write_new_file
from tcia_policy.files.sections import packed
from tcia_policy.files.shipped import shipped
from tcia_policy.files.text import read_text
from tcia_policy.importers import idc
from tcia_policy.importers.parquet import rows_of
from tcia_policy.registry.series_layout import (
    FILE,
    PATIENTS,
    SERIES,
    STUDIES,
    UUIDS,
    State,
    Table,
    key_of,
)

HISTORY_FILE = "idc_series_history.parquet"
CODES_FILE = "idc_series_history_codes.json"
MOST_OF_ONE_KEY = 0xFFFF
_VERSION = re.compile(r"^version = '([0-9.]+)'$|^__version__ = version = '([0-9.]+)'$", re.MULTILINE)
STATES = (
    "select SeriesInstanceUID, coalesce(lower(source_DOI), ''), coalesce(license_short_name, ''),"
    " coalesce(collection_id, '') from read_parquet(?)"
)
NEWEST = (
    "select SeriesInstanceUID, PatientID, StudyInstanceUID, crdc_series_uuid, round(series_size_MB * 1000000)::bigint"
    " from read_parquet(?)"
)
PRIOR = (  # a series has been in two collections, one after the other
    "select SeriesInstanceUID, min(PatientID), min(StudyInstanceUID),"
    " arg_max(collection_id, (max_idc_version, collection_id)), list(distinct crdc_series_uuid)"
    " from read_parquet(?) group by SeriesInstanceUID"
)


class Package(NamedTuple):
    """The folder of an `idc-index-data`, and its version."""

    folder: Path
    version: str

    @property
    def series(self) -> Path:
        """Return its index of series."""
        return self.folder / idc.SERIES_FILE

    @property
    def prior(self) -> Path:
        """Return its index of the series of earlier versions."""
        return self.folder / "prior_versions_index.parquet"


History = tuple[State | None, ...]
"""What each version says of a series; `None` where it does not have it."""


@dataclass
class Histories:
    """What all versions say of all series: each different history once, and the position of that of each series."""

    versions: list[str] = field(default_factory=list)
    different: list[History] = field(default_factory=list)
    of_series: dict[str, int] = field(default_factory=dict)

    def add(self, version: str, states: Iterable[tuple[str, State]]) -> None:
        """Add what one more version says."""
        now: dict[str, State] = dict(states)
        never: History = (None,) * len(self.versions)
        numbers: dict[History, int] = {}
        of_series = {}
        for uid in {**self.of_series, **now}:
            before = self.different[self.of_series[uid]] if uid in self.of_series else never
            of_series[uid] = numbers.setdefault((*before, now.get(uid)), len(numbers))
        self.versions.append(version)
        self.different = list(numbers)
        self.of_series = of_series


class Series(NamedTuple):
    """One series as it is written; sorting puts those of a patient and of a study together. `size` is in bytes."""

    collection: str
    patient: str
    study: str
    code: int
    size: int
    uid: str
    uuids: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the file and say on stderr what is in it. Exit code 2 and no file for input that does not fit."""
    options = _parser().parse_args(arguments)
    try:
        packages = [package_in(folder) for folder in options.packages] or [_installed()]
        histories = Histories() if options.without_history else read_history(options.history)
        content = build(histories, packages)
        write_new_file(options.output / FILE, content, overwrite=True)
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"{FILE}: {len(content):,} bytes, idc-index-data {packages[-1].version}", file=sys.stderr)
    return 0


def package_in(folder: Path) -> Package:
    """Return the package whose files are in a folder. Raise `InputError` where it does not say its version."""
    path = folder / "_version.py"
    found = _VERSION.search(read_text(path, limits.YAML))
    if found is None:
        raise InputError("states no version of idc-index-data", file=path)
    return Package(folder, found[1] or found[2])


def read_history(folder: Path) -> Histories:
    """Return the recorded histories. Raise `InputError` where the two files do not belong together."""
    path = folder / CODES_FILE
    names, *codes = json.loads(read_text(path, limits.SNAPSHOT))
    versions = [name.removeprefix("v").replace("_", ".") for name in names]
    different = [tuple(map(_state, code)) for code in codes]
    of_series = dict(rows_of(folder / HISTORY_FILE, "select u, code::integer from read_parquet(?)"))
    if any(code >= len(different) for code in of_series.values()):
        raise InputError(f"has codes that {CODES_FILE} does not have", file=folder / HISTORY_FILE)
    return Histories(versions, different, of_series)


def build(histories: Histories, packages: Sequence[Package]) -> bytes:
    """Return the content of `idc-series.bin` for what older versions said, and what the packages say after them.

    Raise `InputError` where a package says something else than the history of its version, and where two names have
    one key.
    """
    for package in packages:
        states = ((uid, State(*state)) for uid, *state in rows_of(package.series, STATES))
        if package.version in histories.versions:
            _refuse_another_history(histories, package, dict(states))
        else:
            histories.add(package.version, states)
    earlier = sorted(_earlier(histories, packages[-1]))
    series = sorted(_series(histories, packages[-1], earlier))
    return packed(_facts(histories, earlier), {**_columns(series), **_tables(series)})


def _refuse_another_history(histories: Histories, package: Package, states: dict[str, State]) -> None:
    position = histories.versions.index(package.version)
    recorded = {
        uid: state
        for uid, code in histories.of_series.items()
        if (state := histories.different[code][position]) is not None
    }
    if recorded != states or position + 1 != len(histories.versions):
        raise InputError("is not as its history has it, or older than that", file=package.series)


def _earlier(histories: Histories, newest: Package) -> set[str]:
    """Return the collections of series that only versions before the first had."""
    return {row[3] for row in rows_of(newest.prior, PRIOR) if row[0] not in histories.of_series}


def _series(histories: Histories, newest: Package, earlier: Sequence[str]) -> Iterator[Series]:
    """Yield all series. Those of which it is not known have no patient and study."""
    prior = {row[0]: row[1:] for row in rows_of(newest.prior, PRIOR)}
    current = {row[0]: row[1:] for row in rows_of(newest.series, NEWEST)}
    for uid, code in histories.of_series.items():
        last = next(state for state in reversed(histories.different[code]) if state is not None)
        before = prior.pop(uid, ("", "", "", ()))
        if uid in current:
            patient, study, uuid, size = current[uid]
            yield Series(last.collection, patient, study, code, size, uid, (uuid, *before[3]))
        else:
            yield Series(last.collection, before[0], before[1], code, 0, uid, tuple(before[3]))
    for uid, (patient, study, collection, uuids) in prior.items():
        code = len(histories.different) + earlier.index(collection)
        yield Series(collection, patient, study, code, 0, uid, tuple(uuids))


def _facts(histories: Histories, earlier: Sequence[str]) -> dict[str, object]:
    states = {state: None for history in histories.different for state in history if state is not None}
    positions = {state: position for position, state in enumerate(sorted(states))}
    return {
        "versions": histories.versions,
        "states": [list(state) for state in positions],
        "histories": [
            [None if state is None else positions[state] for state in history] for history in histories.different
        ],
        "earlier": list(earlier),
    }


def _columns(series: Sequence[Series]) -> dict[str, bytes]:
    return {
        "codes": _numbers((each.code for each in series), 2),
        "sizes.low": _numbers((each.size & 0xFFFF for each in series), 2),
        "sizes.middle": _numbers((each.size >> 16 & 0xFFFF for each in series), 2),
        "sizes.high": _numbers((each.size >> 32 for each in series), 1),
    }


def _tables(series: Sequence[Series]) -> dict[str, bytes]:
    studies: dict[tuple[str, ...], list[int]] = defaultdict(list)
    patients: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, each in enumerate(series):
        if each.study:
            studies[each.collection, each.patient, each.study].append(row)
            patients[each.collection, each.patient].append(row)
    return {
        **_table(SERIES, [(each.uid, row, 1) for row, each in enumerate(series)]),
        **_table(UUIDS, [(uuid, row, 1) for row, each in enumerate(series) for uuid in each.uuids]),
        **_table(STUDIES, [(names[-1], rows[0], len(rows)) for names, rows in studies.items()]),
        **_table(PATIENTS, [(names[-1], rows[0], len(rows)) for names, rows in patients.items()]),
    }


def _table(table: Table, entries: Iterable[tuple[str, int, int]]) -> dict[str, bytes]:
    """Return the sections of a table of names, each with its first row and how many there are."""
    keyed = sorted((key_of(name, table), row, count, name) for name, row, count in entries)
    for before, after in pairwise(keyed):
        if before[0] == after[0] and (before[3] != after[3] or not table.of_several):
            raise InputError(f"two {table.name} have one key: {before[3]}, {after[3]}")
    counts = [0] * 256**table.bucket
    for key, *_ in keyed:
        counts[int.from_bytes(key[: table.bucket], "big")] += 1
    starts = [0]
    for number in counts:
        starts.append(starts[-1] + number)
    return {
        f"{table.name}.buckets": _numbers(starts, 4),
        f"{table.name}.keys": b"".join(key[table.bucket :] for key, *_ in keyed),
        f"{table.name}.rows.low": _numbers((row & 0xFFFF for _, row, *_ in keyed), 2),
        f"{table.name}.rows.high": _numbers((row >> 16 for _, row, *_ in keyed), 1),
        **({f"{table.name}.counts": _numbers((count for _, _, count, _ in keyed), 2)} if table.of_several else {}),
    }


def _numbers(values: Iterable[int], width: int) -> bytes:
    """Return numbers as so many bytes each. Raise `InputError` for one that is larger."""
    try:
        return b"".join(value.to_bytes(width, "little") for value in values)
    except OverflowError:
        raise InputError(f"a number takes more than {width} bytes; the layout must change") from None


def _state(text: str | None) -> State | None:
    if text is None:
        return None
    doi, label, collection = text.split("|")
    return State(doi.lower(), label, collection)


def _installed() -> Package:
    return Package(idc.installed(), importlib.metadata.version("idc-index-data"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tcia_policy.importers.series_index", description=__doc__)
    parser.add_argument("packages", type=Path, nargs="*", metavar="PACKAGE", help="a folder of idc-index-data's files")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--history", type=Path, metavar="DIR", help="the folder of the recorded history")
    source.add_argument("--without-history", action="store_true", help="from the packages alone")
    parser.add_argument("-o", "--output", type=Path, default=shipped("data"), help="the data folder (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
