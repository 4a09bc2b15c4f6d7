"""The folder for what this program keeps in the user's cache, and whether a file there is to be trusted."""

import os
import stat
from pathlib import Path

WRITABLE_BY_OTHERS = 0o022


def user_cache() -> Path | None:
    """Return the folder for what this program keeps in the user's cache; `None` where the system has no such place."""
    try:
        from platformdirs import user_cache_path  # noqa: PLC0415 - 5 ms, only where something is kept there

        return user_cache_path("tcia-policy", appauthor=False)
    except (ImportError, OSError, RuntimeError):
        return None


def is_ours(found: os.stat_result) -> bool:
    """Return whether it is a regular file that nobody but this user, or root, could have written."""
    if not stat.S_ISREG(found.st_mode):
        return False
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & WRITABLE_BY_OTHERS)
