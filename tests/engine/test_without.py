"""The same study without some of its data items."""

from pathlib import Path

import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, Library
from tcia_policy.engine.without import without
from tcia_policy.errors import InputError
from tcia_policy.model import Verdict
from tcia_policy.registry import Registry

REGISTRY = Registry.load()
STUDY = """\
use:
  purpose: commercial
  activities: [train-model, release-model]
  outputs: [{kind: model, license: Apache-2.0, trained_on: [LIDC-IDRI, NSCLC-Radiomics]}]
positions: {model-is-adaptation: false}
data: [{dataset: LIDC-IDRI}, {dataset: NSCLC-Radiomics}, {dataset: 4D-Lung}]
"""


def opened(folder: Path, text: str) -> Case:
    (folder / "tcia-policy.yaml").write_text(text, encoding="utf-8")
    return Case.open(folder, library=Library(REGISTRY))


def test_what_only_that_data_item_forbids_is_no_longer_forbidden(tmp_path: Path) -> None:
    case = opened(tmp_path, STUDY)
    assert assess(case).verdict is Verdict.PROHIBITED
    smaller = without(case, ["nsclc_radiomics"], REGISTRY)
    assert [holding.id for holding in smaller.holdings] == ["LIDC-IDRI", "4D-Lung"]
    assert (smaller.project.use.outputs or ())[0].trained_on == ("LIDC-IDRI",)
    assert assess(smaller).verdict is not Verdict.PROHIBITED


def test_it_is_the_case_of_a_project_that_never_had_it(tmp_path: Path) -> None:
    never = STUDY.replace(", NSCLC-Radiomics]", "]").replace("{dataset: NSCLC-Radiomics}, ", "")
    expected = assess(opened(tmp_path, never))
    found = assess(without(opened(tmp_path, STUDY), ["NSCLC-Radiomics"], REGISTRY))
    assert found.verdicts == expected.verdicts
    assert found.findings == expected.findings
    assert [duty.model_copy(update={"id": ""}) for duty in found.duties] == [
        duty.model_copy(update={"id": ""}) for duty in expected.duties
    ]


def test_an_output_of_nothing_else_may_come_from_all_that_is_left(tmp_path: Path) -> None:
    case = opened(tmp_path, STUDY.replace("[LIDC-IDRI, NSCLC-Radiomics]", "[LIDC-IDRI]"))
    smaller = without(case, ["LIDC-IDRI"], REGISTRY)
    assert (smaller.project.use.outputs or ())[0].trained_on is None
    assert smaller.activities_on([*assess(smaller).activities])["NSCLC-Radiomics"]
    assert assess(smaller).verdict is Verdict.PROHIBITED


def test_the_manuscript_is_supposed_to_name_it_no_more_and_all_else_as_before(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text("We used NSCLC-Radiomics and TCGA-GBM and LIDC-IDRI.\n", encoding="utf-8")
    case = opened(tmp_path, STUDY + "manuscript: [paper.md]\n")
    smaller = without(case, ["NSCLC-Radiomics"], REGISTRY)
    assert smaller.manuscript is not None
    assert case.manuscript is not None
    seen = smaller.manuscript.observe(smaller.holdings, smaller.known.datasets)
    assert [item.dataset for item in seen.named] == ["TCGA-GBM"]
    assert smaller.manuscript.read == case.manuscript.read


def test_no_name_is_the_case_itself_and_a_wrong_one_an_error(tmp_path: Path) -> None:
    case = opened(tmp_path, STUDY)
    assert without(case, [], REGISTRY) is case
    with pytest.raises(InputError, match="--without: the project has no data item 'NLST'"):
        without(case, ["NLST"], REGISTRY)
    with pytest.raises(InputError, match="no data item is left"):
        without(case, ["LIDC-IDRI", "NSCLC-Radiomics", "4D-Lung"], REGISTRY)
