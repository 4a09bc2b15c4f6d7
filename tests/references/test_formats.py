"""The register of reference formats: what the command line, the library and the documentation know of it."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

from tcia_policy.errors import InputError
from tcia_policy.model import Citation
from tcia_policy.references.formats import FORMATS, NO_OPTIONS, Format, WriteOptions, format_named
from tests.cli.run import run
from tests.references.made_up import ALL

DOCS = Path(__file__).parents[2] / "docs" / "citations.md"


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_format_writes_all_references_and_nothing_where_there_are_none(form: Format) -> None:
    assert form.write([]) == ""
    written = form.write(ALL)
    assert written.endswith("\n")
    assert written == form.write(ALL[::-1])


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_an_option_that_a_format_does_not_have_is_refused(form: Format) -> None:
    if not form.takes_style:
        with pytest.raises(InputError, match=f"a citation style is for text, not for {form.name}"):
            form.write(ALL, WriteOptions(style="apa"))
    if not form.is_bibtex:
        with pytest.raises(InputError, match=f"only BibTeX can be written in ASCII, not {form.name}"):
            form.write(ALL, WriteOptions(ascii_only=True))


def test_names_and_help_are_in_the_documentation_and_in_the_help_of_the_command() -> None:
    table = re.findall(r"^\| `([a-z-]+)` \| (\.[a-z]+) \| (.+) \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert table == [(form.name, form.suffix, form.help) for form in FORMATS]
    shown = " ".join(run("cite", "--help").out.split())
    assert all(f"{form.name}: {form.help}" in shown for form in FORMATS)


def test_a_name_that_no_format_has_is_an_error_with_all_names() -> None:
    with pytest.raises(InputError, match="there is no reference format 'word'") as caught:
        format_named("word")
    assert caught.value.hint == "the formats are bibtex, biblatex, ris, csl-json, cff, endnote, text"
    ran = run("cite", "NLST", "--format", "word")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: --format: there is no reference format 'word'")


def test_a_new_format_is_one_module_and_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def write_dois(citations: Sequence[Citation], options: WriteOptions) -> str:
        return "".join(f"{each.doi}\n" for each in citations)

    module = ModuleType("made_up_format")
    monkeypatch.setattr(module, "write_dois", write_dois, raising=False)
    monkeypatch.setitem(sys.modules, "made_up_format", module)
    added = Format("dois", ".txt", "the DOIs alone", "made_up_format:write_dois")
    monkeypatch.setattr("tcia_policy.references.formats.FORMATS", (*FORMATS, added))
    assert format_named("dois").write(ALL[:2], NO_OPTIONS) == f"{ALL[0].doi}\n{ALL[1].doi}\n"
    assert "10.7937/tcia.hmq8-j677\n" in run("cite", "NLST", "--format", "dois").out
