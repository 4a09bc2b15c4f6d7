"""JSON that a source answered: what is none is told in words that say what came."""

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers.online import answered_json


def test_what_is_json_is_read() -> None:
    assert answered_json.parse('\ufeff{"a": ["é", 1, null, true]}'.encode(), "x") == {"a": ["é", 1, None, True]}
    assert answered_json.parse(b'"\\ud83d\\ude00 \\ud83d"', "x") == "😀 ?"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is cut off: the JSON ends in the middle"),
        (b'{"results": [{"id": 1}', "is cut off: the JSON ends in the middle"),
        (b'{"results": [{"title": "Data fr', "is cut off: the JSON ends in the middle"),
        (b'{"a": 1} {', "is not JSON: Extra data"),
        (b'{"a" 1}', "is not JSON: Expecting ':' delimiter"),
        (b"\n<!DOCTYPE html><html>", "is a web page, not JSON"),
        (b"<html>", "is a web page, not JSON"),
        (b"\xff\xfe{", "is not UTF-8 text, so it is no JSON"),
        (b'{"a": NaN}', "has a number that cannot be read"),
        (b"1" * 10_000, "has a number that cannot be read"),
        (b"[" * 100_000, "is nested more than 40 deep"),
        (b'{"a":' * 41 + b"1" + b"}" * 41, "is nested more than 40 deep"),
    ],
)
def test_what_is_no_json_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(InputError) as refused:
        answered_json.parse(content, "https://example.org/x")
    assert problem in str(refused.value)
    assert "https://example.org/x" in str(refused.value)


def test_brackets_in_texts_are_no_depth() -> None:
    text = "[" * 1_000
    assert answered_json.parse(f'["{text}"]'.encode(), "x") == [text]


@pytest.mark.parametrize("value", [{}, "x", None, [1], [{"a": 1}, []], [{}] * 50_001])
def test_records_are_a_list_of_objects(value: object) -> None:
    with pytest.raises(InputError):
        answered_json.records(value, "x")
