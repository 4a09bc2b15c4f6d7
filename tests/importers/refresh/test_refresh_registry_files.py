"""The shipped registry, refreshed by what it was made of, is as it was; by later records, only its days change."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tcia_policy.files.shipped import shipped
from tcia_policy.importers import answer_folder, read_registry
from tcia_policy.importers.refresh.refresh import refreshed
from tests.importers.registry_files import DATA

# The recordings are not in this repository: they lie beside the clone, or where the variable says.
RECORDINGS = Path(os.environ.get("TCIA_POLICY_RECORDINGS") or shipped("data").parents[1] / "shared/recordings")


@pytest.mark.skipif(not (RECORDINGS / "README.md").is_file(), reason="the recordings are not at hand")
def test_tcias_records_of_the_day_of_the_registry_change_nothing_and_those_of_a_later_day_only_days() -> None:
    content = read_registry.read(DATA)
    answers = answer_folder.read(RECORDINGS, "tcia")
    found = refreshed(content, answers)
    assert found.content == content
    assert found.remarks == ()
    later = refreshed(content, replace(answers, day=answers.day + timedelta(days=100))).content
    assert later != content
    assert all(dataset.changes == () for dataset in later.datasets)
    for before, after in zip(content.datasets, later.datasets, strict=True):
        assert [(part.id, part.past) for part in after.distributions] == [
            (part.id, part.past) for part in before.distributions
        ]
        stated = [[(claim.license, claim.source) for claim in part.claims] for part in after.distributions]
        assert stated == [[(claim.license, claim.source) for claim in part.claims] for part in before.distributions]
