"""Entries added to YAML that people wrote: what is there stays, and what is added is read back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.errors import InputError
from tcia_policy.files.located_yaml import parse_text
from tcia_policy.review.yaml_entries import with_entries

FILE = Path("review.yaml")
NEW = [{"name": "b", "on": "2026-01-02", "text": "NO: # [x]"}]
WRITTEN = {
    "": "decisions:\n  - name: b\n",
    "# begins\n": "# begins\ndecisions:\n  - name: b\n",
    "decisions: []\n": "decisions:\n  - name: b\n",
    "decisions: []  # none yet\nbases: {}\n": "decisions:  # none yet\n  - name: b\n",
    "decisions:\n": "decisions:\n  - name: b\n",
    "decisions: null\n": "decisions:\n  - name: b\n",
    "decisions:\n- name: a\n": "decisions:\n- name: a\n- name: b\n",
    "decisions:\n    - name: a # why\n": "decisions:\n    - name: a # why\n    - name: b\n",
    "decisions:\n  - {name: a}\n": "decisions:\n  - {name: a}\n  - name: b\n",
    "decisions:\n  - name: a": "decisions:\n  - name: a\n  - name: b\n",
    "decisions:\n  - name: a\n    # of a\n\n# of bases\nbases:\n  x: [y]\n": (
        "decisions:\n  - name: a\n    # of a\n  - name: b\n"
    ),
    "decisions:\r\n  - name: a\r\n": "decisions:\r\n  - name: a\r\n  - name: b\r\n",
    "decisions:\n  - name: |\n      a\n\n      c\n": "decisions:\n  - name: |\n      a\n\n      c\n  - name: b\n",
    "\ufeffdecisions:\n  - name: a\n": "\ufeffdecisions:\n  - name: a\n  - name: b\n",
}


@pytest.mark.parametrize(("before", "after"), WRITTEN.items())
def test_what_is_there_stays_and_the_new_entry_comes_last(before: str, after: str) -> None:
    found = with_entries(before, "decisions", NEW, FILE)
    assert found.startswith(after)
    was = parse_text(FILE, before.removeprefix("\ufeff")).data
    there = was.get("decisions") or [] if isinstance(was, dict) else []
    data = parse_text(FILE, found.removeprefix("\ufeff")).data
    assert isinstance(data, dict)
    assert data["decisions"] == [*there, *NEW]
    if isinstance(was, dict):
        assert {key: data[key] for key in was if key != "decisions"} == {
            key: was[key] for key in was if key != "decisions"
        }


@pytest.mark.parametrize("text", ["decisions: [{name: a}]\n", "{decisions: []}\n", "- a\n", "decisions: [\n]\n"])
def test_what_is_in_brackets_is_not_added_to(text: str) -> None:
    with pytest.raises(InputError) as raised:
        with_entries(text, "decisions", NEW, FILE)
    assert raised.value.hint is not None
    assert "lines of its own" in raised.value.hint


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1, max_size=20)
COMMENTS = st.sampled_from(["", "# a comment\n", "\n", "    # indented\n", "\n# two\n\n"])


@given(st.lists(WORDS, max_size=3), st.lists(WORDS, min_size=1, max_size=3), COMMENTS, COMMENTS, st.booleans())
def test_any_text_is_read_back_as_it_is(there: list[str], new: list[str], one: str, two: str, crlf: bool) -> None:
    text = with_entries(f"{one}bases:\n  x: y\n{two}", "decisions", [{"name": each} for each in there], FILE)
    text = text.replace("\n", "\r\n") if crlf and not any("\n" in each for each in there) else text
    found = with_entries(text, "decisions", [{"name": each} for each in new], FILE)
    data = parse_text(FILE, found).data
    assert data == {"bases": {"x": "y"}, "decisions": [{"name": each} for each in (*there, *new)]}
    assert [line for line in found.splitlines() if line in text.splitlines()][: len(text.splitlines())]


def test_a_mapping_gets_more_keys() -> None:
    text = with_entries("bases:\n  a:\n    - one\n# end\n", "bases", {"b": ["two: 2"]}, FILE)
    assert text == "bases:\n  a:\n    - one\n  b:\n    - 'two: 2'\n# end\n"


def test_what_would_not_show_is_escaped() -> None:
    text = with_entries("", "decisions", [{"name": "gpj\u202eexe", "by": "a\u200bb\u2028c"}], FILE)
    assert '"gpj\\u202eexe"' in text
    assert text.isascii()
    data = parse_text(FILE, text).data
    assert data == {"decisions": [{"name": "gpj\u202eexe", "by": "a\u200bb\u2028c"}]}
