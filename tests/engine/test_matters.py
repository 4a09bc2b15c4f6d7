"""What can be decided of a study, each thing with an id and the lines on which it is decided."""

from tcia_policy.files.digests import digest_of_basis
from tcia_policy.model import DutyStatus, Verdict
from tcia_policy.model.matter import Matter, MatterKind
from tests.engine.asking import assessed

STUDY = """
use: {activities: [publish-results, release-model], outputs: [{kind: model, license: Apache-2.0}]}
data:
  - {id: lidc, dataset: LIDC-IDRI}
  - {id: nsclc, dataset: NSCLC-Radiomics}
"""


def matters(text: str) -> dict[str, Matter]:
    """Return the matters of a project file by their ids."""
    return {matter.id: matter for matter in assessed(text).matters}


def test_a_digest_is_that_of_the_lines_and_each_id_is_there_once() -> None:
    found = assessed(STUDY).matters
    assert [matter.id for matter in found] == sorted({matter.id for matter in found})
    for matter in found:
        assert matter.digest == digest_of_basis(matter.basis)
        assert all(line and "\n" not in line for line in matter.basis)


def test_what_is_open_prohibited_or_owed_has_matters_and_nothing_else() -> None:
    assessment = assessed(STUDY.replace("use: {", "use: {purpose: commercial, "))
    known = {matter.id: matter for matter in assessment.matters}
    for question in assessment.questions:
        assert question.matters
        assert {known[id_].kind for id_ in question.matters} == {MatterKind.QUESTION}
    for finding in assessment.findings:
        is_against = finding.verdict in (Verdict.PROHIBITED, Verdict.UNDETERMINED) and finding.lifted_by is None
        assert bool(finding.matters) == is_against
        assert all(known[id_].rule == finding.rule for id_ in finding.matters)
    for duty in assessment.duties:
        assert duty.matters == ((duty.id,) if duty.required and duty.status is not DutyStatus.MET else ())
    prohibited = [matter.id for matter in assessment.matters if matter.kind is MatterKind.PROHIBITION]
    assert "cc-noncommercial/nsclc/release-model" in prohibited


def test_a_question_on_a_fact_is_one_matter_and_what_waits_for_it_others() -> None:
    assessment = assessed(STUDY)
    purpose = next(question for question in assessment.questions if question.id == "use.purpose")
    assert purpose.matters[0] == "use.purpose"
    assert "cc-noncommercial/nsclc/publish-results" in purpose.matters


def test_each_output_is_a_matter_of_its_own() -> None:
    outputs = "[{kind: model, license: Apache-2.0}, {kind: model, license: MIT}]"
    both = matters(STUDY.replace("[{kind: model, license: Apache-2.0}]", outputs))
    one = matters(STUDY)
    wanted = "release-model-position-open/lidc/release-model/model=Apache-2.0"
    assert both[wanted].digest == one[wanted].digest
    assert wanted.replace("Apache-2.0", "MIT") in both
