"""GitLab's code quality report: docs.gitlab.com, "Code Quality", "Implement a custom tool"; read 2026-11-29."""

import json

from tcia_policy.model import Assessment
from tcia_policy.reports.answer.project_places import IN_THE_PROJECT, Standpoint
from tcia_policy.reports.gate.results import GateResult, Level, results
from tcia_policy.text.sanitize import clean, escaped, shortened

SEVERITIES = {Level.ERROR: "blocker", Level.WARNING: "major", Level.NOTE: "info"}
LONGEST = 2000
MOST_RESULTS = 25_000


def render_gitlab(assessment: Assessment, standpoint: Standpoint = IN_THE_PROJECT) -> str:
    """Return the results as the JSON array that GitLab takes for `artifacts:reports:codequality`.

    What was decided has the mildest severity, and says who decided it.
    """
    issues = [_issue(item) for item in results(assessment, standpoint)[:MOST_RESULTS]]
    return escaped(json.dumps(issues, ensure_ascii=False, indent=1)) + "\n"


def _issue(item: GateResult) -> dict[str, object]:
    place = item.places[0]
    return {
        "description": shortened(item.told, LONGEST),
        "check_name": clean(item.about.rule),
        "fingerprint": item.fingerprint,
        "severity": SEVERITIES[item.level_left],
        "location": {"path": place.path, "lines": {"begin": place.line}},
    }
