"""Files that lie beside a manuscript and are none: what describes a repository, letters, and what keeps house."""

import re
from collections.abc import Callable, Sequence
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
_PAGES = (".md", ".markdown", ".rst", ".txt", ".html", ".htm")
_PAPERS = re.compile(
    r"(?:.*[._ -])?(?:papers?|manuscript|article|main|thesis|draft|preprint|submission|abstract)(?:[._ -](?!spec).*)?"
)
# What only a paper has at its head: keys of its YAML, or a heading.
_HEAD = 10_000  # characters
_OF_PAPERS = re.compile(
    r"(?mi)^(?:bibliography|abstract|keywords|affiliations?)[ \t]*:|^[#*\s\d.]{0,8}abstract[*:\s]{0,6}$"
)
FIGURE_FOLDERS = re.compile(
    r"(?:fig|img|image|graphic|plot|picture|diagram|asset|logo|media|static)[a-z]*", re.IGNORECASE
)
_LICENSE_FOLDER = re.compile(r"licen[cs]es?", re.IGNORECASE)


class Beside(Enum):
    """What a file beside a manuscript is."""

    DESCRIPTION = auto()
    LETTER = auto()
    HOUSEKEEPING = auto()


def beside_paper(path: PurePosixPath) -> Beside | None:
    """Return what a file is by its name, or `None` for what may be the manuscript."""
    stem = path.stem.casefold().replace("-", "_").replace(" ", "_")
    if _LICENSE_FOLDER.fullmatch(path.parent.name):
        return Beside.DESCRIPTION
    for names, kind in (
        (_DESCRIBES, Beside.DESCRIPTION),
        (_LETTERS, Beside.LETTER),
        (_KEEPS_HOUSE, Beside.HOUSEKEEPING),
    ):
        if names.fullmatch(stem):
            return kind
    return None


def is_paper(path: PurePosixPath, read: Callable[[PurePosixPath], str]) -> bool:
    """Return whether a document is surely a paper, so that what describes the repository does not belong to it.

    LaTeX, Quarto, Word and PDF are. A plain page is, if it or its folder is called one, or if it has an abstract or a
    bibliography; `read` returns its text. Notebooks, programs, figures, and pages that explain software are none.
    """
    suffix = path.suffix.lower()
    if suffix not in _PAGES:
        return suffix not in _PROGRAMS and not any(map(FIGURE_FOLDERS.fullmatch, path.parts[:-1]))
    if any(map(_PAPERS.fullmatch, (path.stem.casefold(), path.parent.name.casefold()))):
        return True
    if any(_EXPLAINS.fullmatch(folder.casefold()) for folder in path.parts[:-1]):
        return False
    return _OF_PAPERS.search(read(path)[:_HEAD]) is not None


def nearest(paths: Sequence[PurePosixPath]) -> list[PurePosixPath]:
    """Return those in the highest folder that has any."""
    depth = min((len(path.parts) for path in paths), default=0)
    return [path for path in paths if len(path.parts) == depth]
