from collections.abc import Iterator

import pytest

from tcia_policy.engine.case import Case
from tcia_policy.engine.evidence_in_activity import Situations
from tcia_policy.engine.may_speak import DURING, MaySpeak
from tcia_policy.engine.outcome import Outcome, outcome_of
from tcia_policy.model import Activity
from tests.engine.deciding import case_of

STUDIES = (
    "data: [{dataset: LIDC-IDRI}, {dataset: NSCLC-Radiomics}, {dataset: CPTAC-LUAD}, {dataset: TCGA-GBM}]",
    """
use:
  purpose: commercial
  activities: [train-model, release-model, share-derived-data]
  outputs: [{kind: model, license: MIT}, {kind: segmentations, license: CC-BY-4.0}]
  country: DE
data: [{id: lung, dataset: NSCLC-Radiomics}, {own: {name: our CT}}, {other: {name: W, kind: model, license: MIT}}]
permissions:
  - {dataset: NSCLC-Radiomics, grants: commercial-use, from: Maastro, on: 2025-01-02, to: us, activities: [train-model],
     territory: worldwide, evidence: {held_by: the legal office}}
answers:
  - {rule: cc-noncommercial-model-license, data: NSCLC-Radiomics, says: permitted, from: Maastro, on: 2025-01-02,
     activities: [release-model], evidence: {held_by: the legal office}}
""",
)


@pytest.fixture(scope="module", params=STUDIES, ids=["names alone", "a use and evidence"])
def case(request: pytest.FixtureRequest) -> Case:
    text: str = request.param
    return case_of(text)


def each_judged(case: Case) -> Iterator[tuple[Situations, Situations]]:
    """Yield the readings of each data item before an activity is known, and when each activity is judged."""
    readings = case.readings()
    releases = case.releases(readings)
    for holding, situations in readings:
        for activity in Activity:
            yield situations, case.in_activity(activity, holding, situations, releases)


def test_a_rule_that_may_not_speak_is_silent_under_every_reading(case: Case) -> None:
    rules = case.rules.of_day(case.as_of)
    for situations, doing in each_judged(case):
        kept = MaySpeak.of(rules, situations).during(doing)
        left_out = [rule for rule in rules.on_data if rule not in kept]
        assert left_out
        assert {outcome_of(rule, facts) for rule in left_out for _, facts in doing} == {Outcome.SILENT}


def test_nearly_every_rule_that_may_speak_does(case: Case) -> None:
    rules = case.rules.of_day(case.as_of)
    outcomes = [
        {outcome_of(rule, facts) for _, facts in doing}
        for situations, doing in each_judged(case)
        for rule in MaySpeak.of(rules, situations).during(doing)
    ]
    assert sum(said == {Outcome.SILENT} for said in outcomes) < len(outcomes) / 10


def test_an_activity_adds_no_other_facts_than_those_that_are_left_out_before_it(case: Case) -> None:
    added = {name for names in DURING for name in names}
    for situations, doing in each_judged(case):
        for (_, before), (_, facts) in zip(situations, doing, strict=True):
            assert {name for name in facts if facts[name] != before.get(name)} <= added


def test_the_rules_keep_the_order_of_the_book(case: Case) -> None:
    rules = case.rules.of_day(case.as_of)
    for situations, doing in each_judged(case):
        places = [rules.on_data.index(rule) for rule in MaySpeak.of(rules, situations).during(doing)]
        assert places == sorted(places)
