"""What a manuscript changes: the status of duties and what depends on it, and what it shows beside."""

from collections.abc import Mapping, Sequence

import pytest

from tcia_policy.evidence.observations import NOTHING_OBSERVED, DifferingLicenseFile, Observations, UndeclaredDataset
from tcia_policy.model import (
    CitationOwed,
    Dataset,
    Duty,
    DutyKind,
    DutyStatus,
    Finding,
    Found,
    Holding,
    ManuscriptRead,
    Verdict,
)
from tests.engine.small import dataset, holding, judge, own, part, verdict_of

OPEN = dataset("Open-Set", part("1", own("CC-BY-4.0")))
NONCOMMERCIAL = dataset("NC-Set", part("1", own("CC-BY-NC-4.0")))
STUDY = "use: {purpose: noncommercial, activities: [analyze], country: US}"
RELEASE = (
    "use: {purpose: noncommercial, activities: [release-model], country: US,"
    " outputs: [{kind: model, license: MIT, license_file: LICENSE}]}"
)
PRODUCT = "use: {purpose: commercial, activities: [use-in-product]}"
ELSEWHERE = UndeclaredDataset("Else", "ELSE", "a.tex:12")
OTHER = UndeclaredDataset("Third", "THIRD", "b.tex:1")
CARD = DifferingLicenseFile("model", "MIT", "LICENSE", "Apache-2.0")


class Seen:
    """A manuscript in which everything is found, or nothing."""

    def __init__(self, status: DutyStatus, found: Found, observations: Observations = NOTHING_OBSERVED) -> None:
        self._change = {"status": status, "found": found, "evidence": "a.tex:1"}
        self._observations = observations

    @property
    def read(self) -> ManuscriptRead:
        return ManuscriptRead(files=("a.tex",))

    def verify(
        self, duties: Sequence[Duty], citations: Sequence[CitationOwed], datasets: Mapping[str, Dataset]
    ) -> tuple[Duty, ...]:
        assert {item.citation.doi for item in citations} <= {duty.doi for duty in duties}
        return tuple(duty.model_copy(update=self._change) for duty in duties)

    def keys(
        self, duties: Sequence[Duty], citations: Sequence[CitationOwed], datasets: Mapping[str, Dataset]
    ) -> Mapping[str, str]:
        return {item.citation.doi: "own" for item in citations}

    def observe(self, holdings: Sequence[Holding], datasets: Mapping[str, Dataset]) -> Observations:
        return self._observations


def all_met(observations: Observations = NOTHING_OBSERVED) -> Seen:
    return Seen(DutyStatus.MET, Found.CITED, observations)


def findings(manuscript: Seen, rule: str) -> list[Finding]:
    return [
        finding
        for finding in judge(STUDY, [holding(OPEN)], [OPEN], manuscript=manuscript).findings
        if finding.rule == rule
    ]


def test_a_use_is_permitted_once_all_that_it_owes_was_seen() -> None:
    assert verdict_of(judge(STUDY, [holding(OPEN)], [OPEN]), "analyze") == "conditional"
    seen = judge(STUDY, [holding(OPEN)], [OPEN], manuscript=all_met())
    assert verdict_of(seen, "analyze") == "permitted"
    assert seen.exit_code == 0


def test_what_was_looked_for_and_is_not_there_is_open_and_fails_the_check() -> None:
    manuscript = Seen(DutyStatus.OPEN, Found.ABSENT)
    assessment = judge(STUDY, [holding(OPEN)], [OPEN], manuscript=manuscript)
    assert verdict_of(assessment, "analyze") == "conditional"
    assert assessment.exit_code == 1


def test_no_manuscript_lifts_a_prohibition() -> None:
    for manuscript in (None, all_met()):
        assessment = judge(PRODUCT, [holding(NONCOMMERCIAL)], [NONCOMMERCIAL], manuscript=manuscript)
        assert assessment.verdict is Verdict.PROHIBITED


def test_the_assessment_says_what_was_read() -> None:
    assert judge(STUDY, [holding(OPEN)], [OPEN]).manuscript is None
    assert judge(STUDY, [holding(OPEN)], [OPEN], manuscript=all_met()).manuscript == ManuscriptRead(files=("a.tex",))


def test_without_a_manuscript_nothing_is_said_of_one() -> None:
    rules = {finding.rule for finding in judge(STUDY, [holding(OPEN)], [OPEN]).findings}
    assert not {rule for rule in rules if rule.startswith(("manuscript-", "output-license-file"))}


def test_data_that_are_cited_and_not_declared_leave_the_study_undetermined() -> None:
    manuscript = all_met(Observations(cited=(ELSEWHERE,)))
    (finding,) = findings(manuscript, "manuscript-cites-undeclared-data")
    assert finding.verdict is Verdict.UNDETERMINED
    assert "cites Else" in finding.because
    assert "a.tex:12" in finding.because
    assert judge(STUDY, [holding(OPEN)], [OPEN], manuscript=manuscript).exit_code == 3


def test_data_that_are_only_named_are_a_notice() -> None:
    manuscript = all_met(Observations(named=(ELSEWHERE,)))
    (finding,) = findings(manuscript, "manuscript-names-undeclared-data")
    assert finding.verdict is None
    assert "“ELSE”) in a.tex:12" in finding.because
    assert judge(STUDY, [holding(OPEN)], [OPEN], manuscript=manuscript).exit_code == 0


def test_each_thing_seen_is_a_finding_of_its_own() -> None:
    manuscript = all_met(Observations(named=(ELSEWHERE, OTHER)))
    said = [finding.because for finding in findings(manuscript, "manuscript-names-undeclared-data")]
    assert len(said) == 2
    assert "Third" in said[1]


def test_a_licence_file_that_says_another_licence_leaves_the_study_undetermined() -> None:
    manuscript = all_met(Observations(license_files=(CARD,)))
    assessment = judge(RELEASE, [holding(OPEN)], [OPEN], manuscript=manuscript)
    (finding,) = [item for item in assessment.findings if item.rule == "output-license-file-differs"]
    assert finding.verdict is Verdict.UNDETERMINED
    assert "the model will be released under MIT; LICENSE says Apache-2.0" in finding.because


@pytest.mark.parametrize(
    "shown",
    [
        Observations(unread=True),
        Observations(cited=(ELSEWHERE,)),
        Observations(named=(ELSEWHERE,)),
        Observations(license_files=(CARD,)),
    ],
)
def test_nothing_that_a_manuscript_shows_makes_the_whole_better(shown: Observations) -> None:
    order = list(Verdict)
    plain = judge(STUDY, [holding(OPEN)], [OPEN], manuscript=all_met())
    seen = judge(STUDY, [holding(OPEN)], [OPEN], manuscript=all_met(shown))
    assert order.index(seen.verdict) >= order.index(plain.verdict)


def test_open_duties_come_first() -> None:
    class Half(Seen):
        def verify(
            self, duties: Sequence[Duty], citations: Sequence[CitationOwed], datasets: Mapping[str, Dataset]
        ) -> tuple[Duty, ...]:
            return tuple(
                duty.model_copy(update={"status": DutyStatus.OPEN if duty.kind is DutyKind.CITE else DutyStatus.MET})
                for duty in duties
            )

    duties = judge(STUDY, [holding(OPEN)], [OPEN], manuscript=Half(DutyStatus.MET, Found.CITED)).duties
    statuses = [duty.status for duty in duties]
    assert statuses == sorted(statuses, key=lambda status: status is not DutyStatus.OPEN)
    assert DutyStatus.OPEN in statuses
