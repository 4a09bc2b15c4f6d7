"""Whether a decision stands by itself: who made it, when, and on what evidence. What it decides is looked at later."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from tcia_policy.evidence.observations import DocumentSeen
from tcia_policy.lazy import dataclass
from tcia_policy.model import Project
from tcia_policy.model.decision import (
    LONGEST_WAIVER_MONTHS,
    Accept,
    Approve,
    Condition,
    Decision,
    Refer,
    Waive,
)
from tcia_policy.model.decision_kinds import PRIVATE_FILE, DecisionStatus
from tcia_policy.model.evidence import EvidenceDocument
from tcia_policy.text.english import joined, one_of
from tcia_policy.text.nobody import names_a_person, names_somebody
from tcia_policy.text.persons import addresses_in, may_be_one_person, name_key

WHO_MAY = (
    "write into the project file who wrote it (`authors: [...]`) and who may decide "
    "(`reviewers: [{name: ..., role: ...}]`)"
)
NOT_ITSELF = "name the document that shows it"


@dataclass(frozen=True)
class Fault:
    """Why a decision counts for nothing, and what would be right."""

    status: DecisionStatus
    why: str
    right: str


@dataclass(frozen=True)
class Circumstances:
    """What is needed to look at a decision by itself.

    `look` opens a document beside the project. `review_path` is the review file, which is no evidence for itself.
    """

    project: Project
    as_of: date
    look: Callable[[EvidenceDocument], DocumentSeen]
    base: Path = Path()
    review_path: Path | None = None


def fault_of(decision: Decision, around: Circumstances) -> Fault | None:
    """Return the first thing that is wrong with a decision, whatever it decides; `None` if nothing is."""
    found = (
        *_not_entitled(decision, around.project),
        *_wrong_days(decision, around.as_of),
        *_unfounded(decision, around),
        *_ended(decision, around.as_of),
    )
    return found[0] if found else None


def last_day(decision: Decision, as_of: date) -> date | None:
    """Return the last day on which a decision counts; `None` where it has no end."""
    if isinstance(decision, (Accept, Waive)):
        return decision.until
    if isinstance(decision, Approve):
        due = [each.due for each in decision.conditions if not _is_done(each.done_on, as_of)]
        return min((*due, *([] if decision.until is None else [decision.until])), default=None)
    return None


def _is_done(done_on: date | None, as_of: date) -> bool:
    return done_on is not None and done_on <= as_of


def _not_entitled(decision: Decision, project: Project) -> Iterator[Fault]:
    persons = [(decision.by, decision.role)]
    if isinstance(decision, Waive):
        persons.append((decision.second_by, decision.second_role))
    if isinstance(decision, Approve) and (nobody := next(_without_owner(decision), None)) is not None:
        right = "name who sees to it, under `owner`"
        yield Fault(DecisionStatus.UNFOUNDED, f"nobody is named to see to its condition: {nobody.text}", right)
    for name, role in persons:
        why, right = why_may_not_decide(name, role, project)
        if why:
            yield Fault(DecisionStatus.NOT_ENTITLED, why, right)
    if isinstance(decision, Waive):
        right = "a waiver needs two persons in two roles: `by` and `second_by`"
        if _may_be_one(decision.by, decision.second_by, project):
            why = f"{decision.by} and {decision.second_by} may be one person"
            yield Fault(DecisionStatus.NOT_ENTITLED, why, right)
        if role_key(decision.role) == role_key(decision.second_role):
            yield Fault(DecisionStatus.NOT_ENTITLED, f"both are in the role {decision.role}", right)


def why_may_not_decide(name: str, role: str, project: Project) -> tuple[str, str]:
    """Return why somebody may not decide in a role, and what would be right; empty where they may."""
    why, right = _why_nobody_may(project)
    if why:
        return why, right
    if not names_a_person(name):
        return f"{name!r} names nobody", "name the person who decided"
    author = next((each for each in project.authors if _may_be_one(name, each, project)), None)
    if author is not None:
        same = "" if author == name else f" ({name} may be the same person)"
        return f"{author} wrote the project{same}, and who wrote it may not decide", "let another reviewer decide"
    roles = [each.role for each in project.reviewers if name_key(each.name) == name_key(name)]
    if not roles:
        listed = joined([f"{each.name} ({each.role})" for each in project.reviewers])
        return f"{name} is not among the `reviewers` of the project", f"those are {listed}"
    if not names_somebody(role) or role_key(role) not in map(role_key, roles):
        return f"{name} is not listed as {role}", f"`reviewers` has {name} as {one_of(roles)}"
    return "", ""


def _why_nobody_may(project: Project) -> tuple[str, str]:
    """Return why nobody may decide on a project, and what would be right; empty where somebody may."""
    lacking = [key for key in ("authors", "reviewers") if not getattr(project, key)]
    if lacking:
        return f"the project file has no {joined([f'`{key}`' for key in lacking])}, so that nobody may decide", WHO_MAY
    nameless = next((each for each in project.authors if not names_a_person(each)), None)
    if nameless is not None:
        return f"`authors` has {nameless!r}, which names nobody, so that nobody may decide", "name all who wrote it"
    return "", ""


def _may_be_one(one: str, other: str, project: Project) -> bool:
    """Return whether two names may be of one person, or those listed under them have one address."""
    shared = _addresses(one, project) & _addresses(other, project)
    return bool(shared) or may_be_one_person(one, other)


def _addresses(name: str, project: Project) -> frozenset[str]:
    """Return the mail addresses that are known of a name: in it, and those of the reviewers listed under it."""
    key = name_key(name)
    listed = (each.email for each in project.reviewers if each.email and name_key(each.name) == key)
    return addresses_in(name).union(each.strip().casefold() for each in listed)


def _without_owner(decision: Approve) -> Iterator[Condition]:
    return (each for each in decision.conditions if not names_somebody(each.owner))


def role_key(role: str) -> str:
    """Return a role without case, unseen characters and what parts its words: `data-steward` is `Data steward.`."""
    plain = unicodedata.normalize("NFKC", role).casefold()
    seen = "".join(each for each in plain if unicodedata.category(each) != "Cf")
    return " ".join(re.findall(r"[^\W_]+", seen))


def _wrong_days(decision: Decision, as_of: date) -> Iterator[Fault]:
    def wrong(why: str, right: str) -> Fault:
        return Fault(DecisionStatus.UNFOUNDED, why, right)

    if decision.on > as_of:
        yield wrong(f"it is of {decision.on}, after {as_of}, the day judged", "it counts from its day on")
    if isinstance(decision, Refer) and decision.asked_on > as_of:
        yield wrong(f"{decision.asked_on} is after {as_of}, the day judged", "state the day on which they were asked")
    until = decision.until if isinstance(decision, (Accept, Approve, Waive)) else None
    if until is not None and until < decision.on:
        yield wrong(f"it ends on {until}, before its own day, {decision.on}", "state an end after that")
    if isinstance(decision, Waive) and decision.until > months_after(decision.on, LONGEST_WAIVER_MONTHS):
        last = months_after(decision.on, LONGEST_WAIVER_MONTHS)
        right = f"end it on {last} at the latest, and decide again then"
        yield wrong(f"it runs to {decision.until}, for more than {LONGEST_WAIVER_MONTHS} months", right)


def months_after(day: date, months: int) -> date:
    """Return the same day of the calendar so many months later; the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _unfounded(decision: Decision, around: Circumstances) -> Iterator[Fault]:
    document = decision.evidence
    if document is None:
        return
    seen = around.look(document)
    if seen.problem is not None:
        yield Fault(DecisionStatus.UNFOUNDED, seen.problem, seen.right or NOT_ITSELF)
        return
    if document.path is None:
        return
    if around.review_path is not None and _is_of_review((around.base / document.path).resolve(), around.review_path):
        yield Fault(DecisionStatus.UNFOUNDED, f"{document.path} has the decision itself, or its reason", NOT_ITSELF)
    if document.sha256 is None:
        right = f"write `evidence: {{path: {document.path}, sha256: {seen.sha256}}}`, if that is the document meant"
        why = f"it does not state the SHA-256 of {document.path}, so that the file may be another one by now"
        yield Fault(DecisionStatus.UNFOUNDED, why, right)


def _is_of_review(path: Path, review: Path) -> bool:
    """Return whether a file is the review file, or the one beside it with the reasons that are not shared."""
    return path in (review.resolve(), review.with_name(PRIVATE_FILE).resolve())


def _ended(decision: Decision, as_of: date) -> Iterator[Fault]:
    if isinstance(decision, Approve):
        for each in decision.conditions:
            if each.due < as_of and not _is_done(each.done_on, as_of):
                why = f"its condition was due on {each.due}, and is not done: {each.text}"
                yield Fault(DecisionStatus.EXPIRED, why, f"let {each.owner} do it and state `done_on`, or decide again")
    until = decision.until if isinstance(decision, (Accept, Approve, Waive)) else None
    if until is not None and until < as_of:
        yield Fault(DecisionStatus.EXPIRED, f"it ended on {until}", "decide again, if it is to hold on")
