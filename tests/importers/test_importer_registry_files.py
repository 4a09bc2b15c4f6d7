"""`data/` is what the importers make of the recordings, and its claims bear the days of their sources."""

import importlib.metadata
import os
from pathlib import Path

import pytest
import yaml

from tcia_policy.files.shipped import curated, shipped
from tcia_policy.importers import idc, write_registry
from tcia_policy.importers.curated_terms import TERMS
from tcia_policy.importers.importer import import_registry
from tcia_policy.importers.upstream import Inputs
from tcia_policy.registry.licenses import load_licenses
from tests.importers.registry_files import DATA, datasets, index

# The recordings are not in this repository: they lie beside the clone, or where the variable says.
RECORDINGS = Path(os.environ.get("TCIA_POLICY_RECORDINGS") or shipped("data").parents[1] / "shared/recordings")


@pytest.mark.skipif(not (RECORDINGS / "README.md").is_file(), reason="the recordings are not at hand")
@pytest.mark.skipif(
    importlib.metadata.version("idc-index-data") != index()["idc_index_data"], reason="another idc-index-data"
)
def test_the_importers_make_exactly_these_files_of_the_recordings() -> None:
    inputs = Inputs(RECORDINGS, idc.installed(), load_licenses(), curated() / TERMS)
    made = write_registry.files(import_registry(inputs).content)
    differing = [name for name, text in made.items() if (DATA / name).read_text("utf-8") != text]
    assert differing == []
    assert {path.name for path in (DATA / "datasets").iterdir()} == {Path(name).name for name in made if "/" in name}


RE_ISSUES = "re-issues"  # many pages, each read on a day of its own


def test_every_claim_bears_a_day_of_its_source() -> None:
    sources = yaml.safe_load((DATA / "sources.yaml").read_text("utf-8"))
    days = {source["id"]: {source.get("as_of"), source.get("until")} for source in sources}
    differing = {
        (dataset.id, claim.source, claim.as_of)
        for dataset in datasets().values()
        for part in dataset.distributions
        for claim in part.claims
        if claim.source != RE_ISSUES
        and (claim.as_of not in days[claim.source] or (claim.until and claim.until not in days[claim.source]))
    }
    assert differing == set()
    assert {str(day) for day in days["nbia-collection-report"]} == {"2025-01-04", "2025-04-10"}


def test_what_a_source_repeats_and_defers_to_is_a_source() -> None:
    sources = yaml.safe_load((DATA / "sources.yaml").read_text("utf-8"))
    named = {source[key] for source in sources for key in ("copies", "defers_to") if key in source}
    assert named == {"tcia-collection-manager"}
