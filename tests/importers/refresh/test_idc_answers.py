"""The installed index of IDC as answers: the registry that was made of it is as it says."""

import importlib.metadata

import pytest

from tcia_policy.importers import read_registry
from tcia_policy.importers.refresh import idc_answers
from tcia_policy.importers.refresh.refresh import refreshed
from tests.importers.registry_files import DATA, index

is_the_same = pytest.mark.skipif(
    importlib.metadata.version("idc-index-data") != index()["idc_index_data"], reason="another idc-index-data"
)


@is_the_same
def test_the_shipped_registry_is_as_the_installed_index_says() -> None:
    content = read_registry.read(DATA)
    answers = idc_answers.installed()
    assert refreshed(content, answers).content == content
    before = tuple(
        source.model_copy(update={"version": "24.0.0"}) if source.id == "idc-index-data" else source
        for source in content.sources
    )
    again = refreshed(content.__class__(**{**vars(content), "sources": before}), answers).content
    assert again.datasets == content.datasets
    assert again.sources == content.sources


def test_the_index_and_what_reads_it_are_looked_for() -> None:
    assert idc_answers.is_installed()
