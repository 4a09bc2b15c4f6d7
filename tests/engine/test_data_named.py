"""Names in evidence: datasets in any spelling, ids of data items, declared data, and names that could be two things."""

from pathlib import Path

import pytest

from tcia_policy.engine.case import Case
from tcia_policy.engine.data_named import names_of
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError
from tcia_policy.model import Answer

REPLY = "rule: nih-models-ask-the-committee, says: permitted, from: NCI Data Access Committee, on: 2026-05-01"
KEPT = "evidence: {held_by: 'Contracts office, no. 2026-114'}"


def opened(data: str, about: str) -> Case:
    text = f"data: {data}\nanswers: [{{data: '{about}', {REPLY}, {KEPT}}}]"
    return Case.open(Study.parse(text, Path("tcia-policy.yaml")))


def about(data: str, name: str) -> list[str]:
    """Return the ids of the data items that an answer about `name` is about."""
    case = opened(data, name)
    found: list[tuple[str, tuple[Answer, ...]]] = [(item.id, case.evidence.answers_for(item)) for item in case.holdings]
    return [id_ for id_, answers in found if answers]


TWO = "[{id: faces, collection: HNSCC}, {id: others, collection: HNSCC, obtained_from: idc}]"


@pytest.mark.parametrize(
    ("data", "name", "items"),
    [
        (TWO, "faces", ["faces"]),
        (TWO, "hnscc", ["faces", "others"]),
        ("[{id: HNSCC, collection: HNSCC}, {collection: LIDC-IDRI}]", "HNSCC", ["HNSCC"]),
        ("[{id: zed, collection: HNSCC}, {other: {name: Zeta}}]", "Zeta", ["Zeta"]),
    ],
)
def test_an_answer_is_about_the_dataset_or_the_item_that_it_names(data: str, name: str, items: list[str]) -> None:
    assert about(data, name) == items


@pytest.mark.parametrize(
    ("data", "name", "field", "problem"),
    [
        ("[{id: HNSCC-3DCT-RT, collection: HNSCC}]", "HNSCC", "data[0].id", "is the name of HNSCC-3DCT-RT"),
        ("[{id: LIDC-IDRI, collection: HNSCC}, {collection: LIDC-IDRI}]", "HNSCC", "data[0].id", "of LIDC-IDRI"),
        ("[{id: zed, collection: HNSCC}, {other: {name: Zed}}]", "HNSCC", "data[0].id", "the name of data[1]"),
        ("[{id: zed, collection: HNSCC}, {own: {name: zed}}]", "HNSCC", "data[0].id", "the name of data[1]"),
        ("[{other: {name: Zed}}, {other: {name: Zed, license: MIT}}]", "Zed", "answers[0].data", "data[0] and data[1]"),
        ("[{own: {name: HNSCC}}, {collection: HNSCC}]", "HNSCC", "answers[0].data", "or the dataset HNSCC"),
        ("[{own: {name: HNSCC}}]", "hnscc", "answers[0].data", "or the dataset HNSCC"),
        ("[{collection: HNSCC}]", "HNSC", "answers[0].data", "HNSC"),
    ],
)
def test_a_name_that_could_be_two_things_is_an_error(data: str, name: str, field: str, problem: str) -> None:
    with pytest.raises(InputError) as raised:
        opened(data, name)
    assert raised.value.field == field
    assert problem in raised.value.problem


def test_a_data_item_is_named_by_its_dataset_and_its_id() -> None:
    (item,) = opened("[{id: faces, collection: HNSCC}]", "faces").holdings
    assert names_of(item) == {"HNSCC", "faces"}
