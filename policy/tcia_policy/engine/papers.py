"""The papers that policies ask to be cited beside the data: `rules/papers.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tcia_policy.locations import shipped
from tcia_policy.model import Citation, Source, located_yaml
from tcia_policy.model.contract import Contract


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
        """Citations by lower-case DOI."""
        return {paper.doi: paper for paper in self.content.papers}


def load_papers(folder: Path | None = None) -> Papers:
    """Read `papers.yaml` in the folder of rules (the shipped one by default)."""
    path = (folder or shipped("rules")) / "papers.yaml"
    return Papers(located_yaml.read(path).parse(PapersFile))
