"""Duties of a study that publishes a paper and a release: what each of the two has to show."""

from collections.abc import Sequence
from typing import Literal

from tcia_policy.model import Activity, Duty, DutyStatus
from tcia_policy.text.english import joined

# What gives a folder to others: they see its own text, and no paper.
OF_RELEASE = frozenset(
    (Activity.SHARE_DERIVED_DATA, Activity.REDISTRIBUTE_DATA, Activity.RELEASE_MODEL, Activity.HOST_ACCESS)
)
OF_PAPER = frozenset((Activity.PUBLISH_RESULTS, Activity.PUBLISH_FIGURES))


def shown_by_both(
    before: Sequence[Duty], by_paper: Sequence[Duty] | None, by_release: Sequence[Duty]
) -> tuple[Duty, ...]:
    """Return the duties as the paper and the release show them together; the three are in one order, with one id each.

    `before` are those of which nothing was looked for, `by_paper` is `None` without a paper. A duty of releasing is met
    in the release, one of publishing in the paper, and one of both in both: the worse of the two counts.
    """
    papers = {duty.id: _missing(duty, "manuscript") for duty in by_paper or ()}
    releases = {duty.id: _missing(duty, "release") for duty in by_release}
    return tuple(_together(duty, papers.get(duty.id), releases[duty.id]) for duty in before)


def _together(before: Duty, paper: Duty | None, release: Duty) -> Duty:
    activities = set(before.activities)
    if release.found is None or activities.isdisjoint(OF_RELEASE):
        return paper or before
    needs_paper = not activities.isdisjoint(OF_PAPER) if paper is None else bool(activities - OF_RELEASE)
    if not needs_paper:
        return release
    if paper is None:
        return release if release.status is not DutyStatus.MET else _unseen_in_paper(before, release)
    if paper.found is None:
        return release
    first, second = sorted((paper, release), key=lambda duty: _SEVERITY.index(duty.status))
    evidence = joined([f"the paper: {paper.evidence}", f"the release: {release.evidence}"])
    at = tuple(dict.fromkeys((*first.at, *second.at)))
    return first.model_copy(
        update={"evidence": evidence, "at": at, "missing_in": (*paper.missing_in, *release.missing_in)}
    )


def _missing(duty: Duty, where: Literal["manuscript", "release"]) -> Duty:
    """Return a duty that was looked for in one of the two, with that as the place where it is missing, if it is."""
    is_missing = duty.found is not None and duty.status is not DutyStatus.MET
    return duty.model_copy(update={"missing_in": (where,)}) if is_missing else duty


_SEVERITY = (DutyStatus.OPEN, DutyStatus.UNVERIFIED, DutyStatus.MET)


def _unseen_in_paper(before: Duty, release: Duty) -> Duty:
    evidence = f"the release: {release.evidence}; no paper was named, so nothing shows whether the paper does so too"
    return before.model_copy(update={"found": release.found, "evidence": evidence})
