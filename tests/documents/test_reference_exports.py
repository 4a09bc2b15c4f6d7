"""Bibliographies as citation managers and PubMed export them."""

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.model import Entry, Manuscript, SourceLocation
from tcia_policy.documents.read_documents import read_manuscript
from tcia_policy.documents.reference_exports import read_endnote, read_pubmed, read_ris
from tcia_policy.errors import InputError
from tests.documents.trees import Files, keys, markdown

RIS = """\
TY  - DATA
ID  - lidc
AU  - Armato III, Samuel G.
AU  - McLennan, Geoffrey
TI  - Data From LIDC-IDRI
PY  - 2015///
PB  - The Cancer Imaging Archive
DO  - https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX
AB  - Not the DOI of this: 10.1000/abstract
N1  - nor this: 10.1000/note
ER  -

TY - JOUR
T1 - A title over
  two lines
JO - Medical Physics
Y1 - 2011/02
UR - https://doi.org/10.1118/1.3528204; https://example.org
ER -
"""
PUBMED = """\
PMID- 21452728
OWN - NLM
TI  - The Lung Image Database Consortium (LIDC) and Image Database Resource
      Initiative (IDRI): a completed reference database.
FAU - Armato, Samuel G 3rd
DP  - 2011 Feb
JT  - Medical physics
LID - 38915 [pii]
LID - 10.1118/1.3528204 [doi]
AB  - Purpose: 10.1000/abstract

PMID- 1
TI  - Another.
"""
ENDNOTE = """\
%0 Dataset
%F lidc
%A Armato III, Samuel G.
%T Data From LIDC-IDRI
%D 2015
%R 10.7937/K9/TCIA.2015.LO9QL9SX
%X 10.1000/abstract
"""
READERS = (read_ris, read_pubmed, read_endnote)


def _file(text: str | bytes, name: str = "refs.ris") -> DocumentFile:
    return DocumentFile(Files({name: text}), PurePosixPath(name))


def _summary(entry: Entry) -> tuple[object, ...]:
    return entry.key, entry.title, entry.year, entry.doi, entry.type, entry.containers, entry.place


def test_each_reference_of_ris_is_an_entry_on_its_line() -> None:
    data, paper = read_ris(_file(RIS)).entries
    at = SourceLocation("refs.ris", 1)
    assert _summary(data) == (
        "lidc", "Data From LIDC-IDRI", 2015, "10.7937/K9/TCIA.2015.LO9QL9SX", "dataset", (), at,
    )  # fmt: skip
    assert "Armato III, Samuel G. McLennan, Geoffrey" in data.text
    assert "10.1000" not in data.text
    assert (paper.key, paper.title, paper.year, paper.type) == (None, "A title over two lines", 2011, "article")
    assert paper.containers == ("Medical Physics",)
    assert paper.place == SourceLocation("refs.ris", 13)
    assert "10.1118/1.3528204" in paper.text


def test_what_pubmed_exports() -> None:
    paper, other = read_pubmed(_file(PUBMED, "refs.nbib")).entries
    assert paper.title is not None
    assert paper.title.endswith("Image Database Resource Initiative (IDRI): a completed reference database.")
    assert (paper.year, paper.doi, paper.containers) == (2011, "10.1118/1.3528204", ("Medical physics",))
    assert "10.1000" not in paper.text
    assert other.place == SourceLocation("refs.nbib", 12)


def test_what_endnote_exports() -> None:
    (data,) = read_endnote(_file(ENDNOTE, "refs.enw")).entries
    assert (data.key, data.title, data.year, data.type) == ("lidc", "Data From LIDC-IDRI", 2015, "dataset")
    assert data.doi == "10.7937/K9/TCIA.2015.LO9QL9SX"
    assert "10.1000" not in data.text


def test_a_last_reference_without_its_end_and_windows_lines_are_read() -> None:
    text = "\ufeff" + RIS.replace("ER -\n", "").replace("\n", "\r\n")
    assert [entry.key for entry in read_ris(_file(text)).entries] == ["lidc", None]


def test_a_document_names_it_as_its_bibliography() -> None:
    found = markdown("---\nbibliography: refs.ris\n---\n\nWe used [@lidc].\n", {"refs.ris": RIS})
    assert keys(found) == ["lidc"]
    assert [entry.key for entry in found.entries] == ["lidc", None]
    assert found.problems == ()


def test_a_folder_has_it_as_a_spare_bibliography(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text("We used data [@lidc].\n")
    (tmp_path / "refs.ris").write_text(RIS)
    found = read_manuscript(["."], tmp_path, Path())
    assert found.files == ("paper.md", "refs.ris")
    assert found.problems == ()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("content", [b"", b"words\n", b"\0", b"@misc{a}"])
def test_what_is_no_bibliography_is_refused(reader: object, content: bytes) -> None:
    assert callable(reader)
    with pytest.raises(InputError):
        reader(_file(content))


_TAGS = ["TY  - JOUR\n", "ER  - \n", "ID  - a\n", "UR  - x;y\n", "PMID- 1\n", "%0 Book\n", "%R 10.1/x\n", "  more\n"]


@given(
    st.binary(max_size=200) | st.lists(st.sampled_from([*_TAGS, "TI  -", "\n", "é\x85"])).map("".join).map(str.encode)
)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for reader in READERS:
        try:
            found = reader(_file(content))
        except InputError:
            found = Manuscript()
        assert all(entry.place.file == "refs.ris" for entry in found.entries)
