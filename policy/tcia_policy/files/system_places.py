"""Places that are the system's and no folder of data: the root, `/proc`, `/sys`, `/dev`.

To read all below the root takes hours. Files of `/proc` and `/sys` are made when they are read: some never end, some
never answer. They are known by the device that they are on, so that no link or second name leads there.
"""

import os
from functools import cache
from pathlib import Path

from tcia_policy.errors import InputError

MADE_BY_SYSTEM = ("/proc", "/sys")
DEVICES = "/dev"
NAME_DATA = "name the folder that has the files, such as ./downloads"


def refuse_system_file(found: os.stat_result, path: Path) -> None:
    """Raise `InputError` for a file that the system makes when it is read. `found` is what `os.stat` says of it."""
    if found.st_dev in _devices(MADE_BY_SYSTEM):
        raise InputError(
            "is made by the system and is no file of data", file=path, hint="name a file that is stored on a disk"
        )


def refuse_system_folder(path: Path, shown: str | None = None) -> None:
    """Raise `InputError` for a folder that is the root of the file system, or one of the system's own.

    `shown` is how the error spells it.
    """
    named = path if shown is None else shown
    real = os.path.realpath(path)
    if os.path.dirname(real) == real:  # noqa: PTH120 - the root of any system
        raise InputError("is the root of the file system", file=named, hint=NAME_DATA)
    try:
        device = os.stat(real).st_dev  # noqa: PTH116
    except (OSError, ValueError):
        return
    if device in _devices((*MADE_BY_SYSTEM, DEVICES)) or _is_below(real, (*MADE_BY_SYSTEM, DEVICES)):
        raise InputError("is a folder of the system and has no data", file=named, hint=NAME_DATA)


def is_system_folder(found: os.stat_result) -> bool:
    """Return whether a folder within another is one of the system's. `found` is what `os.stat` says of it."""
    return found.st_dev in _devices((*MADE_BY_SYSTEM, DEVICES))


def _is_below(real: str, places: tuple[str, ...]) -> bool:
    """Return whether a path is one of the places or within it; memory that programs share may hold data."""
    return any(real == place or real.startswith(f"{place}/") for place in places) and not real.startswith("/dev/shm")  # noqa: S108


@cache
def _devices(places: tuple[str, ...]) -> frozenset[int]:
    """Return the devices of these places, without that of the root: there they are plain folders."""
    return frozenset(filter(None, map(_device, places))) - {_device("/")}


def _device(place: str) -> int | None:
    try:
        return os.stat(place).st_dev  # noqa: PTH116
    except OSError:
        return None
