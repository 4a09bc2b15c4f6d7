"""What was recorded, answered over HTTP in both forms of TCIA's: the registry that was made from it stays as it is."""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tcia_policy.files.shipped import shipped
from tcia_policy.importers import answer_folder, read_registry, tcia
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.online.ask import ask
from tcia_policy.importers.refresh.refresh import refreshed
from tcia_policy.model import Dataset
from tests.importers.online.replay import Answer, Held, replaying

RECORDINGS = Path(os.environ.get("TCIA_POLICY_RECORDINGS") or shipped("data").parents[1] / "shared/recordings")

pytestmark = pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not part of the repository")


def as_answered(record: Mapping[str, object]) -> dict[str, Any]:
    """Return a record with its programs as objects, as v2 answers with them; the recording is simpler."""
    programs = record["program"]
    assert isinstance(programs, list)
    return {**record, "program": [{"id": 7, "slug": name.lower(), "program_name": name} for name in programs]}


def answered(form: str, recorded: Answers) -> Answers:
    collections, results = (
        [as_answered(each) for each in recorded.lists[name]] for name in ("collections", "analysis-results")
    )
    with replaying(Held(collections, results), per_page=100) as replay:
        if form == "v1":
            replay.fault("/v2/", Answer({}, 404))
        answers = ask("tcia", replay.asking())
    assert answers.form == form
    return replace(answers, day=recorded.day + timedelta(days=1))


def stated(dataset: Dataset) -> object:
    """Return what TCIA states of a dataset, without the day on which it said so."""
    labels = [
        (part.id, [(claim.license, claim.stated_as) for claim in part.claims if claim.source == tcia.SOURCE])
        for part in dataset.distributions
    ]
    citation = dataset.citation.model_copy(update={"as_of": None})
    return dataset.id, dataset.title, dataset.doi, dataset.program, citation, dataset.changes, labels


@pytest.mark.parametrize("form", ["v2", "v1"])
def test_the_registry_stays_as_it_is(form: str) -> None:
    before = read_registry.read(shipped("data"))
    after = refreshed(before, answered(form, answer_folder.read(RECORDINGS, "tcia")))
    assert after.remarks == ()
    assert [stated(each) for each in after.content.datasets] == [stated(each) for each in before.datasets]
