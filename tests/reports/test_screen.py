import re

import pytest

from tcia_policy.model import Assessment, DutyStatus, Verdict
from tcia_policy.reports.screen import render_screen
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE, assessed_again

ANSI = re.compile(r"\x1b\[[0-9;]*m")
URL = re.compile(r"\s*\S*https?://\S+$")


def test_the_last_line_says_it_all() -> None:
    assert render_screen(SAMPLE).splitlines()[-1] == (
        "PROHIBITED: 2 of 5 data items may not be used as planned; 2 more cannot be judged; 1 agreement is owed; "
        "5 references to cite."
    )
    assert render_screen(CLEAR).splitlines()[-1] == (
        "CONDITIONAL: 1 dataset may be used as planned once what is owed is done; 1 reference to cite."
    )


def test_each_holding_shows_its_licences_its_size_its_route_and_its_verdicts() -> None:
    text = render_screen(SAMPLE)
    assert "LIDC-IDRI\n  CC BY 3.0 · 1,018 series, 124.5 GB\n  conditional     publish-results, release-model" in text
    assert (
        "NSCLC-Radiomics\n  CC BY-NC 3.0 · 422 series, 33.0 GB · from IDC\n  prohibited      all 4 activities" in text
    )


def test_findings_come_worst_first_and_notices_last() -> None:
    text = render_screen(SAMPLE)
    marks = [
        "prohibited: A NonC",
        "prohibited: Data",
        "undetermined: A NonC",
        "Lifted by",
        "Granted",
        "Duties",
        "Notices",
    ]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


def test_a_disagreement_shows_who_said_what_and_when() -> None:
    text = " ".join(render_screen(SAMPLE).split())
    assert "interpretation TCIA Collection Manager API (2026-08-21): CC BY 3.0 for images -> no objection" in text
    assert "NBIA collection report (2025-01-04); TCIA data usage policies and restrictions (day not known," in text
    assert "missing which of the stated licenses is right: prohibited under CC-BY-NC-3.0" in text


def test_duties_are_a_checklist_with_agreements_first_and_requests_apart() -> None:
    text = render_screen(SAMPLE)
    required, requested = text.split("Asked for, not required")
    assert (
        "  agree\n    [ ] Have an approved data access request for TCGA-GBM\n  attribute\n    [x] Attribute" in required
    )
    assert "  cite (5 items)\n    [?] Armato et al. 2015, https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx" in required
    assert "[?] Clark et al. 2013, https://doi.org/10.1007/s10278-013-9622-7" in requested


@pytest.mark.parametrize("assessment", [SAMPLE, EVIL_SAMPLE, CLEAR])
@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_screen_but_for_urls_and_the_last(assessment: Assessment, width: int) -> None:
    lines = render_screen(assessment, width).splitlines()[:-1]
    assert [line for line in lines if len(line) > width and not URL.match(line)] == []


@pytest.mark.parametrize("color", [False, True])
def test_no_control_of_the_data_reaches_the_terminal(color: bool) -> None:
    text = render_screen(EVIL_SAMPLE, color=color)
    if color:
        assert ANSI.search(text)
        assert "\x1b[31m |" not in text
        text = ANSI.sub("", text)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)


def test_colour_changes_nothing_but_colour() -> None:
    assert ANSI.sub("", render_screen(SAMPLE, color=True)) == render_screen(SAMPLE)


def test_activities_that_nobody_stated_are_not_shown_as_planned() -> None:
    unstated = SAMPLE.model_copy(update={"activities_stated": False, "verdict": Verdict.UNDETERMINED})
    text = " ".join(render_screen(unstated).split())
    assert "activities not stated; judged for all: train-model" in text
    assert (
        "UNDETERMINED: what is planned is not stated, so all 4 activities were judged; 2 of 5 data items may not"
        in text
    )


def test_a_holding_without_a_verdict_does_not_count_as_permitted() -> None:
    unjudged = assessed_again(CLEAR, verdicts=(), verdict=Verdict.UNDETERMINED)
    assert "1 of 1 dataset cannot be judged" in render_screen(unjudged)


def test_references_that_are_all_cited_are_not_still_to_cite() -> None:
    met = tuple(duty.model_copy(update={"status": DutyStatus.MET}) for duty in CLEAR.duties)
    assert "all references are cited." in render_screen(CLEAR.model_copy(update={"duties": met}))


def test_rules_that_grant_are_named_once_and_last_in_few_words() -> None:
    twice = [item.model_copy(update={"holding": "TCGA-GBM"}) for item in CLEAR.findings]
    text = render_screen(SAMPLE.model_copy(update={"findings": (*CLEAR.findings, *twice)}))
    assert text.count("cc-grants") == 1
    assert "Granted by  cc-grants" in text


def test_what_one_rule_asks_of_several_holdings_is_one_line_with_its_title() -> None:
    duty = next(item for item in SAMPLE.duties if item.kind.value == "attribute").model_copy(
        update={
            "title": "Whoever shares must attribute",
            "holdings": ("LIDC-IDRI",),
            "status": DutyStatus.UNVERIFIED,
            "evidence": None,
        }
    )
    other = duty.model_copy(update={"id": "other", "text": "Attribute the other.", "holdings": ("TCGA-GBM",)})
    text = render_screen(SAMPLE.model_copy(update={"duties": (duty, other)}))
    assert f"[?] Whoever shares must attribute: LIDC-IDRI, TCGA-GBM [{duty.rule}]" in text
    assert "Attribute the other." not in text
