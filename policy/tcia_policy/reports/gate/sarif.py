"""SARIF 2.1.0 (OASIS, 2020-03-27), as GitHub's code scanning takes it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from tcia_policy.model import Assessment
from tcia_policy.reports.answer.first_line import first_line
from tcia_policy.reports.answer.project_places import IN_THE_PROJECT, Standpoint
from tcia_policy.reports.gate.places import GatePlace
from tcia_policy.reports.gate.results import GateResult, Level, results
from tcia_policy.reports.gate.rule_help import RuleHelp, rules_of
from tcia_policy.text.english import count
from tcia_policy.text.sanitize import clean, escaped, shortened

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
TOOL = "tcia-policy"
# What GitHub takes of one run: docs.github.com, "SARIF support for code scanning", read 2026-11-29.
MOST_RESULTS = 25_000
MOST_PLACES = 100  # of the 1,000 that GitHub takes
LONGEST_NAME, LONGEST = 255, 1024  # characters of a rule's name and of its descriptions
LONGEST_MESSAGE = 4000
GITHUB_FINGERPRINT = "primaryLocationLineHash"
OUR_FINGERPRINT = "tciaPolicyId/v1"
SEVERITY = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "recommendation"}


def render_sarif(assessment: Assessment, standpoint: Standpoint = IN_THE_PROJECT) -> str:
    """Return the results of an assessment as a SARIF log with one run, in UTF-8, ending in a newline.

    Paths are relative to the root of the repository. Of more results than GitHub takes, the mildest are left out, and a
    notification counts them.
    """
    found = results(assessment, standpoint)
    kept = found[:MOST_RESULTS]
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(assessment, standpoint, kept, len(found) - len(kept))]}
    return escaped(json.dumps(log, ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def _run(
    assessment: Assessment, standpoint: Standpoint, found: Sequence[GateResult], left_out: int
) -> dict[str, object]:
    rules = rules_of(found)
    numbers = {rule.rule: number for number, rule in enumerate(rules)}
    return {
        "tool": {
            "driver": {
                "name": TOOL,
                "version": clean(assessment.versions.program),
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "automationDetails": {"id": _category(standpoint)},
        "invocations": [_invocation(assessment, left_out)],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, numbers) for item in found],
        "properties": {
            "summary": str(first_line(assessment)),
            "verdict": assessment.verdict.value,
            "asOf": assessment.as_of.isoformat(),
            "registry": clean(assessment.versions.registry),
            "rules": clean(assessment.versions.rules),
            "disclaimer": assessment.disclaimer,
        },
    }


def _category(standpoint: Standpoint) -> str:
    """Return what tells the runs of several projects in one repository apart: `tcia-policy/studies/lung/`."""
    folder = standpoint.project.as_posix()
    return f"{TOOL}/" if folder == "." or folder.startswith(("/", "..")) else f"{TOOL}/{_uri(folder)}/"


def _invocation(assessment: Assessment, left_out: int) -> dict[str, object]:
    code = assessment.exit_code if assessment.gate is None else assessment.gate.exit_code
    invocation: dict[str, object] = {"executionSuccessful": True, "exitCode": code}
    if left_out:
        text = f"{count(left_out, 'more result is', 'more results are')} left out; `check --format json` has all."
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": text}}]
    return invocation


def _rule(rule: RuleHelp) -> dict[str, object]:
    return {
        "id": rule.rule,
        "name": "".join(part.capitalize() for part in rule.rule.replace("/", "-").split("-"))[:LONGEST_NAME],
        "shortDescription": {"text": shortened(rule.title, LONGEST)},
        "fullDescription": {"text": shortened(rule.because, LONGEST)},
        "help": {"text": rule.text, "markdown": rule.markdown},
        **({} if rule.address is None else {"helpUri": rule.address}),
        "defaultConfiguration": {"level": rule.level.value},
        "properties": {"tags": ["license", *rule.words], "problem.severity": SEVERITY[rule.level]},
    }


def _result(item: GateResult, numbers: Mapping[str, int]) -> dict[str, Any]:
    first, *others = item.places[: MOST_PLACES + 1]
    told: dict[str, Any] = {
        "ruleId": clean(item.about.rule),
        "ruleIndex": numbers[clean(item.about.rule)],
        "level": item.level_left.value,
        "message": {"text": shortened(item.told, LONGEST_MESSAGE)},
        "locations": [_location(first)],
        "partialFingerprints": {GITHUB_FINGERPRINT: f"{item.fingerprint[:16]}:1", OUR_FINGERPRINT: item.fingerprint},
        "properties": {"id": clean(item.id), "failOn": item.word.value, "stops": item.stops, **_decided(item)},
    }
    if others:
        told["relatedLocations"] = [{"id": number, **_location(place)} for number, place in enumerate(others, start=1)]
    # Readers that look at no status, such as GitHub's dismiss-alerts, would let the others pass as well.
    if item.suppression is not None and item.is_accepted:
        why = shortened(clean(item.suppression.why), LONGEST_MESSAGE)
        told["suppressions"] = [{"kind": "external", "status": item.suppression.status, "justification": why}]
    return told


def _decided(item: GateResult) -> dict[str, str]:
    """Return what became of decisions on a result, also of those that do not let it pass."""
    return {} if item.suppression is None else {"decision": item.suppression.status}


def _location(place: GatePlace) -> dict[str, object]:
    artifact = {"uri": _uri(place.path), "uriBaseId": ROOT}
    return {"physicalLocation": {"artifactLocation": artifact, "region": {"startLine": place.line}}}


def _uri(path: str) -> str:
    """Return a path as a relative reference of RFC 3986: every character escaped that is no plain one."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")
