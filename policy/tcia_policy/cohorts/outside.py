"""Files that a project names and that are outside of its folder: what they list counts, and none of it is shown.

Who runs a check in a pipeline may not have written the project, and its log is read by many: a project must not be a
way to read the files of the machine. What is named on the command line is the user's own.
"""

import os
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files.content import is_folder, regular_size

NOT_SHOWN = "outside of the project's folder: not shown"


def is_outside(path: Path, folder: Path) -> bool:
    """Return whether a path leads out of a folder, by itself or by symbolic links; so does one that cannot be."""
    try:
        return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
    except (OSError, ValueError):
        return True


def refused(error: InputError, path: Path) -> InputError:
    """Return what is said of a file that cannot be used, where `error` may quote it."""
    try:
        if is_folder(path):
            from tcia_policy.files.tree import Tree  # noqa: PLC0415 - for folders only

            Tree(path).count()
        else:
            regular_size(path)
    except InputError as why:  # it was not read
        return why.at(field=error.field)
    return InputError(
        "nothing in it was understood",
        file=path,
        field=error.field,
        hint=f"it is {NOT_SHOWN}; copy it into the folder, or run `tcia-policy resolve` on it",
    )
