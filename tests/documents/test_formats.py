"""The register of document formats: one line for each, from which recognition, messages and documentation come."""

import pkgutil
from pathlib import Path, PurePosixPath

import pytest

from tcia_policy.documents import formats
from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.file_types import NotRead, recognize
from tcia_policy.documents.formats import FORMATS, Format, format_by_suffix, formats_in_words
from tcia_policy.documents.model import CitationKeyUse, Manuscript, SourceLocation
from tcia_policy.documents.read_documents import read_manuscript

DOCS = Path(__file__).parents[2] / "docs" / "manuscript.md"


def read_outline(document: DocumentFile) -> Manuscript:
    """Read a made-up format, each of whose lines is a key that is cited."""
    lines = document.content().decode().splitlines()[1:]
    uses = [CitationKeyUse(line, SourceLocation(document.shown, number)) for number, line in enumerate(lines, 2)]
    return Manuscript(files=(document.shown,), citations=tuple(uses))


OUTLINE = Format("outline", (".outline",), f"{__name__}:read_outline", "every line", magic=b"%OUTLINE")


@pytest.fixture
def with_outline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, OUTLINE))


@pytest.mark.usefixtures("with_outline")
def test_one_line_makes_a_new_format_known_everywhere(tmp_path: Path) -> None:
    (tmp_path / "paper.outline").write_text("%OUTLINE\narmato2015\n")
    (tmp_path / "by-content.txt").write_text("%OUTLINE\naerts2014\n")
    (tmp_path / "code.cpp").write_text("import os")
    found = read_manuscript(["."], tmp_path, Path())
    assert [(use.key, str(use.place)) for use in found.citations] == [("armato2015", "paper.outline:2")]
    assert found.problems == ()
    by_content = read_manuscript(["by-content.txt", "code.cpp"], tmp_path, Path())
    assert [use.key for use in by_content.citations] == ["aerts2014"]
    assert "outline" in formats_in_words()
    assert [problem.hint for problem in by_content.problems] == [f"a manuscript is {formats_in_words()}"]


@pytest.mark.usefixtures("with_outline")
def test_a_new_format_that_was_refused_before_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rst = Format("reStructuredText", (".rst",), f"{__name__}:read_outline", "every line")
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, rst))
    (tmp_path / "paper.rst").write_text("title\narmato2015\n")
    found = read_manuscript(["."], tmp_path, Path())
    assert (found.files, found.problems) == (("paper.rst",), ())


@pytest.mark.parametrize("item", FORMATS, ids=lambda item: item.name)
def test_every_format_has_a_reader_a_name_and_suffixes_of_its_own(item: Format) -> None:
    assert callable(pkgutil.resolve_name(item.reader))
    assert item.name
    assert item.help
    for suffix in item.suffixes:
        assert suffix == suffix.lower()
        assert format_by_suffix(PurePosixPath(f"paper{suffix.upper()}")) is item
        assert recognize(PurePosixPath(f"paper{suffix}"), b"words") is item


def test_what_no_format_claims_is_not_read() -> None:
    assert isinstance(recognize(PurePosixPath("code.cpp"), b"import os"), NotRead)


def test_the_documentation_lists_the_formats_of_the_register() -> None:
    rows = [f"| {item.name} | {item.help} |" for item in FORMATS]
    assert "\n".join(rows) in DOCS.read_text(encoding="utf-8")
