"""Projects with decisions of reviewers: written into a folder, with the digests of today."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.model import Assessment
from tcia_policy.model.decision import DecisionRead
from tcia_policy.registry import Registry
from tcia_policy.rules.rulebook import load_rules

DAY = date(2026, 11, 22)
DISPUTED = {
    "use": {"purpose": "commercial", "activities": ["train-model"], "country": "US"},
    "data": [{"id": "ct", "collection": "Pediatric-CT-SEG"}],
    "authors": ["Ann Author"],
    "reviewers": [{"name": "Jane Doe", "role": "counsel"}, {"name": "Max Roe", "role": "data-steward"}],
}
LETTER = "The archive wrote on 2 November 2026 that the collection is under CC BY 4.0, and signed the letter."
SHA256 = hashlib.sha256(LETTER.encode()).hexdigest()
DOCUMENT = {"path": "letter.txt", "sha256": SHA256}
COUNSEL = {"by": "Jane Doe", "role": "counsel", "on": "2026-11-10"}
STEWARD = {"by": "Max Roe", "role": "data-steward", "on": "2026-11-10"}


@cache
def library() -> Library:
    """Return the registry and the rules that ship, loaded once."""
    return Library(Registry.load(), load_rules())


def write(folder: Path, project: Mapping[str, Any], decisions: Sequence[Mapping[str, Any]] | None = None) -> None:
    """Write a project, its letter and its review file, if it has `decisions`."""
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    (folder / "tcia-policy.yaml").write_text(yaml.safe_dump(dict(project)), encoding="utf-8")
    if decisions is not None:
        text = json.dumps({"decisions": [dict(each) for each in decisions]}, indent=1)
        (folder / "review.yaml").write_text(text, encoding="utf-8")


def judged(folder: Path, as_of: date = DAY, *, decisions: bool = True) -> Assessment:
    """Return the assessment of the project in a folder."""
    return assess(Case.open(folder, CaseOptions(as_of=as_of, decisions=decisions), library()))


def today(folder: Path, *ids: str) -> list[dict[str, str]]:
    """Return these matters as a decision has them, with what they are without decisions."""
    digests = {each.id: each.digest for each in judged(folder, decisions=False).matters}
    return [{"id": id_, "digest": digests[id_]} for id_ in ids]


def read(assessment: Assessment) -> dict[str, DecisionRead]:
    """Return the decisions of an assessment by their names."""
    assert assessment.review is not None
    return {each.decision.name: each for each in assessment.review.decisions}


def concluding(folder: Path, license_: str = "CC-BY-4.0", **changes: Any) -> dict[str, Any]:
    """Return the decision of counsel on which license `ct` is under."""
    decided = {"kind": "conclude", "name": "ct-license", "decides": today(folder, "license/ct"), "license": license_}
    return {**decided, **COUNSEL, "evidence": DOCUMENT, **changes}
