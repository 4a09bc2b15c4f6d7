"""References that a page prints as they are, in a block of code."""

from pathlib import Path

import pytest

from tcia_policy.documents.printed_reference import is_printed_reference
from tcia_policy.documents.read_documents import read_manuscript

REFERENCE = "Doe J (2020). Data of lungs [Data set]. The Cancer Imaging Archive. https://doi.org/10.9999/abc\n"


@pytest.mark.parametrize("language", ["", " apa", "text", "plaintext"])
def test_a_reference_with_its_doi_is_no_code(language: str) -> None:
    assert is_printed_reference(language, REFERENCE)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", REFERENCE),
        ("bash", REFERENCE),
        ("", REFERENCE.replace("10.9999/abc", "")),
        ("", "tool --doi 10.9999/abc"),
        ("", 'doi = "10.9999/abc"  # 2020'),
        ("", "$ tool doi:10.9999/abc 2020"),
        ("", REFERENCE * 100),
    ],
)
def test_a_program_is_no_reference(language: str, text: str) -> None:
    assert not is_printed_reference(language, text)


def test_a_page_prints_it_with_its_lines(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(f"Please cite:\n\n```\n{REFERENCE}```\n")
    (block,) = read_manuscript(["README.md"], tmp_path, Path()).prose
    assert "10.9999/abc" in block.text
    assert str(block.place(block.text.index("Doe"))) == "README.md:4"
