"""The licenses that outputs may carry: as answers, and beside a legal position."""

from tests.engine.asking import asked


def test_a_position_says_which_licenses_the_model_may_carry() -> None:
    question = asked("""
use:
  purpose: noncommercial
  activities: [release-model]
  outputs: [{kind: model, license: Apache-2.0}]
data: [{dataset: LIDC-IDRI}, {dataset: NSCLC-Radiomics}]
""")["positions.model-is-adaptation"]
    no, yes = question.branches
    assert (no.paste, no.note) == ("positions: {model-is-adaptation: false}", "Apache-2.0 may be chosen")
    assert yes.note is not None
    assert yes.note.startswith("only CC-BY-NC-4.0")
    assert yes.note.endswith("because of NSCLC-Radiomics")
    assert question.ask == "counsel"


def test_licenses_that_lead_to_the_same_are_one_answer_to_which_the_output_gets() -> None:
    question = asked("""
use:
  purpose: noncommercial
  activities: [share-derived-data]
  outputs: [{kind: derived-images}]
data: [{other: {name: Our set, license: CC-BY-SA-4.0}}]
""")["use.outputs"]
    assert question.text == "Under which license will you release what you made from Our set?"
    assert question.branches[0].paste == "outputs: [{kind: derived-images, license: CC-BY-SA-4.0}]"


def test_the_license_of_the_data_is_among_the_answers_and_what_leaves_it_open_is_none() -> None:
    question = asked("""
use:
  purpose: noncommercial
  activities: [share-derived-data]
  outputs: [{kind: segmentations, license: MIT}]
data: [{other: {name: Map of lungs, license: ODbL-1.0}}]
""")["use.outputs"]
    assert [branch.paste for branch in question.branches] == ["outputs: [{kind: segmentations, license: ODbL-1.0}]"]


def test_a_license_that_other_data_forbid_may_not_be_chosen_whatever_the_position() -> None:
    question = asked("""
use:
  purpose: noncommercial
  activities: [release-model]
  outputs: [{kind: model, license: Apache-2.0, trained_on: [lidc], base_model: [weights]}]
data:
  - {id: lidc, dataset: LIDC-IDRI}
  - {id: weights, other: {name: Weights, kind: model, license: CC-BY-NC-SA-4.0}}
""")["positions.model-is-adaptation"]
    assert {branch.note for branch in question.branches} == {"only CC-BY-NC-SA-4.0, because of Weights"}


def test_a_license_may_be_chosen_only_for_what_waits_where_something_stands_against_other_data() -> None:
    question = asked("""
use:
  purpose: commercial
  activities: [release-model]
  outputs: [{kind: model, license: Apache-2.0}]
data: [{dataset: LIDC-IDRI}, {dataset: NSCLC-Radiomics}]
""")["positions.model-is-adaptation"]
    assert {branch.note for branch in question.branches} == {"Apache-2.0 may be chosen for LIDC-IDRI"}
