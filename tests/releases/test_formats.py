"""The register of files that say what is released: recognition, documentation, readers."""

import pkgutil
from pathlib import Path, PurePosixPath

import pytest

from tcia_policy.releases.formats import FORMATS, ReleaseFormat, format_of_one, formats_by_mark, formats_by_name

DOCS = Path(__file__).parents[2] / "docs" / "release-files.md"


@pytest.mark.parametrize("item", FORMATS, ids=lambda item: item.name)
def test_every_format_has_a_reader_and_a_row_in_the_documentation(item: ReleaseFormat) -> None:
    assert callable(pkgutil.resolve_name(item.reader))
    names = ", ".join(f"`{name}`" for name in item.names).replace("[cs]", "s")
    assert f"| {item.name} | {names} | {item.help} |" in DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("README.md", "Hugging Face card"),
        ("model_card.md", "Hugging Face card"),
        ("README.rst", "page"),
        ("bundle/configs/metadata.json", "MONAI bundle"),
        ("bundle/docs/data_license.txt", "license of the training data"),
        ("LICENSE", "license text"),
        ("LICENCE.txt", "license text"),
        ("MODEL_LICENSE", "license text"),
        ("COPYING.LESSER", "license text"),
        ("LICENSES/MIT.txt", "REUSE (texts)"),
        ("scan.nii.gz.license", "REUSE (beside a file)"),
        ("CITATION.cff", "CITATION.cff"),
        ("CITATION.bib", "citations"),
        ("THIRD_PARTY_NOTICES.txt", "notice"),
        ("a/.zenodo.json", "Zenodo"),
        (".reuse/dep5", "REUSE (dep5)"),
    ],
)
def test_a_file_is_known_by_its_name_and_place(path: str, first: str) -> None:
    assert formats_by_name(PurePosixPath(path))[0].name == first


@pytest.mark.parametrize("path", ["weights.pt", "config.json", "src/licenses_check.py", "notes.md"])
def test_other_files_are_of_no_format(path: str) -> None:
    assert formats_by_name(PurePosixPath(path)) == ()


def test_json_is_known_by_its_content() -> None:
    (found,) = formats_by_mark(b'{"@context": "https://schema.org/"}')
    assert found.name.startswith("JSON-LD")


def test_a_file_that_is_named_by_itself_is_read_whatever_it_is_called() -> None:
    assert format_of_one(PurePosixPath("notes.md")).name == "Hugging Face card"
    assert format_of_one(PurePosixPath("notes.docx")).name == "page"
