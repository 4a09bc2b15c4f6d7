"""What a look into the manuscript changes: the status of duties and what hangs on it, and what it shows beside."""

from collections.abc import Mapping, Sequence

import pytest

from tcia_policy.engine.manuscript_evidence import SEEN, Occurrences
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
PRODUCT = "use: {purpose: commercial, activities: [use-in-product]}"
ELSEWHERE = {"manuscript.dataset": "Else", "manuscript.name": "ELSE", "manuscript.place": "a.tex:12"}
OTHER = {"manuscript.dataset": "Third", "manuscript.name": "THIRD", "manuscript.place": "b.tex:1"}
CARD = {"output.kind": "model", "output.license": "MIT", "output.file": "LICENSE", "output.found": "Apache-2.0"}


class Seen:
    """A look that finds everything, or nothing."""

    def __init__(self, status: DutyStatus, found: Found, **occurrences: Sequence[Mapping[str, str]]) -> None:
        self._change = {"status": status, "found": found, "evidence": "a.tex:1"}
        self._occurrences = {name.replace("__", "."): values for name, values in occurrences.items()}

    @property
    def read(self) -> ManuscriptRead:
        return ManuscriptRead(files=("a.tex",))

    def verify(
        self, duties: Sequence[Duty], citations: Sequence[CitationOwed], datasets: Mapping[str, Dataset]
    ) -> tuple[Duty, ...]:
        assert {item.citation.doi for item in citations} <= {duty.doi for duty in duties}
        return tuple(duty.model_copy(update=self._change) for duty in duties)

    def occurrences(self, holdings: Sequence[Holding], datasets: Mapping[str, Dataset]) -> Occurrences:
        return self._occurrences


def all_met(**occurrences: Sequence[Mapping[str, str]]) -> Seen:
    return Seen(DutyStatus.MET, Found.CITED, **occurrences)


def findings(look: Seen, rule: str) -> list[Finding]:
    return [finding for finding in judge(STUDY, [holding(OPEN)], [OPEN], look=look).findings if finding.rule == rule]


def test_a_use_is_permitted_once_all_that_it_owes_was_seen() -> None:
    assert verdict_of(judge(STUDY, [holding(OPEN)], [OPEN]), "analyze") == "conditional"
    seen = judge(STUDY, [holding(OPEN)], [OPEN], look=all_met())
    assert verdict_of(seen, "analyze") == "permitted"
    assert seen.exit_code == 0


def test_what_was_looked_for_and_is_not_there_is_open_and_fails_the_check() -> None:
    look = Seen(DutyStatus.OPEN, Found.ABSENT)
    assessment = judge(STUDY, [holding(OPEN)], [OPEN], look=look)
    assert verdict_of(assessment, "analyze") == "conditional"
    assert assessment.exit_code == 1


def test_no_manuscript_lifts_a_prohibition() -> None:
    for look in (None, all_met()):
        assessment = judge(PRODUCT, [holding(NONCOMMERCIAL)], [NONCOMMERCIAL], look=look)
        assert assessment.verdict is Verdict.PROHIBITED


def test_the_assessment_says_what_was_read() -> None:
    assert judge(STUDY, [holding(OPEN)], [OPEN]).manuscript is None
    assert judge(STUDY, [holding(OPEN)], [OPEN], look=all_met()).manuscript == ManuscriptRead(files=("a.tex",))


def test_without_a_manuscript_nothing_is_said_of_one() -> None:
    rules = {finding.rule for finding in judge(STUDY, [holding(OPEN)], [OPEN]).findings}
    assert not {rule for rule in rules if rule.startswith(("manuscript-", "output-license-file"))}


def test_data_that_are_cited_and_not_declared_leave_the_study_undetermined() -> None:
    look = all_met(manuscript__cites_undeclared=[ELSEWHERE])
    (finding,) = findings(look, "manuscript-cites-undeclared-data")
    assert finding.verdict is Verdict.UNDETERMINED
    assert "cites Else" in finding.because
    assert "a.tex:12" in finding.because
    assert judge(STUDY, [holding(OPEN)], [OPEN], look=look).exit_code == 3


def test_data_that_are_only_named_are_a_notice() -> None:
    look = all_met(manuscript__names_undeclared=[ELSEWHERE])
    (finding,) = findings(look, "manuscript-names-undeclared-data")
    assert finding.verdict is None
    assert "“ELSE”) in a.tex:12" in finding.because
    assert judge(STUDY, [holding(OPEN)], [OPEN], look=look).exit_code == 0


def test_each_thing_seen_is_a_finding_of_its_own() -> None:
    look = all_met(manuscript__names_undeclared=[ELSEWHERE, OTHER])
    said = [finding.because for finding in findings(look, "manuscript-names-undeclared-data")]
    assert len(said) == 2
    assert "Third" in said[1]


def test_a_licence_file_that_says_another_licence_leaves_the_study_undetermined() -> None:
    look = all_met(outputs__license_file_differs=[CARD])
    (finding,) = findings(look, "output-license-file-differs")
    assert finding.verdict is Verdict.UNDETERMINED
    assert "states MIT for its output model, and LICENSE states Apache-2.0" in finding.because


@pytest.mark.parametrize("fact", SEEN)
def test_nothing_that_a_manuscript_shows_makes_the_whole_better(fact: str) -> None:
    order = list(Verdict)
    plain = judge(STUDY, [holding(OPEN)], [OPEN], look=all_met())
    shown = judge(STUDY, [holding(OPEN)], [OPEN], look=all_met(**{fact.replace(".", "__"): [ELSEWHERE | CARD]}))
    assert order.index(shown.verdict) >= order.index(plain.verdict)


def test_open_duties_come_first() -> None:
    class Half(Seen):
        def verify(
            self, duties: Sequence[Duty], citations: Sequence[CitationOwed], datasets: Mapping[str, Dataset]
        ) -> tuple[Duty, ...]:
            return tuple(
                duty.model_copy(update={"status": DutyStatus.OPEN if duty.kind is DutyKind.CITE else DutyStatus.MET})
                for duty in duties
            )

    duties = judge(STUDY, [holding(OPEN)], [OPEN], look=Half(DutyStatus.MET, Found.CITED)).duties
    statuses = [duty.status for duty in duties]
    assert statuses == sorted(statuses, key=lambda status: status is not DutyStatus.OPEN)
    assert DutyStatus.OPEN in statuses
