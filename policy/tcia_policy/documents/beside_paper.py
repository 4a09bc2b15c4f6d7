"""Files that lie beside a manuscript and are none: what describes a repository, letters, and what keeps house."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from pathlib import PurePosixPath

_NAMES = r"(?:%s)(?:[._].{0,20})?"
# What says of data or of a model what it is: read where it is all that there is.
_DESCRIBES = re.compile(
    _NAMES % r"readme|(?:model|data_?set|data)_?cards?|licen[cs]es?|copying|copyright|notices?|attributions?"
    r"|(?:data_?)?citations?"
)
# Letters about a manuscript: what they cite, the manuscript does not.
_LETTERS = re.compile(_NAMES % r"cover_?letter|(?:response|reply|replies|rebuttal|answers?)(?:_?letter|_?to_?.{0,30})?")
_KEEPS_HOUSE = re.compile(
    _NAMES % r"change_?logs?|changes|history|news|release_?notes|contributing|contributors|code_?of_?conduct|security"
    r"|authors|maintainers|governance|support|install(?:ation)?|todo"
    r"|(?:pull_request|issue|bug_report|feature_request)(?:_template)?|requirements|constraints|cmakelists|manifest"
    r"|robots|humans|llms|agents|claude|environment|version|sources|top_level"
)
# Folders and formats that explain software: what describes the repository is read beside them.
_EXPLAINS = re.compile(r"docs?|documentation|wiki|tutorials?|examples?|demos?|notebooks?|tests?|scripts?|src|code")
_PROGRAMS = (".ipynb", ".py", ".r")
_EXPLANATIONS = (".md", ".markdown", ".rst", ".txt", ".html", ".htm")
_PAPERS = re.compile(
    r"(?:.*[._ -])?(?:paper|manuscript|article|main|thesis|draft|preprint|submission|abstract)(?:[._ -].*)?"
)


class Beside(Enum):
    """What a file beside a manuscript is."""

    DESCRIPTION = auto()
    LETTER = auto()
    HOUSEKEEPING = auto()


def beside_paper(path: PurePosixPath) -> Beside | None:
    """Return what a file is by its name, or `None` for what may be the manuscript."""
    stem = path.stem.casefold().replace("-", "_").replace(" ", "_")
    for names, kind in (
        (_DESCRIBES, Beside.DESCRIPTION),
        (_LETTERS, Beside.LETTER),
        (_KEEPS_HOUSE, Beside.HOUSEKEEPING),
    ):
        if names.fullmatch(stem):
            return kind
    return None


def explains_software(path: PurePosixPath) -> bool:
    """Return whether a document is a notebook or program, or a plain page in a folder for documentation and the like.

    A document of LaTeX, Word or PDF, or one that is called a paper, is one wherever it stands.
    """
    suffix = path.suffix.lower()
    if suffix not in _EXPLANATIONS or _PAPERS.fullmatch(path.stem.casefold()):
        return suffix in _PROGRAMS
    return any(_EXPLAINS.fullmatch(folder.casefold()) for folder in path.parts[:-1])


def nearest(paths: Sequence[PurePosixPath]) -> list[PurePosixPath]:
    """Return those in the highest folder that has any."""
    depth = min((len(path.parts) for path in paths), default=0)
    return [path for path in paths if len(path.parts) == depth]
