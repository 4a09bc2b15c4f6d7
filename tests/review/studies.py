"""Studies with something to decide, on a fixed day."""

from datetime import date
from pathlib import Path

from tcia_policy.engine.case import Case, CaseOptions
from tcia_policy.files.digests import digest_of_text
from tcia_policy.model import Assessment, DutyStatus, Verdict
from tcia_policy.model.matter import Matter, MatterKind

PROHIBITED = MatterKind.PROHIBITION

DAY = date(2026, 11, 22)
OPEN_STUDY = """\
title: Open study
authors: [Ann Author]
reviewers:
  - {name: Rita Review, role: counsel}
  - {name: Dan Data, role: data-steward}
use:
  purpose: commercial
  activities: [train-model, release-model]
  outputs: [{kind: model, license: Apache-2.0}]
  country: US
data:
  - {id: lidc, collection: LIDC-IDRI}
  - {id: ped, collection: Pediatric-CT-SEG}
  - {id: lung1, collection: NSCLC-Radiomics}
  - {id: weights, other: {name: Some weights, kind: model, license: LicenseRef-x}}
"""


def opened(folder: Path, project: str) -> Case:
    """Write the project into the folder and open it."""
    (folder / "tcia-policy.yaml").write_text(project, encoding="utf-8")
    return Case.open(folder / "tcia-policy.yaml", CaseOptions(as_of=DAY))


def decidable(assessment: Assessment) -> Assessment:
    """Return the assessment with one matter for each question, prohibition and duty, where the engine made none."""
    if assessment.matters:
        return assessment
    matters: dict[str, Matter] = {}

    def on(id_: str, kind: MatterKind) -> tuple[str, ...]:
        matters[id_] = Matter(
            id=id_, kind=kind, text=id_, digest=digest_of_text(f"about {id_}"), basis=(f"about {id_}",)
        )
        return (id_,)

    changes = {
        "questions": tuple(
            each.model_copy(update={"matters": on(each.id, MatterKind.QUESTION)}) for each in assessment.questions
        ),
        "findings": tuple(
            each.model_copy(
                update={"id": f"{each.rule}/{each.holding}", "matters": on(f"{each.rule}/{each.holding}", PROHIBITED)}
            )
            if each.verdict is Verdict.PROHIBITED
            else each
            for each in assessment.findings
        ),
        "duties": tuple(
            each.model_copy(update={"matters": on(each.id, MatterKind.DUTY)})
            if each.status is not DutyStatus.MET
            else each
            for each in assessment.duties
        ),
    }
    return assessment.model_copy(update={**changes, "matters": tuple(matters.values())})
