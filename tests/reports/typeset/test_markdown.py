import re
import shutil
import subprocess

import pytest

from tcia_policy.model import Assessment
from tcia_policy.reports.typeset.markdown import escape, render_markdown
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE
from tests.work import PATIENCE


def as_html(text: str) -> str:
    if shutil.which("pandoc") is None:
        pytest.skip("pandoc is not installed")
    command = ["pandoc", "-f", "gfm", "-t", "html", "--wrap=none"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True, timeout=PATIENCE).stdout


def test_every_holding_finding_duty_and_reference_is_in_it() -> None:
    text = render_markdown(SAMPLE)
    for shown in (
        *(item.name for item in SAMPLE.holdings),
        *(item.title for item in SAMPLE.findings),
        *(item.because for item in SAMPLE.findings),
        *(item.text for item in SAMPLE.duties),
        *(item.citation.title for item in SAMPLE.citations),
        *(item.title for item in SAMPLE.sources),
        "legal/dbgap.pdf",
        "(301) 796-2545",
        SAMPLE.disclaimer,
    ):
        assert shown in text, shown


def test_a_met_duty_says_so_with_its_evidence_and_no_other() -> None:
    rows = re.findall(r"^\| \*\*(met|open|unverified)\*\* \| (.*)$", render_markdown(SAMPLE), re.MULTILINE)
    (met,) = (row for status, row in rows if status == "met")
    assert met.startswith("Attribute \\[data item\\]: name its license")
    assert "met: paper/main.tex:312" in met
    assert next(row for status, row in rows if status == "open").startswith("Have an approved data access request")


@pytest.mark.parametrize("assessment", [SAMPLE, EVIL_SAMPLE, CLEAR])
def test_every_row_of_a_table_has_as_many_cells_as_its_head(assessment: Assessment) -> None:
    for table in re.findall(r"(?:^\|.*\n)+", render_markdown(assessment), re.MULTILINE):
        rows = [len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()]
        assert len(set(rows)) == 1, table


def test_a_reader_of_markdown_sees_evil_text_as_text() -> None:
    html = as_html(render_markdown(EVIL_SAMPLE))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "**b** [c](javascript:alert(2)) {{ 7*7 }}" in html
    assert "`a`" in html
    assert not re.search(r"<(script|img|b|i|u)\b", html)
    command = "tcia-policy report tcia-policy.yaml --as-of 2026-11-22 -o report.html"
    assert [code.strip() for code in re.findall(r"<code>([^<]*)", html)] == [command]
    assert all(url.startswith(("https://", "http://", "#", "mailto:")) for url in re.findall(r'href="([^"]*)"', html))
    assert html.count("<h1") == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", html)


@pytest.mark.parametrize(
    "text",
    [
        "- a",
        "+ a",
        "1. a",
        "12) a",
        "# a",
        "> a",
        "---",
        "===",
        "a | b",
        "`a`",
        "<b>",
        "[a](b)",
        "&amp;",
        "~~a~~",
        "*a*",
    ],
)
def test_no_text_begins_a_block_or_a_style(text: str) -> None:
    shown = as_html(escape(text)).strip()
    assert shown == "<p>" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</p>"


def test_words_and_names_of_files_stay_readable() -> None:
    assert escape("hugo_aerts@dfci.harvard.edu, 10.7937/k9_x-1 2026-11-22") == (
        "hugo_aerts@dfci.harvard.edu, 10.7937/k9_x-1 2026-11-22"
    )
