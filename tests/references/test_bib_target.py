"""What references may be added to."""

from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.references.bib_target import refuse_no_bibliography, refuse_other_than_bib


@pytest.mark.parametrize(
    "content", [b"", b"\xef\xbb\xbf\n", b"% only a comment\n", b"@string{a = {b}}", b"free text\n@misc{a, title = {A}}"]
)
def test_a_bibliography_and_an_empty_file_can_be_added_to(content: bytes) -> None:
    refuse_no_bibliography(content)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0", b"\\documentclass{article}\n", b"[]\n", b"data: []\n"])
def test_anything_else_cannot(content: bytes) -> None:
    with pytest.raises(InputError, match="whatever its name says"):
        refuse_no_bibliography(content)


def test_a_bibliography_that_was_read_can_be_added_to_and_another_input_cannot(tmp_path: Path) -> None:
    refs, paper, link = tmp_path / "refs.BIB", tmp_path / "paper.tex", tmp_path / "link.bib"
    refs.touch()
    paper.touch()
    link.hardlink_to(paper)
    refuse_other_than_bib(refs, [refs, paper])
    refuse_other_than_bib(tmp_path / "new.bib", [refs, paper])
    with pytest.raises(InputError, match="was read as"):
        refuse_other_than_bib(link, [refs, paper])
    with pytest.raises(InputError, match="is no BibTeX file"):
        refuse_other_than_bib(tmp_path / "new.tex", [])
