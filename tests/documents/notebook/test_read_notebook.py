"""What is read of Jupyter notebooks."""

import json
from pathlib import PurePosixPath
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import v3, v4

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.model import Manuscript, SourceLocation
from tcia_policy.documents.notebook.read_notebook import read_document
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tests.documents.trees import Files, keys, printed

BIB = "@misc{lidc, title={Data}, doi={10.7937/K9/TCIA.2015.LO9QL9SX}}\n"


def cell(kind: str, source: str, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": metadata, "source": source.splitlines(keepends=True), "outputs": []}


def notebook(*cells: dict[str, Any], **metadata: Any) -> Manuscript:
    return read(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}))


def read(content: str | bytes) -> Manuscript:
    files = Files({"nb/analysis.ipynb": content, "nb/refs.bib": BIB})
    return read_document(DocumentFile(files, PurePosixPath("nb/analysis.ipynb")))


def code(found: Manuscript) -> list[tuple[str, str]]:
    """Return the strings of the code cells, and their places."""
    (block,) = [block for block in found.prose if block.is_code]
    at = [sum(len(line) + 1 for line in block.text.split("\n")[:row]) for row in range(block.text.count("\n") + 1)]
    return [(text, str(block.place(offset))) for text, offset in zip(block.text.split("\n"), at, strict=True)]


def test_markdown_cells_are_one_document_whose_places_are_cells() -> None:
    found = notebook(
        cell("raw", "---\nbibliography: refs.bib\n---\n"),
        cell("markdown", "# Data\n\nWe used\nCT of LIDC-IDRI [@lidc]."),
        cell("code", "x = 1"),
        cell("markdown", "## References\n"),
        cell("markdown", "1. Armato III SG. Data. 2015. https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX"),
    )
    text, references = found.prose
    assert str(text.place(text.text.index("LIDC"))) == "nb/analysis.ipynb, cell 2"
    assert references.is_references
    assert str(references.place(references.text.index("Armato"))) == "nb/analysis.ipynb, cell 5"
    assert [(use.key, str(use.place)) for use in found.citations] == [("lidc", "nb/analysis.ipynb, cell 2")]
    assert [str(entry.place) for entry in found.entries] == ["nb/refs.bib:1"]
    assert found.files == ("nb/analysis.ipynb", "nb/refs.bib")
    assert found.problems == ()


def test_outputs_and_attachments_are_no_text() -> None:
    output = {"output_type": "stream", "name": "stdout", "text": ["10.7937/K9/TCIA.2015.LO9QL9SX"]}
    picture = cell("markdown", "![scan](attachment:x.png)") | {"attachments": {"x.png": {"image/png": "TCGA"}}}
    found = notebook(cell("code", "x") | {"outputs": [output]}, picture)
    assert "7937" not in printed(found)
    assert "TCGA" not in printed(found)


@pytest.mark.parametrize(
    "metadata",
    [{"tags": ["remove-cell"]}, {"tags": [1, "remove_cell"]}, {"nbsphinx": "hidden"}, {"tags": ["exclude"]}],
)
def test_cells_that_a_tag_removes_print_nothing(metadata: dict[str, Any]) -> None:
    found = notebook(cell("markdown", "We used CT [@lidc].", **metadata), cell("markdown", "Text.", tags="remove-cell"))
    assert (printed(found), found.citations) == ("Text.", ())


@pytest.mark.parametrize("tag", ["hide-input", "remove-input", "remove-output", "hide-cell"])
def test_other_tags_leave_the_text_printed(tag: str) -> None:
    assert keys(notebook(cell("markdown", "We used CT [@lidc].", tags=[tag]))) == ["lidc"]


@pytest.mark.parametrize(
    ("it", "doubt"),
    [
        (cell("markdown", "CT [@lidc]", slideshow={"slide_type": "notes"}), "shown as slides"),
        (cell("markdown", "CT [@lidc]", slideshow={"slide_type": "skip"}), "shown as slides"),
        (cell("raw", "CT \\cite{lidc}", raw_mimetype="text/latex"), "exported as LaTeX"),
        (cell("raw", "CT \\cite{lidc}", format="text/latex"), "exported as LaTeX"),
        (cell("raw", "CT :cite:`lidc`", raw_mimetype="text/restructuredtext"), "exported as reStructuredText"),
    ],
)
def test_what_only_some_forms_of_the_notebook_show_is_in_doubt(it: dict[str, Any], doubt: str) -> None:
    found = notebook(cell("markdown", "Text."), it)
    certain, doubtful = found.prose
    assert certain.doubt is None
    assert doubt in (doubtful.doubt or "")
    assert [(use.key, doubt in (use.doubt or ""), str(use.place)) for use in found.citations] == [
        ("lidc", True, "nb/analysis.ipynb, cell 2")
    ]


def test_cells_with_the_same_doubt_are_one_document() -> None:
    notes = [cell("markdown", f"Note {number}.", slideshow={"slide_type": "notes"}) for number in (1, 2)]
    found = notebook(notes[0], cell("markdown", "Text."), notes[1])
    assert [(block.text, block.doubt is None) for block in found.prose] == [
        ("Text.", True),
        ("Note 1.\n\nNote 2.", False),
    ]
    assert str(found.prose[1].place(10)) == "nb/analysis.ipynb, cell 3"


def test_a_slide_is_printed() -> None:
    assert keys(notebook(cell("markdown", "CT [@lidc]", slideshow={"slide_type": "slide"}))) == ["lidc"]


def test_raw_text_of_other_formats_is_not_read() -> None:
    assert notebook(cell("raw", "<p>LIDC-IDRI</p>", raw_mimetype="text/html")).prose == ()


def test_strings_of_code_cells_are_code_in_the_language_of_the_kernel_or_magic() -> None:
    found = notebook(
        cell("code", '%matplotlib inline\ncollection = "CPTAC-GBM" # "no"'),
        cell("markdown", "Text."),
        cell("code", "%%bash\nidc download 'NLST' # 'no'", tags=["remove-cell"]),
        cell("code", '%%R\nx <- "rider_pilot"'),
        cell("code", '%%html\n<a href="x">'),
        kernelspec={"language": "python"},
    )
    assert code(found) == [
        ("CPTAC-GBM", "nb/analysis.ipynb, cell 1"),
        ("idc", "nb/analysis.ipynb, cell 3"),
        ("download", "nb/analysis.ipynb, cell 3"),
        ("NLST", "nb/analysis.ipynb, cell 3"),
        ("rider_pilot", "nb/analysis.ipynb, cell 4"),
    ]
    in_r = notebook(cell("code", "x <- 'a' # 'b'"), language_info={"name": "R"})
    assert code(in_r) == [("a", "nb/analysis.ipynb, cell 1")]


def test_words_of_shell_commands_are_strings_without_quotes() -> None:
    found = notebook(
        cell("code", "!idc download lidc_idri"),
        cell("code", "%%sh\n# NLST\nls /in/CT-ORG"),
        language_info={"name": "python"},
    )
    assert [text for text, _ in code(found)] == ["idc", "download", "lidc_idri", "ls", "/in/CT-ORG"]


def test_what_extensions_of_jupyter_cite() -> None:
    found = notebook(
        cell("markdown", 'As in <cite data-cite="12/AB">(Armato, 2015)</cite>.'),
        cite2c={"citations": {"12/AB": {"id": "x", "title": "Data", "DOI": "10.7937/K9"}, "y": 3}},
    )
    assert [(use.key, str(use.place)) for use in found.citations] == [("12/AB", "nb/analysis.ipynb, cell 1")]
    assert [(entry.key, entry.doi) for entry in found.entries] == [("12/AB", "10.7937/K9")]


def test_what_the_citation_manager_cites() -> None:
    cited = {"citations": {"ab": [{"itemID": "9/X", "source": "zotero"}, 3], "gone": [{"itemID": "9/Y"}]}}
    items = {"zotero": {"9/X": {"id": "q", "title": "Data", "DOI": "10.7937/K9"}}, "odd": []}
    found = notebook(
        cell("markdown", 'As in <cite id="ab"><a href="#x">(Armato, 2015)</a></cite>.', **{"citation-manager": cited}),
        **{"citation-manager": {"items": items}},
    )
    assert keys(found) == ["9/X"]
    assert [(entry.key, entry.doi) for entry in found.entries] == [("9/X", "10.7937/K9")]


def test_a_user_is_no_key_unless_the_notebook_has_a_bibliography() -> None:
    assert keys(notebook(cell("markdown", "Ask @ada about this."))) == []
    header = cell("raw", "---\nbibliography: refs.bib\n---\n")
    assert keys(notebook(header, cell("markdown", "As @lidc say."))) == ["lidc"]


def test_what_nbformat_writes_is_read() -> None:
    made = v4.new_notebook(cells=[v4.new_markdown_cell("CT [@lidc]."), v4.new_code_cell('x = "NLST"')])
    found = read(nbformat.writes(made))
    assert keys(found) == ["lidc"]
    assert code(found) == [("NLST", "nb/analysis.ipynb, cell 2")]


def test_notebooks_of_version_3_are_read() -> None:
    sheet = v3.new_worksheet(
        cells=[
            v3.new_heading_cell("Future work", level=2),
            v3.new_text_cell("markdown", source="CT [@lidc]."),
            v3.new_code_cell(input='x = "NLST"'),
        ]
    )
    found = read(v3.writes_json(v3.new_notebook(worksheets=[sheet])))
    assert keys(found) == ["lidc"]
    assert "Future work" in printed(found)
    assert code(found) == [("NLST", "nb/analysis.ipynb, cell 3")]


def test_what_is_never_closed_is_said_with_its_cell() -> None:
    found = notebook(cell("markdown", "Text."), cell("markdown", "<!-- no end"), cell("markdown", "Lost."))
    assert [problem.place for problem in found.problems] == [SourceLocation("nb/analysis.ipynb", 2, "cell")]


def test_rules_and_open_code_of_one_cell_hide_nothing_of_another() -> None:
    cells = [cell("markdown", text) for text in ("---\nA: b *c*", "```\nx", "---\n\nLIDC.", "[@lidc]\n\n---")]
    found = notebook(*cells)
    assert "LIDC." in printed(found)
    assert keys(found) == ["lidc"]
    assert found.problems == ()


def test_pictures_in_the_text_are_left_out() -> None:
    picture = "![x](data:image/png;base64," + "iVBOR" * limits.MARKDOWN_TEXT + ")"
    assert keys(notebook(cell("markdown", f"{picture}\n\n[@lidc]"))) == ["lidc"]


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", "{", '{"cells": 3}', "[" * 100_000, b"\0", '{"cells": ' + "1" * 5_000 + "}", '{"worksheets": {}}'],
)
def test_what_is_no_notebook_is_refused(content: str | bytes) -> None:
    with pytest.raises(InputError):
        read(content)


@pytest.mark.parametrize(
    "cells",
    [
        [3, None, "x", [], {}],
        [{"cell_type": 3, "source": {}}],
        [{"cell_type": "markdown", "source": [1, "a\0b\r\nc\ud800"], "metadata": []}],
        [{"cell_type": "heading", "source": "a", "level": [2]}],
        [{"cell_type": "raw", "source": "a", "metadata": {"format": [1], "slideshow": 3, "tags": [[]]}}],
        [{"cell_type": "markdown", "source": "a", "metadata": {"slideshow": {"slide_type": ["x"]}}}],
    ],
)
def test_broken_cells_are_passed_over(cells: list[object]) -> None:
    found = read(json.dumps({"cells": cells, "metadata": []}))
    assert found.problems == ()


def test_code_is_read_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CODE", 20)
    found = notebook(cell("code", 'x = "a"'), cell("code", 'y = "' + "b" * 20 + '"'), cell("code", 'z = "c"'))
    assert code(found) == [("a", "nb/analysis.ipynb, cell 1")]
    assert [str(problem.place) for problem in found.problems] == ["nb/analysis.ipynb, cell 2"]


_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from("cells worksheets cell_type source metadata tags".split()), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_JSON)
def test_any_json_is_read_or_refused(content: object) -> None:
    try:
        found = read(json.dumps(content))
    except InputError:
        return
    assert found.files[0] == "nb/analysis.ipynb"
