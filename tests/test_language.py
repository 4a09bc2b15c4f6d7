"""The language of the code and of what users read: docstrings begin with a verb, and spelling is American."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tcia_policy.reports.formats import TEXTS, format_named
from tests.reports.assessments import SAMPLE

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "policy" / "tcia_policy"
NO_VERBS = frozenset(
    "a all an and any as at each every for from how if in it its never no not nothing of on one only several some that "
    "the there these this those to two what when where whether which why with".split()
)
BRITISH = re.compile(
    r"\b(?:licences?|colours?|organisations?|recognised?|behaviours?|favour(?:s|ed|ite)?|centre|catalogue|judgement"
    r"|labelled|modelling|neighbour(?:s|ing)?|misspelt|summarise[sd]?|normalise[sd]?|analysed?|artefacts?|grey|travelled"
    r"|cancelled|whilst|learnt)\b",
    re.IGNORECASE,
)
# Words that are looked for in the texts of others, or are names.
THEIR_WORDS = {
    "policy/tcia_policy/documents/discovery.py": {"licence"},
    "policy/tcia_policy/engine/grantors.py": {"centre"},
    "policy/tcia_policy/importers/person_names.py": {"centre"},
    "policy/tcia_policy/registry/license_spellings.py": {"licence"},
    "policy/tcia_policy/releases/hugging_face.py": {"licence", "licences"},
    "docs/release-files.md": {"licence", "licences"},
    "policy/tcia_policy/releases/formats.py": {"licence"},
    "policy/tcia_policy/releases/metadata.py": {"licence"},
    "policy/tcia_policy/releases/nnunet.py": {"licence"},
    "rules/idc/citation.yaml": {"licences"},
}
PAGES = (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")))
RULES = sorted((ROOT / "rules").rglob("*.yaml"))
READ_BY_PEOPLE = (
    *sorted(PACKAGE.rglob("*.py")),
    *sorted((PACKAGE / "reports" / "typeset" / "templates").iterdir()),
    *PAGES,
    *RULES,
)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and not is_property(node)
            and node.name != "__init__"
        ):
            yield node


def is_property(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return whether it is read as an attribute, whose docstring is a noun."""
    return any(isinstance(each, ast.Name) and each.id.endswith("property") for each in node.decorator_list)


def test_the_docstring_of_a_function_begins_with_a_verb() -> None:
    others = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {text.splitlines()[0]}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in functions(path)
        if (text := ast.get_docstring(node)) is not None and not begins_with_a_verb(text)
    ]
    assert others == []


def begins_with_a_verb(text: str) -> bool:
    """Return whether the first word may be one: not a sign, and not a word that begins a noun or a clause."""
    word = text.split(maxsplit=1)[0].rstrip(".,:;")
    return word.isalpha() and word[0].isupper() and word.lower() not in NO_VERBS


@pytest.mark.parametrize("path", READ_BY_PEOPLE, ids=lambda path: str(path.relative_to(ROOT)))
def test_spelling_is_american(path: Path) -> None:
    allowed = THEIR_WORDS.get(path.relative_to(ROOT).as_posix(), set())
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [
        f"{number}: {match.group()}"
        for number, line in enumerate(lines, start=1)
        for match in BRITISH.finditer(line)
        if match.group().lower() not in allowed and "“" not in line
    ]
    assert found == []


@pytest.mark.parametrize("form", [each.name for each in TEXTS if each.name != "json"])
def test_reports_call_a_holding_a_data_item_and_a_reading_an_interpretation(form: str) -> None:
    shown = format_named(form).render(SAMPLE)
    visible = re.sub(r"<style>.*?</style>|<[^<>]*>", " ", shown, flags=re.DOTALL)
    assert not re.findall(r"\b(?:holdings?|readings?)\b", visible, re.IGNORECASE)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_is_wrapped_at_120_but_for_tables_code_and_addresses(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    assert [line for line in text.splitlines() if len(line) > 120 and line[0] != "|" and "http" not in line] == []


@pytest.mark.parametrize("path", RULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_of_rules_is_wrapped_at_120_but_for_addresses(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > 120 and "http" not in line and "$schema" not in line] == []
