"""Whether each decision of reviewers counts, and the case with what they settled.

A decision counts if its matter is today what it was when it was decided: in the case as it is, or with what other
decisions settle. So the case is judged with what is settled, and looked at once more, until nothing changes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from tcia_policy.engine.case import Case
from tcia_policy.engine.decisions.agreeing import contradicted
from tcia_policy.engine.decisions.denying import without_what_is_denied
from tcia_policy.engine.decisions.disputed_licenses import disputed_licenses
from tcia_policy.engine.decisions.fitting import misfit_of
from tcia_policy.engine.decisions.judged_decisions import Weighed, read_of
from tcia_policy.engine.decisions.settling import Settling, with_what_is_settled
from tcia_policy.engine.decisions.standing import Circumstances, Fault, fault_of
from tcia_policy.engine.decisions.subjects import Subject, Subjects, what_counts_of
from tcia_policy.engine.decisions.superseding import SETTLING, faults_in_superseding
from tcia_policy.engine.review_file import ReviewFile
from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment
from tcia_policy.model.decision import Conclude, Decided, Decision, Supersede
from tcia_policy.model.decision_kinds import DecisionStatus

Judge = Callable[[Case], Assessment]
# Each round judges the case once. Few decisions wait for another one that settles something first.
MOST_ROUNDS = 6
MOST_STARTS = 4
UNSTABLE = Fault(
    DecisionStatus.CONTRADICTED,
    "what it settles takes away what other decisions rest on, and they what it rests on",
    "take one of them back, and decide again",
)


@dataclass(frozen=True)
class _Round:
    """What is known after some rounds: the case with what is settled, all matters seen, and what is wrong."""

    case: Case
    subjects: Subjects
    faults: Mapping[str, Fault]
    disputed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def settle(case: Case, judge: Judge) -> Case:
    """Return the case with what its review file settles, and with every decision and whether it counts.

    `judge` assesses a case as it is, with its questions.
    """
    review = case.review
    if review is None:
        return case
    decisions = review.review.decisions
    own = _faults_by_themselves(case, review)
    standing = [each for each in decisions if each.name not in own and not isinstance(each, Supersede)]
    last = _rounds(without_what_is_denied(case, standing, judge), standing, judge)
    weighed = Weighed(last.subjects, {**last.faults, **own}, last.disputed)
    found = read_of(review, weighed, last.case)
    return replace(last.case, decided=found)


def _faults_by_themselves(case: Case, review: ReviewFile) -> dict[str, Fault]:
    assert case.around is not None, "what opens a case says how to look at evidence"
    around = Circumstances(case.project, case.as_of, case.around.look, case.folder, review.path)
    decisions = review.review.decisions
    found = {each.name: fault for each in decisions if (fault := fault_of(each, around)) is not None}
    return {**found, **faults_in_superseding(decisions, found)}


def _rounds(case: Case, standing: Sequence[Decision], judge: Judge) -> _Round:
    """Judge until nothing more is settled; anew without those that no longer hold in a case that they settled."""
    first = judge(case)
    barred: dict[str, Fault] = {}
    for _ in range(MOST_STARTS):
        found = _until_nothing_changes(case, first, [each for each in standing if each.name not in barred], judge)
        if isinstance(found, _Round):
            return replace(found, faults={**found.faults, **barred})
        barred.update(dict.fromkeys(found, UNSTABLE))
    subjects = Subjects()
    subjects.add(first)
    settling = (each.name for each in standing if each.kind.value in SETTLING)
    return _Round(case, subjects, {**dict.fromkeys(settling, UNSTABLE), **barred})


def _until_nothing_changes(
    case: Case, first: Assessment, standing: Sequence[Decision], judge: Judge
) -> _Round | frozenset[str]:
    """Return what is known in the end; or the names of decisions that settled something and then no longer could."""
    subjects = Subjects()
    subjects.add(first)
    concluded = {each.id for decision in standing if isinstance(decision, Conclude) for each in decision.decides}
    subjects.note(disputed_licenses(case, first, concluded))
    current, applied, names = case, None, frozenset[str]()
    faults: dict[str, Fault] = {}
    for _ in range(MOST_ROUNDS):
        disputed = _disputed(standing, subjects)
        settling = list(_settling(standing, subjects, disputed))
        wanted = [(each.decision.name, *(one.matter.id for one in each.subjects)) for each in settling]
        if wanted == (applied if applied is not None else []):
            return _Round(current, subjects, faults, disputed)
        settled = with_what_is_settled(case, settling)
        count = frozenset(each.decision.name for each in settling) - settled.faults.keys()
        if not names <= count:
            return names - count
        current, applied, names, faults = settled.case, wanted, count, dict(settled.faults)
        if not names:
            return _Round(current, subjects, faults, disputed)
        subjects.add(judge(current))
    return names


def _disputed(standing: Sequence[Decision], subjects: Subjects) -> dict[str, Mapping[str, str]]:
    """Return, by the id of a matter, the decisions on it that others contradict, each with the other."""
    by_matter: dict[str, list[Decision]] = {}
    for decision in standing:
        for decided, _ in _fresh(decision, subjects):
            by_matter.setdefault(decided.id, []).append(decision)
    found = {id_: contradicted(each) for id_, each in by_matter.items()}
    return {id_: names for id_, names in found.items() if names}


def _fresh(decision: Decision, subjects: Subjects) -> Iterator[tuple[Decided, Subject]]:
    """Yield what a decision decides that is still the same, and that may be decided so."""
    for decided in what_counts_of(decision):
        subject = subjects.found(decided)
        if subject is not None and misfit_of(decision, subject) is None:
            yield decided, subject


def _settling(
    standing: Sequence[Decision], subjects: Subjects, disputed: Mapping[str, Mapping[str, str]]
) -> Iterator[Settling]:
    for decision in standing:
        if decision.kind.value not in SETTLING:
            continue
        own = {
            decided.id: subject
            for decided, subject in _fresh(decision, subjects)
            if decision.name not in disputed.get(decided.id, {})
        }
        beside = {other.id: other for subject in own.values() for other in subjects.beside(subject)}
        left_out = tuple(other for id_, other in beside.items() if id_ not in own)
        if own:
            yield Settling(decision, tuple(own.values()), left_out)
