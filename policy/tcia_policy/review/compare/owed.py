"""Duties and references, compared."""

from collections.abc import Iterator

from tcia_policy.model import Assessment, Duty, DutyStatus
from tcia_policy.model.changes import CitationChange, DutyChange, DutyState, Turn
from tcia_policy.references.datacite_text import render_text
from tcia_policy.review.compare.verdicts import turn_of

_STATES = {
    DutyStatus.MET: DutyState.MET,
    DutyStatus.UNVERIFIED: DutyState.UNVERIFIED,
    DutyStatus.OPEN: DutyState.OPEN,
}
_BAD = {DutyState.UNVERIFIED: 1, DutyState.OPEN: 2}


def duty_changes(old: Assessment, new: Assessment) -> Iterator[DutyChange]:
    """Yield each duty that is new, gone, or stands otherwise, by its id. Only what is required is a turn."""
    before, after = {each.id: each for each in old.duties}, {each.id: each for each in new.duties}
    names = {held.id: held.name for held in (*old.holdings, *new.holdings)}
    for id_ in sorted({*before, *after}):
        was, is_ = before.get(id_), after.get(id_)
        latest = is_ or was
        if latest is None or (_stands(was), _is_required(was)) == (_stands(is_), _is_required(is_)):
            continue
        yield DutyChange(
            id=id_,
            text=latest.title or latest.text,
            names=tuple(sorted(names.get(each, each) for each in latest.holdings)),
            required=latest.required,
            before=_stands(was),
            after=_stands(is_),
            turn=_turn(was, is_),
        )


def _stands(duty: Duty | None) -> DutyState:
    if duty is None:
        return DutyState.NOT_OWED
    if duty.decided_by and duty.status is not DutyStatus.MET:
        return DutyState.DECIDED
    return _STATES[duty.status]


def _is_required(duty: Duty | None) -> bool | None:
    return None if duty is None else duty.required


def _turn(was: Duty | None, is_: Duty | None) -> Turn:
    """Return whether a duty stands worse or better than it did.

    One that is owed newly or no longer, and for which there was nothing to look in, is neither. What was open and is
    looked for no longer is not better: nobody has done it.
    """
    before, after = _state_required(was), _state_required(is_)
    if {before, after} == {DutyState.NOT_OWED, DutyState.UNVERIFIED}:
        return Turn.NEITHER
    if (before, after) == (DutyState.OPEN, DutyState.UNVERIFIED):
        return Turn.NEITHER
    return turn_of(_BAD.get(before, 0), _BAD.get(after, 0))


def _state_required(duty: Duty | None) -> DutyState:
    return _stands(duty) if _is_required(duty) else DutyState.NOT_OWED


def citation_changes(old: Assessment, new: Assessment) -> Iterator[CitationChange]:
    """Yield each reference that is owed newly, no longer, or otherwise, by its DOI."""
    before, after = _references(old), _references(new)
    for doi in sorted({*before, *after}):
        was, is_ = before.get(doi), after.get(doi)
        latest = is_ or was
        if latest is not None and (was and was[1]) != (is_ and is_[1]):
            yield CitationChange(doi=doi, text=latest[0], before=was and was[1], after=is_ and is_[1])


def _references(assessment: Assessment) -> dict[str, tuple[str, str]]:
    """Return the text of each reference, and how it is owed; what is required for one is required."""
    found: dict[str, tuple[str, str]] = {}
    for owed in sorted(assessment.citations, key=lambda each: each.required):
        found[owed.citation.doi] = (render_text(owed.citation), "required" if owed.required else "asked for")
    return found
