"""What axe-core finds in the report, where a browser, playwright and axe-core are installed (see CONTRIBUTING.md)."""

import shutil
from pathlib import Path

import pytest

from tcia_policy.reports.typeset.html import render_html
from tests.reports.assessments import SAMPLE

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
OPEN_ALL = "document.querySelectorAll('details').forEach((part) => { part.open = true; })"
RUN = "axe.run(document).then((found) => found.violations.map((each) => each.id))"


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize(("scheme", "media"), [("light", "screen"), ("dark", "screen"), ("light", "print")])
def test_axe_finds_no_violation_and_nothing_scrolls_sideways(
    width: int, scheme: str, media: str, tmp_path: Path
) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    browser = shutil.which("chromium")
    if browser is None or not AXE.is_file():
        pytest.skip("chromium or axe-core is not installed")
    page_file = tmp_path / "report.html"
    page_file.write_text(render_html(SAMPLE), encoding="utf-8")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        context = chromium.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900})
        page = context.new_page()
        page.goto(page_file.as_uri())
        page.emulate_media(media=media, color_scheme=scheme)
        page.evaluate(OPEN_ALL)
        page.add_script_tag(path=str(AXE))
        found = page.evaluate(RUN)
        overhang = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        chromium.close()
    assert found == []
    assert media == "print" or overhang <= 0
