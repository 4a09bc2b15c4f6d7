"""SPDX expressions: several licenses at once are never one of them."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.errors import InputError
from tcia_policy.importers.license_names import LicenseNames, Record
from tcia_policy.registry import Registry
from tcia_policy.registry.license_expressions import as_listed, canonical_expression
from tests.cli.run import run
from tests.work import PATIENCE

PIECES = ["MIT", " ", "AND", " OR ", " WITH ", "(", ")", " and ", "x", "+", "/", ",", "NOT", "\x00", "CC-BY-4.0"]


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("CC-BY-4.0 AND CC-BY-NC-4.0", "CC-BY-4.0 AND CC-BY-NC-4.0"),
        ("mit or apache-2.0", "MIT OR Apache-2.0"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("(cc-by-4.0)and(mit or LicenseRef-Mine)", "CC-BY-4.0 AND (MIT OR LicenseRef-Mine)"),
        ("MIT AND MIT", "MIT AND MIT"),
    ],
)
def test_an_expression_is_spelled_as_spdx_spells_it(text: str, expression: str) -> None:
    assert canonical_expression(text) == expression
    assert canonical_expression(expression) == expression


@pytest.mark.parametrize(
    "text",
    ["", "CC-BY-4.0", "MIT AND", "Data use terms and conditions", "MIT see AND license", "(" * 990 + " and MIT"],
)
def test_a_single_license_and_words_of_prose_are_none(text: str) -> None:
    assert canonical_expression(text) is None


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_nothing_is_too_broken_to_be_read(text: str) -> None:
    expression = canonical_expression(text)
    assert expression is None or any(word in expression for word in (" AND ", " OR ", " WITH "))


def test_a_project_with_plain_identifiers_is_checked_without_the_index_of_spdx() -> None:
    program = (
        "import sys; sys.argv = ['tcia-policy', 'check', 'examples/commercial-product']\n"
        "from tcia_policy.cli import main\n"
        "try: main()\nexcept SystemExit: print('LOADED', 'license_expression' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert "LOADED False" in done.stdout


def test_data_under_an_expression_are_not_judged_by_one_of_its_licenses(tmp_path: Path) -> None:
    use = "use: {purpose: commercial, country: US, activities: [train-model]}\n"
    for license_, code in (("cc-by-4.0", 0), ("cc-by-4.0 and cc-by-nc-4.0", 1), ("cc-by-4.0 or mit", 3)):
        data = f"data: [{{other: {{name: Ours, license: {license_}}}}}]\n"
        (tmp_path / "tcia-policy.yaml").write_text(data + use, encoding="utf-8")
        assert run("check", cwd=tmp_path).code == code, license_


def test_an_import_does_not_take_an_expression_for_one_of_its_licenses() -> None:
    names = LicenseNames(Registry.load().licenses)
    for text in ("CC BY 4.0 AND CC BY-NC 4.0", "CC-BY-4.0 AND CC-BY-NC-4.0"):
        with pytest.raises(InputError, match="no license has the label"):
            names.labels(text, Record(Path("tcia.json"), "record"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mit", ("MIT", ())),
        ("MIT or LicenseRef-x", ("MIT OR LicenseRef-x", ("LicenseRef-x",))),
        ("MIT AND Foo-1", ("MIT AND Foo-1", ("Foo-1",))),
        ("LicenseRef-TCIA", ("LicenseRef-TCIA", ("LicenseRef-TCIA",))),
        ("our own words", None),
        ("MIT AND", None),
        ("", None),
        ("(" * 2000 + "MIT" + ")" * 2000, None),
    ],
)
def test_licenses_that_spdx_does_not_list_are_told_apart(text: str, found: tuple[str, tuple[str, ...]] | None) -> None:
    assert as_listed(text) == found
