import base64
import hashlib
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest

from tcia_policy.files.written_by import REPORT
from tcia_policy.model import Assessment
from tcia_policy.reports.typeset.html import css_string, render_html, web_address
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE
from tests.work import PATIENCE

VOID = {"meta", "br", "input"}
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
def test_the_page_loads_nothing_and_runs_nothing_but_its_own_script(assessment: Assessment) -> None:
    for tag, attributes in Page(render_html(assessment)).elements:
        assert tag not in {"img", "iframe", "object", "embed", "link", "base", "form", "video"}
        assert not [name for name in attributes if name in LOADS or name.startswith("on")]
        assert tag == "a" or "href" not in attributes
        if "href" in attributes:
            assert re.match(r"(https?://|#)[^\s\"<>]+$", attributes["href"] or "")
    assert render_html(assessment).count("<script") == 1
    styles = re.findall(r"<style>(.*?)</style>", render_html(assessment), re.DOTALL)
    assert len(styles) == 1
    assert "url(" not in styles[0]
    assert "@import" not in styles[0]


def test_a_policy_in_the_page_forbids_all_but_its_own_style_and_script() -> None:
    policy = next(
        attributes["content"] for tag, attributes in Page(render_html(SAMPLE)).elements if "http-equiv" in attributes
    )
    (script,) = re.findall(r"<script>(.*?)</script>", render_html(SAMPLE), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'"
    )


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
        "Registry",
        "25.0.5",
        "Signature",
        SAMPLE.disclaimer,
    ):
        assert fact in text, fact


def test_every_verdict_is_a_word_that_leads_to_its_reason_and_every_table_names_its_columns() -> None:
    page = Page(render_html(SAMPLE))
    rows = " ".join(page.text.split())
    assert "IDC's index does not have undetermined undetermined undetermined undetermined" in rows
    assert "NSCLC-Radiomics prohibited prohibited prohibited prohibited" in rows
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a" and "tone" in str(attributes)]
    assert "#finding-cc-noncommercial-prohibited" in links
    assert all("scope" in attributes for tag, attributes in page.elements if tag == "th")
    assert page.elements[0] == ("html", {"lang": "en"})


@pytest.mark.parametrize("assessment", [SAMPLE, EVIL_SAMPLE, CLEAR])
def test_every_link_within_the_page_leads_somewhere_and_no_anchor_or_heading_is_there_twice(
    assessment: Assessment,
) -> None:
    page = lxml.html.fromstring(render_html(assessment))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")} <= set(ids)
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)
    headings = [heading.text_content() for heading in page.xpath("//h1|//h2|//h3|//h4|//h5")]
    assert len(headings) == len(set(headings))


def test_a_reader_who_skips_to_the_answer_or_uses_a_screen_reader_finds_the_way() -> None:
    page = lxml.html.fromstring(render_html(SAMPLE))
    (skip,) = page.xpath("//body/a[1]/@href")
    assert page.get_element_by_id(skip[1:]).text_content().startswith("PROHIBITED")
    assert page.xpath("count(//main)") == 1
    assert all(table.xpath("caption") and table.xpath("thead") for table in page.xpath("//table"))
    assert all(field.xpath("//label[@for=$id]", id=field.get("id")) for field in page.xpath("//input"))
    assert page.xpath("//nav//a")
    assert page.get_element_by_id("filter").get("hidden") is not None  # without scripts it would do nothing


def test_the_foot_of_a_printed_page_ends_no_style() -> None:
    assert str(css_string('a"}</style><script>\\')) == '"a\\22 \\7d \\3c \\2f style\\3e \\3c script\\3e \\5c "'


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
    assert done.stdout.count("<script>") == 1
    assert "<script>alert" not in done.stdout
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in done.stdout
    assert "Refused to" not in done.stderr
    assert Page(done.stdout).open == []


def test_the_title_is_one_by_which_a_printed_page_is_known() -> None:
    assert f"<title>{REPORT}: " in render_html(SAMPLE)
