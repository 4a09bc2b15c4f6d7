"""The versions of IDC's index and their days (`data/idc-releases.yaml`), and which of them a copy may be of.

`data/idc-series.bin` has what each version said of each series, so also the last that had those which IDC removed.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from tcia_policy.files import located_yaml
from tcia_policy.files.shipped import shipped
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import IdcRelease, IdcRun
from tcia_policy.registry import series_layout
from tcia_policy.registry.kept import made_of

FILE = "idc-releases.yaml"
_VERSION = pattern(r"(?:idc\s*)?v?(?P<idc>[1-9][0-9]{0,3})(?P<rest>(?:\.[0-9]+){2})?", re.IGNORECASE)


@dataclass(frozen=True)
class ReleasesMeant:
    """The releases on record that a copy may be of; `may_be_unread`: or of one whose index was not read."""

    releases: tuple[IdcRelease, ...] = ()
    may_be_unread: bool = False


@cache
def load_idc_releases() -> tuple[IdcRelease, ...]:
    """Return the versions of which the registry that came with the program has facts, oldest first."""
    return releases_in(shipped("data"), "idc-releases")


def releases_in(data: Path, kept_as: str | None) -> tuple[IdcRelease, ...]:
    """Return the versions of which the registry in a folder has facts; those of the shipped one where it lists none.

    What is made of the list is kept under the name `kept_as`.
    """
    path = data / FILE
    return made_of(path, _read, kept_as) if path.is_file() else load_idc_releases()


def _read(path: Path) -> tuple[IdcRelease, ...]:
    content = located_yaml.read(path)
    count = len(TypeAdapter(list[object]).validate_python(content.data))
    return tuple(content.parse(IdcRelease, (position,)) for position in range(count))


@cache
def last_versions_of_removed() -> Mapping[str, str]:
    """Return the last version of the index that had series which IDC removed since, by their source DOI."""
    from tcia_policy.files.sections import Sections  # noqa: PLC0415 - for copies of what IDC removed

    facts = Sections(shipped("data") / series_layout.FILE, series_layout.ANEW).facts
    versions: Sequence[str] = facts["versions"]
    found: dict[str, int] = {}
    for history in facts["histories"]:
        last = series_layout.last_with_them(history)
        if last + 1 < len(versions):
            doi = facts["states"][history[last]][0]
            found[doi] = max(found.get(doi, 0), last)
    return {doi: versions[last] for doi, last in found.items()}


def is_version_of_idc(text: str) -> bool:
    """Return whether the text is written as a version of IDC is: `v22`, `IDC v22` or `22.1.5`."""
    return _VERSION.fullmatch(text.strip()) is not None


def releases_meant(version: str | None, day: date | None, known: Sequence[IdcRelease]) -> ReleasesMeant | None:
    """Return the releases that a copy of this version or day may be of; `None` where neither is stated.

    The version counts before the day. Where the day is before the version was out, the two do not agree: what either
    of them means is meant.
    """
    named = releases_named(version, known) if version is not None else ()
    if version is None and day is None:
        return None
    if named and (day is None or named[0].released <= day):
        return ReleasesMeant(named)
    of_day = releases_of(day, known) if day is not None else ()
    if version is None:
        return ReleasesMeant(of_day, may_be_unread=not of_day)
    if named:
        return ReleasesMeant((*of_day, *named), may_be_unread=not of_day)
    return ReleasesMeant(may_be_unread=True)


def runs_meant(meant: ReleasesMeant, runs: Sequence[IdcRun], known: Sequence[IdcRelease]) -> tuple[int, ...]:
    """Return the positions of the runs that one of the releases meant is in."""
    order = [item.version for item in known]
    return tuple(
        position
        for position, run in enumerate(runs)
        if any(order.index(run.first) <= order.index(item.version) <= order.index(run.last) for item in meant.releases)
    )


def may_have_removed(
    meant: ReleasesMeant,
    dois: Collection[str],
    known: Sequence[IdcRelease],
    removed: Mapping[str, str],
) -> bool:
    """Return whether one of the releases meant had series of these DOIs that IDC removed since."""
    order = [item.version for item in known]
    last = max((order.index(removed[doi]) for doi in dois if removed.get(doi) in order), default=-1)
    return any(order.index(item.version) <= last for item in meant.releases)


def releases_named(text: str, known: Sequence[IdcRelease]) -> tuple[IdcRelease, ...]:
    """Return the releases that `v22`, `IDC v22` or `22.1.5` names; none for what is no version, or not known."""
    found = _VERSION.fullmatch(text.strip())
    if found is None:
        return ()
    exact = tuple(item for item in known if found["rest"] and item.version == f"{found['idc']}{found['rest']}")
    return exact or tuple(item for item in known if item.idc == int(found["idc"]))


def releases_of(day: date, known: Sequence[IdcRelease]) -> tuple[IdcRelease, ...]:
    """Return the releases that a copy of that day may be from; none for a day before the first of them.

    IDC's index describes a release some weeks after it. Until then, the release before it may be meant as well. Of the
    versions of the index that were read, the one before the day and the one after it are meant.
    """
    released = [item for item in known if item.released <= day]
    if not released:
        return ()
    packaged = [item for item in released if item.packaged <= day]
    later = [item for item in released if item.packaged > day]
    return (*packaged[-1:], *later[:1])
