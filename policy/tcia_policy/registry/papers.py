"""The papers that are asked to be cited beside the data.

`rules/reference/papers.yaml` has those that policies ask for, `collection-papers.yaml` those of single datasets' pages.
"""

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.files.compiled import compiled
from tcia_policy.files.shipped import shipped
from tcia_policy.lazy import dataclass
from tcia_policy.model import Citation, Source
from tcia_policy.model.base import Contract

OF_POLICIES = "papers.yaml"
OF_COLLECTIONS = "collection-papers.yaml"


class PapersFile(Contract):
    """Citations, and where each was read."""

    papers: tuple[Citation, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Papers:
    """Papers by DOI."""

    content: PapersFile

    @cached_property
    def by_doi(self) -> Mapping[str, Citation]:
        """Return the citations by lower-case DOI."""
        return {paper.doi: paper for paper in self.content.papers}


def load_papers(folder: Path | None = None) -> Papers:
    """Read both files in the folder of reference data (the shipped one by default); the second may be left out.

    The shipped ones are read once. Raises `InputError` for a paper that is there twice.
    """
    return _shipped_papers() if folder is None else _read(folder)


def files_of_papers() -> tuple[Path, ...]:
    """Return the files that shipped, for what is made of them and kept."""
    folder = shipped("rules") / "reference"
    return folder / OF_POLICIES, folder / OF_COLLECTIONS


@cache
def _shipped_papers() -> Papers:
    return compiled("papers", files_of_papers(), lambda: _read(shipped("rules") / "reference"))


def _read(folder: Path) -> Papers:
    papers: dict[str, Citation] = {}
    sources: list[Source] = []
    beside = [folder / OF_COLLECTIONS] if (folder / OF_COLLECTIONS).exists() else []
    for path in (folder / OF_POLICIES, *beside):
        content = located_yaml.read(path).parse(PapersFile)
        for paper in content.papers:
            if paper.doi in papers:
                raise InputError(f"the paper {paper.doi!r} is there twice", file=path, field="papers")
            papers[paper.doi] = paper
        sources += content.sources
    return Papers(PapersFile(papers=tuple(papers.values()), sources=tuple(sources)))
