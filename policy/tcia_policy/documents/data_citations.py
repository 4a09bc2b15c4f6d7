"""Files that list which data were used, and how to cite them: `DATACITATION.md`, `data-citations.txt`.

In such a file each dataset has a section with its one or two references, so that no heading and no length of a list
says that they are references.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import PurePosixPath

from tcia_policy.documents.model import Manuscript, TextBlock
from tcia_policy.documents.reference_sections import stands_like_a_reference

_NAMES = re.compile(r"data[ _.-]?citations?", re.IGNORECASE)
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*\n*")
_BULLET = re.compile(r"\s*[-*+•]\s+")


def is_data_citation(path: PurePosixPath) -> bool:
    """Return whether a file is called so."""
    return _NAMES.fullmatch(path.stem) is not None


def with_references(read: Manuscript) -> Manuscript:
    """Return what such a file holds, with each of its references as a part of a list."""
    return replace(read, prose=tuple(part for block in read.prose for part in _parts(block)))


def _parts(block: TextBlock) -> Iterator[TextBlock]:
    if block.is_references or block.is_code:
        yield block
        return
    for is_reference, stretch in groupby(_PARAGRAPH.finditer(block.text), lambda match: _is_reference(match.group())):
        spans = [match.span() for match in stretch]
        yield replace(block.part(spans[0][0], spans[-1][1]), is_references=is_reference)


def _is_reference(paragraph: str) -> bool:
    return stands_like_a_reference(_BULLET.sub("", paragraph, count=1))
