"""`check`, `explain` and `what-if` give one answer."""

import json
from pathlib import Path

import pytest

from tests.cli.run import EXAMPLES, run

STUDIES = (
    "use: {purpose: noncommercial, activities: [redistribute-data, share-derived-data],"
    " outputs: [{kind: features, license: MIT}]}\ndata: [{dataset: NSCLC-Radiomics}]\n",
    "use: {purpose: noncommercial, activities: [redistribute-data],"
    " outputs: [{kind: derived-images, license: MIT}]}\ndata: [{dataset: NSCLC-Radiomics}]\n",
    "use: {purpose: noncommercial}\ndata: [{dataset: NSCLC-Radiomics}]\n",
)


@pytest.mark.parametrize("study", STUDIES)
def test_explain_and_what_if_say_what_check_says(study: str, tmp_path: Path) -> None:
    path = tmp_path / "tcia-policy.yaml"
    path.write_text(study, encoding="utf-8")
    checked = json.loads(run("check", path, "--format", "json").out)
    names = {holding["id"]: holding["name"] for holding in checked["holdings"]}
    supposed = run("what-if", path).out
    for cell in checked["verdicts"]:
        name = names[cell["holding"]]
        told = run("explain", path, "--activity", cell["activity"], "--dataset", cell["holding"])
        assert told.code == 0
        assert told.out.splitlines()[0] == f"{name}, {cell['activity']}: {cell['verdict']}"
        rows = supposed.split(f"\n{name}\n" if f"\n{name}\n" in supposed else f"{name}\n")[1].splitlines()
        row = next(line.split() for line in rows if line.split()[:1] == [cell["activity"]])
        column = ["commercial", "noncommercial"].index(checked["project"]["use"]["purpose"])
        assert row[1 + column] == cell["verdict"], (name, cell)


def test_every_activity_of_the_examples_can_be_explained() -> None:
    for name, dataset in (("lung-nodules", "LIDC-IDRI"), ("commercial-product", "LIDC-IDRI")):
        for activity in ("release-model", "share-derived-data", "publish-figures"):
            assert run("explain", EXAMPLES / name, "--activity", activity, "--dataset", dataset).code == 0
