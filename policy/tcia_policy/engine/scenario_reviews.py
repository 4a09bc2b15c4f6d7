"""Decisions of reviewers in scenarios: with the digests of today filled in, and compared with what is expected."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.engine.review_file import ReviewFile
from tcia_policy.model import Assessment
from tcia_policy.model.decision_kinds import REVIEW_FILE, DecisionStatus

TODAY, AS_IT_IS = "today", "as it is"
NO_DIGEST = "0" * 64


def review_of_today(content: Mapping[str, object], case: Case, base: Path) -> ReviewFile:
    """Return the review file with this content, as it would be if everything in it was decided today.

    A digest that is left to `today` is filled in with what the matter is: in the case as it is, or with what the other
    decisions settle. Raise `InputError` as `ReviewFile.parse` does.
    """
    digests: dict[str, str] = {}
    review = _filled(content, digests, base)
    while True:
        found = assess(replace(case, review=review))
        new = {each.id: each.digest for each in (*assess(case).matters, *found.matters) if each.id not in digests}
        if not new:
            return review
        digests.update(new)
        review = _filled(content, digests, base)


def _filled(content: Mapping[str, object], digests: Mapping[str, str], base: Path) -> ReviewFile:
    filled = _with_digests(content, digests, base)
    return ReviewFile.parse(yaml.safe_dump(filled, sort_keys=False), Path(REVIEW_FILE))


def _with_digests(content: object, digests: Mapping[str, str], base: Path) -> object:
    if isinstance(content, Mapping):
        filled = {key: _with_digests(value, digests, base) for key, value in content.items()}
        if filled.get("digest") == TODAY:
            filled["digest"] = digests.get(str(filled.get("id")), NO_DIGEST)
        if filled.get("sha256") == AS_IT_IS:
            filled["sha256"] = hashlib.sha256((base / str(filled.get("path"))).read_bytes()).hexdigest()
        return filled
    return [_with_digests(each, digests, base) for each in content] if isinstance(content, list) else content


def differing_decisions(expected: Mapping[str, DecisionStatus], assessment: Assessment) -> Iterator[str]:
    """Yield a line for each decision that has another status than is expected."""
    read = () if assessment.review is None else assessment.review.decisions
    found = {each.decision.name: each for each in read}
    for name, status in expected.items():
        each = found.get(name)
        if each is None:
            yield f"expected a decision {name!r}, but found {', '.join(found) or 'none'}"
        elif each.status is not status:
            yield f"expected that the decision {name} is {status.value}, but it is {each.status.value}: {each.why}"


def differing_passes(decided: Sequence[str], undecided: Sequence[str], assessment: Assessment) -> Iterator[str]:
    """Yield a line for each question or duty that decisions let pass against expectation, or do not."""
    found = {each.id: each.decided_by for each in assessment.questions}
    found |= {each.id: each.decided_by for each in assessment.duties}
    checks: tuple[tuple[Sequence[str], str, Callable[[object], bool]], ...] = (
        (decided, "decided", bool),
        (undecided, "left open", lambda by: not by),
    )
    for ids, what, is_right in checks:
        for id_ in ids:
            if id_ not in found:
                yield f"expected that {id_} is {what}, but these are asked or owed: {', '.join(found) or 'nothing'}"
            elif not is_right(found[id_]):
                yield f"expected that {id_} is {what}, but it is otherwise"
