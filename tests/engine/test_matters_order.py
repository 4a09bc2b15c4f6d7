"""Another order of a project changes no id and no digest, and each id means the same as before."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.study import Study
from tcia_policy.model import Assessment, Project
from tests.engine.asking import DAY, REGISTRY, RULES
from tests.engine.deciding import with_rules

STUDY = """
use:
  activities: [release-model, share-derived-data, publish-figures]
  outputs:
    - {kind: model, license: Apache-2.0}
    - {kind: model, license: MIT, trained_on: [NSCLC-Radiomics, LIDC-IDRI]}
    - {kind: segmentations, license: CC-BY-4.0}
data:
  - {dataset: CPTAC-LUAD}
  - {dataset: CPTAC-LUAD, obtained_from: pdc, distributions: [proteomics]}
  - {dataset: LIDC-IDRI}
  - {dataset: LIDC-IDRI, obtained_on: 2024-01-02}
  - {dataset: LIDC-IDRI, obtained_from: kaggle, altered: true}
  - {id: rado, dataset: NSCLC-Radiomics}
  - {dataset: NSCLC-Radiomics, obtained_from: zenodo}
  - {dataset: HNSCC}
  - {series: 1.2.3.4.5}
  - {series: 1.2.3.4.6}
  - {other: {name: Weights, kind: model, license: CC-BY-SA-4.0}}
  - {own: {name: Ours}}
permissions:
  - {dataset: NSCLC-Radiomics, grants: commercial-use, from: Hugo Aerts, on: 2026-04-01, evidence: {held_by: A}}
  - {dataset: NSCLC-Radiomics, grants: commercial-use, from: Hugo Aerts, on: 2026-04-01, evidence: {held_by: B}}
  - {dataset: LIDC-IDRI, grants: commercial-use, from: Nobody Known, on: 2026-04-02, evidence: {held_by: C}}
agreements:
  - {id: dbgap, accession: phs004225, approved_on: 2024-01-10, evidence: {held_by: D}}
  - {id: cptac-data-use, signed_on: 2024-02-11, expires_on: 2025-02-11, evidence: {held_by: E}}
answers:
  - {rule: nothing-grants-it, data: LIDC-IDRI, says: permitted, from: Counsel, on: 2026-05-01, evidence: {held_by: F}}
  - {rule: nothing-grants-it, data: rado, says: prohibited, from: Counsel, on: 2026-05-02, evidence: {held_by: G}}
"""
PURPOSES = ("commercial", "noncommercial", None)
ORDERED = ("data", "permissions", "agreements", "answers")


def assessed(project: Project) -> Assessment:
    return assess(_case(project))


def _case(project: Project) -> Case:
    return Case.open(Study(project), CaseOptions(as_of=DAY), Library(REGISTRY, RULES))


def stated(purpose: str | None) -> Project:
    text = STUDY if purpose is None else STUDY.replace("use:", f"use:\n  purpose: {purpose}", 1)
    return Study.parse(text, Path("tcia-policy.yaml")).project


def meant(found: Assessment) -> dict[str, object]:
    """Return what each id of an assessment means, by what names it: the same in any order."""
    held = {each.id: each.model_copy(update={"items": tuple(sorted(each.items))}) for each in found.holdings}
    told: dict[str, object] = {f"item {id_}": each for id_, each in held.items()}
    told |= {f"matter {each.id}": (each.kind, each.digest, each.holding, each.activity) for each in found.matters}
    told |= {
        f"question {each.id}": (each.kind, sorted(each.matters), {(cell.holding, cell.activity) for cell in each.cells})
        for each in found.questions
    }
    told |= {
        f"finding {each.id}": (each.rule, each.verdict, each.holding, sorted(each.activities), each.matters)
        for each in found.findings
    }
    told |= {f"duty {each.id}": (each.rule, each.doi, sorted(each.holdings), each.status) for each in found.duties}
    assert len(told) == sum(map(len, (found.holdings, found.matters, found.questions, found.findings, found.duties)))
    return told


@cache
def as_written(purpose: str | None) -> dict[str, object]:
    return meant(assessed(stated(purpose)))


@pytest.mark.parametrize("purpose", PURPOSES)
@given(data=st.data())
@settings(max_examples=2, deadline=None, derandomize=True, database=None)
def test_in_any_order_each_id_means_the_same(purpose: str | None, data: st.DataObject) -> None:
    project = stated(purpose)
    shuffled = {name: tuple(data.draw(st.permutations(getattr(project, name)))) for name in ORDERED}
    outputs = tuple(data.draw(st.permutations(project.use.outputs or ())))
    activities = tuple(data.draw(st.permutations(project.use.activities or ())))
    use = project.use.model_copy(update={"outputs": outputs, "activities": activities})
    assert meant(assessed(project.model_copy(update={**shuffled, "use": use}))) == as_written(purpose)


def test_with_rules_in_another_order_each_id_means_the_same() -> None:
    case = _case(stated("commercial"))
    assert meant(assess(with_rules(case, *reversed(case.rules.rules)))) == as_written("commercial")


def test_with_files_of_the_manuscript_in_another_order_each_id_means_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# One\n\nWe used LIDC-IDRI and TCGA-GBM.\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("# Two\n\nWe used NSCLC-Radiomics and TCGA-LUAD.\n", encoding="utf-8")
    found = []
    for files in (("a.md", "b.md"), ("b.md", "a.md")):
        project = stated(None).model_copy(update={"manuscript": files})
        study = replace(Study.parse(STUDY, tmp_path / "tcia-policy.yaml"), project=project)
        found.append(meant(assess(Case.open(study, CaseOptions(as_of=DAY), Library(REGISTRY, RULES)))))
    assert found[0] == found[1]


def test_of_several_grants_in_doubt_no_order_chooses_which_is_asked() -> None:
    grant = "{{dataset: Hospital CT, grants: {}, from: Owner, to: X, on: 2026-01-01, evidence: {{held_by: A}}}}"
    grants = [grant.format(each) for each in ("commercial-use", "distribution", "derivative-works")]
    use = "{purpose: commercial, activities: [use-in-product]}"
    text = f"use: {use}\ndata: [{{other: {{name: Hospital CT, license: LicenseRef-Unknown}}}}]\npermissions: [{{}}]\n"
    orders = (text.replace("{}", ", ".join(each)) for each in (grants, grants[::-1], [grants[1], grants[0], grants[2]]))
    found = [meant(assessed(Study.parse(each, Path("tcia-policy.yaml")).project)) for each in orders]
    assert found[0] == found[1] == found[2]
    assert any(id_.startswith("question evidence/") for id_ in found[0])
