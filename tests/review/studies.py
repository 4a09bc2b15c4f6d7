"""Studies with something to decide, on a fixed day."""

from datetime import date
from pathlib import Path

from tcia_policy.engine.case import Case, CaseOptions

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
