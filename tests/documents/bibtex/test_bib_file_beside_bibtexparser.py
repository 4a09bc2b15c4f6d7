"""Why authors' files are not read by bibtexparser: where it and BibTeX part, and that both agree on plain files.

A test that fails here with a new release of bibtexparser says that a part of our own reader may go.
"""

import logging
from collections.abc import Iterator

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.documents.bibtex.bib_file import scan
from tests.documents.bibtex.bib_samples import JABREF

Read = dict[str, dict[str, str]]

PLAIN_WORDS = st.text("abcXYZ0189 .:;/-éß'", min_size=1, max_size=12).map(str.strip).filter(bool)
NAMES = st.sampled_from(["title", "author", "doi", "year", "note"])
FIELDS = st.dictionaries(NAMES, PLAIN_WORDS, min_size=1, max_size=4)
KEYS = st.from_regex(r"[a-z][a-z0-9:._-]{0,8}", fullmatch=True)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def ours(text: str) -> Read:
    return {
        entry.key: {field.name: field.value for field in reversed(entry.fields)}
        for entry in scan(text.encode()).entries
    }


def theirs(text: str) -> Read:
    return {entry.key: {field.key: str(field.value) for field in entry.fields} for entry in parse_string(text).entries}


@pytest.mark.parametrize(
    ("text", "read", "read_by_bibtexparser"),
    [
        ("% @misc{a, doi = {10.1/a}}\n", {}, {"a": {"doi": "10.1/a"}}),
        ("@comment{\n@misc{a, doi = {10.1/a}}\n}\n", {}, {"a": {"doi": "10.1/a"}}),
        (
            "@misc{a, year = 1, % doi = {10.1/a},\n note = {n}}",
            {"a": {"year": "1", "note": "n"}},
            {"a": {"year": "1", "% doi": "10.1/a", "note": "n"}},
        ),
        ("@misc{a, % the data\n doi = {10.1/a}}", {"a": {"doi": "10.1/a"}}, {"a": {"% the data\n doi": "10.1/a"}}),
        (
            "@string{p = {10.1/}}\n@misc{a, doi = p # {a}}",
            {"a": {"doi": "10.1/a"}},
            {"a": {"doi": "p # {a}"}},
        ),
        ("@misc{a, doi = 10.1/a}", {}, {"a": {"doi": "10.1/a"}}),
        ("@misc{a, title = {50 \\{ of}}\n", {}, {"a": {"title": "50 \\{ of"}}),
        ("@misc{p=1, doi = {10.1/a}}", {"p=1": {"doi": "10.1/a"}}, {}),
        ("@misc{a, doi = {10.1/a}, doi = {10.1/b}}", {"a": {"doi": "10.1/a"}}, {}),
        (
            "@misc{a, note = {\n@misc{b, doi = {10.1/b}}\n}}\n",
            {"a": {"note": "\n@misc{b, doi = {10.1/b}}\n"}},
            {"b": {"doi": "10.1/b"}},
        ),
        ("@misc{, doi = {10.1/a}}", {}, {"": {"doi": "10.1/a"}}),
        ("@misc{a key, doi = {10.1/a}}", {}, {"a key": {"doi": "10.1/a"}}),
    ],
)
def test_where_bibtexparser_reads_another_thing_than_bibtex(text: str, read: Read, read_by_bibtexparser: Read) -> None:
    assert ours(text) == read
    assert theirs(text) == read_by_bibtexparser


@given(st.dictionaries(KEYS, FIELDS, max_size=4), st.sampled_from([("{", "}"), ('"', '"')]))
def test_both_read_a_plain_file_alike(entries: Read, delimiters: tuple[str, str]) -> None:
    opens, closes = delimiters
    text = "\n".join(
        f"@misc{{{key},\n" + "".join(f"  {name} = {opens}{value}{closes},\n" for name, value in fields.items()) + "}\n"
        for key, fields in entries.items()
    )
    assert ours(text) == theirs(text) == entries
    lines = [entry.start_line for entry in parse_string(text).entries]
    assert [block.line - 1 for block in scan(text.encode()).blocks] == lines


def test_both_read_an_export_alike() -> None:
    assert ours(JABREF) == theirs(JABREF)
