"""Answers as files: what is written is read again, and what is damaged is refused with its file."""

import json
from datetime import date
from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers.online import written
from tcia_policy.importers.online.answers import Answers

TCIA = Answers(
    "tcia",
    date(2030, 1, 2),
    "v2",
    {"collections": ({"id": 1, "slug": "ä"}, {"id": 2}), "versions": ()},
    ("https://cancerimagingarchive.net/api/v2/collections/?page=1",),
    ("v1 did not answer",),
)
NBIA = Answers("nbia", date(2030, 1, 3), "v4", {"series": ({"Collection": "4D-Lung"},)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written.write([TCIA, NBIA], tmp_path / "answers")
    return tmp_path / "answers"


def edit(folder: Path, **fields: object) -> None:
    data = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    data["sources"]["tcia"] |= fields
    (folder / "answers.json").write_text(json.dumps(data), encoding="utf-8")


def test_what_is_written_is_read_again(folder: Path) -> None:
    assert written.sources_in(folder) == ("nbia", "tcia")
    assert written.read(folder, "tcia") == TCIA
    assert written.read(folder, "nbia") == NBIA


def test_the_same_answers_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    written.write([NBIA, TCIA], tmp_path / "again")
    for path in folder.rglob("*.json"):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(folder)).read_bytes()


def test_answers_that_are_there_are_not_replaced_without_being_asked(folder: Path) -> None:
    with pytest.raises(InputError, match="exists already"):
        written.write([NBIA], folder)
    written.write([NBIA], folder, overwrite=True)
    assert written.sources_in(folder) == ("nbia",)


def test_a_source_that_is_not_there_is_told_with_those_that_are(folder: Path) -> None:
    with pytest.raises(InputError, match="has no answers of 'datacite'\n  it has those of: nbia, tcia"):
        written.read(folder, "datacite")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('[{"id": 1}, {"id"', "tcia/collections.json: is cut off: the JSON ends in the middle"),
        ('[{"id": 1}]', "tcia/collections.json: has 1 records, and answers.json says 2"),
        ('[{"id": 1}, 2]', "tcia/collections.json: record 2 is not an object, but 2"),
        ("{}", "tcia/collections.json: is not a list of records"),
    ],
)
def test_a_list_that_is_damaged_is_refused(folder: Path, content: str, problem: str) -> None:
    (folder / "tcia" / "collections.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        written.read(folder, "tcia")
    assert problem in str(refused.value)
    assert written.read(folder, "nbia") == NBIA


def test_a_list_that_is_missing_is_refused(folder: Path) -> None:
    (folder / "tcia" / "versions.json").unlink()
    with pytest.raises(InputError, match=r"versions\.json: .*(?i:no such file)"):
        written.read(folder, "tcia")


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"lists": {"../../../etc/passwd": 1}}, "sources.tcia.lists"),
        ({"lists": {"Collections": 1}}, "sources.tcia.lists"),
        ({"day": "yesterday"}, "sources.tcia.day"),
        ({"day": 20300102}, "sources.tcia.day"),
        ({"more": 1}, "sources.tcia.more"),
    ],
)
def test_a_table_of_contents_that_is_damaged_is_refused(folder: Path, fields: dict[str, object], place: str) -> None:
    edit(folder, **fields)
    with pytest.raises(InputError) as refused:
        written.read(folder, "tcia")
    assert refused.value.file == folder / "answers.json"
    assert str(refused.value.field).startswith(place)
