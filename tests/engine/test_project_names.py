"""What a project names is looked up at once."""

from pathlib import Path

import pytest

from tcia_policy.engine.case import Case
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError


def fields_told(text: str) -> list[str | None]:
    with pytest.raises(InputError) as raised:
        Case.open(Study.parse(text, Path("tcia-policy.yaml")))
    return [each.field for each in raised.value.mistakes]


def test_names_of_all_kinds_are_told_together() -> None:
    text = "data:\n  - dataset: LIDC-IDR\n  - {dataset: NLST, distributions: [imges]}\nnot_used: [NLTS]\n"
    assert fields_told(text) == ["data[0].dataset", "data[1].distributions", "not_used[0]"]


def test_entries_of_outputs_are_looked_up_where_data_are_unknown_too() -> None:
    output = "use: {outputs: [{kind: model, trained_on: [lidc, LIDC-IDR, NLST, lidcc, scans/a.tcia]}]}\n"
    data = "data: [{id: lidc, dataset: LIDC-IDR}, {folder: scans}]\n"
    assert fields_told(output + data) == ["use.outputs[0].trained_on[3]", "data[0].dataset", "data[1].folder"]
