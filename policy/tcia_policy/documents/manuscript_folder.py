"""The folder around a manuscript, out of which nothing of it is opened: found from where it lies, never from where
the command runs."""

import os
from pathlib import Path

# What the topmost folder of a repository has, and then that of a study, of a book or of a website.
_REPOSITORY = (".git", ".hg", ".svn")
_STUDY = (
    "tcia-policy.yaml",
    "tcia-policy.yml",
    "_quarto.yml",
    "_quarto.yaml",
    "_bookdown.yml",
    "myst.yml",
    "latexmkrc",
    ".latexmkrc",
)


def folder_around(folder: Path) -> Path:
    """Return the repository that a folder (resolved) belongs to, else its study or book, else the folder itself.

    The root of the file system is never one.
    """
    above = [step for step in (folder, *folder.parents) if step != step.parent]
    for marks in (_REPOSITORY, _STUDY):
        found = next((step for step in above if any(os.path.lexists(step / mark) for mark in marks)), None)
        if found is not None:
            return found
    return folder
