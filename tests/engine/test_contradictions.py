"""An assessment whose parts contradict each other was changed since it was written."""

from pathlib import Path

import pytest

from tcia_policy.engine.contradictions import contradiction
from tcia_policy.engine.scenarios import UNREADABLE, assess_scenario, load_scenarios
from tcia_policy.model import Verdict
from tests.engine.asking import REGISTRY, RULES, assessed

SCENARIOS = Path(__file__).parents[1] / "scenarios"
BLOCKED = """
use: {purpose: commercial, activities: [release-model], outputs: [{kind: model, license: Apache-2.0}]}
data: [{dataset: LIDC-IDRI}, {dataset: NSCLC-Radiomics}]
"""


@pytest.mark.parametrize("name", ["output-licenses", "nih-controlled-access", "earlier-copies-from-idc"])
def test_what_was_assessed_never_contradicts_itself(name: str) -> None:
    for located in load_scenarios(SCENARIOS / f"{name}.yaml", RULES):
        if located.scenario.expect.exit != UNREADABLE:
            assert contradiction(assess_scenario(located, REGISTRY, RULES)) is None, located.scenario.name


def test_what_was_made_milder_by_hand_contradicts_the_findings() -> None:
    found = assessed(BLOCKED)
    milder = tuple(cell.model_copy(update={"verdict": Verdict.PERMITTED}) for cell in found.verdicts)
    assert contradiction(found) is None
    assert contradiction(found.model_copy(update={"verdict": Verdict.PERMITTED})) == "verdict"
    assert contradiction(found.model_copy(update={"verdicts": milder})) == "verdicts"
    assert contradiction(found.model_copy(update={"findings": ()})) == "verdicts"
    assert contradiction(found.model_copy(update={"verdicts": ()})) == "verdict"
    assert contradiction(found.model_copy(update={"holdings": found.holdings[:1]})) == "holdings"


def test_what_was_cleared_by_hand_contradicts_the_verdicts() -> None:
    found = assessed(BLOCKED)
    (output,) = found.clearance.outputs
    cleared = output.model_copy(update={"verdict": Verdict.PERMITTED, "cleared": True, "objections": ()})
    clearance = found.clearance.model_copy(update={"outputs": (cleared,)})
    assert contradiction(found.model_copy(update={"clearance": clearance})) == "clearance"
