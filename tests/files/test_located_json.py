from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files.located_json import parse_json

HERE = Path("x.json")


def test_every_place_has_its_line() -> None:
    located = parse_json(HERE, '{\n\t"a": 1,\n\t"b": [\n\t\t{"c": "\\ud83d\\ude00"}\n\t]\n}')
    assert located.data == {"a": 1, "b": [{"c": "\U0001f600"}]}
    assert [located.line(place) for place in (("a",), ("b", 0, "c"))] == [2, 4]


def test_what_yaml_does_not_read_has_no_lines_and_is_read_all_the_same() -> None:
    located = parse_json(HERE, '{"a": "\x7f"}')
    assert (located.data, located.line(("a",))) == ({"a": "\x7f"}, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1,\n}', "x.json:2: is not valid JSON"),
        ('{\n"license": "mit",\n"license": "gpl"}', "x.json:3: the key 'license' is given twice"),
        ("[" * 100_000, "x.json:1: nested more than 40 levels deep"),
        ('{"a": ' + "9" * 10_000 + "}", "x.json: has a number that is too long to be read"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_json(HERE, text)
    assert str(raised.value).startswith(said)


def test_brackets_in_texts_open_nothing() -> None:
    assert parse_json(HERE, '{"a": "' + "[" * 1_000 + '\\""}').data == {"a": "[" * 1_000 + '"'}


def test_half_of_a_pair_is_no_character() -> None:
    data = parse_json(HERE, '["\\ud800", "\\ud83d\\ude00"]').data
    assert data == ["?", "\U0001f600"]
