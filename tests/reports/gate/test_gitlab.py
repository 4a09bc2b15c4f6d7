"""GitLab's code quality report: its five fields, inert."""

import json
from pathlib import Path
from typing import Any

import pytest

from tcia_policy.model import Assessment
from tcia_policy.reports.gate.gitlab import render_gitlab
from tcia_policy.reports.gate.results import results
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE
from tests.reports.gate.decided import ACCEPTED, ASKED, HOSTILE_FILE, STALE, hostile

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "gitlab-code-quality.json").read_text(encoding="utf-8"))
SAMPLES = {"sample": SAMPLE, "evil": EVIL_SAMPLE, "hostile": hostile(), "clear": CLEAR, "accepted": ACCEPTED}


def issues(sample: Assessment) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(render_gitlab(sample))
    return found


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_it_has_the_five_fields_for_each_result(sample: Assessment) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    assert list(jsonschema.Draft7Validator(SCHEMA).iter_errors(issues(sample))) == []
    assert len({each["fingerprint"] for each in issues(sample)}) == len(results(sample))
    assert not {"\x1b", "\u202e", "\x00", "\x9b"} & set(render_gitlab(sample))


def test_severities_follow_the_levels_and_what_was_accepted_is_the_mildest() -> None:
    assert [each["severity"] for each in issues(SAMPLE)][:3] == ["blocker", "blocker", "blocker"]
    (accepted,) = (each for each in issues(ACCEPTED) if ASKED.text in each["description"])
    (stale,) = (each for each in issues(STALE) if ASKED.text in each["description"])
    assert (accepted["severity"], stale["severity"]) == ("info", "major")
    assert "Decision phantom: accept by R. Lee" in accepted["description"]


def test_a_path_is_the_name_of_the_file() -> None:
    assert HOSTILE_FILE in {each["location"]["path"] for each in issues(SAMPLES["hostile"])}
