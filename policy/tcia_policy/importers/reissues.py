"""Data of TCIA that others give out under terms of their own, as `data/curated/reissues.yaml` has them."""

from functools import cache
from pathlib import Path

from tcia_policy.files import located_yaml
from tcia_policy.files.shipped import curated
from tcia_policy.importers.upstream import Collected, Inputs, Upstream
from tcia_policy.model import Dataset, Source
from tcia_policy.model.base import Contract

FILE = "reissues.yaml"


class ReissuesFile(Contract):
    """The source of all, and each dataset as a file of `data/datasets/` has it."""

    source: Source
    datasets: tuple[Dataset, ...]


@cache
def load_reissues(folder: Path | None = None) -> ReissuesFile:
    """Return the re-issues in `reissues.yaml` of a folder of curated facts (the shipped one by default).

    Raise `InputError` with file, line and field for a key or a place that is wrong or missing.
    """
    return located_yaml.read((folder or curated()) / FILE).parse(ReissuesFile)


def _add(_inputs: Inputs, collected: Collected) -> Collected:
    """Add those whose sources are all at hand, with their names."""
    here = {dataset.id for dataset in collected.datasets}
    found = [
        dataset
        for dataset in load_reissues().datasets
        if all(origin.dataset in here for origin in dataset.derived_from)
    ]
    names = [(dataset.id, alias) for dataset in found for alias in dataset.aliases]
    return collected.with_((*collected.datasets, *found), names)


UPSTREAM = Upstream(describe=lambda _inputs: load_reissues().source, add=_add)
