"""What a list of datasets says beside their names."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from tcia_policy.engine.case import Library
from tcia_policy.engine.listing import Search, listing
from tcia_policy.files.shipped import shipped
from tcia_policy.importers import read_registry, write_registry
from tcia_policy.registry import Registry
from tcia_policy.reports.listing import render_listing

GONE = date(2026, 11, 22)


def test_a_dataset_that_its_archive_has_no_longer_is_listed_as_such(tmp_path: Path) -> None:
    content = read_registry.read(shipped("data"))
    first, second, *_ = content.datasets
    gone = first.model_copy(update={"withdrawn": GONE})
    write_registry.write(replace(content, datasets=(gone, second)), tmp_path)
    registry = Registry.load(data=tmp_path)
    found = listing(Search(registry.entries), Library(registry))
    assert [each.withdrawn for each in found.datasets] == [GONE, None]
    told, other = (line for line in render_listing(found, 200).splitlines() if first.doi in line or second.doi in line)
    assert "its archive has it no longer: 2026-11-22" in told
    assert "no longer" not in other
