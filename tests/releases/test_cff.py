import subprocess
import sys
from pathlib import Path

from tcia_policy.releases.cff import read_citation
from tcia_policy.releases.model import Released, Topic
from tests.releases.readers import places, read_by, texts

CFF = """cff-version: 1.2.0
message: Please cite us.
title: Nodule marks
type: dataset
license:
  - CC-BY-4.0
  - MIT
authors:
  - name: Our Lab
references:
  - type: data
    title: LIDC-IDRI
    authors: [{name: LIDC}]
    doi: 10.7937/K9/TCIA.2015.LO9QL9SX
preferred-citation:
  type: article
  title: Nodules
  authors: [{name: Our Lab}]
  doi: 10.5555/12345678
"""


def test_the_file_says_its_licenses_and_what_it_cites() -> None:
    read = read_by(read_citation, "CITATION.cff", CFF)
    assert read.released is Released.DATA
    assert places(read, Topic.LICENSE) == ["CITATION.cff:6 license[0] = CC-BY-4.0", "CITATION.cff:7 license[1] = MIT"]
    assert places(read, Topic.CITATION) == [
        "CITATION.cff:17 preferred-citation.title = Nodules",
        "CITATION.cff:11 references[0] = LIDC-IDRI",
    ]
    assert [each.link for each in read.about(Topic.CITATION)] == ["10.5555/12345678", "10.7937/K9/TCIA.2015.LO9QL9SX"]


def test_its_references_are_printed_entries() -> None:
    entries = read_by(read_citation, "CITATION.cff", CFF).text.entries
    assert [(entry.doi, entry.printed) for entry in entries] == [
        ("10.5555/12345678", True),
        ("10.7937/K9/TCIA.2015.LO9QL9SX", True),
    ]


def test_the_format_s_own_reader_takes_the_sample(tmp_path: Path) -> None:
    (tmp_path / "CITATION.cff").write_text(CFF, encoding="utf-8")
    subprocess.run([Path(sys.executable).with_name("cffconvert"), "--validate"], cwd=tmp_path, check=True)


def test_a_file_without_a_type_does_not_say_what_is_released() -> None:
    read = read_by(read_citation, "CITATION.cff", "title: x\nlicense-url: https://example.org/terms\n")
    assert (read.released, texts(read, Topic.LICENSE)) == (Released.UNKNOWN, ["https://example.org/terms"])
