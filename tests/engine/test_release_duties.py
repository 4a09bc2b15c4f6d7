"""What the paper shows and what the release shows, together."""

import pytest

from tcia_policy.engine.release_duties import shown_by_both
from tcia_policy.model import Activity, Duty, DutyKind, DutyStatus, Found

RELEASE, PAPER = Activity.RELEASE_MODEL, Activity.PUBLISH_RESULTS
OPEN, MET, UNVERIFIED = DutyStatus.OPEN, DutyStatus.MET, DutyStatus.UNVERIFIED


def duty(activities: tuple[Activity, ...], status: DutyStatus = UNVERIFIED, evidence: str | None = None) -> Duty:
    found = {OPEN: Found.ABSENT, MET: Found.CITED, UNVERIFIED: None}[status]
    return Duty(
        id="cite:x",
        kind=DutyKind.CITE,
        text="Cite X",
        rule="cite",
        holdings=(),
        activities=activities,
        status=status,
        found=found,
        evidence=evidence,
        references=(),
    )


@pytest.mark.parametrize(
    ("activities", "paper", "release", "wanted"),
    [
        ((RELEASE,), MET, OPEN, OPEN),
        ((RELEASE,), OPEN, MET, MET),
        ((PAPER,), MET, OPEN, MET),
        ((RELEASE, PAPER), MET, OPEN, OPEN),
        ((RELEASE, PAPER), OPEN, MET, OPEN),
        ((RELEASE, PAPER), MET, MET, MET),
        ((RELEASE, PAPER), None, MET, UNVERIFIED),
        ((RELEASE, PAPER), None, OPEN, OPEN),
        ((RELEASE,), None, MET, MET),
        ((PAPER,), None, OPEN, UNVERIFIED),
    ],
)
def test_what_is_given_to_others_has_to_show_it_itself(
    activities: tuple[Activity, ...], paper: DutyStatus | None, release: DutyStatus, wanted: DutyStatus
) -> None:
    by_paper = None if paper is None else [duty(activities, paper, "seen there")]
    (found,) = shown_by_both([duty(activities)], by_paper, [duty(activities, release, "seen here")])
    assert found.status is wanted


def test_both_places_are_told() -> None:
    both = (RELEASE, PAPER)
    (found,) = shown_by_both([duty(both)], [duty(both, MET, "main.tex:3")], [duty(both, OPEN, "not found")])
    assert found.evidence == "the paper: main.tex:3 and the release: not found"


@pytest.mark.parametrize(
    ("paper", "release", "missing"),
    [(OPEN, OPEN, ("manuscript", "release")), (MET, OPEN, ("release",)), (OPEN, MET, ("manuscript",)), (MET, MET, ())],
)
def test_it_is_told_which_of_the_two_lacks_it(paper: DutyStatus, release: DutyStatus, missing: tuple[str, ...]) -> None:
    both = (RELEASE, PAPER)
    (found,) = shown_by_both([duty(both)], [duty(both, paper, "there")], [duty(both, release, "here")])
    assert found.missing_in == missing
