"""Files that are called a citation of data."""

from pathlib import Path, PurePosixPath

import pytest

from tcia_policy.documents.data_citations import is_data_citation
from tcia_policy.documents.model import TextBlock
from tcia_policy.documents.read_documents import read_manuscript

TEXT = """\
# Data in the demo

These datasets are shown, since 2021:

## LIDC-IDRI

- Armato III, S. G., McLennan, G. (2015). Data From LIDC-IDRI. The Cancer Imaging Archive.

## The archive

Clark K, Vendt B. The Cancer Imaging Archive. 2013. https://doi.org/10.1007/s10278-013-9622-7

We thank NLST, too.
"""


def _read(folder: Path, name: str) -> tuple[TextBlock, ...]:
    (folder / name).write_text(TEXT)
    return read_manuscript([name], folder, Path()).prose


@pytest.mark.parametrize("name", ["DATACITATION.md", "data-citation.txt", "Data_Citations.md"])
def test_what_stands_like_a_reference_is_one(name: str, tmp_path: Path) -> None:
    blocks = _read(tmp_path, name)
    assert [block.is_references for block in blocks] == [False, True, False, True, False]
    assert "LIDC-IDRI" in blocks[0].text
    assert "Armato III" in blocks[1].text
    assert str(blocks[3].place(0)) == f"{name}:11"
    assert blocks[4].text == "We thank NLST, too."


@pytest.mark.parametrize("name", ["README.md", "citation.md", "datacitation-tool.md"])
def test_in_other_files_one_reference_is_no_list(name: str, tmp_path: Path) -> None:
    assert not is_data_citation(PurePosixPath(name))
    assert [block.is_references for block in _read(tmp_path, name)] == [False]
