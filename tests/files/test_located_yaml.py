"""YAML that remembers its lines, and has no surprises."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.errors import InputError
from tcia_policy.files.located_yaml import parse_text, read, spell

PATH = Path("a.yaml")


def test_only_true_false_and_null_are_more_than_text() -> None:
    text = "version: 1.10\ncountry: NO\nday: 2026-01-02\nyes: true\nempty:\nquoted: 'null'\nlist: [~, 1]\n"
    assert parse_text(PATH, text).data == {
        "version": "1.10",
        "country": "NO",
        "day": "2026-01-02",
        "yes": True,
        "empty": None,
        "quoted": "null",
        "list": [None, "1"],
    }


def test_every_place_knows_its_line() -> None:
    located = parse_text(PATH, "use:\n  purpose: commercial\ndata:\n  - doi: x\n  - doi: y\n")
    assert located.line(("data", 1, "doi")) == 5
    assert located.line(("data", 1, "left out")) == 5
    assert located.line(("left out",)) == 1
    assert spell(("data", 1, "doi")) == "data[1].doi"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: &x 1\nb: *x\n", "a.yaml:1: anchors and aliases"),
        ("a:\n  b: !!python/object:os.system x\n", "a.yaml:2: the tag"),
        ("a: !x [1]\n", "a.yaml:1: the tag '!x' is not used here"),
        ("a: !x {b: 1}\n", "a.yaml:1: the tag '!x' is not used here"),
        ("a: !!null noncommercial\n", "a.yaml:1: the tag 'tag:yaml.org,2002:null' is not used here"),
        ("a: !!str 1\n", "a.yaml:1: the tag"),
        ("a: !!seq [1]\n", "a.yaml:1: the tag"),
        ("! a: 1\n", "a.yaml:1: the tag '!' is not used here"),
        ("a: {b: 1,\n b: 2}\n", "a.yaml:2: a: the key 'b' is given twice"),
        ("? [a]\n: 1\n", "a.yaml:1: a key is a single word"),
        ("a: [" * 50, "a.yaml:1: nested more than 40 levels deep"),
        ("a: [1\n", "is not valid YAML"),
        ("a: \x07\n", "is not valid YAML"),
    ],
)
def test_what_no_file_of_ours_needs_is_refused_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_text(PATH, text)
    assert problem in str(raised.value)


def test_a_file_is_no_larger_than_it_may_be(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: 1\n")
    assert read(tmp_path / "a.yaml", 5).data == {"a": "1"}
    with pytest.raises(InputError, match="larger than 4 bytes"):
        read(tmp_path / "a.yaml", 4)


@given(st.text(":-[]{}&*!#|> \nab'\"", max_size=60))
def test_any_text_is_read_or_refused_with_its_file(text: str) -> None:
    try:
        parse_text(PATH, text)
    except InputError as error:
        told = error
    else:
        return
    assert told.file == PATH
