"""What REUSE says of the files of a project: REUSE.toml, `.reuse/dep5`, and `NAME.license` beside a file.

Formats: https://reuse.software/spec-3.3; https://www.debian.org/doc/packaging-manuals/copyright-format/1.0 for dep5.
Paths are glob patterns below the folder of the file; of several tables that match a path, the last one counts.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.model import Manuscript, SourceLocation
from tcia_policy.files import limits
from tcia_policy.files.located_toml import parse_toml
from tcia_policy.files.text import decode_text
from tcia_policy.lazy import pattern
from tcia_policy.releases.fields import Fields
from tcia_policy.releases.model import Released, ReleaseFile, Stated, Topic
from tcia_policy.releases.spdx_headers import SPDX_LINE, license_of_line

REUSE = "REUSE"
_LICENSE = "SPDX-License-Identifier"
_WHOLE = ("**", "*", "**/*")
_FIELD = pattern(r"(?P<name>Files|License):[ \t]*(?P<text>.*)", re.IGNORECASE)


def read_reuse(file: DocumentFile) -> ReleaseFile | None:
    """Return the licenses of REUSE.toml with the paths that they are about."""
    text = decode_text(file.content(), file.shown, limits.RELEASE_FILE)
    fields = Fields(parse_toml(Path(file.shown), text), file.shown)
    for place, _ in fields.items("annotations"):
        paths = tuple(path for _, path in fields.texts(*place, "path"))
        if fields.has(*place, _LICENSE):
            fields.say_license(*place, _LICENSE, covers=_below(file, paths))
    return fields.file(REUSE, Released.UNKNOWN, False, Manuscript(files=(file.shown,)))


def read_dep5(file: DocumentFile) -> ReleaseFile | None:
    """Return the licenses of `.reuse/dep5` with the paths that they are about, below the folder around `.reuse`."""
    lines = decode_text(file.content(), file.shown, limits.RELEASE_FILE).split("\n")
    stated = tuple(_paragraphs(file.shown, lines))
    return ReleaseFile(file.shown, REUSE, Released.UNKNOWN, stated, text=Manuscript(files=(file.shown,)))


def read_beside(file: DocumentFile) -> ReleaseFile | None:
    """Return the license of a file from `NAME.license` beside it; `None` where no tag or no such file is there."""
    about = file.path.with_name(file.path.name.removesuffix(".license"))
    text = decode_text(file.content(), file.shown, limits.LICENSE_FILE)
    found = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if SPDX_LINE.match(line)]
    if not found or not file.tree.has(about):
        return None
    stated = tuple(
        Stated(Topic.LICENSE, license_of_line(line), _LICENSE, SourceLocation(file.shown, number), covers=(str(about),))
        for number, line in found
    )
    return ReleaseFile(file.shown, REUSE, Released.UNKNOWN, stated, text=Manuscript(files=(file.shown,)))


def _below(file: DocumentFile, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Return the patterns seen from the top of the release; none for all of it."""
    folder = file.path.parent
    if str(folder) == "." and any(path in _WHOLE for path in paths):
        return ()
    return tuple(str(folder / path) for path in paths)


def _paragraphs(shown: str, lines: list[str]) -> Iterator[Stated]:
    """Yield the license of each paragraph that names files."""
    files: list[str] | None = None
    field = ""
    for number, line in enumerate([*lines, ""], start=1):
        match = _FIELD.match(line)
        if not line.strip():
            files, field = None, ""
        elif match is not None:
            field = match["name"].lower()
            if field == "files":
                files = match["text"].split()
            elif files is not None and match["text"].strip():
                covers = () if "*" in files else tuple(files)
                yield Stated(
                    Topic.LICENSE, match["text"].strip(), "License", SourceLocation(shown, number), covers=covers
                )
        elif line[0] in " \t" and field == "files" and files is not None:
            files += line.split()
        elif line[0] not in " \t":
            field = ""
