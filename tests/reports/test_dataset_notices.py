"""What pages ask for is shown with the words to print, and with how firmly it is known."""

import html
import re
import shutil
import subprocess
from datetime import date

import pytest

from tcia_policy.model import (
    Assessment,
    Authority,
    Contact,
    Extent,
    Notice,
    NoticeKind,
    NoticeLevel,
    NoticeReference,
    Reference,
)
from tcia_policy.registry import Registry
from tcia_policy.registry.standing import Registered
from tcia_policy.reports.dataset import render_dataset
from tcia_policy.reports.detail import Detail
from tcia_policy.reports.screen.screen import render_screen
from tcia_policy.reports.typeset.html import render_html
from tcia_policy.reports.typeset.markdown import render_markdown
from tests.reports.assessments import SAMPLE
from tests.reports.datasets import LIDC, SOURCES
from tests.work import PATIENCE

WORDING = "We thank the givers of these images for all that they gave and for what they let others do with it."
HEARSAY = Reference(title="A copy of the page", authority=Authority.THIRD_PARTY_COPY, reading=Extent.FULL)


def asking(wording: str | None = WORDING, reference: Reference = HEARSAY) -> Assessment:
    """Return the sample study, with a duty to acknowledge that has words to print."""
    acknowledge = next(duty for duty in SAMPLE.duties if duty.kind.value == "acknowledge")
    changed = acknowledge.model_copy(update={"wordings": (wording,) if wording else (), "references": (reference,)})
    duties = tuple(changed if duty is acknowledge else duty for duty in SAMPLE.duties)
    return SAMPLE.model_copy(update={"duties": duties})


def as_html(markdown: str) -> str:
    if shutil.which("pandoc") is None:
        pytest.skip("pandoc is not installed")
    command = ["pandoc", "-f", "gfm", "-t", "html", "--wrap=none"]
    return subprocess.run(command, input=markdown, capture_output=True, text=True, check=True, timeout=PATIENCE).stdout


def test_a_terminal_shows_the_words_to_print_in_quotation_marks() -> None:
    text = " ".join(render_screen(asking(), detail=Detail.MORE).split())
    assert f"“{WORDING}”" in text
    assert "“" not in render_screen(asking(None), detail=Detail.MORE)


def test_a_terminal_says_of_a_duty_that_it_is_known_by_hearsay() -> None:
    assert "(third party copy)" in " ".join(render_screen(asking(), detail=Detail.MORE).split())
    read = HEARSAY.model_copy(
        update={"authority": Authority.INSTRUMENT, "reading": Extent.PART, "url": "https://example.org"}
    )
    assert "(third party copy)" not in " ".join(render_screen(asking(reference=read), detail=Detail.MORE).split())


def test_a_page_shows_the_words_to_print_in_quotation_marks_on_a_line_of_their_own() -> None:
    assert f"<br>“{WORDING}”<br>" in render_html(asking())
    assert "A copy of the page (third party copy)" in render_html(asking())


def test_markdown_shows_the_words_to_print_in_the_row_of_what_asks_for_them() -> None:
    page = as_html(render_markdown(asking()))
    assert re.search(rf"<td>(?:(?!</td>).)*<br>\s*“{re.escape(WORDING)}”<br>", page, re.DOTALL)


def test_words_to_print_that_mean_harm_stay_words() -> None:
    harm = "</blockquote><script>alert(1)</script>\n\n# A heading\n- [x] done \x1b[31m"
    shown = render_html(asking(harm))
    assert "<script>alert" not in shown
    assert html.escape("<script>alert(1)</script>", quote=False) in shown
    page = as_html(render_markdown(asking(harm)))
    assert "<script>" not in page
    assert "A heading</h1>" not in page
    assert "\x1b" not in render_screen(asking(harm))


def test_a_dataset_is_shown_with_what_its_pages_ask_for_how_firmly_and_from_where() -> None:
    asked = Notice(
        kind=NoticeKind.CITATION,
        level=NoticeLevel.REQUIRED,
        summary="A copy asks for a paper.",
        doi="10.1000/paper",
        authority=Authority.THIRD_PARTY_COPY,
        reading=Extent.FULL,
        reference=NoticeReference(title="a public file quoting the page"),
        source="tcia-collections",
        before=date(2018, 12, 31),
    )
    desk = Contact(name="Help Desk", email="help@example.org", page="https://example.org/page", source="tcia-page")
    dataset = LIDC.model_copy(update={"notices": (*LIDC.notices, asked), "contacts": (desk,)})
    text = render_dataset(dataset, Registered({}, {source.id: source for source in SOURCES}))
    assert "  acknowledgement, requested, the whole dataset\n" in text
    assert "    wording: “The authors acknowledge the National Cancer Institute" in text
    assert (
        "  citation, required, the whole dataset\n"
        "    A copy asks for a paper.\n"
        "    https://doi.org/10.1000/paper\n"
        "    source: a public file quoting the page, day not known, before 2018-12-31, third party copy\n"
    ) in text
    assert "  Help Desk, help@example.org (https://example.org/page)\n" in text


def test_other_names_are_shown_with_the_place_where_they_were_seen() -> None:
    registry = Registry.load()
    text = render_dataset(registry.get("NSCLC-Radiomics"), registry.registered)
    assert "\nAlso called\n" in text
    assert "  Lung1 (RadiomicsHub, NSCLC_Radiomics (its clinical data are called Lung1), 2026-11-29)\n" in text
