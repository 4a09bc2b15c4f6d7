"""JUnit: what a reader of it counts, and that nothing in it is active."""

import pytest

from tcia_policy.engine.fail_on import gate_of
from tcia_policy.model import Assessment, Verdict
from tcia_policy.reports.gate.junit import render_junit
from tcia_policy.reports.gate.results import results
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE
from tests.reports.gate.decided import ACCEPTED, REFERRED, REJECTED, STALE, hostile

junitparser = pytest.importorskip("junitparser")
SAMPLES = [SAMPLE, EVIL_SAMPLE, hostile(), CLEAR, ACCEPTED, REFERRED, STALE, REJECTED]
NAMES = ["sample", "evil", "hostile", "clear", "accepted", "referred", "stale", "rejected"]


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_a_reader_finds_what_stops_as_failures_and_everything_else_of_the_gate_skipped(sample: Assessment) -> None:
    read = junitparser.JUnitXml.fromstring(render_junit(sample).encode())
    cases = [case for suite in read for case in suite]
    failed = [case for case in cases if any(isinstance(each, junitparser.Failure) for each in case.result)]
    skipped = [case for case in cases if any(isinstance(each, junitparser.Skipped) for each in case.result)]
    found = results(sample)
    assert len(failed) == sum(item.stops for item in found)
    assert len(skipped) == sum(not item.stops for item in found)
    for suite in read:
        own = list(suite)
        assert suite.tests == len(own)
        assert suite.failures == sum(case in failed for case in own)
        assert suite.skipped == sum(case in skipped for case in own)


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_only_what_is_permitted_or_met_passes(sample: Assessment) -> None:
    read = junitparser.JUnitXml.fromstring(render_junit(sample).encode())
    passed = [case for suite in read for case in suite if not case.result]
    rejected = sample.review is not None and bool(sample.review.rejected_by)
    permitted = 0 if rejected else sum(cell.verdict is Verdict.PERMITTED for cell in sample.verdicts)
    met = sum(duty.required and duty.status.value == "met" for duty in sample.duties)
    assert len(passed) == permitted + met


def test_nothing_is_permitted_where_the_project_does_not_say_what_it_does() -> None:
    assert '<testsuite name="permitted"' in render_junit(CLEAR)
    assert '<testsuite name="permitted"' not in render_junit(CLEAR.model_copy(update={"activities_stated": False}))


def test_a_reader_takes_it_as_text_or_as_bytes() -> None:
    text = render_junit(SAMPLE)
    as_text, as_bytes = (junitparser.JUnitXml.fromstring(each) for each in (text, text.encode()))
    assert as_text.tostring() == as_bytes.tostring()


def test_what_does_not_stop_the_gate_is_skipped_and_never_passes() -> None:
    never = SAMPLE.model_copy(update={"gate": gate_of(SAMPLE, ("never",), "option")})
    read = junitparser.JUnitXml.fromstring(render_junit(never).encode())
    assert sum(suite.failures for suite in read) == 0
    assert sum(suite.skipped for suite in read) == len(results(never))
    assert "prohibited: the gate does not stop on it" in render_junit(never)


def test_what_was_accepted_is_skipped_with_who_did_it() -> None:
    assert 'skipped message="decision phantom: accept by R. Lee, data-steward, on 2026-11-01' in render_junit(ACCEPTED)


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_nothing_that_xml_forbids_or_a_terminal_acts_on_is_in_it(sample: Assessment) -> None:
    text = render_junit(sample)
    assert not {"\x1b", "\u202e", "\x00", "\x9b", "\ufffe"} & set(text)
    assert "<script" not in text
    assert "]]>" not in text
    assert text == render_junit(sample)
