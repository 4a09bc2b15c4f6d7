"""CSL bibliographies, as JSON and as YAML."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.documents.csl import read_csl_json, read_csl_yaml
from tcia_policy.documents.model import SourceLocation
from tcia_policy.errors import InputError

ITEMS = [
    {
        "id": "a",
        "type": "dataset",
        "title": "Data <i>From</i> A",
        "DOI": "10.7937/K9",
        "issued": {"date-parts": [[2015, 3]]},
    },
    {"id": 7, "note": "doi: 10.1/x", "author": [{"family": "Müller", "given": "A."}], "issued": {"raw": "June 2011"}},
]


@pytest.mark.parametrize("wrap", [lambda items: items, lambda items: {"version": 1, "items": items}])
def test_every_item_is_an_entry_on_its_line(wrap: object) -> None:
    assert callable(wrap)
    text = json.dumps(wrap(ITEMS), indent=1)
    first, second = read_csl_json(text.encode(), "r.json").entries
    assert (first.key, first.title, first.year) == ("a", "Data From A", 2015)
    assert (second.key, second.title, second.year) == ("7", None, 2011)
    assert "10.7937/K9" in first.text
    assert "Müller" in second.text
    assert "10.1/x" in second.text
    lines = text.split("\n")
    for entry, mark in ((first, '"a"'), (second, "7,")):
        assert entry.place.number is not None
        assert lines[entry.place.number - 1].strip() == "{"
        assert mark in lines[entry.place.number]


def test_csl_yaml_as_pandoc_reads_it() -> None:
    text = "---\nreferences:\n- id: a\n  title: T\n  DOI: 10.7937/K9\n  issued:\n  - year: 2015\n...\n"
    entry = read_csl_yaml(text.encode(), "r.yaml").entries[0]
    assert (entry.key, entry.title, entry.year, entry.place) == ("a", "T", 2015, SourceLocation("r.yaml", 3))
    assert "10.7937/K9" in entry.text


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@pytest.mark.parametrize(("form", "reader"), [("csljson", read_csl_json), ("markdown", read_csl_yaml)])
def test_what_pandoc_writes_is_read(form: str, reader: object, tmp_path: Path) -> None:
    assert callable(reader)
    bib = tmp_path / "r.bib"
    bib.write_text("@misc{armato,\n title={Data}, author={Armato, Samuel}, year={2015}, doi={10.7937/K9}\n}\n")
    written = subprocess.run(
        ["pandoc", "-s", "-f", "bibtex", "-t", form, str(bib)], check=True, capture_output=True
    ).stdout
    entry = reader(written, "r").entries[0]
    assert (entry.key, entry.title, entry.year) == ("armato", "Data", 2015)
    assert "10.7937/K9" in entry.text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[1]",
        b"[{]",
        b'"x"',
        b"[" * 100_000,
        b"[" + b"1" * 5000 + b"]",
        b"\0",
        b'[{"id": "a"}',
        b'{"items": 3}',
    ],
)
def test_what_is_no_bibliography_is_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        read_csl_json(content, "r.json")


@given(st.binary(max_size=200) | st.text(st.sampled_from(list('[]{}":,a1- \n')), max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for reader in (read_csl_json, read_csl_yaml):
        file = "r"
        try:
            reader(content, "r")
        except InputError as error:
            file = str(error.file)
        assert file == "r"
