"""The answers to what is done with the data."""

from tcia_policy.model.question import Consequence
from tests.engine.asking import asked


def test_activities_are_grouped_by_what_they_lead_to() -> None:
    question = asked("""
use: {purpose: commercial}
data: [{dataset: LIDC-IDRI}]
""")["use.activities"]
    assert question.text == "What do you do with the data?"
    clear = question.branches[0]
    assert clear.paste is not None
    assert clear.paste.startswith("activities: [analyze, ")
    assert clear.leads_to[0].consequence is Consequence.CLEAR
    assert clear.leads_to[0].holdings == ()


def test_an_output_that_nothing_releases_asks_for_the_activity_that_does() -> None:
    question = asked("""
use:
  purpose: noncommercial
  activities: [analyze]
  outputs: [{kind: segmentations, license: CC-BY-4.0}]
data: [{dataset: LIDC-IDRI}]
""")["use.activities"]
    assert question.text == "Which activity releases the output that you state?"
    assert question.branches[0].paste == "activities: [analyze, share-derived-data]"
    assert question.branches[-1].says == "none: take the output out"
