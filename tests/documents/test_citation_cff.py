from pathlib import PurePosixPath

import pytest

from tcia_policy.documents.citation_cff import read_document
from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.model import Manuscript
from tcia_policy.errors import InputError
from tests.documents.trees import Files

CFF = """title: Nodule marks
references:
  - type: data
    title: |
      Scans of
      our ward
    year: 2021
    identifiers:
      - {type: doi, value: 10.5555/12345678}
  - type: article
    title: Nodules
    journal: Journal of Nodules
    url: https://doi.org/10.5555/nodules
    date-published: 2020-03-01
  - not a work
"""


def cff(text: str) -> Manuscript:
    return read_document(DocumentFile(Files({"CITATION.cff": text}), PurePosixPath("CITATION.cff")))


def test_every_reference_is_an_entry_that_is_cited_nowhere_by_itself() -> None:
    scans, nodules = cff(CFF).entries
    assert (scans.title, scans.year, scans.doi, scans.type) == ("Scans of our ward", 2021, "10.5555/12345678", "data")
    assert (nodules.doi, nodules.year, nodules.containers) == ("10.5555/nodules", 2020, ("Journal of Nodules",))
    assert [(entry.key, entry.printed, entry.place.number) for entry in (scans, nodules)] == [
        (None, False, 3),
        (None, False, 10),
    ]


@pytest.mark.parametrize("text", ["- a", "", "a: b: c"])
def test_what_is_none_is_told(text: str) -> None:
    with pytest.raises(InputError):
        cff(text)
