"""What earlier versions of IDC's index said: licenses by version and source DOI, read from the published packages.

`history/idc_licenses_by_version.csv` has runs of consecutive versions of `idc-index-data`, by the source DOI that the
series had then. `history/idc_series_history_codes.json` has what eleven of the versions said of each group of series;
its last version tells the source DOI that they have today. `history/idc_versions.csv` has the days of the versions.
"""

import csv
import gzip
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.content import read_content
from tcia_policy.files.text import read_text
from tcia_policy.importers import idc
from tcia_policy.importers.license_names import Record
from tcia_policy.importers.upstream import Collected, Inputs, Upstream
from tcia_policy.lazy import dataclass
from tcia_policy.model import Dataset, Distribution, IdcRelease, IdcRun, LicenseClaim, Source
from tcia_policy.text.doi import normalize_doi

SOURCE = "idc-index-data-history"
LICENSES_FILE = "history/idc_licenses_by_version.csv"
CODES_FILE = "history/idc_series_history_codes.json"
REMOVED_FILE = "history/idc_removed_series.csv.gz"
VERSIONS_FILE = "history/idc_versions.csv"

Stated = dict[str, dict[str, set[str | None]]]
"""By source DOI and version: the licenses stated, `None` for series without one."""


@dataclass(frozen=True)
class _Group:
    """Series that every version treated alike: for each version the source DOI and license, or `None`."""

    states: Mapping[str, tuple[str | None, str] | None]


def describe(inputs: Inputs) -> Source:
    """Return the entry of `data/sources.yaml`."""
    known = releases(inputs)
    return Source(
        id=SOURCE,
        title=f"IDC's index, versions {known[0].version} to {known[-1].version}",
        publisher="NCI Imaging Data Commons",
        url=idc.INDEX_URL,
        as_of=known[-1].packaged,
    )


def add(inputs: Inputs, collected: Collected) -> Collected:
    """Add to each dataset in IDC what earlier versions said of it, and to IDC's claims since when they have held."""
    known = releases(inputs)
    stated = _stated(inputs, [release.version for release in known])
    return collected.with_(_with_history(dataset, stated.get(dataset.doi, {}), known) for dataset in collected.datasets)


UPSTREAM = Upstream(describe, add)


@cache
def releases(inputs: Inputs) -> tuple[IdcRelease, ...]:
    """Return the versions of `idc-index-data` that were read, oldest first. Raise `InputError` for another shape."""
    path = inputs.recordings / VERSIONS_FILE
    found = [
        IdcRelease(
            version=row["idc_index_data_version"],
            idc=int(row["idc_version"]),
            released=date.fromisoformat(row["idc_release_date"]),
            packaged=date.fromisoformat(row["package_date"]),
        )
        for row in _rows(path, ("idc_index_data_version", "idc_version", "idc_release_date", "package_date"))
    ]
    if not found:
        raise InputError("has no versions", file=path)
    return tuple(found)


def removed_series(inputs: Inputs) -> str:
    """Return the series that IDC removed, as CSV: UID, last version that had it, source DOI, license, collection."""
    path = inputs.recordings / REMOVED_FILE
    try:
        text = gzip.decompress(read_content(path, limits.SNAPSHOT)).decode()
    except (OSError, EOFError, UnicodeDecodeError):
        raise InputError("is not a compressed table", file=path) from None
    first = text.partition("\n")[0].strip()
    if first != "SeriesInstanceUID,last_version,source_doi,license,collection_id":
        raise InputError(f"begins with {first[:80]!r}", file=path, line=1)
    return text.replace("\r\n", "\n")


def _rows(path: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(read_text(path, limits.YAML), newline=""))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"has no column {missing[0]!r}", file=path, line=1)
    yield from reader


def _stated(inputs: Inputs, versions: Sequence[str]) -> Stated:
    """Return what each version stated, by the source DOI of then and by that of today."""
    stated: Stated = defaultdict(lambda: defaultdict(set))
    path = inputs.recordings / LICENSES_FILE
    for row in _rows(path, ("source_doi", "license", "first_version", "last_version")):
        license_id = _license(inputs, path, row["license"])
        for version in _between(path, versions, row["first_version"], row["last_version"]):
            stated[normalize_doi(row["source_doi"]) or ""][version].add(license_id)
    for group in _groups(inputs):
        today = list(group.states.values())[-1]
        if today is not None:
            for version, state in group.states.items():
                if state is not None:
                    stated[today[1]][version].add(state[0])
    return stated


def _license(inputs: Inputs, path: Path, label: str) -> str | None:
    return inputs.names.label(label, Record(path, label)).license if label else None


def _between(path: Path, versions: Sequence[str], first: str, last: str) -> Sequence[str]:
    try:
        return versions[versions.index(first) : versions.index(last) + 1]
    except ValueError:
        raise InputError(f"names a version that {VERSIONS_FILE} does not have: {first} or {last}", file=path) from None


def _groups(inputs: Inputs) -> Iterator[_Group]:
    """Yield the groups of series. The file is a list: the names of the versions, then a list for each group."""
    path = inputs.recordings / CODES_FILE
    names, *codes = json.loads(read_text(path, limits.SNAPSHOT))
    versions = [name.removeprefix("v").replace("_", ".") for name in names]
    for code in codes:
        yield _Group({version: _state(inputs, path, text) for version, text in zip(versions, code, strict=True)})


def _state(inputs: Inputs, path: Path, text: str | None) -> tuple[str | None, str] | None:
    """Return license and source DOI of `10.7937/x|CC BY 4.0|collection`."""
    if text is None:
        return None
    doi, label, _ = text.split("|")
    return _license(inputs, path, label), normalize_doi(doi) or ""


def _with_history(dataset: Dataset, stated: Mapping[str, set[str | None]], known: Sequence[IdcRelease]) -> Dataset:
    runs = tuple(_runs(stated, [release.version for release in known]))
    if not runs:
        return dataset
    since = _first_day(runs[-1], known) if runs[-1].last == known[-1].version else None
    parts = tuple(_dated(part, runs[-1], since) for part in dataset.distributions)
    return dataset.model_copy(
        update={
            "idc_history": runs,
            "distributions": parts,
            "sources": tuple(sorted({*dataset.sources, SOURCE})),
        }
    )


def _runs(stated: Mapping[str, set[str | None]], versions: Sequence[str]) -> Iterator[IdcRun]:
    """Yield runs of consecutive versions that stated the same. A version that was not read is passed over."""
    read = [version for version in versions if version in stated]
    start = 0
    for position, version in enumerate(read):
        is_last = position + 1 == len(read)
        if is_last or stated[read[position + 1]] != stated[version]:
            licenses = stated[version]
            yield IdcRun(
                first=read[start],
                last=version,
                licenses=tuple(sorted(name for name in licenses if name is not None)),
                unlabeled=None in licenses,
            )
            start = position + 1


def _first_day(run: IdcRun, known: Iterable[IdcRelease]) -> date:
    """Return the day since which IDC has stated this: the release's, or the package's if a later package changed it."""
    releases_ = list(known)
    release = next(item for item in releases_ if item.version == run.first)
    is_first_of_release = next(item for item in releases_ if item.idc == release.idc) is release
    return release.released if is_first_of_release else release.packaged


def _dated(part: Distribution, run: IdcRun, since: date | None) -> Distribution:
    """Return the part with the day since which IDC's claims are on record, if IDC says one thing of all series."""
    if since is None or run.unlabeled or len(run.licenses) != 1:
        return part
    return part.model_copy(update={"claims": tuple(_since(claim, run.licenses[0], since) for claim in part.claims)})


def _since(claim: LicenseClaim, license_id: str, since: date) -> LicenseClaim:
    is_it = claim.source == idc.SOURCE and claim.license == license_id
    return claim.model_copy(update={"since": since}) if is_it else claim
