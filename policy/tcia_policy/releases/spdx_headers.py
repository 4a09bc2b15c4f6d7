"""`SPDX-License-Identifier:` in the first lines of sources. Format: https://spdx.github.io/spdx-spec/v3.0.1/annexes/
using-SPDX-short-identifiers-in-source-files.

Many sources say the same: each license is one statement, at the first line that states it, about all of these sources.
"""

from collections.abc import Iterable
from pathlib import PurePosixPath

from tcia_policy.documents.archives import FileTree
from tcia_policy.documents.model import Manuscript, SourceLocation
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.lazy import pattern
from tcia_policy.releases.model import Released, ReleaseFile, Stated, Topic

SPDX_HEADER = "SPDX header"
# Before the tag stand only the signs of a comment: it is no string of a program, and nothing that is printed.
SPDX_LINE = pattern(
    r"[ \t]{0,40}[#/*<!;%.{\"'-]{0,6}[ \t]{0,10}SPDX-License-Identifier:[ \t]*(?P<text>\S[^\n]{0,1000})"
)
_FIRST_LINES = 40
_ENDS = pattern(r"(?:\*/|-->|--\}\}|\"\"\"|'''|#\}).*$")
_SOURCES = frozenset(
    ".py .pyx .ipynb .r .rmd .m .jl .c .h .cc .cpp .cxx .hpp .cu .cuh .java .kt .scala .go .rs .js .mjs .jsx .ts .tsx "
    ".sh .bash .ps1 .pl .rb .php .swift .lua .sql .yaml .yml .toml .cfg .ini .css .scss .xml .cmake .dockerfile".split()
)


def is_source(path: PurePosixPath) -> bool:
    """Return whether a file is a program or its settings, by its name."""
    return path.suffix.lower() in _SOURCES or path.name.lower() in ("dockerfile", "makefile", "cmakelists.txt")


def license_of_line(line: str) -> str:
    """Return what an `SPDX-License-Identifier:` line says, without the end of its comment; empty where it is none."""
    match = SPDX_LINE.match(line)
    return "" if match is None else _ENDS.sub("", match["text"]).strip()


def read_headers(tree: FileTree, sources: Iterable[PurePosixPath]) -> tuple[ReleaseFile, ...]:
    """Return each license that headers state, in the order found. Sources that cannot be read are passed over.

    Of more than `limits.RELEASE_SOURCES` sources, the first are read.
    """
    found: dict[str, list[tuple[PurePosixPath, int]]] = {}
    for path in list(sources)[: limits.RELEASE_SOURCES]:
        try:
            head = tree.read(path)[: limits.RELEASE_HEADER].decode("utf-8", "replace")
        except InputError:
            continue
        for number, line in enumerate(head.splitlines()[:_FIRST_LINES], start=1):
            stated = license_of_line(line)
            if stated:
                found.setdefault(stated, []).append((path, number))
    return tuple(_file(tree, stated, places) for stated, places in found.items())


def _file(tree: FileTree, stated: str, places: list[tuple[PurePosixPath, int]]) -> ReleaseFile:
    path, number = places[0]
    shown = tree.shown(path)
    covers = tuple(dict.fromkeys(str(each) for each, _ in places))
    place = SourceLocation(shown, number)
    said = Stated(Topic.LICENSE, stated, "SPDX-License-Identifier", place, covers=covers, says=Released.CODE)
    return ReleaseFile(shown, SPDX_HEADER, Released.CODE, (said,), text=Manuscript(files=(shown,)))
