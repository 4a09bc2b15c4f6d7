"""Texts that are no valid YAML, told in words for people."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.errors import InputError
from tcia_policy.files.located_yaml import parse_text

# Words of the parser, of which a reader knows nothing.
JARGON = re.compile(
    r"mapping|scalar|flow|block|token|sequence|anchor(?!s and)|stream|node|indicator|<|NoneType|unicode|directive"
)


def told(text: str) -> InputError:
    with pytest.raises(InputError) as raised:
        parse_text(Path("a.yaml"), text)
    return raised.value


@pytest.mark.parametrize(
    ("text", "line", "problem", "hint"),
    [
        ("data:\n\t- dataset: x\n", 2, "begins with a tab", "spaces"),
        ("data:\n  - dataset: x\n\tid: y\n", 3, "begins with a tab", "spaces"),
        ("title: Foo: bar\n", 1, "a second `: `", '`title: "Foo: bar"`'),
        ("data:\n  - other: {name: A}\n    changes: made: smaller # all\n", 3, "second", '`changes: "made: smaller"`'),
        ("a: [1, 2\nb: 3\n", 1, "`[` is opened and not closed", "`]`"),
        ("use: {purpose: x\ndata: []\n", 1, "`{` is opened and not closed", "`}`"),
        ("data: [\n - x: {\n", 2, "`{` is opened and not closed", "`}`"),
        ("a: [1, 2\n", 1, "`[` is opened and not closed", "`]`"),
        ("a: ]\n", 1, "`]` closes a bracket that is not open", "delete it"),
        ("a: [b: c: d]\n", 1, "two entries are not apart", "comma"),
        ("a: 'x\nb: 2\n", 1, "a quotation mark is opened and not closed", "close it"),
        ('title: "x\ndata: []\n', 1, "a quotation mark is opened and not closed", "close it"),
        ("title: 'it's'\n", 1, "follows a closing quotation mark", "it''s"),
        ('title: "The" study\n', 1, "follows a closing quotation mark", "whole text"),
        ('manuscript: ["paper\\main.tex"]\n', 1, "a backslash", "`/`"),
        ("title: @home\n", 1, "cannot begin with '@'", '"@home"'),
        ("title: *bold*\n", 1, "anchors and aliases", "quotation marks"),
        ("title: !new\n", 1, "the tag '!new'", "quotation marks"),
        ("a: 1\n---\nb: 2\n", 2, "a second part", "delete"),
        ("a: 1\n b: 2\n", 2, "indented too far", "like the keys beside it"),
        ("data:\n  - dataset: A\n - dataset: B\n", 3, "like none of the lines above", "indent"),
        ("- a\nb: 1\n", 2, "an entry of the list is expected", "side by side"),
        ("a: - b\n", 1, "a list begins within a line", "[a, b]"),
        ("key:value\nb: 1\n", 1, "a colon without a blank", "`key: value`"),
        ("use:\n  purpose commercial\n  x: 1\n", 2, "a key without a colon", "`key: value`"),
        ("title: a\0b\n", 1, "cannot be printed", "delete it"),
    ],
)
def test_a_mistake_in_the_writing_says_how_to_write_it(text: str, line: int, problem: str, hint: str) -> None:
    error = told(text)
    assert (error.line, error.file) == (line, Path("a.yaml"))
    assert problem in error.problem
    assert hint in (error.hint or "")


def test_every_key_that_is_given_twice_is_told() -> None:
    error = told("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n")
    assert [each.line for each in error.mistakes] == [2, 5]
    assert error.mistakes[1].hint == "it stands on line 4 already; keep one of the two"


@given(st.text(":-[]{}&*!#|>?%@`, \n\tab'\"\\", max_size=40))
def test_no_word_of_the_parser_is_told(text: str) -> None:
    try:
        parse_text(Path("a.yaml"), text)
    except InputError as error:
        said = "".join(f"{each.problem} {each.hint}" for each in error.mistakes)
    else:
        return
    assert not JARGON.search(re.sub(r"`[^`]*`|\"[^\"]*\"|'[^']*'", "", said))
