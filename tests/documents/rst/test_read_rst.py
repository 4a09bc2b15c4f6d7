"""What is read of reStructuredText, plain and of Sphinx."""

from collections.abc import Mapping
from pathlib import PurePosixPath

import pytest
from docutils.core import publish_doctree
from docutils.parsers.rst import directives, roles
from hypothesis import given, settings
from hypothesis import strategies as st

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.model import ALL_KEYS, Manuscript, SourceLocation
from tcia_policy.documents.rst.read_rst import read_document
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tests.documents.trees import Files, keys, printed

BIB = "@misc{lidc, title={Data}, doi={10.7937/K9/TCIA.2015.LO9QL9SX}}\n"


def read(text: str | bytes, files: Mapping[str, str | bytes] | None = None) -> Manuscript:
    return read_document(DocumentFile(Files({"doc/p.rst": text, **(files or {})}), PurePosixPath("doc/p.rst")))


def place_of(found: Manuscript, words: str) -> str:
    return next(str(block.place(block.text.index(words))) for block in found.prose if words in block.text)


def test_text_stands_on_its_lines_and_in_its_sections() -> None:
    found = read("Title\n=====\n\nOne\ntwo.\n\nFuture work\n-----------\n\n- three\n\n  four\n")
    (block,) = found.prose
    assert [place_of(found, word) for word in ("Title", "One", "two", "Future", "four")] == [
        f"doc/p.rst:{line}" for line in (1, 4, 5, 7, 12)
    ]
    assert block.sections_at(block.text.index("four")) == ("Title", "Future work")
    assert block.sections_at(block.text.index("two")) == ("Title",)


@pytest.mark.parametrize(
    "text",
    [
        ".. LIDC-IDRI\n",
        "..\n   LIDC-IDRI\n",
        "::\n\n   LIDC-IDRI\n",
        ".. code-block:: python\n   :caption: x\n\n   LIDC-IDRI\n",
        ".. literalinclude:: LIDC-IDRI\n",
        ".. raw:: html\n\n   <p>LIDC-IDRI</p>\n",
        ".. image:: a.png\n   :alt: LIDC-IDRI\n",
        ".. toctree::\n\n   LIDC-IDRI\n",
        ".. meta::\n   :description: LIDC-IDRI\n",
        ".. |x| replace:: LIDC-IDRI\n",
        ".. role:: del\n\nText :del:`LIDC-IDRI`\n",
        ".. role:: raw-html(raw)\n   :format: html\n\n:raw-html:`LIDC-IDRI`\n",
        ".. todolist::\n",
        ".. _LIDC-IDRI:\n\n",
        ".. prompt:: bash\n\n   LIDC-IDRI\n",
        ">>> 'LIDC-IDRI'\n",
    ],
)
def test_comments_code_and_what_only_programs_read_are_no_text(text: str) -> None:
    assert "LIDC" not in printed(read(f"Some text.\n\n{text}")).replace(":raw-html:`LIDC-IDRI`", "")


@pytest.mark.parametrize(
    "text",
    [
        "|x|\n\n.. |x| replace:: LIDC-IDRI\n",
        ".. note:: LIDC-IDRI\n   :collapsible:\n",
        ".. seealso:: x\n\n   LIDC-IDRI\n",
        ".. tab-set::\n\n   .. tab-item:: A\n      :sync: a\n\n      LIDC-IDRI\n",
        ".. dropdown:: LIDC-IDRI\n   :open:\n\n   x\n",
        ".. figure:: a.png\n   :figclass: x\n   :odd: y\n\n   LIDC-IDRI\n",
        ".. versionadded:: 1.0\n   LIDC-IDRI\n",
        ":ref:`LIDC-IDRI <label>`\n",
        ":strange:`LIDC-IDRI`\n",
        ".. role:: strange\n\n:strange:`LIDC-IDRI`\n",
        "`LIDC-IDRI`\n",
        ".. default-role:: literal\n\n`LIDC-IDRI`\n",
        "``LIDC-IDRI``\n",
        ".. [#] LIDC-IDRI\n",
        "Text [1]_\n\n.. [1] LIDC-IDRI\n",
        ".. class:: big\n\nLIDC-IDRI\n",
        ".. container:: x\n\n   LIDC-IDRI\n",
        "| a\n| LIDC-IDRI\n",
        "term\n  LIDC-IDRI\n",
        ":Data: LIDC-IDRI\n",
        ".. list-table:: LIDC-IDRI\n\n   * - a\n",
        ".. csv-table:: x\n\n   a,LIDC-IDRI\n",
        ".. rubric:: LIDC-IDRI\n",
        "|version| LIDC-IDRI\n",
        ".. math:: LIDC-IDRI\n   :label: x\n",
        "   LIDC-IDRI\n\n   -- attribution\n",
    ],
)
def test_what_is_printed_is_read(text: str) -> None:
    found = read(f"Some text.\n\n{text}")
    assert "LIDC-IDRI" in printed(found)
    assert found.problems == ()
    assert {block.doubt for block in found.prose} == {None}


def test_a_table_has_a_row_on_a_line() -> None:
    found = read("=======  ==\nDataset  N\n=======  ==\nNLST     5\nLIDC     6\n=======  ==\n")
    assert found.prose[0].text == "| Dataset | N |\n| NLST | 5 |\n| LIDC | 6 |"


def test_links_are_printed_after_their_words() -> None:
    found = read("See `the data <https://a.org/x>`_, `b`_ and https://c.org.\n\n.. _b: https://b.org\n")
    assert printed(found) == "See the data https://a.org/x, b https://b.org and https://c.org."


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (".. only:: html\n\n   LIDC-IDRI :cite:`a`\n", "only if `only` finds that 'html' holds"),
        (".. ifconfig:: x in ('a', 'b')\n\n   LIDC-IDRI :cite:`a`\n", "only if `ifconfig` finds that"),
        (".. todo:: LIDC-IDRI :cite:`a`\n", "todo_include_todos"),
        (".. strange:: x\n   :y: z\n\n   LIDC-IDRI :cite:`a`\n", "only if the directive `strange` prints its text"),
    ],
)
def test_what_a_build_may_leave_out_is_in_doubt(text: str, doubt: str) -> None:
    found = read(f"Before.\n\n{text}\nAfter.\n")
    assert [block.doubt is None for block in found.prose] == [True, False]
    assert "LIDC-IDRI" in found.prose[1].text
    assert doubt in (found.prose[1].doubt or "")
    assert [(use.key, doubt in (use.doubt or "")) for use in found.citations] == [("a", True)]


def test_a_section_in_doubt_ends_with_it() -> None:
    found = read("A\n=\n\n.. only:: html\n\n   B\n   -\n\n   text\n\nAfter.\n")
    assert found.problems == ()
    after = found.prose[0]
    assert after.sections_at(after.text.index("After")) == ("A",)


@pytest.mark.parametrize(
    ("role", "cited"),
    [
        (":cite:`a`", ["a"]),
        (":cite:p:`a, b`", ["a", "b"]),
        (":cite:t:`{see}a{p. 2}`", ["a"]),
        (":footcite:ts:`a`", ["a"]),
        (":citep:`a`", ["a"]),
        ("[a]_", ["a"]),
    ],
)
def test_roles_and_marks_cite(role: str, cited: list[str]) -> None:
    found = read(f"Text.\n\nText {role}.\n\n.. [a] A reference.\n")
    assert keys(found) == cited
    assert {str(use.place) for use in found.citations} == {"doc/p.rst:3"}


def test_a_printed_reference_is_an_entry_and_a_list() -> None:
    found = read("Text [LIDC]_.\n\n.. [LIDC] Armato III SG. Data. 2015.\n   https://doi.org/10.7937/K9\n")
    (entry,) = found.entries
    assert (entry.key, entry.year, entry.printed, str(entry.place)) == ("LIDC", 2015, True, "doc/p.rst:3")
    assert [block.is_references for block in found.prose] == [False, True]


def test_a_section_of_references_is_a_list() -> None:
    found = read("Text.\n\nReferences\n----------\n\n1. Armato III SG. Data. 2015.\n")
    assert [block.is_references for block in found.prose] == [False, True]


@pytest.mark.parametrize(
    ("text", "conf"),
    [
        (":cite:`lidc`\n\n.. bibliography:: refs.bib\n", ""),
        (":cite:`lidc`\n\n.. bibliography::\n", "bibtex_bibfiles = ['refs.bib', x]\n"),
        (":cite:`lidc`\n", "bibtex_bibfiles = ('refs.bib',)\n"),
    ],
)
def test_bibliographies_are_those_that_the_document_or_its_project_names(text: str, conf: str) -> None:
    found = read(text, {"doc/refs.bib": BIB, "doc/conf.py": conf})
    assert [(entry.key, str(entry.place)) for entry in found.entries] == [("lidc", "doc/refs.bib:1")]
    assert found.problems == ()


def test_all_of_a_bibliography_may_be_printed() -> None:
    found = read(".. bibliography:: refs.bib\n   :all:\n", {"doc/refs.bib": BIB})
    assert [(use.key, use.in_text) for use in found.citations] == [(ALL_KEYS, False)]


@pytest.mark.parametrize("name", ["missing.bib", "../../outside.bib", "/etc/passwd", "x.rst"])
def test_a_bibliography_that_is_not_there_is_said_with_its_line(name: str) -> None:
    found = read(f"Text.\n\n.. bibliography:: {name}\n", {"doc/conf.py": "syntax error"})
    assert [problem.place for problem in found.problems] == [SourceLocation("doc/p.rst", 3)]


def test_included_files_are_read_in_place() -> None:
    files = {"doc/b.rst": "x\n\nIn b :cite:`b`.\n\n.. include:: /c.txt\n", "c.txt": "Start\nIn c.\nEnd no\n"}
    found = read("First.\n\n.. include:: b.rst\n\nLast.\n", {**files})
    assert [use.place for use in found.citations] == [SourceLocation("doc/b.rst", 3)]
    assert [place_of(found, word) for word in ("In c", "Last")] == ["c.txt:2", "doc/p.rst:5"]
    part = read("First.\n\n.. include:: ../c.txt\n   :start-after: Start\n   :end-before: End\n", {**files})
    assert printed(part) == "First. In c."
    assert place_of(part, "In c") == "c.txt:2"


def test_an_included_readme_of_another_format_is_read_by_its_reader() -> None:
    text = ".. include:: ../README.md\n   :parser: myst_parser.sphinx_\n"
    found = read(text, {"README.md": "CT [@a].\n"})
    assert keys(found) == ["a"]
    assert found.files == ("doc/p.rst", "README.md")


@pytest.mark.parametrize("name", ["no.rst", "../../x.rst", "/etc/passwd", "p.rst"])
def test_nothing_outside_is_included_and_circles_end(name: str) -> None:
    found = read(f"First.\n\n.. include:: {name}\n\nLast.\n")
    assert printed(found) == "First. Last."
    assert len(found.problems) == (name != "p.rst")


@pytest.mark.parametrize("option", ["literal", "code: python"])
def test_a_file_that_is_included_as_code_is_no_text(option: str) -> None:
    assert printed(read(f"First.\n\n.. include:: b.rst\n   :{option}:\n", {"doc/b.rst": "no"})) == "First."


def test_broken_markup_is_a_problem_with_its_line() -> None:
    found = read("Text.\n\n+---+\n| a\n")
    assert [str(problem.place) for problem in found.problems] == ["doc/p.rst:4"]
    assert "Malformed table" in found.problems[0].problem


def test_nothing_is_left_behind_in_docutils() -> None:
    text = ".. role:: odd\n\n.. code-block:: python\n\n   x\n\n:odd:`a` :cite:`b` :other:`c`\n"
    before = (directives.directive, roles.role, dict(vars(roles)["_roles"]))
    read(text)
    assert (directives.directive, roles.role, vars(roles)["_roles"]) == before
    assert "x" in publish_doctree(text, settings_overrides={"_disable_config": True, "report_level": 5}).astext()


def test_docutils_itself_prints_the_same_words() -> None:
    text = "Title\n=====\n\nOne *two* ``three``, `four <https://a.org>`_.\n\n- five\n\n==== ====\nsix  7\n==== ====\n"
    theirs = publish_doctree(text, settings_overrides={"_disable_config": True}).astext().split()
    ours = printed(read(text)).replace("|", " ").replace(" https://a.org", "").split()
    assert ours == theirs


LAUGHS = "".join(f".. |a{i}| replace:: |a{i - 1}| |a{i - 1}|\n" for i in range(1, 60))


@pytest.mark.parametrize(
    "text",
    [
        f".. |a0| replace:: ha\n{LAUGHS}\n|a59|\n",
        "*a " * 10_000,
        "`a " * 10_000,
        "".join(" " * level + "- a\n\n" for level in range(0, 600, 2)),
        "A\n=\n\n" * 3_000,
        "".join(f".. _a{number}:\n\n" for number in range(1_500)),
        "a " * limits.RST_TEXT,
        "\0",
    ],
)
def test_hostile_text_is_refused_or_read(text: str) -> None:
    files: tuple[str, ...] = ()
    try:
        files = read(text).files
    except InputError as error:
        files = (str(error.file),)
    assert files == ("doc/p.rst",)


def test_substitutions_that_unfold_to_too_much_are_left_out() -> None:
    found = read(f"Text.\n\n.. |a0| replace:: ha\n{LAUGHS}\n|a59|\n")
    assert "unfold to too much text" in str(found.problems[0])
    assert printed(found).startswith("Text.")


_PIECES = [
    *".. |::|\n|\n\n|   |a|`|*|_|[1]_|:cite:`|=\n|+--+\n|- |.. only:: x\n\n|.. include:: p.rst\n|.. [a] b\n".split("|"),
    *("|", ".. |a| replace:: |a|\n", ":a: b\n", ".. csv-table::\n   :file: /etc/passwd\n", ".. role:: a(raw)\n"),
    *(".. list-table::\n\n   * - a\n", ".. bibliography:: x\n", ">>> ", ".. class:: x\n", "__ "),
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join) | st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read(text)
    except InputError:
        return
    assert all(block.file == "doc/p.rst" for block in found.prose)
