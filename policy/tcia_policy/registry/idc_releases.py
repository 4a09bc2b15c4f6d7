"""The versions of IDC's index and their days: `data/idc-releases.yaml`."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from pydantic import TypeAdapter

from tcia_policy.files import located_yaml
from tcia_policy.files.shipped import shipped
from tcia_policy.model import IdcRelease

_VERSION = re.compile(r"(?:idc\s*)?v?(?P<idc>\d+)(?P<rest>(?:\.\d+){2})?", re.IGNORECASE)


@cache
def load_idc_releases() -> tuple[IdcRelease, ...]:
    """Return the versions that were read, oldest first."""
    content = located_yaml.read(shipped("data") / "idc-releases.yaml")
    count = len(TypeAdapter(list[object]).validate_python(content.data))
    return tuple(content.parse(IdcRelease, (position,)) for position in range(count))


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
