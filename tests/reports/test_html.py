import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from tcia_policy.model import Assessment
from tcia_policy.reports.html import render_html, web_address
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE
from tests.work import PATIENCE

VOID = {"meta", "br"}
LOADS = {"src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "style", "manifest"}
CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")


class Page(HTMLParser):
    """What a browser would see: elements that close in order, their attributes, and their text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"{tag} closes out of order"

    def handle_data(self, data: str) -> None:
        self.text += " ".join(data.split()) + " "

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


@pytest.mark.parametrize("assessment", [SAMPLE, EVIL_SAMPLE, CLEAR])
def test_every_element_is_closed_in_order(assessment: Assessment) -> None:
    assert Page(render_html(assessment)).open == []


@pytest.mark.parametrize("assessment", [SAMPLE, EVIL_SAMPLE])
def test_the_page_loads_nothing_and_runs_nothing(assessment: Assessment) -> None:
    for tag, attributes in Page(render_html(assessment)).elements:
        assert tag not in {"script", "img", "iframe", "object", "embed", "link", "base", "form", "svg", "video"}
        assert not [name for name in attributes if name in LOADS or name.startswith("on")]
        assert tag == "a" or "href" not in attributes
        if "href" in attributes:
            assert re.match(r"https?://[^\s\"<>]+$", attributes["href"] or "")
    styles = re.findall(r"<style>(.*?)</style>", render_html(assessment), re.DOTALL)
    assert len(styles) == 1
    assert "url(" not in styles[0]
    assert "@import" not in styles[0]


def test_a_policy_in_the_page_forbids_all_but_its_own_style() -> None:
    policy = next(
        attributes["content"] for tag, attributes in Page(render_html(SAMPLE)).elements if "http-equiv" in attributes
    )
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def test_evil_text_is_shown_as_text() -> None:
    html = render_html(EVIL_SAMPLE)
    assert "<script>alert(1)</script>" in Page(html).text
    assert "&lt;/td&gt;&lt;/table&gt;&lt;script&gt;" in html
    assert "{{ 7*7 }}" in html
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", html)


def test_every_holding_finding_duty_reference_and_source_is_in_it() -> None:
    text = Page(render_html(SAMPLE)).text
    for item in SAMPLE.holdings:
        assert text.count(item.name) >= 2
    for finding in SAMPLE.findings:
        assert finding.title in text
        assert finding.because in text
        assert finding.rule in text
    for duty in SAMPLE.duties:
        assert duty.text in text
    for owed in SAMPLE.citations:
        assert owed.citation.title in text
        assert f"https://doi.org/{owed.citation.doi}" in text
    for source in SAMPLE.sources:
        assert source.title in text
    for fact in (
        "which of the stated licenses is right",
        "(301) 796-2545",
        "Creative Commons Attribution-NonCommercial 3.0 Unported License",
        "critical role in the creation of the free publicly available LIDC/IDRI Database",
        "legal/dbgap.pdf",
        "legal/grant.pdf",
        "A trained model is not an adaptation of its training data",
        "registry",
        "25.0.5",
        "Signature",
        SAMPLE.disclaimer,
    ):
        assert fact in text, fact


def test_the_matrix_says_each_verdict_in_words_and_every_table_names_its_columns() -> None:
    page = Page(render_html(SAMPLE))
    cells = [attributes.get("class") for tag, attributes in page.elements if tag == "td"]
    assert len([cell for cell in cells if cell and cell.startswith("verdict ")]) == len(SAMPLE.verdicts)
    matrix = page.text.partition("Series that IDC's index does not have")[2]
    assert matrix.strip().startswith("undetermined undetermined undetermined undetermined")
    assert all("scope" in attributes for tag, attributes in page.elements if tag == "th")
    assert page.elements[0] == ("html", {"lang": "en"})


def test_headings_never_skip_a_level() -> None:
    levels = [int(tag[1]) for tag, _ in Page(render_html(SAMPLE)).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//host/x",
        "https://",
        "ftp://host/x",
        " JavaScript:x",
        "",
        None,
        "http://[x",
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None) -> None:
    assert web_address(url) is None


def test_an_address_cannot_break_out_of_its_link() -> None:
    assert web_address('https://host/a"b<c>\n d') == "https://host/a%22b%3Cc%3E%20d"


def test_a_browser_shows_the_evil_page_without_running_anything_in_it(tmp_path: Path) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("chromium is not installed")
    page = tmp_path / "report.html"
    page.write_text(render_html(EVIL_SAMPLE), encoding="utf-8")
    done = subprocess.run(
        [browser, *CHROMIUM, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    assert "<script" not in done.stdout
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in done.stdout
    assert "Refused to" not in done.stderr
    assert Page(done.stdout).open == []
