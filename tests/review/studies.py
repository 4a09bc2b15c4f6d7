"""Studies with something to decide, on a fixed day."""

import json
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
EVIL = '</script><script>alert(1)</script>"><img src=x onerror=alert(2)> \u202egnp.exe\u001b[31m =cmd|calc'
EVIL_STUDY = f"""\
title: {json.dumps(EVIL, ensure_ascii=True)}
authors: [Ann Author]
reviewers: [{{name: Rita Review, role: "counsel\\"><script>alert(3)</script>"}}]
use: {{purpose: commercial, activities: [train-model]}}
data:
  - {{other: {{name: {json.dumps(EVIL, ensure_ascii=True)}, license: LicenseRef-x}}}}
"""


def opened(folder: Path, project: str) -> Case:
    """Write the project into the folder and open it."""
    (folder / "tcia-policy.yaml").write_text(project, encoding="utf-8")
    return Case.open(folder / "tcia-policy.yaml", CaseOptions(as_of=DAY))
